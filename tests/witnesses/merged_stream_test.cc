// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/merged_stream.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "analyzer/support/timestamp.h"
#include "tests/witnesses/records.h"

namespace logdiag {
namespace {

using Fit = SourceFile::Fit;

class Merge {
 public:
  void Add(const std::string& text, Fit fit, std::int64_t offset_ns = 0,
           const ClockProfile* copies_of = nullptr) {
    logs_.emplace_back(text);
    SourceFile& file = sources_.files.emplace_back();
    file.main = logs_.size() == 1;
    file.fit = fit;
    file.offset_ns = offset_ns;
    indexes_.push_back(
        {logs_.back().stream(), nullptr, logs_.size() - 1, copies_of});
  }

  // "2:second line of one", file from 0 on and line, in the order given.
  std::vector<std::string> Read() {
    std::vector<MergedPart> parts = indexes_;
    for (MergedPart& part : parts) part.file = &sources_.files[part.index];
    MergedStream merged(std::move(parts), Clock::kUtc, 100, &sources_.spans);
    std::vector<std::string> said;
    Record record;
    std::uint64_t last = 100;
    while (merged.Next(&record)) {
      EXPECT_GT(record.line, last);
      last = record.line;
      const LineSpan* span = SpanOf(sources_, record.line);
      said.push_back(std::to_string(span->file) + ":" +
                     std::to_string(span->line + record.line - span->first) +
                     " " + std::string(record.body));
    }
    EXPECT_GE(merged.End().lines, last);
    return said;
  }

  const CaseSources& sources() const { return sources_; }

 private:
  std::deque<TextLog> logs_;
  std::vector<MergedPart> indexes_;
  CaseSources sources_;
};

const char kPod[] =
    "2025-10-23T16:00:00Z one of the pod\n"
    "2025-10-23T16:00:10Z two of the pod\n"
    "2025-10-23T16:00:20Z three of the pod\n";

using Said = std::vector<std::string>;

TEST(MergedStreamTest, LinesStandInTheOrderOfTime) {
  Merge merge;
  merge.Add(kPod, Fit::kSame);
  merge.Add(
      "2025-10-23T16:00:10Z at the same time\n"
      "2025-10-23T16:00:15Z between them\n",
      Fit::kSame);
  EXPECT_EQ(merge.Read(), (Said{"0:1 one of the pod", "0:2 two of the pod",
                                "1:1 at the same time", "1:2 between them",
                                "0:3 three of the pod"}));
  EXPECT_EQ(merge.sources().spans.size(), 3u);
}

TEST(MergedStreamTest, OffsetsCount) {
  Merge merge;
  merge.Add(kPod, Fit::kSame);
  merge.Add("[2025-10-23 18:00:05.000] of another zone\n", Fit::kShared,
            -7200 * kNsPerSecond);
  EXPECT_EQ(merge.Read(), (Said{"0:1 one of the pod", "1:1 of another zone",
                                "0:2 two of the pod", "0:3 three of the pod"}));
}

TEST(MergedStreamTest, WhatHasNoTimeStaysBehindItsLine) {
  Merge merge;
  merge.Add(
      "2025-10-23T16:00:00Z one\n  more of it\n2025-10-23T16:00:20Z two\n",
      Fit::kSame);
  merge.Add("2025-10-23T16:00:10Z other\n", Fit::kSame);
  EXPECT_EQ(merge.Read(),
            (Said{"0:1 one", "0:2   more of it", "1:1 other", "0:3 two"}));
}

TEST(MergedStreamTest, WhatCannotBeSetComesLastAndWithoutTimes) {
  Merge merge;
  merge.Add(kPod, Fit::kSame);
  merge.Add("[ 12.500000] of the kernel\n", Fit::kUnknown);
  merge.Add("of a file without clocks\n", Fit::kNone);
  EXPECT_EQ(merge.Read(), (Said{"0:1 one of the pod", "0:2 two of the pod",
                                "0:3 three of the pod", "1:1 of the kernel",
                                "2:1 of a file without clocks"}));
}

TEST(MergedStreamTest, CopiesAreLeftOutAndCounted) {
  TextLog main(kPod);
  const ClockProfile profile(main.stream());
  Merge merge;
  merge.Add(kPod, Fit::kSame);
  merge.Add(
      "[2025-10-23 18:00:10.100] two of the pod\n"
      "[2025-10-23 18:00:15.000] only in the file\n"
      "[2025-10-23 18:00:40.000] two of the pod\n",
      Fit::kShared, -7200 * kNsPerSecond, &profile);
  EXPECT_EQ(merge.Read(), (Said{"0:1 one of the pod", "0:2 two of the pod",
                                "1:2 only in the file", "0:3 three of the pod",
                                "1:3 two of the pod"}));
  EXPECT_EQ(merge.sources().files[1].copies, 1u);
}

}  // namespace
}  // namespace logdiag
