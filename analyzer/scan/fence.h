// SPDX-License-Identifier: Apache-2.0
// Keeps apart what a program prints between the fences of Markdown: somebody's
// text, or a log that somebody pasted.
#ifndef LOGDIAG_SCAN_FENCE_H_
#define LOGDIAG_SCAN_FENCE_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"

namespace logdiag {

class Fence {
 public:
  // A fence that is not closed after so many records is none: it may be a
  // stray mark, and nothing of a log may get lost behind it.
  static constexpr std::size_t kMaxRecords = 200;

  // What a record is to the fences.
  enum class Place {
    kOutside,
    kOpens,
    kInside,
    kCloses,
  };

  // Call once for each record, in order.
  Place Look(std::string_view body);

  // The events inside, kept until it is known what they are.
  std::vector<Event>* held() { return &held_; }
  // Moves what is held to `events`, ...
  void Release(std::vector<Event>* events);
  // ... or forgets it.
  void Drop() { held_.clear(); }

 private:
  char mark_ = 0;  // of the open fence; 0 = none
  std::size_t records_ = 0;
  std::vector<Event> held_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_FENCE_H_
