// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/fence.h"

#include <algorithm>
#include <iterator>

#include "analyzer/support/fence_mark.h"

namespace logdiag {
Fence::Place Fence::Look(std::string_view body) {
  if (mark_ == 0) {
    if (body.empty() || (body[0] != '`' && body[0] != '~' && body[0] != ' ')) {
      return Place::kOutside;
    }
    mark_ = FenceMark(body, false);
    records_ = 0;
    return mark_ == 0 ? Place::kOutside : Place::kOpens;
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
