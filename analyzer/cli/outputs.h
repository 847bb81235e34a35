// SPDX-License-Identifier: Apache-2.0
// Where the reports of a run go.
#ifndef LOGDIAG_CLI_OUTPUTS_H_
#define LOGDIAG_CLI_OUTPUTS_H_

#include <functional>
#include <string>
#include <vector>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/result.h"
#include "reports/report.h"

namespace logdiag {

// The format that the extension of `file` asks for, upper case or lower; an
// Error if it asks for none.
Result<Format> FormatByName(const std::string& file);

// Writes `text` to a temporary name beside `file` and renames it, so that
// nobody ever sees half of it. On failure nothing is left behind, and what
// `file` held before stays.
Status WriteWhole(const std::string& file, const std::string& text);

// One page on several logs, as `text` writes it in a format: into the files of
// -o, and onto standard output, if there are none or --format asks for it.
// Returns an exit code; what could not be written is told.
int WriteOnePage(
    const Options& options, const ReportOptions& report,
    const std::function<std::string(Format, const ReportOptions&)>& text);

// Standard output, which gets each report as soon as it is there, and the files
// of -o, which are written at the end: a run that is broken off leaves none.
class Outputs {
 public:
  // False, and every reason printed, if a file of -o cannot be one.
  bool Open(const Options& options);

  // False, and an error printed, if it could not be written whole.
  bool Add(const Diagnosis& diagnosis, const Catalogue& catalogue,
           const ReportOptions& options);

  // Completes the documents and writes the files; those of a run without a
  // report are not written. False, and every reason printed, if one failed.
  bool Close();

 private:
  struct File {
    std::string name;
    Format format = Format::kMarkdown;
    std::string text;  // so far
  };

  bool prints_ = false;
  Format printed_ = Format::kMarkdown;
  std::vector<File> files_;
  std::size_t added_ = 0;  // reports
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_OUTPUTS_H_
