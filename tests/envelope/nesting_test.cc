// SPDX-License-Identifier: Apache-2.0
// What several lines or several envelopes do together.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

using Texts = std::vector<std::string>;

const std::string kOne = "2025-03-02T07:00:01.000000001Z ";
const std::string kTwo = "2025-03-02T07:00:02.000000002Z ";

TEST(DockerStamps, EqualStampsInALineAreJoints) {
  const std::string broken = "\xef\xbf\xbd";
  EXPECT_EQ(ReadRecords(kOne + "\r 10%|ab" + broken + kOne + broken + broken +
                        "cd|\r 20%|" + kOne + "ef\n")
                .records,
            (Texts{"1|2025-03-02T07:00:01.000000001Z|c|.|"
                   "\r 10%|abcd|\r 20%|ef"}));
}

TEST(DockerStamps, ADifferentStampBeginsAnotherRecord) {
  EXPECT_EQ(ReadRecords(kOne + "\r  0%|   | 0/3 [00:00<?, ?it/s]" + kTwo +
                        "\n" + kTwo + "== CUDA ==\n")
                .records,
            (Texts{"1|2025-03-02T07:00:01.000000001Z|c|!|"
                   "\r  0%|   | 0/3 [00:00<?, ?it/s]",
                   "1|2025-03-02T07:00:02.000000002Z|c|.|",
                   "2|2025-03-02T07:00:02.000000002Z|c|.|== CUDA =="}));
}

TEST(DockerStamps, SplitLinesWithoutAStampOfTheirOwn) {
  EXPECT_EQ(ReadRecords(kOne + "Sampling\n  0%|  | 0/3 [?it/s]" + kTwo + "\n")
                .records,
            (Texts{"1|2025-03-02T07:00:01.000000001Z|c|.|Sampling",
                   "2|-|c|!|  0%|  | 0/3 [?it/s]",
                   "2|2025-03-02T07:00:02.000000002Z|c|.|"}));
}

TEST(DockerStamps, JoinAndSplitOnOneLine) {
  EXPECT_EQ(ReadBodies(kOne + "a" + kOne + "b" + kTwo + "c" + kTwo + "d" +
                       kOne + "e\n"),
            (Texts{"ab", "cd", "e"}));
}

TEST(DockerStamps, TimesInMessagesStay) {
  const std::string message = "time=\"" + kTwo + "\" at " + kTwo + "x";
  EXPECT_EQ(ReadBodies(kOne + message + "\n"), (Texts{message}));
}

TEST(DockerStamps, ALineOfStampsOnlyEnds) {
  std::string line;
  for (int i = 0; i < 2000; ++i) line += "x" + (i % 2 ? kOne : kTwo);
  EXPECT_EQ(ReadBodies(kOne + line + "\n").size(), 2001u);
}

TEST(Nesting, ComposeOverApiOverLoggers) {
  const std::string inner =
      "data: {\"ts\":\"2026-03-02T07:00:01.5Z\",\"source\":\"container\","
      "\"line\":\"handler.py          :7    2025-01-01 00:00:00,000 "
      "ERROR:root:{\\\"requestId\\\": \\\"a\\\", \\\"message\\\": "
      "\\\"[INFO] deep\\\", \\\"level\\\": \\\"INFO\\\"}\"}\n";
  const ReadLog read = ReadRecords(inner);
  EXPECT_EQ(read.records, (Texts{"1|2026-03-02T07:00:01.500Z|c|.|deep"}));
  EXPECT_EQ(read.summary.envelopes,
            (Texts{"runpod-api", "runpod-logger", "python-logging",
                   "runpod-job", "comfyui-level"}));
}

TEST(Nesting, UtcInsideALocalStampWins) {
  EXPECT_EQ(
      ReadRecords("Mar  2 09:00:01 node dockerd[3]: " + kOne + "got prompt\n")
          .records,
      (Texts{"1|2025-03-02T07:00:01.000000001Z|s|.|got prompt"}));
}

TEST(Summary, TellsTheClockOfMostRecords) {
  const ReadLog read =
      ReadRecords("[2024-03-02 07:00] a\n[2024-03-02 07:00] b\nc\nd\ne\nf\n" +
                  kOne + "g\n");
  EXPECT_EQ(read.summary.clock, Clock::kLocal);
  EXPECT_EQ(read.summary.resolution_ns, 60'000'000'000);
  EXPECT_FALSE(read.summary.newest_first);
}

TEST(Summary, CountsBrokenText) {
  const ReadLog read =
      ReadRecords(std::string("a\xff\n\xef\xbf\xbd\nb\0\n", 9));
  EXPECT_EQ(read.records.size(), 3u);
  EXPECT_EQ(read.summary.invalid_utf8_lines, 1u);
}

TEST(Summary, TheLastLineMayBeOpen) {
  EXPECT_EQ(ReadRecords("a\n  0%| ").records,
            (Texts{"1|-|c|.|a", "2|-|c|!|  0%| "}));
}

TEST(Duplicates, OneCopyOfEachIsDropped) {
  const std::string logger =
      "main.py             :9    2025-03-02 07:00:01,000 ";
  const ReadLog read = ReadRecords(
      "got prompt\n" + logger + "got prompt\n" +
      "got prompt\nmodel_type FLOW\n" + logger + "got prompt\n" + logger +
      "model_type FLOW\nsame\nsame\n" + logger + "only here\n");
  EXPECT_EQ(read.records,
            (Texts{"1|-|c|.|got prompt", "3|-|c|.|got prompt",
                   "4|-|c|.|model_type FLOW", "7|-|c|.|same", "8|-|c|.|same",
                   "9|2025-03-02T07:00:01.000|c|.|only here"}));
  EXPECT_EQ(read.summary.duplicate_lines, 3u);
}

TEST(Duplicates, FarApartTheyAreTwoMessages) {
  std::string log = "got prompt\n";
  for (int i = 0; i < 8; ++i) log += "line " + std::to_string(i) + "\n";
  log += "main.py             :9    2025-03-02 07:00:01,000 got prompt\n";
  EXPECT_EQ(ReadBodies(log).size(), 10u);
}

TEST(NewestFirst, TurnsAStampedLogRound) {
  std::string log;
  for (int i = 9; i >= 1; --i) {
    log += "2025-03-02T07:00:0" + std::to_string(i) + ".5Z line " +
           std::to_string(i) + "\n  more\n";
  }
  const ReadLog read = ReadRecords(log);
  EXPECT_TRUE(read.summary.newest_first);
  ASSERT_EQ(read.records.size(), 18u);
  EXPECT_EQ(read.records[0], "17|2025-03-02T07:00:01.500Z|c|.|line 1");
  EXPECT_EQ(read.records[1], "18|-|c|.|  more");
  EXPECT_EQ(read.records[16], "1|2025-03-02T07:00:09.500Z|c|.|line 9");
}

TEST(NewestFirst, AFewLinesDoNotDecide) {
  EXPECT_FALSE(ReadRecords("2025-03-02T07:00:03.5Z c\n2025-03-02T07:00:02.5Z "
                           "b\n2025-03-02T07:00:01.5Z a\n")
                   .summary.newest_first);
}

TEST(EndpointExport, ReadsANamedTableNewestFirst) {
  std::string log = "Timestamp,Worker ID,Level,Message\n";
  for (int i = 9; i >= 1; --i) {
    log += "2025-03-02T07:00:0" + std::to_string(i) +
           ".000Z,ab12cd34ef56gh,INFO,\"line, " + std::to_string(i) +
           "\\n  \"\"more\"\"\"\n";
  }
  const ReadLog read = ReadRecords(log);
  EXPECT_TRUE(read.summary.newest_first);
  ASSERT_EQ(read.records.size(), 9u);
  EXPECT_EQ(read.records[0],
            "10|2025-03-02T07:00:01.000Z|c|.|line, 1\n  \"more\"");
  EXPECT_EQ(read.records[8],
            "2|2025-03-02T07:00:09.000Z|c|.|line, 9\n  \"more\"");
  EXPECT_EQ(read.summary.envelopes, (Texts{"runpod-export"}));
}

TEST(EndpointExport, ReadsAnUnnamedTable) {
  std::string log;
  for (int i = 1; i <= 9; ++i) {
    log += "ab12cd34ef56gh\t2025-03-02 07:00:0" + std::to_string(i) +
           "\tINFO   | job-1234 | line\t" + std::to_string(i) + "\n";
  }
  const ReadLog read = ReadRecords(log);
  EXPECT_FALSE(read.summary.newest_first);
  ASSERT_EQ(read.records.size(), 9u);
  EXPECT_EQ(read.records[2], "3|2025-03-02T07:00:03|c|.|line\t3");
}

TEST(EndpointExport, ReadsRowsOfJson) {
  EXPECT_EQ(ReadBodies("{\"timestamp\":\"2025-03-02T07:00:01Z\","
                       "\"workerId\":\"ab12\",\"message\":\"got prompt\"}\n"),
            (Texts{"got prompt"}));
}

TEST(Json, WhatIsNotAnEnvelopeStays) {
  const Texts lines = {"{\"prompt\": {\"3\": {\"class_type\": \"KSampler\"}}}",
                       "{\"log\": 7}",
                       "{\"log\":\"cut off",
                       "{}",
                       "{not json}",
                       "data: {\"x\":1}",
                       "id: comfy"};
  std::string log;
  for (const std::string& line : lines) log += line + "\n";
  EXPECT_EQ(ReadBodies(log), lines);
}

TEST(Kernel, TheFiguresOfAKillMayFollow) {
  const std::string kill =
      "[ 1985.427323] Out of memory: Killed process 123 (python)";
  const std::string figures = "total-vm:9kB, anon-rss:8kB";
  // Together, in one record, at another time, not at all, and elsewhere.
  EXPECT_EQ(ReadRecords(kill + "\n[ 1985.427323] " + figures + "\n" +   //
                        kill + ", " + figures + "\n" +                  //
                        kill + ",\n[ 1985.427324] " + figures + "\n" +  //
                        kill + "\ngot prompt\n" + kill + "\n")
                .records,
            (Texts{"1|1985s|k|.|Out of memory: Killed process 123 (python) "
                   "total-vm:9kB, anon-rss:8kB",
                   "3|1985s|k|.|Out of memory: Killed process 123 (python), "
                   "total-vm:9kB, anon-rss:8kB",
                   "4|1985s|k|.|Out of memory: Killed process 123 (python),",
                   "5|1985s|k|.|total-vm:9kB, anon-rss:8kB",
                   "6|1985s|k|.|Out of memory: Killed process 123 (python)",
                   "7|-|c|.|got prompt",
                   "8|1985s|k|.|Out of memory: Killed process 123 (python)"}));
}

TEST(HostileText, EveryCutOfARichLineIsRead) {
  const std::string rich = "web-1 | " + kOne +
                           "[2025-03-02 07:00:01.250] [INFO] {\"log\":\"x\\n\","
                           "\"time\":\"2025-03-02T07:00:01Z\"}" +
                           kTwo + "\xef\xbf\xbd\x1b[3";
  for (std::size_t i = 0; i <= rich.size(); ++i) {
    EXPECT_LE(ReadBodies(rich.substr(i)).size(), 3u);
    EXPECT_LE(ReadBodies(rich.substr(0, i)).size(), 3u);
  }
}

}  // namespace
}  // namespace logdiag
