// SPDX-License-Identifier: Apache-2.0
// When the marks of a start tell of another one.
#include "analyzer/timeline/lives/start_marks.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

PossibleStart Mark(const std::string& id, std::uint64_t line,
                   bool working = false) {
  PossibleStart start;
  start.event = HitAt(id, line);
  start.working = working;
  return start;
}

// A start has shown startup-time at line 1; then one mark a line is printed.
TEST(StartMarks, WhatProvesAnotherStart) {
  const struct {
    const char* name;
    std::vector<std::string> marks;
    std::uint64_t proved;  // the line where it began; 0: none was proved
  } kCases[] = {
      {"a mark that is new", {"total-vram"}, 0},
      {"all marks of one start", {"total-vram", "version"}, 0},
      {"one that comes again", {"startup-time"}, 0},
      {"the same one a third time", {"startup-time", "startup-time"}, 0},
      {"two different ones", {"total-vram", "startup-time", "total-vram"}, 3},
      {"in another order", {"total-vram", "total-vram", "startup-time"}, 3},
      {"new ones between",
       {"startup-time", "version", "total-vram", "version"},
       2},
  };
  for (const auto& test : kCases) {
    StartMarks marks;
    marks.Begin(HitAt("startup-time", 1));
    std::uint64_t proved = 0;
    std::uint64_t line = 1;
    for (const std::string& id : test.marks) {
      if (const auto start = marks.Take(Mark(id, ++line))) {
        EXPECT_EQ(proved, 0u) << test.name;
        proved = start->event.line;
      }
    }
    EXPECT_EQ(proved, test.proved) << test.name;
  }
}

TEST(StartMarks, OneThatComesAgainAndASecondReady) {
  StartMarks marks;
  marks.Begin(HitAt("startup-time", 1));
  EXPECT_FALSE(marks.TakeReady().has_value());
  EXPECT_FALSE(marks.Take(Mark("startup-time", 5)).has_value());
  const std::optional<PossibleStart> proved = marks.TakeReady();
  ASSERT_TRUE(proved.has_value());
  EXPECT_EQ(proved->event.line, 5u);
  // It is proved once.
  EXPECT_FALSE(marks.TakeReady().has_value());
}

TEST(StartMarks, TheProvedStartKnowsItsMarks) {
  StartMarks marks;
  marks.Begin(HitAt("startup-time", 1));
  marks.Take(Mark("total-vram", 2));
  marks.Take(Mark("startup-time", 3));
  ASSERT_TRUE(marks.Take(Mark("total-vram", 4)).has_value());
  EXPECT_FALSE(marks.Take(Mark("version", 5)).has_value());
  EXPECT_FALSE(marks.Take(Mark("startup-time", 6)).has_value());
  EXPECT_TRUE(marks.Take(Mark("total-vram", 7)).has_value());
}

TEST(StartMarks, WorkThatGoesOnRefutes) {
  for (const bool working : {true, false}) {
    StartMarks marks;
    marks.Begin(HitAt("startup-time", 1));
    marks.Take(Mark("startup-time", 5, working));
    marks.Refute();
    EXPECT_EQ(marks.possible().has_value(), !working);
  }
}

TEST(StartMarks, BeginForgets) {
  StartMarks marks;
  marks.Begin(HitAt("startup-time", 1));
  marks.Take(Mark("startup-time", 5));
  marks.Begin(HitAt("total-vram", 9));
  EXPECT_FALSE(marks.possible().has_value());
  EXPECT_FALSE(marks.Take(Mark("startup-time", 10)).has_value());
  EXPECT_FALSE(marks.TakeReady().has_value());
}

}  // namespace
}  // namespace logdiag
