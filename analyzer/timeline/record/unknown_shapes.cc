// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/unknown_shapes.h"

#include <algorithm>
#include <string_view>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// FNV-1a.
std::uint64_t HashOfShape(std::string_view head) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : head) {
    const bool digit = c >= '0' && c <= '9';
    hash ^= static_cast<unsigned char>(digit ? '0' : c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

}  // namespace

void UnknownShapes::Add(const Record& record, bool recognised) {
  if (record.body.empty()) return;
  ++records_;
  if (recognised) {
    ++understood_;
    return;
  }
  const std::string_view shown = LastRedraw(record.body);
  const std::uint64_t hash = HashOfShape(shown.substr(0, kHeadBytes));
  auto found = shapes_.find(hash);
  if (found == shapes_.end()) {
    if (shapes_.size() == kMaxShapes) return;
    found = shapes_.try_emplace(hash).first;
    found->second.first = {record.line, record.offset, record.time_ns,
                           std::string(CutUtf8(shown, kMaxEventText))};
  }
  ++found->second.count;
}

std::vector<Quote> UnknownShapes::MostFrequent(std::size_t count) const {
  std::vector<const Shape*> order;
  for (const auto& [hash, shape] : shapes_) order.push_back(&shape);
  std::sort(order.begin(), order.end(), [](const Shape* a, const Shape* b) {
    if (a->count != b->count) return a->count > b->count;
    return a->first.line < b->first.line ||
           (a->first.line == b->first.line && a->first.text < b->first.text);
  });
  std::vector<Quote> quotes;
  for (const Shape* shape : order) {
    if (quotes.size() == count) break;
    quotes.push_back(shape->first);
  }
  return quotes;
}

}  // namespace logdiag
