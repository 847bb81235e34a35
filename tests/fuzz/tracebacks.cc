// SPDX-License-Identifier: Apache-2.0
// Fuzz target: lines -> tracebacks.
#include <variant>
#include <vector>

#include "analyzer/scan/traceback_reader.h"
#include "analyzer/support/text.h"
#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

// What is kept of one, as event.h and traceback_reader.cc have it.
constexpr std::size_t kChain = 16;
constexpr std::size_t kFirstFrames = 14;
constexpr std::size_t kLastFrames = 6;
constexpr std::size_t kOwnFrames = 3;

void Check(const std::vector<Event>& events, std::uint64_t line) {
  for (const Event& event : events) {
    const auto* traceback = std::get_if<Traceback>(&event.what);
    Require(traceback != nullptr, "only tracebacks are told of");
    Require(!traceback->chain.empty() && traceback->chain.size() <= kChain,
            "a chain has links, and is capped");
    Require(traceback->first_line <= traceback->last_line &&
                traceback->last_line <= line,
            "a traceback stands on lines that were read");
    Require(event.text.size() <= kMaxEventText, "its text is capped");
    for (const Raised& raised : traceback->chain) {
      Require(raised.message.size() <= kMaxEventText, "a message is capped");
      Require(raised.first_frames.size() <= kFirstFrames &&
                  raised.last_frames.size() <= kLastFrames &&
                  raised.own_frames.size() <= kOwnFrames,
              "frames are capped");
    }
  }
}

void Read(std::string_view text, std::int64_t step_ns) {
  TracebackReader reader;
  std::vector<Event> events;
  Record record;
  for (const std::string_view line : LinesOf(text)) {
    ++record.line;
    record.body = line;
    if (step_ns > 0) {
      record.clock = Clock::kUtc;
      record.time_ns = static_cast<std::int64_t>(record.line) * step_ns;
    }
    reader.Read(line, record, &events);
  }
  reader.Cut(&events);
  Check(events, record.line);
  Require(!reader.active(), "a cut ends it");
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  constexpr std::int64_t kSlow = 3'000'000'000;  // messages end by the clock
  logdiag::Read(logdiag::TextOf(data, size), 0);
  logdiag::Read(logdiag::TextOf(data, size), kSlow);
  return 0;
}
