// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "analyzer/knowledge/catalogue_codec.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/knowledge/needs.h"
#include "analyzer/support/hash.h"
#include "tests/knowledge/good_patterns.h"
#include "tests/knowledge/pattern_tree.h"

namespace logdiag {
namespace {

Catalogue GoodCatalogue() {
  PatternTree tree;
  WriteGood(tree);
  Catalogue catalogue;
  EXPECT_TRUE(AddDirectory(tree.root(), &catalogue).empty());
  // Long enough that its size takes more than one byte, and hostile.
  catalogue.texts["long"] = std::string(300, 'x') + '\0' + "\xFF\n";
  return catalogue;
}

TEST(CodecTest, RoundTrip) {
  const Catalogue catalogue = GoodCatalogue();
  const std::string bytes = EncodeCatalogue(catalogue);
  const Result<Catalogue> decoded = DecodeCatalogue(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.error().ToString();
  EXPECT_EQ(decoded.value(), catalogue);
}

TEST(CodecTest, EmptyRoundTrip) {
  const std::string bytes = EncodeCatalogue(Catalogue());
  const Result<Catalogue> decoded = DecodeCatalogue(bytes);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded.value(), Catalogue());
}

TEST(CodecTest, CutAnywhereIsAnError) {
  const std::string bytes = EncodeCatalogue(GoodCatalogue());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeCatalogue(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(DecodeCatalogue(bytes + "x").ok());
}

TEST(CodecTest, ChangedBytesNeverCrash) {
  const std::string bytes = EncodeCatalogue(GoodCatalogue());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char byte : {'\0', '\x7F', '\x80', '\xFF'}) {
      std::string changed = bytes;
      changed[i] = byte;
      const Result<Catalogue> decoded = DecodeCatalogue(changed);
      EXPECT_TRUE(decoded.ok() || !decoded.error().message.empty());
    }
  }
}

TEST(BuiltInTest, HoldsWhatTheSourceTreeHolds) {
  const std::string source = LOGDIAG_SOURCE_DIR;
  Catalogue expected;
  ASSERT_TRUE(
      AddFolders(FoldersIn(source + "/patterns", source + "/reports/texts"),
                 &expected)
          .empty());
  // Samples are for the check of the patterns alone.
  for (Marker& marker : expected.markers) {
    marker.samples.clear();
    marker.nots.clear();
  }
  for (FrameRule& rule : expected.frames) rule.samples.clear();
  for (SecretRule& rule : expected.secrets) {
    rule.samples.clear();
    rule.lookalikes.clear();
  }
  for (QuotationRule& rule : expected.quotations) {
    rule.samples.clear();
    rule.nots.clear();
  }
  for (DocumentKind& kind : expected.documents) kind.samples.clear();
  for (WitnessKind& kind : expected.witnesses) kind.samples.clear();
  expected.regex_needs = NeedsOfAll(expected);
  EXPECT_FALSE(expected.regex_needs.empty());
  expected.version = ShortHash(EncodeCatalogue(expected));
  const Result<Catalogue> built_in = LoadBuiltIn();
  ASSERT_TRUE(built_in.ok()) << built_in.error().ToString();
  EXPECT_EQ(built_in.value(), expected);
}

// The samples by which they were placed are gone.
TEST(BuiltInTest, MarkersKeepTheirPlaceBesideAFolder) {
  PatternTree tree;
  WriteGood(tree);
  const Catalogue built_in = std::move(LoadBuiltIn()).value();
  Catalogue catalogue = std::move(LoadBuiltIn()).value();
  ASSERT_TRUE(AddDirectory(tree.root(), &catalogue).empty());
  std::size_t marked_up = 0;
  for (std::size_t i = 0; i < built_in.markers.size(); ++i) {
    EXPECT_EQ(catalogue.markers[i], built_in.markers[i]);
    if (!built_in.markers[i].markup.empty()) ++marked_up;
  }
  EXPECT_GT(marked_up, 0U);
}

TEST(VersionTest, AFolderThatAddsIsTold) {
  PatternTree tree;
  WriteGood(tree);
  Catalogue catalogue = std::move(LoadBuiltIn()).value();
  const std::string built_in(catalogue.version);
  EXPECT_EQ(built_in.size(), 16u);
  ASSERT_TRUE(AddDirectory(tree.root(), &catalogue).empty());
  EXPECT_EQ(catalogue.version, built_in + "+local");
  PatternTree texts;
  texts.Write("texts/own.yaml", "texts: {own.word: word}\n");
  ASSERT_TRUE(AddDirectory(texts.root(), &catalogue).empty());
  EXPECT_EQ(catalogue.version, built_in + "+local");
  EXPECT_FALSE(AddDirectory("/no/such/folder", &catalogue).empty());
}

}  // namespace
}  // namespace logdiag
