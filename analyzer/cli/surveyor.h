// SPDX-License-Identifier: Apache-2.0
// One file of a survey.
#ifndef LOGDIAG_CLI_SURVEYOR_H_
#define LOGDIAG_CLI_SURVEYOR_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/cli/file_list.h"
#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/scan/scanner.h"
#include "analyzer/support/result.h"
#include "reports/fleet/summary.h"
#include "reports/formats.h"

namespace logdiag {

// What one file came to.
struct Surveyed {
  std::vector<Summary> summaries;
  std::vector<std::string> texts;  // of formats that are written log by log
  std::vector<std::string> pages;
  std::vector<Error> errors;
  int code = kExitOk;
};

// True if in this format each log stands for itself.
bool IsStream(Format format);

// Reads files; from several threads at once, if one likes.
class Surveyor {
 public:
  // All must outlive it. Pages go into `folder`, if it is not "".
  Surveyor(const Options& options, const Catalogue& catalogue,
           const ReportOptions& report, const std::atomic<bool>* stop,
           const std::string& folder);

  Surveyed Read(const SurveyFile& file) const;

 private:
  int Take(const Diagnosis& diagnosis, const std::string& hash,
           Surveyed* surveyed) const;
  void Write(const Diagnosis& diagnosis, const Summary& summary,
             const ReportOptions& report, Surveyed* surveyed) const;

  const Options& options_;
  const Catalogue& catalogue_;
  ReportOptions report_;
  const std::atomic<bool>* stop_;
  const std::string& folder_;
  std::shared_ptr<const ScanIndex> scan_index_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_SURVEYOR_H_
