// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/record/gap_tracker.h"

#include <gtest/gtest.h>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(GapTracker, LongestFirst) {
  GapTracker gaps;
  gaps.Add(RecordAt(1, "a", 0), "idle");
  gaps.Add(RecordAt(2, "b", 5), "idle");  // too short
  gaps.Add(RecordAt(3, "c", 30), "model-load");
  gaps.Add(RecordAt(4, "\r 0%", 100), "sampling");
  ASSERT_EQ(gaps.Longest().size(), 2u);
  EXPECT_DOUBLE_EQ(gaps.Longest()[0].seconds, 70);
  EXPECT_TRUE(gaps.Longest()[0].inside_bar);
  EXPECT_EQ(gaps.Longest()[1].line, 2u);
  EXPECT_EQ(gaps.Longest()[1].phase, "model-load");
  for (int i = 1; i <= 20; ++i) {
    gaps.Add(RecordAt(10, "x", 100 + i * 50), "idle");
  }
  EXPECT_EQ(gaps.Longest().size(), GapTracker::kKept);
}

TEST(GapTracker, WhoWaitsIsTheContainer) {
  GapTracker gaps;
  gaps.Add(RecordAt(1, "a", 0), "idle");
  Record agent = RecordAt(2, "agent", 60);
  agent.source = Source::kSystem;
  gaps.Add(agent, "idle");  // its lines end no silence of the container
  Record timeless = RecordAt(3, "no stamp");
  timeless.time_ns.reset();
  gaps.Add(timeless, "idle");
  EXPECT_TRUE(gaps.Longest().empty());
  gaps.Add(RecordAt(4, "back", 40), "idle");  // the clock was set back
  EXPECT_TRUE(gaps.Longest().empty());
}

}  // namespace
}  // namespace logdiag
