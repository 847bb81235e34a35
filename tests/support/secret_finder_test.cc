// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/secret_finder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace logdiag {
namespace {

// What is found, with a bar after the part that stays.
std::vector<std::string> Found(const std::vector<const SecretRule*>& rules,
                               std::string_view text) {
  std::vector<std::string> found;
  SecretFinder finder(rules);
  for (const SecretSpan& span : finder.Find(text)) {
    std::string value(text.substr(span.begin, span.size));
    if (span.keep > 0) value.insert(span.keep, "|");
    found.push_back(std::move(value));
  }
  return found;
}

SecretRule Named() {
  SecretRule rule;
  rule.id = "named";
  rule.kind = "password";
  rule.literals = {"pass"};
  rule.regex =
      R"re((?i)(?P<name>\w*pass)["\\]*\s*[:=]\s*)re"
      R"re((?P<value>\\["'].*|b?"(?:[^"\\]|\\.)*|b?'[^']*|[^\s"']+))re";
  rule.unless = "^(?:none|hidden)$";
  rule.unless_name = "(?i)^by";
  rule.spreads = R"(\d)";
  return rule;
}

SecretRule Prefixed() {
  SecretRule rule;
  rule.id = "prefixed";
  rule.kind = "token";
  rule.literals = {"tk_"};
  rule.regex = R"((?P<keep>tk_)(?P<secret>\w{4,}))";
  return rule;
}

TEST(SecretFinder, KeepsThePrefix) {
  const SecretRule rule = Prefixed();
  EXPECT_EQ(Found({&rule}, "a tk_abcd and tk_efgh."),
            (std::vector<std::string>{"tk_|abcd", "tk_|efgh"}));
  EXPECT_TRUE(Found({&rule}, "tk_ab").empty());
  EXPECT_TRUE(Found({&rule}, "").empty());
}

TEST(SecretFinder, TakesTheValueOutOfWhatIsWritten) {
  const SecretRule rule = Named();
  struct Case {
    std::string text;
    std::string value;
  };
  const Case cases[] = {
      {"pass=abc", "abc"},
      {"pass: abc, next", "abc"},
      {"(pass=abc)", "abc"},
      {"pass=abc.", "abc"},
      {"pass=a&b", "a&b"},
      {"pass=abc&user=ann", "abc"},
      {"pass=abc;user=ann", "abc"},
      {"pass=abc,user:ann", "abc"},
      {"pass=a,b", "a,b"},
      {R"(pass=abc\nuser=ann)", "abc"},
      {R"(pass="a b" c)", "a b"},
      {R"(pass="a \" b" c)", R"(a \" b)"},
      {"pass='a b' c", "a b"},
      {"pass=b'a b'", "a b"},
      {R"(pass="never closed)", "never closed"},
      {R"({\"pass\": \"a b\", \"c\": 1})", "a b"},
      {R"(-e "pass=a b" image)", "a b"},
      {"-e 'DB_PASS=a b' image", "a b"},
      {"/x/pass=abc/y.py", "abc"},
      {"pass=a/b", "a/b"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Found({&rule}, c.text), std::vector<std::string>{c.value})
        << c.text;
  }
}

TEST(SecretFinder, LeavesOutWhatIsNone) {
  const SecretRule rule = Named();
  for (const std::string_view text :
       {"pass=none", "bypass=abc", "pass=", "pass", "pass=[redacted 3]",
        "pass=abc...[redacted 3]", "pass=[user]", "pass=\"\""}) {
    EXPECT_TRUE(Found({&rule}, text).empty()) << text;
  }
  // The value that is none names one itself.
  EXPECT_EQ(Found({&rule}, "bypass: pass=abc"),
            std::vector<std::string>{"abc"});
}

TEST(SecretFinder, JoinsWhatOverlaps) {
  const SecretRule named = Named();
  const SecretRule prefixed = Prefixed();
  EXPECT_EQ(Found({&named, &prefixed}, "pass=tk_abcd"),
            std::vector<std::string>{"tk_|abcd"});
  EXPECT_EQ(Found({&named, &prefixed}, "pass=tk_abcd-more"),
            std::vector<std::string>{"tk_|abcd-more"});
  EXPECT_EQ(Found({&named, &prefixed}, "pass=x-tk_abcd"),
            std::vector<std::string>{"x-tk_abcd"});
}

TEST(SecretFinder, AsksTheCheck) {
  SecretRule rule;
  rule.check = "public-ipv4";
  rule.regex = R"((?P<secret>\d+\.\d+\.\d+\.\d+))";
  EXPECT_EQ(Found({&rule}, "10.0.0.1 203.0.113.7"),
            std::vector<std::string>{"203.0.113.7"});
}

TEST(SecretFinder, BrokenRegexFindsNothing) {
  SecretRule rule = Prefixed();
  rule.regex = "(";
  EXPECT_TRUE(Found({&rule}, "tk_abcd").empty());
  rule.regex = "tk_";
  EXPECT_TRUE(Found({&rule}, "tk_abcd").empty());
}

TEST(SecretFinder, TellsWhatSpreadsAndGoesOn) {
  SecretRule rule = Named();
  rule.continues = R"(^(?P<secret>\w+)$)";
  SecretMatcher matcher(&rule);
  EXPECT_TRUE(matcher.Spreads("abcde1"));
  EXPECT_FALSE(matcher.Spreads("abcdef"));
  EXPECT_FALSE(matcher.Spreads("abc1"));
  EXPECT_FALSE(matcher.Continued("two words"));
  const auto span = matcher.Continued("word");
  ASSERT_TRUE(span);
  EXPECT_EQ(span->size, 4U);
  EXPECT_EQ(span->kind, "password");
}

// A text of one megabyte that is nearly a secret must not take minutes.
TEST(SecretFinder, LongTextTakesLinearTime) {
  const SecretRule named = Named();
  const SecretRule prefixed = Prefixed();
  std::string text;
  while (text.size() < (1 << 20)) text += "bypass=pass=tk_a ";
  EXPECT_FALSE(Found({&named, &prefixed}, text).empty());
}

}  // namespace
}  // namespace logdiag
