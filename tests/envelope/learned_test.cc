// SPDX-License-Identifier: Apache-2.0
// Prefixes and stamps that are learned from the head of a log, levels, and
// clocks without a year or a date.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

using Texts = std::vector<std::string>;

// Each body behind the front; "%d" in the front becomes the line's number in
// two digits.
std::string Behind(const std::string& front, const Texts& bodies) {
  std::string log;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    std::string line = front;
    const std::size_t at = line.find("%d");
    const std::string number = std::to_string(10 + i);
    if (at != std::string::npos) line.replace(at, 2, number);
    log += line + bodies[i] + "\n";
  }
  return log;
}

const Texts kBodies = {"got prompt",
                       "model weight dtype torch.float16",
                       "  - details",
                       " 50%|#####     | 1/2 [00:01<00:01]",
                       "Traceback (most recent call last):",
                       "  File \"/app/main.py\", line 3, in f",
                       "RuntimeError: bad",
                       "[rgthree] 12 nodes",
                       "Prompt executed in 3.0 seconds",
                       "| 0  GPU | 10MiB |"};

template <typename Row>
std::string NameOf(const testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

struct PrefixCase {
  const char* name;
  const char* front;
  const char* time;  // of the third record, as ReadRecords() tells it
  char level = '-';
};

class LearnedPrefixTable : public testing::TestWithParam<PrefixCase> {};

TEST_P(LearnedPrefixTable, IsPeeled) {
  const ReadLog read = ReadRecords(Behind(GetParam().front, kBodies));
  ASSERT_EQ(read.records.size(), kBodies.size());
  const std::string front = std::string("|") + GetParam().time + "|c|.|";
  EXPECT_EQ(read.records[2], "3" + front + kBodies[2]);
  for (std::size_t i = 0; i < kBodies.size(); ++i) {
    const std::string& record = read.records[i];
    EXPECT_EQ(record.substr(record.find("|c|.|") + 5), kBodies[i]);
    EXPECT_EQ(read.levels[i], GetParam().level);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Fronts, LearnedPrefixTable,
    testing::Values(
        PrefixCase{"Bars",
                   "2025-11-10  16:10:%d.885 | info | 5ho7q5wwyxytvc | ",
                   "2025-11-10T16:10:12.885", 'i'},
        PrefixCase{"PodAndWorker", "[pod-7f9c] [worker 3] | ", "-"},
        PrefixCase{"Slashes", "2025/11/10 16:10:%d ", "2025-11-10T16:10:12"},
        PrefixCase{"DeepSpeed",
                   "[2025-11-10 16:10:%d,001] [WARNING] [a.py:9:f] ",
                   "2025-11-10T16:10:12.001", 'w'},
        PrefixCase{"Clock", "[16:10:%d.123] ", "16:10:12.123"},
        PrefixCase{"ClockAndLevel", "[16:10:%d ERR] ", "16:10:12", 'e'},
        PrefixCase{"Access", "[10/Nov/2025:16:10:%d +0000] ",
                   "2025-11-10T16:10:12Z"},
        PrefixCase{"Epoch", "17627874%d.885 | worker-1 | ",
                   "2025-11-10T15:10:12.885Z"},
        PrefixCase{"German",
                   "10. Okt 16:10:%d host comfy[7]: ", "10-10T16:10:12"},
        PrefixCase{"Tabs", "2025-11-10 16:10:%d\tERROR\tpod1\t",
                   "2025-11-10T16:10:12", 'e'},
        PrefixCase{"Compose", "comfy-1  | ", "-"},
        PrefixCase{"Swarm", "16:10:%d.885 [Info] ", "16:10:12.885", 'i'},
        PrefixCase{"Vllm", "(APIServer pid=123) ERROR 11-10 16:08:%d [a.py:1] ",
                   "11-10T16:08:12", 'e'},
        PrefixCase{"OldVllm", "INFO 11-10 16:08:%d engine.py:1] ",
                   "11-10T16:08:12", 'i'},
        PrefixCase{"Nl", "    %d\t2025-11-10 16:10:09.885 ",
                   "2025-11-10T16:10:09.885"},
        PrefixCase{"Grep", "%d:2025-11-10T16:10:09.885Z ",
                   "2025-11-10T16:10:09.885Z"},
        PrefixCase{"GrepAlone", "%d:", "-"}),
    NameOf<PrefixCase>);

TEST(LearnedPrefix, TakesALevelPaddedToAColumn) {
  Texts lines;
  for (int i = 0; i < 10; ++i) {
    lines.push_back("2025/11/10 16:10:09 " +
                    std::string(i == 4 ? "WARNING  " : "INFO     ") +
                    (i == 5 ? "  - part " : "part ") + std::to_string(i));
  }
  const Texts bodies = ReadBodies(Behind("", lines));
  EXPECT_EQ(bodies[4], "part 4");
  EXPECT_EQ(bodies[5], "  - part 5");
  EXPECT_EQ(bodies[6], "part 6");
}

TEST(LearnedPrefix, EscapesOfAnExportAreConverted) {
  Texts bodies;
  for (int i = 0; i < 9; ++i)
    bodies.push_back("a\\r" + std::to_string(i) + "\\n");
  const ReadLog read = ReadRecords(
      Behind("2025-11-10  16:10:%d.885 | info | 5ho7q5wwyxytvc | ", bodies));
  EXPECT_EQ(read.records[0], "1|2025-11-10T16:10:10.885|c|.|a\r0");
  EXPECT_EQ(ReadBodies("C:\\new\nx\\n\na\nb\n"),
            (Texts{"C:\\new", "x\\n", "a", "b"}));
}

// What looks regular and is the message.
TEST(LearnedPrefix, LeavesProseBarsAndTables) {
  const char* fronts[] = {
      "Requirement already satisfied: p%d in ./lib ",
      "[ComfyUI-Manager] ",
      "Downloading: %d ",
      "step %d | loss ",
      "Sampling |###",
      "MISSING | ",
      "layer.%d.weight | MISSING | ",
      "Collecting p%d (from ",
      "INFO:     127.0.0.1:%d - ",
      "%d/99 ",
      "ComfyUI error: ",
      "Fetching %d files: ",
  };
  for (const std::string front : fronts) {
    // A row of one name before a bar is docker compose's.
    if (front == "MISSING | ") continue;
    std::string log = Behind(front, kBodies);
    Texts expected;
    for (std::size_t begin = 0; begin < log.size();) {
      const std::size_t end = log.find('\n', begin);
      expected.push_back(log.substr(begin, end - begin));
      begin = end + 1;
    }
    EXPECT_EQ(ReadBodies(log), expected) << front;
  }
}

TEST(Levels, ComeFromTheLoggers) {
  EXPECT_EQ(ReadRecords("[INFO] a\n[ERROR] a\nERROR:root:b\nWARNING: c\n"
                        "CRITICAL:x:d\nDEBUG:x:e\nplain\nErrors: 3\n"
                        "[2025-11-10 16:10:09.885] [warn] f\n"
                        "ERROR  | job-123456 | g\n"
                        "2025-11-10 16:10:09,885 - root - WARNING - h\n"
                        "2025-11-10T16:10:09.885Z  WARN part::module: i\n"
                        "2025-11-10T16:10:09.885Z ERROR part: j\n"
                        " WARN and no target\n")
                .levels,
            "ieewcd--wewwe-");
}

struct ClockCase {
  const char* name;
  std::string log;
  Texts records;
};

class ClockTable : public testing::TestWithParam<ClockCase> {};

TEST_P(ClockTable, GivesTheseRecords) {
  EXPECT_EQ(ReadRecords(GetParam().log).records, GetParam().records);
}

INSTANTIATE_TEST_SUITE_P(
    Clocks, ClockTable,
    testing::Values(
        ClockCase{"MidnightPasses",
                  "23:59:59.000 [Info] a\n00:00:01.000 [Info] b\n"
                  "00:00:00.900 [Error] c\n23:59:00.000 [Info] d\n"
                  "00:00:00.000 [Info] e\n",
                  {"1|23:59:59.000|c|.|a", "2|00:00:01.000+1|c|.|b",
                   "3|00:00:00.900+1|c|.|c", "4|23:59:00.000+1|c|.|d",
                   "5|00:00:00.000+2|c|.|e"}},
        ClockCase{"NewYearPasses",
                  "Dec 31 23:59:59 h u[1]: a\nJan  1 00:00:01 h u[1]: b\n",
                  {"1|12-31T23:59:59|c|.|a", "2|01-01T00:00:01|c|.|b"}},
        ClockCase{"TheYearIsInABanner",
                  "Dec 31 23:59:59 h u[1]: startup time: 2025-12-31 "
                  "23:59:58.1\nJan  1 00:00:01 h u[1]: b\n",
                  {"1|2025-12-31T23:59:59|c|.|startup time: 2025-12-31 "
                   "23:59:58.1",
                   "2|2026-01-01T00:00:01|c|.|b"}},
        ClockCase{"TheYearOfAnotherDayIsNotOurs",
                  "Dec 31 23:59:59 h u[1]: built 2025-03-01 12:00:00\n",
                  {"1|12-31T23:59:59|c|.|built 2025-03-01 12:00:00"}}),
    NameOf<ClockCase>);

}  // namespace
}  // namespace logdiag
