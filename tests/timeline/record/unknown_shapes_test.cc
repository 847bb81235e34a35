// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/unknown_shapes.h"

#include <gtest/gtest.h>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(UnknownShapes, FiguresDoNotMakeAShape) {
  UnknownShapes shapes;
  shapes.Add(RecordAt(1, "GET /view?n=17"), false);
  shapes.Add(RecordAt(2, "GET /view?n=42"), false);
  shapes.Add(RecordAt(3, "something else"), false);
  shapes.Add(RecordAt(4, "got prompt"), true);
  shapes.Add(RecordAt(5, ""), false);
  EXPECT_EQ(shapes.clusters(), 2u);
  EXPECT_EQ(shapes.understood(), 1u);
  ASSERT_EQ(shapes.MostFrequent(1).size(), 1u);
  EXPECT_EQ(shapes.MostFrequent(1)[0].line, 1u);
}

}  // namespace
}  // namespace logdiag
