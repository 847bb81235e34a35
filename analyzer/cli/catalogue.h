// SPDX-License-Identifier: Apache-2.0
// The catalogue of one run.
#ifndef LOGDIAG_CLI_CATALOGUE_H_
#define LOGDIAG_CLI_CATALOGUE_H_

#include <string>
#include <string_view>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/language.h"
#include "analyzer/support/result.h"

namespace logdiag {

// Names of files and what patterns hold, fit for a terminal: control bytes are
// escaped.
std::string Plain(std::string_view text);

// "logdiag: where: message" and the excerpt, on stderr.
void PrintError(const Error& error);

// False, and an error printed, if not all of `text` could be written to
// standard output.
bool Print(const std::string& text);

// What is built in and what --patterns adds. Prints every error; false if there
// was one.
bool LoadPatterns(const Options& options, Catalogue* catalogue);

// The words of --lang: what is built in and what --patterns adds; nothing for
// English, and for `auto` where LANG names a language that is not known. Prints
// every error; false if there was one.
bool LoadWords(const Options& options, Language* language);

// The id of the cause that `id` may be meant for, with or without its family;
// "" if none is near.
std::string_view NearestCause(const Catalogue& catalogue, std::string_view id);

// The cause `id`; if there is none, null, and an error with the nearest id was
// printed.
const Cause* FindCauseOrSay(const Catalogue& catalogue, const std::string& id);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_CATALOGUE_H_
