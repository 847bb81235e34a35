// SPDX-License-Identifier: Apache-2.0
// What a report draws, before anybody has chosen how it looks: lanes of marks
// over one axis. Formats that cannot draw leave pictures out, so that nothing
// is told by them alone.
#ifndef LOGDIAG_REPORTS_DOCUMENT_PICTURE_H_
#define LOGDIAG_REPORTS_DOCUMENT_PICTURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logdiag {

// All words are ours: what a log says is no part of a picture.

enum class Tone {
  kPlain,    // it ran
  kGood,     // it succeeded
  kBad,      // what the report is about
  kTrouble,  // another failure
  kQuiet,    // overcome, or of little meaning
  kPhase,    // a stretch of a work; neighbours differ
  kSilence,  // no line
};

// From `from` to `to`, of the axis, 0 to 1; equal for what took no time.
struct Mark {
  double from = 0;
  double to = 0;
  Tone tone = Tone::kPlain;
  std::size_t row = 0;          // of its lane: those of one row do not overlap
  std::optional<double> level;  // of a figure: 0 at the bottom, 1 at the top
  std::string label;            // in the mark, as far as there is room
  std::string hint;             // one sentence
  std::uint64_t line = 0;       // of the log; 0 = of none
};

struct Lane {
  std::string title;
  std::vector<Mark> marks;
  std::size_t rows = 1;
  bool figures = false;  // its marks have levels
};

struct Tick {
  double at = 0;
  std::string text;
};

struct Picture {
  std::string title;
  std::vector<Tick> ticks;
  std::vector<Lane> lanes;
  std::vector<Tick> rules;  // through all lanes: the verdict's moment, a limit
  std::string note = {};    // what it does not show; "" = nothing
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DOCUMENT_PICTURE_H_
