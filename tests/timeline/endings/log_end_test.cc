// The end of the log, and what the user knows about it.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(EndOfLog, GivenExitCodeEndsTheProcess) {
  const struct {
    int code;
    FailureKind kind;
    bool dies;
  } kCases[] = {
      {137, FailureKind::kDeath, true},
      {139, FailureKind::kDeath, true},
      {143, FailureKind::kInterrupt, true},
      {0, FailureKind::kDeath, false},
  };
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
    Given given;
    given.exit_code = test.code;
    const Story story = script.Knowing(given).End();
    const Failure* end = OfKind(story, test.kind);
    EXPECT_EQ(end != nullptr, test.dies) << test.code;
    if (end == nullptr) continue;
    EXPECT_EQ(end->phase, "sampling") << test.code;
  }
}

TEST(EndOfLog, GivenExitCodeDoesNotHideWhatIsProved) {
  // A dead worker, a proved hang and an exception stay the incident.
  const struct {
    const char* marker;
    FailureKind kind;
  } kCases[] = {{"worker-died", FailureKind::kWorker},
                {"prompt-failed", FailureKind::kException}};
  for (const auto& test : kCases) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Hit(test.marker);
    Given given;
    given.exit_code = 137;
    const Story story = script.Knowing(given).End();
    EXPECT_NE(OfKind(story, test.kind), nullptr) << test.marker;
    EXPECT_EQ(OfKind(story, FailureKind::kDeath), nullptr) << test.marker;
  }
}

TEST(EndOfLog, CollectionProvesNothingOfAnEndedProcess) {
  for (const char* marker : {"restart-announced", "stopped", "process-died"}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").At(80).Hit(marker);
    Given given;
    given.collected_at_ns = 20'000'000'000'000;
    const Story story = script.Knowing(given).End();
    EXPECT_EQ(OfKind(story, FailureKind::kHang), nullptr) << marker;
  }
}

TEST(EndOfLog, HeartbeatsAreNoProgress) {
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

TEST(EndOfLog, GivenExitCodeIsThatOfTheSilentEnd) {
  Script script = Started();
  script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
  script.At(70).Line("==========").Hit("banner");
  script.Hit("startup-time").Hit("ready");
  Given given;
  given.exit_code = 137;
  const Story story = script.Knowing(given).End();
  EXPECT_NE(OfKind(story, FailureKind::kSilence), nullptr);
  EXPECT_EQ(OfKind(story, FailureKind::kDeath), nullptr);
}

TEST(EndOfLog, TimeOfCollectionProvesAHang) {
  for (const double hours : {0.05, 2.0}) {
    Script script = Started();
    script.At(60).Hit("prompt-queued").Hit("sampling").Bar(0, 3, true);
    Given given;
    given.collected_at_ns =
        static_cast<std::int64_t>(hours * 3600e9) + 60'000'000'000;
    const Story story = script.Knowing(given).End();
    const Failure* hang = OfKind(story, FailureKind::kHang);
    EXPECT_EQ(hang != nullptr, hours > 1) << hours;
    if (hang == nullptr) continue;
    EXPECT_EQ(hang->proof, HangProof::kCollected);
    EXPECT_DOUBLE_EQ(*hang->silence_s, hours * 3600);
  }
}

}  // namespace
}  // namespace logdiag
