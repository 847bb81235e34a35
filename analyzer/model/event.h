// SPDX-License-Identifier: Apache-2.0
// What the scan finds in records. Events own their few strings.
#ifndef LOGDIAG_MODEL_EVENT_H_
#define LOGDIAG_MODEL_EVENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "analyzer/model/record.h"

namespace logdiag {

// Longest text an event keeps of its record, in bytes.
inline constexpr std::size_t kMaxEventText = 400;

// A marker of patterns/markers matched.
struct MarkerHit {
  std::size_t marker = 0;  // index into Catalogue::markers
  std::vector<std::pair<std::string, std::string>> captures;
};

// The last state of a tqdm bar within one record.
struct ProgressBar {
  std::string label;  // "" when tqdm had no desc
  std::int64_t done = 0;
  std::int64_t total = 0;
  double elapsed_s = 0;
  std::optional<double> seconds_per_step;  // nullopt before the first step
  bool bytes = false;  // counts bytes: a transfer, not steps
  // Never reached total, and its record did not end in LF, or other text
  // follows it without a closing redraw.
  bool open = false;
  // The last redraw repeated the count before it with a larger elapsed time:
  // Python unwound and closed the bar before it was full.
  bool closed_early = false;
  // Largest elapsed difference between two redraws, and the count before it.
  double longest_step_s = 0;
};

struct Frame {
  std::string file;
  std::int64_t line = 0;  // in that file
  std::string function;
  std::uint64_t log_line = 0;  // where the log names it; 0 = unknown
  std::string code = {};       // the line of source below it, if printed
};

// One exception of a chain.
struct Raised {
  std::string type;                 // "torch.OutOfMemoryError", "" if cut off
  std::string message;              // first line of it, capped at kMaxEventText
  std::uint64_t line = 0;           // physical line of "Type: message" ...
  std::uint64_t offset = 0;         // ... and its byte offset
  std::vector<Frame> first_frames;  // outermost, at most 14
  std::vector<Frame> last_frames;   // innermost, at most 6
  // Of code that no package manager installed: innermost last, at most 3.
  std::vector<Frame> own_frames;
};

// A Python traceback, with the exceptions it chains. In printed order: the
// first is the one raised first, the last is what the caller saw.
struct Traceback {
  std::vector<Raised> chain;
  std::uint64_t first_line = 0;
  std::uint64_t last_line = 0;
  // Printed with no text before "Traceback" on its line: so not by a logger
  // that puts a prefix there.
  bool bare = true;
  // "Exception in thread NAME:" came right before; NAME as printed.
  std::string thread;
};

struct Event {
  std::variant<MarkerHit, ProgressBar, Traceback> what;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  std::optional<std::int64_t> time_ns;
  Source source = Source::kContainer;
  // No LF ended its record, nor was it long enough to be written in pieces: so
  // its stamp is the moment at which the stream broke off.
  bool unterminated = false;
  std::string text;  // of the record: last redraw, capped, not yet escaped
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_EVENT_H_
