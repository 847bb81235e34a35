// SPDX-License-Identifier: Apache-2.0
#include "reports/words/phrasebook.h"

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

std::string Shown(const Spans& spans) {
  std::string out;
  for (const Span& span : spans) {
    out += span.kind == Span::Kind::kCode ? "<" + span.text + ">" : span.text;
  }
  return out;
}

TEST(Phrasebook, WhatTheLogSaysStaysCode) {
  const Catalogue catalogue = Texts({{"a", "on {gpu}[, {ram} MB]"},
                                     {"b", "in `x {node}`"},
                                     {"c", "**{text}** {code:ram}"}});
  const Phrasebook words(catalogue, nullptr,
                         {{"gpu", "**bold** text"}, {"node", "a`b"}});
  EXPECT_EQ(Shown(words.Say("a")), "on <**bold** text>");
  EXPECT_EQ(Shown(words.Say("b")), "in <x a`b>");
  EXPECT_EQ(words.Plain("a"), "on **bold** text");
  Slots slots;
  slots.Own("text", "ours").Log("gpu", "L4").Log("ram", "5");
  EXPECT_EQ(Shown(words.Say("c", slots)), "ours <5>");
  EXPECT_EQ(Shown(words.Say("a", slots)), "on <L4>, 5 MB");
  EXPECT_TRUE(words.Say("no-such-text").empty());
}

TEST(Phrasebook, LeavesOutLinesWithUnknownValues) {
  const Catalogue catalogue = Texts(
      {{"a",
        "- one {x}\n- two {y}\n- three[ {y}]\n\nwords\n```sh\n$?\n```\n"}});
  const Phrasebook words(catalogue, nullptr, {{"x", "1"}});
  const Blocks blocks = words.SayBlocks("a");
  ASSERT_EQ(blocks.size(), 3u);
  const auto& list = std::get<List>(blocks[0].is);
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(Shown(list.items[0].text), "one 1");
  EXPECT_EQ(Shown(list.items[1].text), "three");
  EXPECT_EQ(Shown(std::get<Paragraph>(blocks[1].is).text), "words");
  EXPECT_EQ(std::get<Code>(blocks[2].is).text, "$?\n");
  EXPECT_TRUE(words.SayBlocks("b").empty());
}

TEST(Phrasebook, AnEmptyValueIsUnknown) {
  const Catalogue catalogue = Texts({{"a", "x[: {y}]"}, {"b", "{y}"}});
  const Phrasebook words(catalogue, nullptr, {{"y", ""}});
  EXPECT_EQ(words.Plain("a"), "x");
  EXPECT_TRUE(words.CanSay("a"));
  EXPECT_FALSE(words.CanSay("b"));
}

TEST(Phrasebook, WordsFallBackToTheName) {
  const Catalogue catalogue = Texts({{"phase.save", "saving"}});
  const Phrasebook words(catalogue, nullptr, {});
  EXPECT_EQ(words.Word("phase", "save"), "saving");
  EXPECT_EQ(words.Word("phase", "idle"), "idle");
}

TEST(Phrasebook, ThePhaseMayGoByAnotherWord) {
  const Catalogue catalogue = Texts({{"phase.sampling", "sampling"},
                                     {"phase.training", "training"},
                                     {"a", "during {phase_words}"}});
  const Phrasebook plain(catalogue, nullptr, {{"phase", "sampling"}});
  EXPECT_EQ(plain.Plain("a"), "during sampling");
  const Phrasebook trainer(catalogue, nullptr,
                           {{"phase", "sampling"}, {"phase_word", "training"}});
  EXPECT_EQ(trainer.Plain("a"), "during training");
}

TEST(Phrasebook, SpeaksTheLanguage) {
  const Catalogue catalogue =
      Texts({{"a", "saving"}, {"b", "English only"}, {"c", "it ended: {x}"}});
  Language language{"ca", {}, {}};
  language.texts = {{"a", "el desament"}, {"c", "ha acabat: {x}"}};
  language.sentences = {{"the disk is full", "el disc és ple"}};
  const Phrasebook words(catalogue, &language, {});
  EXPECT_EQ(words.Plain("a"), "el desament");
  EXPECT_EQ(words.Plain("b"), "English only");
  EXPECT_EQ(PlainText(words.Fill("the disk is full")), "el disc és ple");
  // A sentence that the analysis took from the texts.
  EXPECT_EQ(PlainText(words.Fill(Sentence{"it ended: {x}", {{"x", "7"}}})),
            "ha acabat: 7");
}

}  // namespace
}  // namespace logdiag
