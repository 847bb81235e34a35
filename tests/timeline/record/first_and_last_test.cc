// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/first_and_last.h"

#include <gtest/gtest.h>

#include <vector>

namespace logdiag {
namespace {

TEST(FirstAndLast, KeepsBothEndsInOrder) {
  const struct {
    int count;
    std::vector<int> kept;
    std::uint64_t dropped;
  } kCases[] = {
      {0, {}, 0},
      {2, {1, 2}, 0},
      {5, {1, 2, 3, 4, 5}, 0},
      {6, {1, 2, 4, 5, 6}, 1},
      {100, {1, 2, 98, 99, 100}, 95},
  };
  for (const auto& test : kCases) {
    FirstAndLast<int> values(2, 3);
    for (int i = 1; i <= test.count; ++i) values.Add(i);
    EXPECT_EQ(values.dropped(), test.dropped) << test.count;
    EXPECT_EQ(values.Take(), test.kept) << test.count;
  }
}

}  // namespace
}  // namespace logdiag
