#include "reports/phrasebook.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

namespace logdiag {
namespace {

Catalogue Texts(std::map<KnownText, KnownText, std::less<>> texts) {
  Catalogue catalogue;
  catalogue.texts = std::move(texts);
  return catalogue;
}

TEST(Phrasebook, FillsAndEscapes) {
  const Catalogue catalogue = Texts({{"a", "on {gpu}[, {ram} MB]"},
                                     {"b", "in {code:node}"},
                                     {"c", "**{text}**"}});
  const Phrasebook words(catalogue, {{"gpu", "<b>"}, {"node", "a`b"}});
  EXPECT_EQ(words.Say("a"), "on `<b>`");
  EXPECT_EQ(words.Say("b"), "in ``a`b``");
  EXPECT_EQ(words.Plain("a"), "on <b>");
  EXPECT_EQ(words.Plain("b"), "in a`b");
  Slots slots;
  slots.markdown["text"] = "*x*";
  slots.raw["gpu"] = "L4";
  slots.raw["ram"] = "5";
  EXPECT_EQ(words.Say("c", slots), "***x***");
  EXPECT_EQ(words.Say("a", slots), "on L4, 5 MB");
  EXPECT_EQ(words.Say("no-such-text"), "");
}

TEST(Phrasebook, LeavesOutLinesWithUnknownValues) {
  const Catalogue catalogue = Texts({{"a",
                                      "- one {x}\n- two {y}\n- three[ {y}]\n"
                                      "- [link](url) {x}\n- ${HOME} $?\n"}});
  const Phrasebook words(catalogue, {{"x", "1"}});
  EXPECT_EQ(words.SayLines("a"), "- one 1\n- three\n- [link](url) 1\n");
  EXPECT_EQ(words.SayLines("b"), "");
}

TEST(Phrasebook, AnEmptyValueIsUnknown) {
  const Catalogue catalogue = Texts({{"a", "x[: {y}]"}});
  const Phrasebook words(catalogue, {{"y", ""}});
  EXPECT_EQ(words.Say("a"), "x");
  EXPECT_EQ(words.Plain("a"), "x");
}

TEST(Phrasebook, WordsFallBackToTheName) {
  const Catalogue catalogue = Texts({{"phase.save", "saving"}});
  const Phrasebook words(catalogue, {});
  EXPECT_EQ(words.Word("phase", "save"), "saving");
  EXPECT_EQ(words.Word("phase", "idle"), "idle");
}

}  // namespace
}  // namespace logdiag
