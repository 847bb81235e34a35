// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/fence.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace logdiag {
namespace {

constexpr std::size_t kFenceMarks = 3;
// More in front of it makes it a block of code, where it is text.
constexpr std::size_t kMaxIndent = 3;

// The character of the fence that `body` is: marks, then at most a language.
// 0 if it is none.
char FenceMark(std::string_view body, bool closing) {
  const std::size_t begin = body.find_first_not_of(' ');
  if (begin == body.npos || begin > kMaxIndent) return 0;
  const char mark = body[begin];
  if (mark != '`' && mark != '~') return 0;
  const std::size_t end = body.find_first_not_of(mark, begin);
  const std::size_t marks = std::min(end, body.size()) - begin;
  if (marks < kFenceMarks) return 0;
  const std::string_view rest =
      end == body.npos ? std::string_view() : body.substr(end);
  if (rest.find_first_not_of(" \t\r") == rest.npos) return mark;
  const bool one_word = rest.find_first_of(" \t`") == rest.npos;
  return !closing && one_word ? mark : 0;
}

}  // namespace

Fence::Place Fence::Look(std::string_view body) {
  if (mark_ == 0) {
    if (body.empty() || (body[0] != '`' && body[0] != '~' && body[0] != ' ')) {
      return Place::kOutside;
    }
    mark_ = FenceMark(body, false);
    records_ = 0;
    return mark_ == 0 ? Place::kOutside : Place::kInside;
  }
  if (FenceMark(body, true) == mark_) {
    mark_ = 0;
    return Place::kCloses;
  }
  if (++records_ > kMaxRecords) {
    mark_ = 0;
    return Place::kOutside;
  }
  return Place::kInside;
}

void Fence::Release(std::vector<Event>* events) {
  std::move(held_.begin(), held_.end(), std::back_inserter(*events));
  held_.clear();
}

}  // namespace logdiag
