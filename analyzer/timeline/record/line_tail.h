// SPDX-License-Identifier: Apache-2.0
// The last records of the log, to show what came before something.
#ifndef LOGDIAG_TIMELINE_RECORD_LINE_TAIL_H_
#define LOGDIAG_TIMELINE_RECORD_LINE_TAIL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

class LineTail {
 public:
  static constexpr std::size_t kCapacity = 16;

  void Add(const Record& record);

  // At most `count` records that begin before physical line `line`, oldest
  // first; blank ones left out. `line` 0 = all.
  std::vector<Quote> Before(std::uint64_t line, std::size_t count) const;

  // Where one container ends and the next begins.
  struct Boundary {
    Quote last;  // line 0 if there is nothing before the banner
    std::optional<std::int64_t> next_ns;  // of the banner's first record
  };
  // For a banner whose title stands at `line`: its own rule and blank lines
  // belong to it.
  Boundary BeforeBanner(std::uint64_t line) const;

 private:
  const Quote& At(std::size_t age) const;  // 0 = newest

  std::vector<Quote> ring_;
  std::size_t next_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_RECORD_LINE_TAIL_H_
