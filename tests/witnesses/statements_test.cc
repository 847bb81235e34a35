// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/statements.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

constexpr std::int64_t kDeath_ns = 1000 * kNsPerSecond;

class StatementsTest : public testing::Test {
 protected:
  StatementsTest() {
    timed_.ended = "x";
    timed_.runs = "x";
    window_.from_ns = kDeath_ns;
    window_.to_ns = kDeath_ns + 10 * kNsPerSecond;
    window_.last = false;
    window_.utc = true;
  }

  Testimony Said(const WitnessKind& kind, const std::string& code,
                 std::optional<std::int64_t> ended_ns) {
    Testimony testimony;
    testimony.kind = &kind;
    Statement statement;
    statement.facts["exit_code"].value = code;
    statement.facts["exit_code"].line = 7;
    statement.ended_ns = ended_ns;
    testimony.ends.push_back(statement);
    return testimony;
  }
  std::string CodeOf(const std::vector<Testimony>& testimonies) {
    stated_ = StatedOf(testimonies, window_);
    const auto code = stated_.facts.find("exit_code");
    return code == stated_.facts.end() ? "" : code->second.value;
  }

  WitnessKind timed_;
  EndWindow window_;
  Stated stated_;
};

TEST_F(StatementsTest, AnEndCountsWhereItFitsInTime) {
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns + kNsPerSecond)}), "137");
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns - 3 * kNsPerSecond)}), "137");
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns - 60 * kNsPerSecond)}), "");
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns + 60 * kNsPerSecond)}), "");
}

TEST_F(StatementsTest, TheEndThatFitsIsFoundAmongMany) {
  Testimony many = Said(timed_, "137", kDeath_ns);
  many.ends.push_back(
      Said(timed_, "0", kDeath_ns + 500 * kNsPerSecond).ends.front());
  EXPECT_EQ(CodeOf({many}), "137");
}

TEST_F(StatementsTest, WithoutATimeOnlyTheStateOfTheLastEndCounts) {
  EXPECT_EQ(CodeOf({Said(timed_, "137", std::nullopt)}), "");
  window_.last = true;
  EXPECT_EQ(CodeOf({Said(timed_, "137", std::nullopt)}), "137");
  Testimony runs = Said(timed_, "137", std::nullopt);
  runs.runs = true;
  EXPECT_EQ(CodeOf({runs}), "");
}

TEST_F(StatementsTest, ATimeThatCannotBeComparedIsSaid) {
  window_.last = true;
  EXPECT_EQ(CodeOf({Said(timed_, "137", std::nullopt)}), "137");
  EXPECT_FALSE(stated_.unplaced);
  window_.utc = false;
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns)}), "137");
  EXPECT_TRUE(stated_.unplaced);
}

TEST_F(StatementsTest, WhatComesLongAfterTheLastLineMayBeAnotherEnd) {
  window_.last = true;
  window_.to_ns.reset();
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns + 600 * kNsPerSecond)}),
            "137");
  EXPECT_EQ(CodeOf({Said(timed_, "137", kDeath_ns + 3600 * kNsPerSecond)}), "");
}

TEST_F(StatementsTest, AContainerThatRunsAgainHasTheCodeOfNoEnd) {
  Testimony runs = Said(timed_, "0", kDeath_ns);
  runs.runs = true;
  runs.ends[0].facts["oom_killed"].value = "yes";
  EXPECT_EQ(CodeOf({runs}), "");
  EXPECT_EQ(stated_.facts.at("oom_killed").value, "yes");
}

TEST_F(StatementsTest, OneFileCanContradictItself) {
  Testimony two = Said(timed_, "137", kDeath_ns);
  two.ends.push_back(Said(timed_, "0", kDeath_ns).ends.front());
  EXPECT_EQ(CodeOf({two}), "");
  EXPECT_EQ(stated_.contradictions.size(), 1u);
}

TEST_F(StatementsTest, FactsOfThePodMustAgreeToo) {
  Testimony one = Said(timed_, "1", kDeath_ns);
  one.pod["cgroup_ram_mb"].value = "1024";
  one.pod["gpu"].value = "RTX 6000 Ada Gene...";
  Testimony other = one;
  other.pod["cgroup_ram_mb"].value = "2048";
  other.pod["gpu"].value = "RTX 6000 Ada Generation";
  EXPECT_EQ(CodeOf({one, other}), "1");
  EXPECT_EQ(stated_.facts.count("cgroup_ram_mb"), 0u);
  EXPECT_EQ(stated_.facts.count("gpu"), 1u);
}

TEST_F(StatementsTest, WhatIsStatedDifferentlyIsNotBelieved) {
  EXPECT_EQ(
      CodeOf({Said(timed_, "137", kDeath_ns), Said(timed_, "139", kDeath_ns)}),
      "");
  ASSERT_EQ(stated_.contradictions.size(), 1u);
  EXPECT_EQ(stated_.contradictions[0].fact, "exit_code");
  EXPECT_EQ(stated_.contradictions[0].stated.size(), 2u);
}

TEST_F(StatementsTest, FactsOfTheEndDecideAndThoseOfThePodDoNot) {
  Testimony testimony = Said(timed_, "137", kDeath_ns);
  testimony.pod["gpu"].value = "L4";
  const Facts facts = StatedOf({testimony}, window_).facts;
  EXPECT_TRUE(facts.at("exit_code").given);
  EXPECT_EQ(facts.at("exit_code").line, 7u);
  EXPECT_FALSE(facts.at("gpu").given);
}

}  // namespace
}  // namespace logdiag
