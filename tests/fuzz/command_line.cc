// SPDX-License-Identifier: Apache-2.0
// Fuzz target: the command line, one argument a line; and the commands that
// read and write no file.
#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/cli/options.h"
#include "analyzer/cli/run.h"
#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

constexpr std::size_t kMostArguments = 64;

bool TouchesNoFile(const Options& options) {
  const bool pure =
      options.command == Command::kBudget ||
      options.command == Command::kStartScript ||
      options.command == Command::kPatternsList ||
      options.command == Command::kPatternsShow ||
      (options.command == Command::kCollect && !options.collect_run);
  return pure && options.outputs.empty() && options.pattern_dirs.empty();
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const std::string_view text = TextOf(data, size);
  if (text.find('\0') != std::string_view::npos) return 0;
  std::vector<std::string> words = {"logdiag"};
  for (const std::string_view line : LinesOf(text)) words.emplace_back(line);
  if (words.size() > kMostArguments) return 0;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Options options;
  int code = -1;
  if (!ReadOptions(static_cast<int>(words.size()), arguments.data(), &options,
                   &code)) {
    Require(code == kExitOk || code == kExitUsage,
            "help is no failure, and a bad command line is one");
    return 0;
  }
  Require(options.command != Command::kReport || !options.files.empty(),
          "there is something to report on");
  if (TouchesNoFile(options)) {
    code = Run(options);
    Require(code == kExitOk || code == kExitUsage, "an answer or an error");
  }
  return 0;
}
