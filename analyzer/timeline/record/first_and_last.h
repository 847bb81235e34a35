// SPDX-License-Identifier: Apache-2.0
// The first and the last of many values: these tell most.
#ifndef LOGDIAG_TIMELINE_RECORD_FIRST_AND_LAST_H_
#define LOGDIAG_TIMELINE_RECORD_FIRST_AND_LAST_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <utility>
#include <vector>

namespace logdiag {

template <typename T>
class FirstAndLast {
 public:
  // How many are kept of either end.
  FirstAndLast(std::size_t first, std::size_t last)
      : max_first_(first), max_last_(last) {}

  void Add(T value) {
    if (first_.size() < max_first_) {
      first_.push_back(std::move(value));
      return;
    }
    last_.push_back(std::move(value));
    if (last_.size() <= max_last_) return;
    last_.pop_front();
    ++dropped_;
  }

  // How many were added and are not kept.
  std::uint64_t dropped() const { return dropped_; }

  // What is kept, in the order in which it came; none is left.
  std::vector<T> Take() {
    first_.insert(first_.end(), std::make_move_iterator(last_.begin()),
                  std::make_move_iterator(last_.end()));
    last_.clear();
    return std::move(first_);
  }

 private:
  std::size_t max_first_;
  std::size_t max_last_;
  std::vector<T> first_;
  std::deque<T> last_;
  std::uint64_t dropped_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_FIRST_AND_LAST_H_
