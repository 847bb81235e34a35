// SPDX-License-Identifier: Apache-2.0
// Very many summaries in little memory: a set, so that it says the same in
// whatever order, and how often, they were added.
#ifndef LOGDIAG_REPORTS_FLEET_FLEET_H_
#define LOGDIAG_REPORTS_FLEET_FLEET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reports/fleet/summary.h"

namespace logdiag {

// Texts, each kept once, by number; 0 is "".
class TextPool {
 public:
  TextPool();
  std::uint32_t Number(std::string_view text);
  std::string_view Text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // whose places stay
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

class Fleet {
 public:
  // What a summary is kept as; numbers are those of texts().
  struct Row {
    std::array<std::uint64_t, 2> id{};
    std::uint64_t own = 0;  // of the texts that no other has: log and times
    std::uint32_t outcome = 0;
    std::uint32_t cause = 0;
    std::uint32_t confidence = 0;
    std::uint32_t severity = 0;
    std::uint32_t fingerprint = 0;
    std::uint32_t title = 0;
    // Each a name and a value, see Trait(); 0 = no more.
    std::array<std::uint32_t, kMaxTraits> traits{};
    std::uint32_t lost_seconds = 0;
    bool partial = false;
  };

  // One whose id is there already is the same log. If it has another name or
  // other traits all the same, the first in the order of their bytes is kept.
  void Add(const Summary& summary);

  std::size_t size() const { return rows_.size(); }
  // In the order of their ids.
  std::vector<const Row*> Rows() const;
  Summary Get(const Row& row) const;

  std::string_view Text(std::uint32_t number) const {
    return texts_.Text(number);
  }
  struct Trait {
    std::string_view name;
    std::string_view value;
  };
  Trait TraitOf(std::uint32_t number) const;
  std::string_view LogOf(const Row& row) const;
  // "" = not known. Of the failure, else the last that the log has.
  std::string TimeOf(const Row& row) const;

 private:
  Row RowOf(const Summary& summary);
  std::string_view Own(const Row& row, std::size_t part) const;
  std::string Time(const Row& row, std::size_t part) const;
  // Where that id is, or its place.
  std::size_t Slot(const std::array<std::uint64_t, 2>& id) const;
  void Grow();

  TextPool texts_;
  std::deque<Row> rows_;
  std::vector<std::uint32_t> slots_;  // row + 1, hashed by id; 0 = free
  std::deque<std::string> blocks_;    // of own texts, behind each other
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FLEET_FLEET_H_
