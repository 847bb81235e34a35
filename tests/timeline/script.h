// SPDX-License-Identifier: Apache-2.0
// Logs for the tests of the timeline, told as events.
#ifndef LOGDIAG_TESTS_TIMELINE_SCRIPT_H_
#define LOGDIAG_TESTS_TIMELINE_SCRIPT_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/timeline/timeline_builder.h"

namespace logdiag {

// A marker for each role, named after it ("prompt-queued"), and a few more: the
// marks of a start are "startup-time", "total-vram" and "version"; work has
// "training-begins", "training-done", "training-failed" and so on.
const Catalogue& ScriptCatalogue();
// The index of the marker `id` there.
std::size_t MarkerIndex(const std::string& id);

// One record a call; line numbers count up, the clock is in seconds.
class Script {
 public:
  Script();

  Script& At(double seconds);         // the clock of the records that follow
  Script& Monotonic(double seconds);  // the clock of the host's uptime
  Script& WithoutClock();             // no stamps on the records that follow
  Script& From(Source source);        // who writes the records that follow
  // A record in which the marker `id` was found.
  Script& Hit(
      const std::string& id,
      std::initializer_list<std::pair<std::string, std::string>> captures = {});
  Script& Bar(std::int64_t done, std::int64_t total, bool open,
              const std::string& label = "");
  Script& Bar(const ProgressBar& bar);
  Script& Raise(Traceback traceback);
  // A record that ends a traceback and in which the marker `id` was found.
  Script& RaiseWith(Traceback traceback, const std::string& id);
  // A record that nothing recognises; so many of them; one of level ERROR.
  Script& Line(const std::string& text);
  Script& Lines(int count);
  Script& Error(const std::string& text);
  // A record of that level, in which the marker `id`, if given, was found.
  Script& Say(Level level, const std::string& text, const std::string& id = "");

  // What the user knows about the end.
  Script& Knowing(const Given& given);
  Story End();
  std::uint64_t line() const { return line_; }

 private:
  Script& Add(std::vector<Event> events);
  Event MakeRaise(Traceback traceback) const;
  Record MakeRecord(const std::string& body) const;

  std::unique_ptr<TimelineBuilder> builder_;
  std::uint64_t line_ = 0;
  std::optional<std::int64_t> now_ns_ = 0;
  Clock clock_ = Clock::kUtc;
  Source source_ = Source::kContainer;
  Given given_;
};

// A process that became ready.
Script Started();
// The same, with a prompt that loads a model.
Script AtWork();
// The first failure of that kind; null if there is none.
const Failure* OfKind(const Story& story, FailureKind kind);
// How many there are.
std::size_t CountOf(const Story& story, FailureKind kind);

// For the tests of single parts: a record, and an event of the marker `id`.
Record RecordAt(std::uint64_t line, std::string_view body, double seconds = 0);
Event HitAt(const std::string& id, std::uint64_t line);

// A traceback whose outermost frame is `file`:`function` and whose innermost is
// in `inner_file`.
Traceback MakeTraceback(const std::string& type, const std::string& message,
                        const std::string& file, const std::string& function,
                        const std::string& inner_file);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_TIMELINE_SCRIPT_H_
