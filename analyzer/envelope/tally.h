// SPDX-License-Identifier: Apache-2.0
// Counts what the records of a log say about it as a whole.
#ifndef LOGDIAG_ENVELOPE_TALLY_H_
#define LOGDIAG_ENVELOPE_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/envelope/piece.h"

namespace logdiag {

class Tally {
 public:
  void CountEnvelopes(const Piece& piece);
  void CountClock(const Piece& piece);

  // Of most records that have one.
  Clock CommonClock() const;
  std::int64_t CommonResolution() const;
  // Names of the envelopes seen, outermost first.
  std::vector<std::string> Names() const;

 private:
  std::array<std::uint64_t, 6> clocks_{};  // by Clock
  // Few resolutions occur; the first ones found are enough.
  std::vector<std::pair<std::int64_t, std::uint64_t>> resolutions_;
  std::array<std::uint64_t, kEnvelopeCount> seen_{};
  std::array<std::uint64_t, kEnvelopeCount> depth_sum_{};
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_TALLY_H_
