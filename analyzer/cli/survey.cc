// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/survey.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/file_list.h"
#include "analyzer/cli/merge.h"
#include "analyzer/cli/surveyor.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/cli/workers.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"
#include "reports/fleet/fleet.h"
#include "reports/fleet/fleet_report.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

// Of --full; each may have 30,000 characters.
constexpr std::size_t kMostPages = 200;

// How far it is, on a terminal.
class Counter {
 public:
  Counter(std::size_t all, bool quiet)
      : all_(all),
        enabled_(!quiet && isatty(STDERR_FILENO) != 0),
        begun_(std::chrono::steady_clock::now()) {}
  ~Counter() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
  }

  void Show(std::size_t done) {
    using std::chrono::steady_clock;
    constexpr std::chrono::milliseconds kEvery(200);
    const auto now = steady_clock::now();
    if (!enabled_ || now - begun_ < std::chrono::seconds(1) ||
        now - last_ < kEvery) {
      return;
    }
    last_ = now;
    shown_ = true;
    const double passed = std::chrono::duration<double>(now - begun_).count();
    const double left =
        passed / static_cast<double>(done) * static_cast<double>(all_ - done);
    std::fprintf(
        stderr, "\r\x1b[K%s of %s logs, about %s left",
        GroupDigits(done).c_str(), GroupDigits(all_).c_str(),
        left < 90 ? (std::to_string(static_cast<int>(left) + 1) + " s").c_str()
                  : (std::to_string(static_cast<int>(left / 60) + 1) + " min")
                        .c_str());
  }

 private:
  std::size_t all_;
  bool enabled_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point last_{};
};

// What went wrong with files, of which a folder may hold very many.
class Complaints {
 public:
  void Tell(const Error& error) {
    if (++count_ <= kMostTold) PrintError(error);
  }
  ~Complaints() {
    if (count_ <= kMostTold) return;
    PrintError({"", GroupDigits(count_ - kMostTold) +
                        " more files could not be read, or not whole"});
  }

 private:
  static constexpr std::uint64_t kMostTold = 10;
  std::uint64_t count_ = 0;
};

// The files that the command line names, with what could not be listed.
std::vector<SurveyFile> FilesToRead(const Options& options,
                                    std::vector<Error>* errors) {
  std::vector<SurveyFile> files = FilesOf(options.files, errors);
  if (!options.files_from.empty()) {
    auto listed = ReadFileList(options.files_from, options.files_by_nul);
    if (!listed.ok()) {
      errors->push_back(listed.error());
    } else {
      for (const std::string& path : listed.value()) {
        files.push_back({path, false});
      }
    }
  }
  std::erase_if(files, [&](const SurveyFile& file) {
    return !IsIn(options.shard, file.path);
  });
  return files;
}

// -o FOLDER, which is made if it ends in a slash; else nothing. What is left in
// `options` are files.
Result<std::string> TakeFolder(Options* options) {
  std::string folder;
  for (auto at = options->outputs.begin(); at != options->outputs.end();) {
    std::error_code error;
    if (at->ends_with('/')) fs::create_directories(*at, error);
    if (error) {
      return Error{*at, "cannot be made: " + error.message()};
    }
    if (!IsFolder(*at)) {
      ++at;
      continue;
    }
    if (!folder.empty())
      return Error{*at, "one folder is enough; leave it out"};
    folder = *at;
    at = options->outputs.erase(at);
  }
  return folder;
}

// A slip in the pattern would lose every place without a word.
void TellUnfitNames(const Options& options,
                    const std::vector<SurveyFile>& files) {
  if (!options.name_tells) return;
  const NamePattern& pattern = *options.name_tells;
  const auto fits =
      std::count_if(files.begin(), files.end(), [&](const SurveyFile& file) {
        return !pattern.Traits(file.path).empty();
      });
  const auto fitting = static_cast<std::size_t>(fits);
  if (fitting == files.size()) return;
  PrintError({"--name-tells", "\"" + pattern.text() + "\" fits " +
                                  GroupDigits(fitting) + " of " +
                                  GroupDigits(files.size()) +
                                  " names; the others tell nothing"});
}

}  // namespace

bool IsSurvey(const Options& options) {
  if (options.of_one_pod) return false;
  return options.table || !options.files_from.empty() ||
         (options.command == Command::kReport &&
          options.format == Format::kSummary) ||
         (options.command == Command::kReport && !options.follow &&
          std::any_of(options.outputs.begin(), options.outputs.end(),
                      NamesFolder)) ||
         std::any_of(options.files.begin(), options.files.end(), IsFolder);
}

int RunSurvey(const Options& given, const Catalogue& catalogue,
              const ReportOptions& report, const std::atomic<bool>* stop) {
  Options options = given;
  const Result<std::string> folder = TakeFolder(&options);
  if (!folder.ok()) {
    PrintError(folder.error());
    return kExitUsage;
  }
  std::vector<Error> errors;
  const std::vector<SurveyFile> files = FilesToRead(options, &errors);
  int code = kExitOk;
  for (const Error& error : errors) {
    PrintError(error);
    code = kExitInput;
  }
  if (files.empty()) {
    if (errors.empty()) PrintError({"", "no log is in this part of the files"});
    return code;
  }
  TellUnfitNames(options, files);
  const Regex::Pool pool;
  const Surveyor surveyor(options, catalogue, report, stop, folder.value());
  const Format format = FormatOf(options);
  const bool streams = IsStream(format);
  const Wrapping wrapping = WrappingOf(format);
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  Fleet fleet;
  std::vector<std::string> pages;
  std::size_t written = 0;
  std::uint64_t unread = 0;
  Complaints complaints;
  bool good = true;
  {
    Counter counter(files.size(), options.quiet);
    Workers workers(files, surveyor,
                    std::min(options.threads.value_or(cores), files.size()),
                    stop);
    while (std::optional<Surveyed> surveyed = workers.Next()) {
      counter.Show(workers.given());
      for (const Error& error : surveyed->errors) complaints.Tell(error);
      if (surveyed->summaries.empty()) ++unread;
      code = WorseCode(code, surveyed->code);
      for (const Summary& summary : surveyed->summaries) fleet.Add(summary);
      for (const std::string& text : surveyed->texts) {
        good = good && Print(std::string(written == 0 ? wrapping.begin
                                                      : wrapping.between) +
                             text);
        ++written;
      }
      for (std::string& page : surveyed->pages) {
        if (pages.size() < kMostPages) pages.push_back(std::move(page));
      }
    }
    if (workers.given() < files.size()) {
      PrintError({"", GroupDigits(files.size() - workers.given()) +
                          " files were not read, as a signal stopped the run"});
      code = WorseCode(code, kExitPartial);
    }
  }
  if (streams && written > 0) good = good && Print(std::string(wrapping.end));
  if (!good) code = WorseCode(code, kExitPartial);
  if (fleet.size() == 0) {
    if (code == kExitOk) PrintError({"", "there is no log among these files"});
    return WorseCode(code, kExitInput);
  }
  if (streams) options.format.reset();
  // What was printed log by log is not printed again.
  if (streams && options.outputs.empty()) return code;
  FleetOptions how;
  how.logs = kListedLogs;
  how.unread = unread;
  code = WorseCode(code, WriteFleetOut(options, fleet, catalogue, report, how));
  for (const std::string& page : pages) good = good && Print("\n" + page);
  return good ? code : WorseCode(code, kExitPartial);
}

}  // namespace logdiag
