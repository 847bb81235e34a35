// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/document_match.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logdiag {
namespace {

std::vector<DocumentKind> Kinds() {
  DocumentKind page;
  page.id = "page";
  page.opening = "^# ";
  page.typical = "^[-#] ";
  page.unless = "^# Report";
  page.share = 0.5;
  DocumentKind mail;
  mail.id = "mail";
  mail.opening = "^From: ";
  mail.holds = "^Subject: ";
  return {page, mail};
}

struct Seen {
  std::string kind;
  bool pasted = false;
};

// Lines that begin with '!' are a program's.
Seen Read(const std::vector<std::string>& lines) {
  const std::vector<DocumentKind> kinds = Kinds();
  DocumentMatch match(&kinds, 4);
  for (const std::string& line : lines) match.Look(line, line[0] == '!');
  const DocumentKind* kind = match.Kind();
  return {kind == nullptr ? "" : std::string(kind->id), match.HoldsPastedLog()};
}

TEST(DocumentMatch, ByTheShareOfTypicalLines) {
  EXPECT_EQ(Read({"# a", "- b", "- c", "- d", "e", "f", "g", "h"}).kind,
            "page");
  EXPECT_EQ(Read({"# a", "- b", "- c", "- d", "e", "f", "g", "h", "i"}).kind,
            "");
}

TEST(DocumentMatch, FewTypicalLinesMayBeChance) {
  EXPECT_EQ(Read({"# a", "- b", "- c"}).kind, "");
  EXPECT_EQ(Read({"# a", "- b", "- c", "- d"}).kind, "page");
}

TEST(DocumentMatch, WhatAProgramPrintedIsNotTypical) {
  EXPECT_EQ(
      Read({"# a", "- b", "- c", "- d", "!- e", "!- f", "!- g", "!- h", "!- i"})
          .kind,
      "");
}

TEST(DocumentMatch, OpensInTheFirstThreeLines) {
  EXPECT_EQ(Read({"x", "", "y", "z", "# a", "- b", "- c", "- d"}).kind, "");
  EXPECT_EQ(Read({"x", "", "y", "# a", "- b", "- c", "- d"}).kind, "page");
}

TEST(DocumentMatch, OneLineRefuses) {
  EXPECT_EQ(Read({"# Report", "- b", "- c", "- d"}).kind, "");
}

TEST(DocumentMatch, OneLineIsEnough) {
  EXPECT_EQ(Read({"From: a", "x", "y", "z"}).kind, "");
  EXPECT_EQ(Read({"From: a", "Subject: b", "y", "z"}).kind, "mail");
}

TEST(DocumentMatch, ALogInAFenceIsPasted) {
  const Seen seen = Read({"# a", "```", "b", "c", "```"});
  EXPECT_EQ(seen.kind, "");
  EXPECT_TRUE(seen.pasted);
}

// However much is said about it, and whether or not it is known what says it.
TEST(DocumentMatch, ALogInAFenceIsPastedAmongAnyWords) {
  EXPECT_TRUE(Read({"# a", "- b", "- c", "```", "b", "```"}).pasted);
  EXPECT_TRUE(Read({"help", "x", "y", "z", "~~~ text", "b", "~~~"}).pasted);
  EXPECT_TRUE(Read({"```", "b", "!c", "d"}).pasted);
  EXPECT_TRUE(Read({"# a", "!b again", "```", "b", "c", "d", "```"}).pasted);
}

// A program that prints fences is none that somebody pasted.
TEST(DocumentMatch, ALogWithFencesIsNotPasted) {
  EXPECT_FALSE(Read({"a", "!b", "!c", "!d", "```", "e", "f", "```"}).pasted);
  EXPECT_FALSE(Read({"a", "!b", "```", "e", "```", "f", "g", "h"}).pasted);
  EXPECT_FALSE(Read({"# Report", "```", "e", "f", "```"}).pasted);
  EXPECT_FALSE(Read({"a", "b", "c"}).pasted);
}

TEST(DocumentMatch, NothingReadIsNoDocument) { EXPECT_EQ(Read({}).kind, ""); }

}  // namespace
}  // namespace logdiag
