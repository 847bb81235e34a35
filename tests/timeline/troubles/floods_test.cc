// SPDX-License-Identifier: Apache-2.0
// One line of trouble that a server without work says again and again.
#include "analyzer/timeline/troubles/floods.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

// The finding, or null.
const Failure* FloodOf(const Story& story) {
  for (const Failure& failure : story.timeline.failures) {
    if (failure.flood) return &failure;
  }
  return nullptr;
}

TEST(Floods, WhichLinesAreOne) {
  const struct {
    const char* name;
    std::function<void(Script*, int)> print;
    int times;
    bool flood;
  } kCases[] = {
      {"a known symptom", [](Script* s, int) { s->Hit("symptom"); }, 10, true},
      {"too few", [](Script* s, int) { s->Hit("symptom"); }, 9, false},
      {"an exception in words nobody knows",
       [](Script* s, int i) {
         s->Line("(URLError(TimeoutError(" + std::to_string(i) + ")),)");
       },
       12, true},
      {"a line of level ERROR",
       [](Script* s, int i) {
         s->Error("no answer, try " + std::to_string(i));
       },
       12, true},
      {"another name each time",
       [](Script* s, int i) {
         s->Line("IOError: " + std::string(static_cast<std::size_t>(i), 'a'));
       },
       12, false},
      {"no word of trouble", [](Script* s, int) { s->Line("GET /queue"); }, 30,
       false},
      {"a handler of errors",
       [](Script* s, int) { s->Line("ErrorHandler asks again"); }, 30, false},
      {"known to be harmless", [](Script* s, int) { s->Hit("note"); }, 30,
       false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    const std::uint64_t before = script.line();
    for (int i = 0; i < test.times; ++i) {
      test.print(&script, i);
      script.Line("something else " +
                  std::string(static_cast<std::size_t>(i % 3), 'x'));
    }
    const Story story = script.End();
    const Failure* flood = FloodOf(story);
    ASSERT_EQ(flood != nullptr, test.flood) << test.name;
    if (flood == nullptr) continue;
    EXPECT_EQ(flood->first_line, before + 1) << test.name;
    EXPECT_EQ(flood->last_line, script.line() - 1) << test.name;
    EXPECT_EQ(flood->repeats + 1, static_cast<std::uint64_t>(test.times))
        << test.name;
    EXPECT_TRUE(flood->bystander) << test.name;
  }
}

// Of work its own failures tell, and of a start.
TEST(Floods, OnlyWhileNothingElseGoesOn) {
  for (const char* marker : {"prompt-queued", "job-queued", "banner"}) {
    Script script = Started();
    script.Hit(marker);
    for (int i = 0; i < 20; ++i) script.Hit("symptom");
    EXPECT_EQ(FloodOf(script.End()), nullptr) << marker;
  }
}

TEST(Floods, AmongManyOtherLines) {
  for (const int others : {2, 3}) {
    Script script = Started();
    for (int i = 0; i < 20; ++i) script.Hit("symptom").Lines(others);
    EXPECT_EQ(FloodOf(script.End()) != nullptr, others == 2) << others;
  }
}

// A traceback is told of with the record after it.
TEST(Floods, TheLineAfterATracebackCounts) {
  Script script = Started();
  for (int i = 0; i < 10; ++i) {
    script.RaiseWith(MakeTraceback("ValueError", "x", "a.py", "run", "b.py"),
                     "symptom");
  }
  ASSERT_NE(FloodOf(script.End()), nullptr);
}

TEST(Floods, WorkParts) {
  Script script = Started();
  for (int i = 0; i < 9; ++i) script.Hit("symptom");
  script.Hit("prompt-queued").Hit("load").Hit("prompt-executed");
  for (int i = 0; i < 9; ++i) script.Hit("symptom");
  EXPECT_EQ(FloodOf(script.End()), nullptr);
}

TEST(Floods, WhatWasOneStaysOne) {
  Script script = Started();
  for (int i = 0; i < 11; ++i) script.Hit("symptom");
  const std::uint64_t last = script.line();
  script.Hit("prompt-queued").Hit("load").Hit("prompt-executed");
  const Story story = script.End();
  ASSERT_NE(FloodOf(story), nullptr);
  EXPECT_EQ(FloodOf(story)->last_line, last);
}

}  // namespace
}  // namespace logdiag
