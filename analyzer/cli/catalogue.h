// The catalogue of one run.
#ifndef LOGDIAG_CLI_CATALOGUE_H_
#define LOGDIAG_CLI_CATALOGUE_H_

#include <string>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/support/result.h"

namespace logdiag {

// "logdiag: where: message" and the excerpt, on stderr.
void PrintError(const Error& error);

// False, and an error printed, if not all of `text` could be written to
// standard output.
bool Print(const std::string& text);

// What is built in and what --patterns adds. Prints every error; false if there
// was one.
bool LoadPatterns(const Options& options, Catalogue* catalogue);

// The cause `id`; if there is none, null, and an error with the nearest id was
// printed.
const Cause* FindCauseOrSay(const Catalogue& catalogue, const std::string& id);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_CATALOGUE_H_
