// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/date_keeper.h"

#include <cstdlib>

#include "analyzer/support/calendar.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

constexpr std::int64_t kDayNs = kSecondsPerDay * kNsPerSecond;
constexpr std::size_t kSearched = 200;

// The first date with a year and a time in `text`, if it names no zone.
std::optional<std::int64_t> FindNaiveDate(std::string_view text) {
  text = text.substr(0, kSearched);
  for (std::size_t at = text.find("20"); at != std::string_view::npos;
       at = text.find("20", at + 1)) {
    const std::optional<Stamp> stamp = ReadIsoStamp(text.substr(at));
    if (!stamp) continue;
    if (stamp->has_zone) return std::nullopt;
    return stamp->time_ns;
  }
  return std::nullopt;
}

}  // namespace

void DateKeeper::Learn(const Piece& piece) {
  if (piece.time_ns && piece.clock == Clock::kNoYear)
    yearless_ns_ = piece.time_ns;
  if (piece.time_ns && piece.clock == Clock::kLocal) {
    LearnYear(*piece.time_ns);
  } else if (const auto dated = FindNaiveDate(piece.text)) {
    LearnYear(*dated);
  }
}

void DateKeeper::LearnYear(std::int64_t dated_ns) {
  if (year_ || !yearless_ns_) return;
  if (std::abs(WithYear(dated_ns, kAssumedYear) - *yearless_ns_) <= kDayNs)
    year_ = YearOf(dated_ns);
}

void DateKeeper::Complete(Piece* piece) {
  if (!piece->time_ns) return;
  if (piece->clock == Clock::kNoDate) {
    if (last_ns_ && *last_ns_ - *piece->time_ns >= kDayNs / 2)
      days_ns_ += kDayNs;
    last_ns_ = piece->time_ns;
    *piece->time_ns += days_ns_;
  } else if (piece->clock == Clock::kNoYear) {
    if (last_ns_ && *last_ns_ - *piece->time_ns >= 183 * kDayNs)
      ++years_passed_;
    last_ns_ = piece->time_ns;
    if (years_passed_ > 0 || year_) {
      piece->time_ns = WithYear(*piece->time_ns,
                                year_.value_or(kAssumedYear) + years_passed_);
    }
    if (year_) piece->clock = Clock::kLocal;
  }
}

}  // namespace logdiag
