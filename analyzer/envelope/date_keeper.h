// SPDX-License-Identifier: Apache-2.0
// Gives stamps that state no year or no date their place in time.
#ifndef LOGDIAG_ENVELOPE_DATE_KEEPER_H_
#define LOGDIAG_ENVELOPE_DATE_KEEPER_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

class DateKeeper {
 public:
  // Looks at a line from the start of the log: `piece` is what was peeled off
  // it. A naive date with a year in its text (a banner, say), within a day of
  // the stamps without one, is of the same clock and gives them its year.
  void Learn(const Piece& piece);

  // To be called for each piece in the order of time. A stamp without a year
  // gets the year that was learned, and then is of the local clock; without
  // one, it stays as it is. A clock that falls by half a day or more has passed
  // midnight, a calendar that falls by half a year New Year's Eve.
  void Complete(Piece* piece);

 private:
  void LearnYear(std::int64_t dated_ns);

  std::optional<std::int64_t> yearless_ns_;  // the last one that was learned
  std::optional<int> year_;
  int years_passed_ = 0;
  std::int64_t days_ns_ = 0;
  std::optional<std::int64_t> last_ns_;  // without the days and years passed
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_DATE_KEEPER_H_
