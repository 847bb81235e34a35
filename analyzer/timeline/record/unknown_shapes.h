// SPDX-License-Identifier: Apache-2.0
// Counts the records that nothing recognised, by their shape.
#ifndef LOGDIAG_TIMELINE_RECORD_UNKNOWN_SHAPES_H_
#define LOGDIAG_TIMELINE_RECORD_UNKNOWN_SHAPES_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

// A shape is the head of a record with its digits masked, so that lines that
// differ only in figures fall together.
class UnknownShapes {
 public:
  static constexpr std::size_t kMaxShapes = 512;
  static constexpr std::size_t kHeadBytes = 48;

  // Blank records are not counted as anything.
  void Add(const Record& record, bool recognised);

  std::uint64_t understood() const { return understood_; }
  std::uint64_t records() const { return records_; }  // not blank
  // At most kMaxShapes; what came after that is not told apart.
  std::uint64_t clusters() const { return shapes_.size(); }
  // The first record of each of the `count` most frequent shapes.
  std::vector<Quote> MostFrequent(std::size_t count) const;

 private:
  struct Shape {
    std::uint64_t count = 0;
    Quote first;
  };
  std::unordered_map<std::uint64_t, Shape> shapes_;
  std::uint64_t understood_ = 0;
  std::uint64_t records_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_UNKNOWN_SHAPES_H_
