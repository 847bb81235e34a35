// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/nearest.h"

#include <gtest/gtest.h>

namespace logdiag {
namespace {

TEST(NearestTest, EditDistance) {
  EXPECT_EQ(EditDistance("", ""), 0U);
  EXPECT_EQ(EditDistance("kettle", "kettle"), 0U);
  EXPECT_EQ(EditDistance("", "abc"), 3U);
  EXPECT_EQ(EditDistance("abc", ""), 3U);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3U);
  EXPECT_EQ(EditDistance("fp8", "fp16"), 2U);
}

}  // namespace
}  // namespace logdiag
