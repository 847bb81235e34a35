// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/marker_matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logdiag {
namespace {

Marker MakeMarker(std::string id, std::vector<KnownText> literals,
                  std::string regex = "") {
  Marker marker;
  marker.id = std::move(id);
  marker.literals = std::move(literals);
  marker.regex = std::move(regex);
  return marker;
}

Catalogue MatcherCatalogue() {
  Catalogue catalogue;
  catalogue.markers = {
      MakeMarker("got-prompt", {"got prompt"}),
      MakeMarker("executed", {"Prompt executed in"},
                 R"(Prompt executed in (?P<duration>[0-9.]+ seconds))"),
      MakeMarker("oom", {"CUDA out of memory", "out of memory"}),
      MakeMarker("loading", {"Loading layers"}, R"(Loading layers: +(\d+)%)"),
      MakeMarker("start-of-line", {"Device: "}, R"(^Device: (?P<device>\S+)$)"),
      MakeMarker("broken", {"got prompt"}, "(unclosed"),
  };
  return catalogue;
}

struct Found {
  std::vector<std::string> ids;
  std::vector<std::string> texts;
  std::vector<MarkerHit> hits;
};

Found Match(const Catalogue& catalogue, std::string_view body) {
  const MarkerIndex index(catalogue);
  MarkerMatcher matcher(&catalogue, &index);
  const LiteralFilter filter(matcher.literals());
  std::vector<LiteralHit> hits;
  filter.Find(body, &hits);
  std::vector<MarkerSighting> sightings;
  matcher.BeginRecord(body.size());
  matcher.Match(body, 0, body.size(), hits, &sightings);
  Found found;
  for (const MarkerSighting& sighting : sightings) {
    found.ids.push_back(catalogue.markers[sighting.hit.marker].id);
    found.texts.emplace_back(sighting.text);
    found.hits.push_back(sighting.hit);
  }
  return found;
}

using Ids = std::vector<std::string>;

TEST(MarkerMatcherTest, FiresByTable) {
  const Catalogue catalogue = MatcherCatalogue();
  const struct {
    const char* body;
    Ids ids;
  } kCases[] = {
      {"got prompt", {"got-prompt"}},
      {"nothing of note", {}},
      {"Prompt executed in 0.00 secondsgot prompt", {"executed", "got-prompt"}},
      {"got promptgot prompt", {"got-prompt", "got-prompt"}},
      {"Prompt executed in pieces", {}},
      {"Prompt executed in 1.5 seconds Prompt executed in 2.5 seconds",
       {"executed"}},
      {"Prompt executed in 1.5 seconds\rPrompt executed in 2.5 seconds",
       {"executed", "executed"}},
      // Other words for the same thing are the same event.
      {"CUDA out of memory. GPU is out of memory", {"oom"}},
      {"out of memory, then out of memory", {"oom", "oom"}},
      {"Device: cpu\rgot prompt\nDevice: cuda:0",
       {"start-of-line", "got-prompt", "start-of-line"}},
      {"my Device: cpu", {}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Match(catalogue, c.body).ids, c.ids) << c.body;
  }
}

TEST(MarkerMatcherTest, CapturesByName) {
  const Catalogue catalogue = MatcherCatalogue();
  const Found found = Match(catalogue, "Prompt executed in 12.50 seconds");
  ASSERT_EQ(found.hits.size(), 1U);
  ASSERT_EQ(found.hits[0].captures.size(), 1U);
  EXPECT_EQ(found.hits[0].captures[0].first, "duration");
  EXPECT_EQ(found.hits[0].captures[0].second, "12.50 seconds");
}

TEST(MarkerMatcherTest, TextIsTheSegment) {
  const Catalogue catalogue = MatcherCatalogue();
  const Found found = Match(catalogue, "before\rnow got prompt here\rafter");
  ASSERT_EQ(found.texts.size(), 1U);
  EXPECT_EQ(found.texts[0], "now got prompt here");
}

TEST(MarkerMatcherTest, LongTextStillShowsTheLiteral) {
  const Catalogue catalogue = MatcherCatalogue();
  const Found near =
      Match(catalogue, "got prompt" + std::string(kMaxEventText, 'x'));
  ASSERT_EQ(near.texts.size(), 1U);
  EXPECT_EQ(near.texts[0].size(), kMaxEventText);
  const Found far =
      Match(catalogue, std::string(kMaxEventText, 'x') + "got prompt");
  ASSERT_EQ(far.texts.size(), 1U);
  EXPECT_EQ(far.texts[0], "got prompt");
}

TEST(MarkerMatcherTest, AThousandRedrawsFireAFewTimes) {
  const Catalogue catalogue = MatcherCatalogue();
  std::string body;
  for (int i = 0; i < 1000; ++i) body += "\rLoading layers:   7%";
  EXPECT_EQ(Match(catalogue, body).ids.size(), MarkerMatcher::kMaxPerRecord);
}

// A record with the literals of very many markers is looked at for as many as
// its size pays for; the next one is looked at again.
TEST(MarkerMatcherTest, ACrowdedRecordIsLookedAtInPart) {
  Catalogue catalogue;
  std::string crowded;
  constexpr std::size_t kMarkers = 2000;
  for (std::size_t i = 0; i < kMarkers; ++i) {
    const std::string word = "word" + std::to_string(10000 + i);
    catalogue.markers.push_back(
        MakeMarker(("m" + std::to_string(i)).c_str(), {word.c_str()}, word));
    crowded += word + " ";
  }
  crowded += std::string(20000, 'x');
  const MarkerIndex index(catalogue);
  MarkerMatcher matcher(&catalogue, &index);
  const LiteralFilter filter(matcher.literals());
  const auto count = [&](std::string_view body) {
    std::vector<LiteralHit> hits;
    filter.Find(body, &hits);
    std::vector<MarkerSighting> sightings;
    matcher.BeginRecord(body.size());
    matcher.Match(body, 0, body.size(), hits, &sightings);
    return sightings.size();
  };
  EXPECT_EQ(count("word10001 word10007"), 2U);
  EXPECT_EQ(matcher.crowded_records(), 0U);
  EXPECT_LT(count(crowded), kMarkers / 2);
  EXPECT_GT(count(crowded), 10U);
  EXPECT_EQ(matcher.crowded_records(), 2U);
  EXPECT_EQ(count("word11999"), 1U);
  EXPECT_EQ(matcher.crowded_records(), 2U);
}

TEST(MarkerMatcherTest, LimitIsPerRecord) {
  const Catalogue catalogue = MatcherCatalogue();
  const MarkerIndex index(catalogue);
  MarkerMatcher matcher(&catalogue, &index);
  const std::vector<LiteralHit> hits = {{0, 0}};
  for (int i = 0; i < 100; ++i) {
    std::vector<MarkerSighting> sightings;
    matcher.BeginRecord(10);
    matcher.Match("got prompt", 0, 10, hits, &sightings);
    ASSERT_EQ(sightings.size(), 1U);
  }
}

TEST(MarkerMatcherTest, MarkersWithoutLiteralLookEverywhere) {
  Catalogue catalogue;
  catalogue.markers = {MakeMarker("signal", {}, "signal [0-9]+$"),
                       MakeMarker("bus", {"Bus error"})};
  const MarkerIndex index(catalogue);
  EXPECT_TRUE(MarkerMatcher(&catalogue, &index).looks_everywhere());
  EXPECT_EQ(Match(catalogue, "signal 7\rBus error\nsignal 9").ids,
            (Ids{"signal", "bus", "signal"}));
}

}  // namespace
}  // namespace logdiag
