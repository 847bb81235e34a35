// SPDX-License-Identifier: Apache-2.0
// The logs of a file, one diagnosis after the other, for all commands that read
// logs.
#ifndef LOGDIAG_CLI_EACH_LOG_H_
#define LOGDIAG_CLI_EACH_LOG_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "analyzer/cli/options.h"
#include "analyzer/input/logs.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/given.h"
#include "analyzer/scan/scanner.h"
#include "analyzer/support/result.h"

namespace logdiag {

// All but the index must outlive the reading.
struct LogReader {
  const Options& options;
  const Catalogue& catalogue;
  const std::atomic<bool>* stop;
  // Told of what went wrong, and of what was passed over.
  std::function<void(const Error&)> complain;
  std::shared_ptr<const ScanIndex> scan_index = nullptr;
  const Given* given = nullptr;  // instead of what the options say
  std::size_t most_logs = std::numeric_limits<std::size_t>::max();  // of a file
  bool progress = false;  // on a terminal
  bool hash = false;      // of what was read, see LogFound
};

struct LogFound {
  bool of_archive = false;  // there may be others
  std::string hash;         // "" if it was not asked for
};

// Returns an exit code, of which the worst counts.
using UseOfLog = std::function<int(const Diagnosis&, const LogFound&)>;

// What is complained of a log that was read only in part.
Error ReadInPart(const Diagnosis& diagnosis);

// How files are opened for it.
InputOptions InputOf(const LogReader& reader);

// Calls `use` for each log of the file, or of `text`, which is called "text".
// Returns the worst exit code; kExitInput if there was no log in it.
int ForEachLog(const std::string& file, const LogReader& reader,
               const UseOfLog& use);
int ForEachLogOf(std::string_view text, const LogReader& reader,
                 const UseOfLog& use);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_EACH_LOG_H_
