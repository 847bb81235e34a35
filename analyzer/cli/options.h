// SPDX-License-Identifier: Apache-2.0
// The command line.
#ifndef LOGDIAG_CLI_OPTIONS_H_
#define LOGDIAG_CLI_OPTIONS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/cli/file_list.h"
#include "analyzer/input/byte_budget.h"
#include "analyzer/memory/validate.h"
#include "analyzer/model/given.h"
#include "reports/formats.h"

namespace logdiag {

enum class Colour { kAuto, kAlways, kNever };

// From which kind of outcome on the exit code becomes 1.
enum class FailOn {
  kNever,
  kError,    // something failed: crash-loop ... error
  kWarning,  // also degraded, interrupted, slow
  kFinding,  // also any finding, repaired or not
};

// What to do.
enum class Command {
  kReport,  // the main job
  kExplain,
  kCompare,
  kPatternsLint,
  kPatternsList,
  kPatternsShow,
  kMerge,
  kMcp,
  kBudget,
  kCollect,
  kStartScript,
};

// Which names of the budget to list.
enum class BudgetNames { kModels, kDtypes, kCards };

struct Options {
  Command command = Command::kReport;
  std::string cause;        // of kExplain and kPatternsShow
  std::string lint_folder;  // of kPatternsLint
  BudgetRequest budget;     // of kBudget; card and sizes are in `given`
  std::optional<BudgetNames> budget_names;  // of kBudget: lists them instead
  Given given;
  std::vector<std::string> files;  // "-" = standard input
  std::vector<std::string> pattern_dirs;
  bool collect_run = false;  // of kCollect: runs the script, else prints it
  std::vector<std::string> collect_arguments;
  // Not given: text for a terminal, else Markdown; nothing if there are
  // `outputs`.
  std::optional<Format> format;
  bool full = false;
  Target target = Target::kAny;
  std::string language = "en";  // or "auto"
  Colour colour = Colour::kAuto;
  std::vector<std::string> outputs;  // files to write, format by extension
  FailOn fail_on = FailOn::kNever;
  std::uint64_t max_bytes = kDefaultMaxBytes;  // of text, for each file
  bool follow = false;
  std::string on_incident;              // a program; "" = none
  Window window;                        // of --since and --until
  std::optional<std::size_t> session;   // 1-based; nullopt = all of the log
  std::optional<std::size_t> incident;  // 1-based; nullopt = the one that leads
  // Of a survey: many logs, a table of them first.
  bool of_one_pod = false;  // --case
  bool table = false;
  std::string files_from;  // a file of names, "-" = standard input
  bool files_by_nul = false;
  Shard shard;
  std::optional<NamePattern> name_tells;
  std::optional<std::size_t> threads;  // nullopt = as many as cores
  std::vector<std::string> baseline;   // of kMerge
  bool quiet = false;
  bool redact = true;
};

// Exit codes, the same in README.md.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFinding = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInput = 3;
inline constexpr int kExitPartial = 4;

// Reads the command line. Returns true if there is work to do; otherwise help,
// version or an error was printed and `*exit_code` is set.
bool ReadOptions(int argc, char** argv, Options* options, int* exit_code);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_OPTIONS_H_
