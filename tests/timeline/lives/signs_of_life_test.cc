// SPDX-License-Identifier: Apache-2.0
// What counts as a sign of life.
#include "analyzer/timeline/lives/signs_of_life.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

// A model loads from second 10 on, something is printed at 300, and at 700 the
// log ends with another prompt: ten minutes of silence prove a hang.
TEST(SignsOfLife, WhatShowsThatWorkGoesOn) {
  const struct {
    const char* name;
    std::function<void(Script*)> print;
    bool alive;
  } kCases[] = {
      {"nothing", [](Script*) {}, false},
      {"uneventful words", [](Script* s) { s->Hit("note"); }, false},
      {"another prompt", [](Script* s) { s->Hit("prompt-queued"); }, false},
      {"a handler", [](Script* s) { s->Hit("job-queued"); }, false},
      {"an operator", [](Script* s) { s->Hit("interrupt-request"); }, false},
      {"an error that is stated", [](Script* s) { s->Hit("error"); }, false},
      {"a blank line", [](Script* s) { s->Line(""); }, false},
      {"one line that nobody knows", [](Script* s) { s->Line("GET /"); },
       false},
      {"the same with other figures",
       [](Script* s) { s->Line("GET /1").Line("GET /2").Line("GET /3"); },
       false},
      {"two that nobody knows",
       [](Script* s) { s->Line("shard a").Line("encoder b"); }, true},
      {"another source",
       [](Script* s) {
         s->From(Source::kSystem).Line("pulling").Line("still there");
         s->From(Source::kContainer);
       },
       false},
      {"a symptom", [](Script* s) { s->Hit("symptom"); }, true},
      {"a phase", [](Script* s) { s->Hit("load"); }, true},
      {"a bar", [](Script* s) { s->Bar(0, 20, true); }, true},
      {"a result", [](Script* s) { s->Hit("saved"); }, true},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(10).Hit("prompt-queued").Hit("load").At(300);
    test.print(&script);
    const Story story = script.At(700).Hit("prompt-queued").End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang == nullptr, test.alive) << test.name;
    if (hang == nullptr) continue;
    EXPECT_DOUBLE_EQ(*hang->silence_s, 690) << test.name;
  }
}

// "All tasks have been completed." of a pack that works beside the prompt.
TEST(SignsOfLife, GeneralWordsInALineThatIsKnown) {
  const struct {
    const char* name;
    std::vector<std::string> markers;
    bool alive;
  } kCases[] = {
      {"uneventful, and the words of an end", {"note", "script-done"}, false},
      {"the words alone", {"script-done"}, true},
      {"uneventful, and a phase", {"note", "load"}, true},
  };
  for (const auto& test : kCases) {
    Lives lives;
    LogClock clock;
    SignsOfLife signs(&ScriptCatalogue(), &lives, &clock);
    std::vector<Event> events;
    for (const std::string& marker : test.markers) {
      events.push_back(HitAt(marker, 7));
    }
    signs.Take(RecordAt(7, "all is done"), events);
    EXPECT_EQ(signs.of_start().line == 7, test.alive) << test.name;
  }
}

TEST(SignsOfLife, WhatIsKnownBetweenMakesALineNewAgain) {
  Script script = Started();
  script.At(10).Hit("prompt-queued").Hit("load");
  script.At(250).Line("shard 1").Hit("note").Line("shard 2");
  EXPECT_NE(
      OfKind(script.At(700).Hit("prompt-queued").End(), FailureKind::kHang),
      nullptr);
}

TEST(SignsOfLife, AStartHasItsOwn) {
  for (const double last : {20.0, 500.0}) {
    Script script;
    script.At(0).Hit("banner").Hit("startup-time").At(20).Line("loading a");
    script.At(last).Line("loading b, too");
    const Story story =
        script.At(700).Hit("job-queued").Hit("job-failed").End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, last < 100) << last;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->quote.text, "loading b, too");
    EXPECT_EQ(hang->phase, "comfyui-startup");
  }
}

TEST(SignsOfLife, HeartbeatsAreNoProgress) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("load");
  for (int i = 0; i < 80; ++i) {
    script.At(70 + i * 10.0).Line("GET /health 200 in " + std::to_string(i));
  }
  const Story story = script.End();
  const Failure* hang = OfKind(story, FailureKind::kHang);
  ASSERT_NE(hang, nullptr);
  EXPECT_EQ(hang->proof, HangProof::kClock);
}

}  // namespace
}  // namespace logdiag
