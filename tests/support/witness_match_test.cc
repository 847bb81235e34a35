// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/witness_match.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

// 2025-10-23T16:28:10Z
constexpr std::int64_t kTen_ns = 1'761'236'890'000'000'000;

std::vector<WitnessKind> Kinds() {
  WitnessKind blocks;
  blocks.id = "blocks";
  blocks.signs = {"^POD$", "^code "};
  blocks.begins = "^end:$";
  blocks.ended = "^at (?P<time>.+)$";
  blocks.runs = "^runs$";
  blocks.facts = {{"exit_code", R"(^code (?P<value>\d+)$)", "", false, true},
                  {"ram", R"(^ram (?P<value>\d+)$)", "", true, false}};
  WitnessKind events;
  events.id = "events";
  events.signs = {" died "};
  events.ended = "^(?P<time>\\S+) died ";
  events.facts = {{"exit_code", R"( died (?P<value>\d+)$)", "", false, true},
                  {"oom_killed", " oom$", "yes", false, true}};
  return {blocks, events};
}

std::optional<Testimony> Told(const std::vector<WitnessKind>& kinds,
                              const std::vector<std::string_view>& lines) {
  WitnessMatch match(&kinds);
  std::uint64_t number = 0;
  for (const std::string_view line : lines) match.Look(line, ++number);
  return match.Take();
}

TEST(WitnessMatchTest, EverySignIsNeeded) {
  const auto kinds = Kinds();
  EXPECT_FALSE(Told(kinds, {"POD", "something"}));
  const auto told = Told(kinds, {"POD", "code 1"});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->kind->id, "blocks");
}

TEST(WitnessMatchTest, BlocksHoldWhatBelongsToOneEnd) {
  const auto kinds = Kinds();
  const auto told =
      Told(kinds, {"POD", "runs", "ram 2097152", "ram 3", "end:", "code 137",
                   "at 2025-10-23T16:28:10Z",
                   "end:", "at Thu, 23 Oct 2025 18:28:10 +0200", "code 1"});
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->runs);
  EXPECT_EQ(told->pod.at("ram").value, "2");
  ASSERT_EQ(told->ends.size(), 2u);
  EXPECT_EQ(told->ends[0].facts.at("exit_code").value, "137");
  EXPECT_EQ(told->ends[0].facts.at("exit_code").line, 6u);
  EXPECT_EQ(told->ends[0].facts.at("exit_code").text, "code 137");
  EXPECT_EQ(told->ends[0].ended_ns, kTen_ns);
  EXPECT_EQ(told->ends[1].facts.at("exit_code").value, "1");
  EXPECT_EQ(told->ends[1].ended_ns, kTen_ns);
}

TEST(WitnessMatchTest, WithoutBlocksTheEndIsTheLastOfItsLines) {
  const auto kinds = Kinds();
  const auto told =
      Told(kinds, {"2025-10-23T16:28:09Z oom", "2025-10-23T16:28:10Z died 137",
                   "2025-10-23T16:29:10Z died 0"});
  ASSERT_TRUE(told);
  ASSERT_EQ(told->ends.size(), 2u);
  EXPECT_EQ(told->ends[0].facts.at("oom_killed").value, "yes");
  EXPECT_EQ(told->ends[0].facts.at("exit_code").value, "137");
  EXPECT_EQ(told->ends[1].facts.count("oom_killed"), 0u);
}

TEST(WitnessMatchTest, TimesWithoutAZoneAreNone) {
  const auto kinds = Kinds();
  const auto told =
      Told(kinds, {"POD", "end:", "code 1", "at 2025-10-23T16:28:10"});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->ends.at(0).ended_ns, std::nullopt);
}

TEST(WitnessMatchTest, OnlyTheLastEndsAreKept) {
  const auto kinds = Kinds();
  WitnessMatch match(&kinds);
  for (std::uint64_t at = 0; at < WitnessMatch::kMostEnds + 3; ++at) {
    match.Look("x died " + std::to_string(at), at + 1);
  }
  const auto told = match.Take();
  ASSERT_TRUE(told);
  ASSERT_EQ(told->ends.size(), WitnessMatch::kMostEnds);
  EXPECT_EQ(told->ends.front().facts.at("exit_code").value, "3");
}

TEST(WitnessMatchTest, WhatShowsNoSignInTimeIsGivenUp) {
  const auto kinds = Kinds();
  WitnessMatch match(&kinds);
  for (std::uint64_t at = 1; at <= WitnessMatch::kOpeningLines; ++at) {
    match.Look("nothing", at);
  }
  EXPECT_FALSE(match.hopeless());
  match.Look("nothing", WitnessMatch::kOpeningLines + 1);
  EXPECT_TRUE(match.hopeless());
}

}  // namespace
}  // namespace logdiag
