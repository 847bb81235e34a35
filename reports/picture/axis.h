// SPDX-License-Identifier: Apache-2.0
// The axis of a picture: the time of a log, or its lines where it has no clock.
#ifndef LOGDIAG_REPORTS_PICTURE_AXIS_H_
#define LOGDIAG_REPORTS_PICTURE_AXIS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analyzer/model/diagnosis.h"
#include "reports/document/picture.h"

namespace logdiag {

class Axis {
 public:
  // Of the whole log. `diagnosis` must outlive it.
  explicit Axis(const Diagnosis& diagnosis);

  // False if there is nothing to spread things over.
  bool IsDrawable() const { return begin_ < end_; }
  bool IsOfTime() const { return of_time_; }

  // The value of a moment or, without one, of a line, which lies between those
  // whose time is known.
  double ValueOf(std::uint64_t line, std::optional<std::int64_t> time_ns) const;
  // The value of the last line, up to `line`, whose time is known: between two
  // of them there may be a long silence.
  double ValueUpTo(std::uint64_t line) const;
  // Where a value is: 0 at the beginning, 1 at the end, and nothing outside.
  double At(double value) const;

  // The part from `from` to `to`, in values.
  Axis Between(double from, double to) const;
  double begin() const { return begin_; }
  double end() const { return end_; }

  // At round values, at most `most`.
  std::vector<Tick> Ticks(std::size_t most) const;

 private:
  std::string TickText(double value, double step) const;

  const Diagnosis* diagnosis_;
  bool of_time_ = false;
  double begin_ = 0;  // seconds, or lines
  double end_ = 0;
  std::map<std::uint64_t, double> known_;  // seconds of a line
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PICTURE_AXIS_H_
