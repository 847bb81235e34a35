// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/selection.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/cli/option_kinds.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

constexpr const char* kSelectionGroup = "Which part of the log";
constexpr std::int64_t kDayNs = std::int64_t{86400} * 1'000'000'000;
constexpr std::size_t kDateBytes = 10;  // "2026-01-31"

// A date alone is its whole day: from its first moment, or up to its last.
std::int64_t ReadTime(const char* option, const std::string& text,
                      bool day_ends) {
  const bool date = text.size() == kDateBytes;
  const std::string whole = date ? text + "T00:00" : text;
  const std::optional<Stamp> stamp = ReadIsoStamp(whole);
  if (!stamp || stamp->size != whole.size()) {
    throw CLI::ValidationError(
        option, "\"" + text +
                    "\" is no time; write it as 2026-01-31T06:30:00Z, without "
                    "the zone where the log states none, or as 2026-01-31");
  }
  return stamp->time_ns + (date && day_ends ? kDayNs - 1 : 0);
}

void AddTime(CLI::App* app, const char* option, const char* help, bool day_ends,
             std::optional<std::int64_t>* target) {
  app->add_option_function<std::string>(
         option,
         [=](const std::string& text) {
           *target = ReadTime(option, text, day_ends);
         },
         help)
      ->option_text("TIME")
      ->group(kSelectionGroup);
}

void AddNumber(CLI::App* app, const char* option, const char* help,
               std::optional<std::size_t>* target) {
  app->add_option_function<std::size_t>(
         option, [=](const std::size_t& number) { *target = number; }, help)
      ->check(NumberWithin(1, 1'000'000'000))
      ->option_text("N")
      ->group(kSelectionGroup);
}

// The bytes of another source, from the start.
class Again : public OverSource {
 public:
  using OverSource::OverSource;
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    auto got = ReadAt(offset_, buffer, size);
    if (got.ok()) offset_ += got.value();
    return got;
  }

 private:
  std::uint64_t offset_ = 0;
};

// The lines of start `number`, or which starts there are.
Result<Window> WindowOf(const Timeline& timeline, std::size_t number,
                        const std::string& name, Window window) {
  const auto& processes = timeline.processes;
  const auto found = std::find_if(
      processes.begin(), processes.end(),
      [&](const Process& process) { return process.session == number; });
  if (found == processes.end()) {
    const std::uint64_t sessions = timeline.counts.sessions;
    if (number <= sessions) {
      return Error{name, "start " + GroupDigits(number) +
                             " is one of so many that only the first and the "
                             "last ones are kept; choose it by --since and "
                             "--until"};
    }
    return Error{name, "there is no start " + GroupDigits(number) +
                           "; the log shows " + GroupDigits(sessions)};
  }
  const auto next = std::next(found);
  const bool is_last = next == processes.end();
  if (processes.front().first_line > processes.back().first_line) {
    // The newest line comes first.
    window.first_line = is_last ? 1 : next->first_line + 1;
    window.last_line = found->first_line;
    return window;
  }
  window.first_line = found->first_line;
  if (!is_last) window.last_line = next->first_line - 1;
  return window;
}

// Indices of the failures in the order of `incidents` of the JSON report: the
// one that leads, then the others by line.
std::vector<std::size_t> InOrder(const Timeline& timeline) {
  std::vector<std::size_t> order;
  const Failure* leads = PickIncident(timeline).failure;
  for (std::size_t i = 0; i < timeline.failures.size(); ++i) {
    order.insert(&timeline.failures[i] == leads ? order.begin() : order.end(),
                 i);
  }
  return order;
}

std::string Listed(const Timeline& timeline) {
  constexpr std::size_t kMostListed = 20;
  std::string list;
  std::size_t number = 0;
  for (const std::size_t index : InOrder(timeline)) {
    if (++number > kMostListed) return list + ", ...";
    const Failure& failure = timeline.failures[index];
    list += (number == 1 ? ": " : ", ") + std::to_string(number) + " (" +
            KindName(failure.kind) + ", line " +
            GroupDigits(failure.quote.line) + ")";
  }
  return list;
}

}  // namespace

void AddSelection(CLI::App* app, Options* options) {
  AddTime(app, "--since",
          "Leave out what came before, by the stamps of the log", false,
          &options->window.since_ns);
  AddTime(app, "--until", "Leave out what came after; a date is its whole day",
          true, &options->window.until_ns);
  AddNumber(app, "--session",
            "Read one start of the log as if it were all of it",
            &options->session);
  AddNumber(app, "--incident",
            "Report on another incident: 1 is the one that leads, then those "
            "of JSON",
            &options->incident);
}

void RefuseSelection(const CLI::App& app, const Options& options) {
  const Window& window = options.window;
  if (window.since_ns && window.until_ns &&
      *window.since_ns > *window.until_ns) {
    throw CLI::ValidationError("--until", "is before --since");
  }
  const bool reads = options.command == Command::kReport ||
                     options.command == Command::kExplain;
  for (const char* option : {"--since", "--until", "--session", "--incident"}) {
    if (app.count(option) == 0) continue;
    if (!reads) throw CLI::ValidationError(option, "is for logs alone");
    const bool live =
        option == std::string("--since") || option == std::string("--until");
    if (options.follow && !live) {
      throw CLI::ValidationError(
          option, "is for a log that is there; leave --follow out");
    }
  }
}

Result<Diagnosis> AnalyzeSelected(ByteSource* source, const std::string& name,
                                  const Catalogue& catalogue,
                                  const Options& options,
                                  AnalyzeOptions analyze) {
  analyze.window = options.window;
  Again again(source);
  if (options.session) {
    if (!source->CanReadAt()) {
      return Error{name,
                   "--session reads a log twice, which this input does not "
                   "allow; give it as a plain file"};
    }
    const auto whole = Analyze(source, name, catalogue, analyze);
    if (!whole.ok()) return whole;
    auto window = WindowOf(whole.value().timeline, *options.session, name,
                           analyze.window);
    if (!window.ok()) return window.error();
    analyze.window = window.value();
    source = &again;
  }
  std::optional<Error> missing;
  if (options.incident) {
    analyze.choose = [&](const Story& story) -> std::optional<std::size_t> {
      const std::vector<std::size_t> order = InOrder(story.timeline);
      const std::size_t number = *options.incident;
      if (number <= order.size()) return order[number - 1];
      missing = Error{name, "there is no incident " + GroupDigits(number) +
                                "; the log shows " + GroupDigits(order.size()) +
                                Listed(story.timeline)};
      return std::nullopt;
    };
  }
  auto diagnosis = Analyze(source, name, catalogue, analyze);
  if (diagnosis.ok() && missing) return *missing;
  return diagnosis;
}

}  // namespace logdiag
