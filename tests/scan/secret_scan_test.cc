// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/secret_scan.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"

namespace logdiag {
namespace {

std::vector<SecretRule> Rules() {
  SecretRule named;
  named.id = "named";
  named.kind = "password";
  named.literals = {"pass"};
  named.regex = R"(pass=(?P<secret>\S+))";
  named.spreads = R"(\d)";
  SecretRule prefixed;
  prefixed.id = "prefixed";
  prefixed.kind = "token";
  prefixed.literals = {"tk_"};
  prefixed.regex = R"((?P<keep>tk_)(?P<secret>\w{4,}))";
  SecretRule block;
  block.id = "block";
  block.kind = "private-key";
  block.literals = {"BEGIN"};
  block.regex = "(?P<secret>BEGIN(?s:.*?)(?:(?P<closed>END)|$))";
  block.continues = R"(^\s*(?P<secret>\w+=*)$)";
  SecretRule line = block;
  line.id = "line";
  line.literals = {"XXXX"};
  line.regex = "^(?P<secret>XXXX)$";
  line.continues = "^(?P<secret>X+)$";
  return {named, prefixed, line, block};
}

// The secrets of lines 1, 2, ...
Secrets Scan(const std::vector<std::string>& lines) {
  const std::vector<SecretRule> rules = Rules();
  SecretScan scan(&rules);
  Record record;
  for (const std::string& line : lines) {
    ++record.line;
    record.body = line;
    scan.Look(record);
  }
  return scan.Take();
}

std::string Filler(std::size_t size) { return std::string(size, '.'); }

TEST(SecretScan, LearnsWhatOtherLinesMayShow) {
  const Secrets found = Scan({"pass=abcde1", "pass=abcdef", "tk_abcd"});
  ASSERT_EQ(found.values.size(), 1U);
  EXPECT_EQ(found.values[0], (Secret{"abcde1", "password", "", 0, true}));
  EXPECT_TRUE(found.lines.empty());
}

TEST(SecretScan, LearnsEachValueOnce) {
  EXPECT_EQ(Scan({"pass=abcde1", "pass=abcde1 pass=abcde2"}).values.size(), 2U);
}

TEST(SecretScan, LearnsAllOfWhatMayBeCut) {
  const Secrets found =
      Scan({Filler(kMaxEventText - 5) + " tk_abcd pass=abcdef"});
  ASSERT_EQ(found.values.size(), 2U);
  EXPECT_EQ(found.values[0], (Secret{"tk_abcd", "token", "", 3, false}));
  EXPECT_EQ(found.values[1], (Secret{"abcdef", "password", "", 0, false}));
  // Redraws are shown one by one.
  EXPECT_TRUE(
      Scan({Filler(300) + "\r" + Filler(300) + " tk_abcd"}).values.empty());
}

TEST(SecretScan, FollowsABlockOverLines) {
  const Secrets found =
      Scan({"x", "BEGIN", "AAAA", "", "BB==", "END here", "CCCC"});
  EXPECT_EQ(found.lines, (std::vector<LineRange>{{3, 5}}));
}

TEST(SecretScan, ABlockEndsWithOtherWords) {
  EXPECT_TRUE(Scan({"BEGIN", "some words", "AAAA"}).lines.empty());
  EXPECT_TRUE(Scan({"BEGIN AAAA END", "AAAA"}).lines.empty());
}

TEST(SecretScan, WhatBeganSaysWhatGoesOn) {
  EXPECT_EQ(Scan({"XXXX", "XX", "AAAA", "XX"}).lines,
            (std::vector<LineRange>{{2, 2}}));
}

TEST(SecretScan, ABlockMayStandBackwards) {
  const std::vector<SecretRule> rules = Rules();
  SecretScan scan(&rules);
  Record record;
  record.line = 9;
  for (const std::string_view body : {"BEGIN", "AAAA", "BBBB", "words again"}) {
    record.body = body;
    scan.Look(record);
    --record.line;
  }
  EXPECT_EQ(scan.Take().lines, (std::vector<LineRange>{{7, 8}}));
}

TEST(SecretScan, KeepsTheFirstAndTheNewestOfMany) {
  std::vector<std::string> lines;
  for (int i = 0; i < 2000; ++i) {
    lines.push_back("pass=value" + std::to_string(i));
  }
  const Secrets found = Scan(lines);
  EXPECT_LE(found.values.size(), 256U);
  const auto holds = [&found](std::string_view value) {
    for (const Secret& secret : found.values) {
      if (secret.value == value) return true;
    }
    return false;
  };
  EXPECT_TRUE(holds("value0"));
  EXPECT_TRUE(holds("value1999"));
  EXPECT_FALSE(holds("value1000"));
}

TEST(SecretScan, BlocksAreCapped) {
  std::vector<std::string> lines;
  for (int i = 0; i < 1000; ++i) {
    lines.insert(lines.end(), {"BEGIN", "AAAA", "some words", "more words"});
  }
  EXPECT_LE(Scan(lines).lines.size(), 64U);
}

}  // namespace
}  // namespace logdiag
