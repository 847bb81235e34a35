// Logs for the tests of the timeline, told as events.
#ifndef LOGDIAG_TESTS_TIMELINE_SCRIPT_H_
#define LOGDIAG_TESTS_TIMELINE_SCRIPT_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/timeline/timeline_builder.h"

namespace logdiag {

// A marker for each role, named after it ("prompt-queued"), and a few more.
const Catalogue& ScriptCatalogue();

// One record a call; line numbers count up, the clock is in seconds.
class Script {
 public:
  Script();

  Script& At(double seconds);         // the clock of the records that follow
  Script& Monotonic(double seconds);  // the clock of the host's uptime
  // A record in which the marker `id` was found.
  Script& Hit(
      const std::string& id,
      std::initializer_list<std::pair<std::string, std::string>> captures = {});
  Script& Bar(std::int64_t done, std::int64_t total, bool open,
              const std::string& label = "");
  Script& Raise(Traceback traceback);
  // A record that nothing recognises.
  Script& Line(const std::string& text);

  // What the user knows about the end.
  Script& Knowing(const Given& given);
  Story End();
  std::uint64_t line() const { return line_; }

 private:
  Script& Add(Event event);

  std::unique_ptr<TimelineBuilder> builder_;
  std::uint64_t line_ = 0;
  std::optional<std::int64_t> now_ns_ = 0;
  Clock clock_ = Clock::kUtc;
  Given given_;
};

// A process that became ready.
Script Started();
// The first failure of that kind; null if there is none.
const Failure* OfKind(const Story& story, FailureKind kind);

// A traceback whose outermost frame is `file`:`function` and whose innermost is
// in `inner_file`.
Traceback MakeTraceback(const std::string& type, const std::string& message,
                        const std::string& file, const std::string& function,
                        const std::string& inner_file);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_TIMELINE_SCRIPT_H_
