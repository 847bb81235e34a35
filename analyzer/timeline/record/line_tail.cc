// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/line_tail.h"

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsBannerRule(std::string_view text) {
  return text.find_first_not_of("= ") == std::string_view::npos;
}

}  // namespace

void LineTail::Add(const Record& record) {
  if (ring_.size() < kCapacity) {
    ring_.emplace_back();
    next_ = ring_.size() - 1;
  }
  Quote& slot = ring_[next_];
  slot.line = record.line;
  slot.offset = record.offset;
  slot.time_ns = record.time_ns;
  slot.unterminated =
      record.unterminated && record.body.size() < kDockerPieceBytes;
  slot.text.assign(CutUtf8(LastRedraw(record.body), kMaxEventText));
  next_ = (next_ + 1) % kCapacity;
}

const Quote& LineTail::At(std::size_t age) const {
  return ring_[(next_ + ring_.size() * 2 - 1 - age) % ring_.size()];
}

std::vector<Quote> LineTail::Before(std::uint64_t line,
                                    std::size_t count) const {
  std::vector<Quote> quotes;
  for (std::size_t age = 0; age < ring_.size() && quotes.size() < count;
       ++age) {
    const Quote& quote = At(age);
    if (line != 0 && quote.line >= line) continue;
    if (TrimRight(quote.text).empty()) continue;
    quotes.push_back(quote);
  }
  std::reverse(quotes.begin(), quotes.end());
  return quotes;
}

LineTail::Boundary LineTail::BeforeBanner(std::uint64_t line) const {
  Boundary boundary;
  for (std::size_t age = 0; age < ring_.size(); ++age) {
    const Quote& quote = At(age);
    if (quote.line > line) continue;
    if (quote.line < line && !IsBannerRule(quote.text)) {
      boundary.last = quote;
      break;
    }
    if (quote.time_ns) boundary.next_ns = quote.time_ns;
  }
  return boundary;
}

}  // namespace logdiag
