// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/literal_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logdiag {
namespace {

using Owners = std::vector<std::size_t>;

LiteralIndex IndexOf(const std::vector<std::string>& literals) {
  LiteralIndex index;
  for (std::size_t i = 0; i < literals.size(); ++i) index.Add(literals[i], i);
  index.Build();
  return index;
}

TEST(LiteralIndex, FindsInAnyCase) {
  const LiteralIndex index = IndexOf({"token", "Hf_", "@", "==", "用户"});
  EXPECT_EQ(index.Owners("HF_TOKEN"), (Owners{0, 1}));
  EXPECT_EQ(index.Owners("a@b"), Owners{2});
  EXPECT_EQ(index.Owners("x==1"), Owners{3});
  EXPECT_EQ(index.Owners("C:\\用户\\x"), Owners{4});
  EXPECT_EQ(index.Owners("tokem h-_ ="), Owners{});
  EXPECT_EQ(index.Owners(""), Owners{});
}

TEST(LiteralIndex, TellsEachOwnerOnce) {
  LiteralIndex index;
  index.Add("pass", 7);
  index.Add("password", 7);
  index.Add("word", 3);
  index.Build();
  EXPECT_EQ(index.Owners("password Password"), (Owners{3, 7}));
}

TEST(LiteralIndex, NothingAdded) {
  LiteralIndex index;
  index.Build();
  EXPECT_EQ(index.Owners("token"), Owners{});
}

// Long literals let it skip positions; wherever they stand, they are found.
TEST(LiteralIndex, FindsAtEveryPosition) {
  for (std::size_t size = 3; size <= 8; ++size) {
    const std::string literal = std::string("abcdefgh").substr(0, size);
    const LiteralIndex index = IndexOf({literal, "zyxwvuts"});
    for (std::size_t before = 0; before < 12; ++before) {
      for (std::size_t after = 0; after < 6; ++after) {
        const std::string text =
            std::string(before, '.') + literal + std::string(after, '.');
        EXPECT_EQ(index.Owners(text), Owners{0}) << text;
        EXPECT_EQ(index.Owners(text.substr(0, before + literal.size() - 1)),
                  Owners{})
            << text;
      }
    }
  }
}

}  // namespace
}  // namespace logdiag
