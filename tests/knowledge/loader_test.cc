// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/loader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/knowledge/good_patterns.h"
#include "tests/knowledge/pattern_tree.h"

namespace logdiag {
namespace {

std::string Join(const std::vector<Error>& errors, const std::string& root) {
  std::string text;
  for (const Error& error : errors) {
    std::string line = error.ToString();
    for (std::size_t at = line.find(root); at != std::string::npos;
         at = line.find(root)) {
      line.erase(at, root.size() + 1);
    }
    text += line + "\n";
  }
  return text;
}

Catalogue LoadGood() {
  PatternTree tree;
  WriteGood(tree);
  Catalogue catalogue;
  EXPECT_EQ(Join(AddDirectory(tree.root(), &catalogue), tree.root()), "");
  return catalogue;
}

TEST(LoaderTest, ReadsMarkers) {
  const Catalogue catalogue = LoadGood();
  Marker start;
  start.id = "kettle-start";
  start.role = Role::kProcessStart;
  start.literals = {"Kettle version", "KETTLE v"};
  start.regex = R"((?:version |v)(?P<version>[\d.]+))";
  start.phase = "comfyui-startup";
  start.stage = 2;
  start.facts = {{"version", "kettle"}};
  start.fixed_fact = "kind";
  start.fixed_value = "12";
  start.samples = {"Kettle version 1.2", "KETTLE v3"};
  start.nots = {"Kettle version unknown", "nothing of it"};
  start.named = true;    // by the causes of the tree
  start.midline = true;  // "Kettle " is no front by any rule
  start.says = "the kettle began";
  start.origin = "markers/kettle.yaml:3:5";
  Marker lid;
  lid.id = "lid-open";
  lid.role = Role::kSymptom;
  lid.own = false;
  lid.literals = {"lid is open"};
  lid.samples = {"the lid is open"};
  lid.named = true;
  lid.midline = true;
  lid.origin = "markers/kettle.yaml:16:5";
  ASSERT_EQ(catalogue.markers.size(), 5U);
  EXPECT_EQ(catalogue.markers[0], start);
  EXPECT_EQ(catalogue.markers[1], lid);
  EXPECT_EQ(catalogue.markers[2].role, Role::kWorkBegins);
  EXPECT_EQ(catalogue.markers[2].work, "task");
  EXPECT_EQ(catalogue.markers[3].role, Role::kRestartCount);
  EXPECT_EQ(catalogue.markers[3].program, "");
}

TEST(LoaderTest, ReadsDialects) {
  const Catalogue catalogue = LoadGood();
  Dialect tea;
  tea.id = "tea-maker";
  tea.name = "Tea Maker";
  tea.mains = {"brew.py", "tea.sh"};
  tea.unit = "task";
  tea.server = true;
  tea.work_bars = {"^$", "^brew"};
  tea.other_bars = {"^warm up"};
  tea.origin = "dialects/tea-maker/dialect.yaml:1:1";
  EXPECT_EQ(catalogue.dialects, std::vector<Dialect>{tea});
  const Marker& ready = catalogue.markers[4];
  EXPECT_EQ(ready.id, "tea-ready");
  EXPECT_EQ(ready.program, "tea-maker");
  EXPECT_EQ(ready.origin, "dialects/tea-maker/markers.yaml:2:5");
  EXPECT_EQ(catalogue.FindRemedy("wait")->programs,
            std::vector<KnownText>{"tea-maker"});
  EXPECT_EQ(catalogue.FindRemedy("close-lid")->not_programs,
            std::vector<KnownText>{"tea-maker"});
  EXPECT_NE(catalogue.FindDialect("tea-maker"), nullptr);
}

TEST(LoaderTest, ReadsMachines) {
  const Catalogue catalogue = LoadGood();
  ASSERT_EQ(catalogue.machines.size(), 2U);
  EXPECT_EQ(catalogue.FindMachine("stove")->when.size(), 1U);
  ASSERT_EQ(catalogue.FindMachine("campfire")->when.size(), 2U);
  EXPECT_EQ(catalogue.FindMachine("campfire")->when[1].exception, "smoke");
  EXPECT_EQ(catalogue.FindMachine("oven"), nullptr);
  EXPECT_EQ(catalogue.FindRemedy("wait")->only_on,
            std::vector<KnownText>{"stove"});
  EXPECT_EQ(catalogue.FindRemedy("wait")->not_on,
            std::vector<KnownText>{"campfire"});
  EXPECT_EQ(catalogue.FindRemedy("wait")->action, "retry");
}

TEST(LoaderTest, ReadsQuotationsAndDocuments) {
  QuotationRule order;
  order.id = "order";
  order.kind = "payload";
  order.regex = "order: (?P<quoted>.+)";
  order.samples = {"order: tea"};
  order.nots = {"tea"};
  order.origin = "quotations/kettle.yaml:2:5";
  DocumentKind menu;
  menu.id = "menu";
  menu.name = "a menu";
  menu.opening = "^Menu";
  menu.unless = "^Bill";
  menu.holds = "^Tea ";
  menu.typical = "^[A-Z]";
  menu.share = 0.5;
  menu.samples = {"Menu\nTea 2.50\n"};
  menu.origin = "documents/kettle.yaml:2:5";
  EXPECT_EQ(LoadGood().quotations, (std::vector<QuotationRule>{order}));
  EXPECT_EQ(LoadGood().documents, (std::vector<DocumentKind>{menu}));
}

TEST(LoaderTest, ReadsWitnesses) {
  WitnessKind meter;
  meter.id = "meter";
  meter.name = "the gas meter";
  meter.signs = {"^METER ", "^gas "};
  meter.begins = "^-- cook";
  meter.ended = "^off (?P<time>.+)";
  meter.runs = "^on$";
  meter.facts = {{"gas", R"(^gas (?P<value>\d+))", "", true, false},
                 {"flame", "^blue$", "small", false, true}};
  meter.samples = {"METER 1\ngas 2097152\nblue\n"};
  meter.origin = "witnesses/kettle.yaml:2:5";
  EXPECT_EQ(LoadGood().witnesses, (std::vector<WitnessKind>{meter}));
}

// Where a marker stands is what its samples show.
TEST(LoaderTest, PlacesMarkersBySamples) {
  PatternTree tree;
  WriteGood(tree);
  tree.Write("markers/places.yaml", R"(markers:
  - {id: at-start, role: note, literal: whistle, samples: ['whistle']}
  - {id: mid-line, role: note, literal: whistle, samples: ['a long whistle']}
  - {id: in-list, role: note, literal: whistle, samples: ['- whistle']}
)");
  tree.Write("quotations/marks.yaml", R"(quotations:
  - {id: bullet, kind: markup, regex: '^- ', samples: ['- x'], nots: ['x']}
  - {id: name, kind: front, regex: '\w+: ', samples: ['a: '], nots: ['a ']}
)");
  Catalogue catalogue;
  ASSERT_EQ(Join(AddDirectory(tree.root(), &catalogue), tree.root()), "");
  const auto find = [&](std::string_view id) {
    return *std::find_if(catalogue.markers.begin(), catalogue.markers.end(),
                         [&](const Marker& marker) { return marker.id == id; });
  };
  EXPECT_FALSE(find("at-start").midline);
  EXPECT_TRUE(find("mid-line").midline);
  EXPECT_EQ(find("mid-line").markup, "");
  EXPECT_EQ(find("in-list").markup, "-");
}

TEST(LoaderTest, ReadsSecrets) {
  SecretRule recipe;
  recipe.id = "recipe";
  recipe.kind = "password";
  recipe.literals = {"recipe", "mix"};
  recipe.regex = R"((?P<name>\w*recipe|mix)=(?P<value>\w+))";
  recipe.unless = "^water$";
  recipe.unless_name = "^public";
  recipe.spreads = R"(\d)";
  recipe.samples = {"recipe=oolong", "my_recipe=green"};
  recipe.lookalikes = {"recipe=water", "public_recipe=tea", "recipe: none"};
  recipe.origin = "secrets/kettle.yaml:2:5";
  SecretRule seal;
  seal.id = "seal";
  seal.kind = "private-key";
  seal.check = "long-word";
  seal.regex = R"((?P<keep>seal-)(?P<secret>\d{24,}))";
  seal.shown_as = "a seal";
  seal.continues = R"(^(?P<secret>\d+)$)";
  seal.samples = {"seal-012345678901234567890123"};
  seal.lookalikes = {"seal-1"};
  seal.origin = "secrets/kettle.yaml:11:5";
  EXPECT_EQ(LoadGood().secrets, (std::vector<SecretRule>{recipe, seal}));
}

TEST(LoaderTest, SecretsOfOnesOwnAddOrReplace) {
  PatternTree own;
  own.Write("secrets/own.yaml", R"(secrets:
  - id: recipe
    replaces: true
    kind: token
    literal: rcp_
    regex: '(?P<secret>rcp_\w+)'
    samples: [rcp_x]
    lookalikes: [rcp]
  - id: leaf
    kind: token
    literal: leaf_
    regex: '(?P<secret>leaf_\w+)'
    samples: [leaf_x]
    lookalikes: [leaf]
)");
  Catalogue catalogue = LoadGood();
  EXPECT_EQ(Join(AddDirectory(own.root(), &catalogue), own.root()), "");
  ASSERT_EQ(catalogue.secrets.size(), 3U);
  EXPECT_EQ(catalogue.secrets[0].literals[0], "rcp_");
  EXPECT_EQ(catalogue.secrets[2].id, "leaf");
  ASSERT_EQ(catalogue.replaced.size(), 1U);
  EXPECT_EQ(catalogue.replaced[0].what, "secret");
}

TEST(LoaderTest, EvidenceFilesAddToCauses) {
  const Catalogue catalogue = LoadGood();
  const Cause* cause = catalogue.FindCause("steam/no-water");
  ASSERT_NE(cause, nullptr);
  ASSERT_EQ(cause->evidence.size(), 3U);
  const EvidenceItem& item = cause->evidence[1];
  EXPECT_EQ(item.when.programs, std::vector<KnownText>{"tea-maker"});
  EXPECT_EQ(item.when.exit_codes, (std::vector<int>{137, -9}));
  EXPECT_EQ(item.weight_db, 4);
  EXPECT_EQ(cause->evidence[2].says, "more");
}

TEST(LoaderTest, ReadsConditions) {
  const Catalogue catalogue = LoadGood();
  const Cause* cause = catalogue.FindCause("steam/lid-open");
  ASSERT_NE(cause, nullptr);
  ASSERT_EQ(cause->evidence.size(), 5U);
  EXPECT_EQ(cause->evidence[0].when.scope, "log");
  EXPECT_TRUE(cause->evidence[0].establishes);
  EXPECT_TRUE(cause->evidence[4].excludes);
  Condition when;
  when.absent = {"kettle-start", "lid-open"};
  when.exception = "^Lid";
  when.frame = R"(lid\.py)";
  when.label = "boil";
  when.outcomes = {"error"};
  when.phases = {"sampling", "save"};
  when.kinds = {"death"};
  when.ends = {"silent"};
  when.bar = "open";
  when.bar_done = Range{.max = 3};
  when.restart_gap_s = Range{2, 19.5};
  when.silence_s = Range{.min = 60};
  when.same_point_deaths = Range{.min = 2};
  when.fact = "kettle";
  when.fact_matches = "^1";
  when.fact_range = Range{.min = -1};
  EXPECT_EQ(cause->evidence[1].when, when);
  EXPECT_EQ(cause->evidence[1].weight_db, -7);
  EXPECT_EQ(cause->evidence[1].says, "it was another kettle");
}

TEST(LoaderTest, ReadsFrameRules) {
  const Catalogue catalogue = LoadGood();
  ASSERT_EQ(catalogue.frames.size(), 2U);
  EXPECT_EQ(catalogue.frames[0].id, "boiling");
  EXPECT_EQ(catalogue.frames[0].phase, "sampling");
  EXPECT_EQ(catalogue.frames[0].frame, "kettle\\.py:boil");
  EXPECT_EQ(catalogue.frames[1].phase, "");
  EXPECT_EQ(catalogue.frames[1].origin, "frames/kettle.yaml:6:5");
}

TEST(LoaderTest, ReadsCauses) {
  const Catalogue catalogue = LoadGood();
  ASSERT_EQ(catalogue.causes.size(), 2U);
  const Cause& cause = catalogue.causes[0];
  EXPECT_EQ(cause.title, "the lid was open");
  EXPECT_EQ(cause.summary, "Steam left in phase {phase}.");
  EXPECT_EQ(cause.explain, "An open lid lets the heat out.\n");
  EXPECT_EQ(cause.outcomes, (std::vector<KnownText>{"error", "slow"}));
  EXPECT_EQ(cause.prior_db, -12.5);
  EXPECT_EQ(cause.rivals, std::vector<KnownText>{"steam/no-water"});
  EXPECT_EQ(cause.remedies, std::vector<KnownText>{"close-lid"});
  EXPECT_EQ(cause.later, std::vector<KnownText>{"wait"});
  ASSERT_EQ(cause.avoid.size(), 1U);
  EXPECT_EQ(cause.avoid[0].remedy, "wait");
  EXPECT_EQ(cause.avoid[0].says, "it gets worse");
  EXPECT_EQ(cause.evidence[0].why, "Nobody else says so.");
  EXPECT_EQ(cause.evidence[2].when.count.min, 3);
  EXPECT_TRUE(cause.evidence[2].when.host_changed);
  EXPECT_EQ(cause.evidence[3].when.fact_per, "kettle");
  EXPECT_EQ(cause.confirm, std::vector<KnownText>{"look at the lid"});
  EXPECT_EQ(cause.references.size(), 1U);
  EXPECT_EQ(cause.origin, "causes/steam/lid-open.yaml:1:1");
  EXPECT_EQ(catalogue.causes[1].prior_db, -20);
  EXPECT_EQ(catalogue.causes[1].evidence[0].weight_db, 3);
  EXPECT_EQ(catalogue.causes[1].explains,
            std::vector<KnownText>{"steam/lid-open"});
}

TEST(LoaderTest, ReadsRemediesAndTexts) {
  const Catalogue catalogue = LoadGood();
  const Remedy* remedy = catalogue.FindRemedy("close-lid");
  ASSERT_NE(remedy, nullptr);
  EXPECT_EQ(remedy->text, "Close the lid of [the {kettle}].");
  EXPECT_EQ(remedy->command, "lid --close");
  EXPECT_EQ(remedy->risk, "none");
  EXPECT_EQ(remedy->check, "lid is closed");
  ASSERT_TRUE(remedy->when.has_value());
  EXPECT_EQ(remedy->when->phases, std::vector<KnownText>{"sampling"});
  ASSERT_EQ(remedy->unless.size(), 1U);
  EXPECT_EQ(remedy->unless[0].when.fact, "kettle");
  EXPECT_EQ(remedy->unless[0].when.fact_matches, "--no-lid");
  EXPECT_EQ(remedy->unless[0].says, "{kettle} has no lid");
  EXPECT_EQ(catalogue.texts.at("outcome.error.title"),
            "It failed [in {phase}]");
  EXPECT_EQ(catalogue.texts.at("method"), "Braces {{ like this.");
}

TEST(LoaderTest, AnotherDirectoryReplacesByIdIfItSaysSo) {
  Catalogue catalogue = LoadGood();
  PatternTree more;
  more.Write("markers/mine.yaml", R"(markers:
  - id: lid-open
    role: note
    literal: lid ajar
    samples: [lid ajar]
    replaces: true
  - {id: lid-lost, role: note, literal: no lid, samples: [no lid]}
)");
  more.Write("texts/en.yaml", "texts: {method: mine}");
  ASSERT_TRUE(AddDirectory(more.root(), &catalogue).empty());
  ASSERT_EQ(catalogue.markers.size(), 6U);
  EXPECT_EQ(catalogue.markers[1].literals[0], "lid ajar");
  EXPECT_EQ(catalogue.markers[5].id, "lid-lost");
  EXPECT_EQ(catalogue.replaced,
            (std::vector<Replacement>{{"marker", "lid-open",
                                       more.root() + "/markers/mine.yaml:2:5",
                                       "markers/kettle.yaml:16:5"}}));
  EXPECT_EQ(catalogue.texts.at("method"), "mine");
  EXPECT_EQ(catalogue.texts.size(), 2U);
}

TEST(LoaderTest, KnownIdsAreNotReplacedByAccident) {
  const struct {
    const char* path;
    const char* content;
    const char* error;
  } kCases[] = {
      {"markers/mine.yaml",
       "markers: [{id: lid-open, role: note, literal: lid ajar, "
       "samples: [lid ajar]}]",
       "markers/mine.yaml:1:11: the marker \"lid-open\" is already known, from "
       "markers/kettle.yaml:16:5; add \"replaces: true\" to put this one in "
       "its place, or give it another id\n"},
      {"causes/steam/no-water.yaml", kGoodRival,
       "causes/steam/no-water.yaml:1:1: the cause \"steam/no-water\" is "
       "already known, from causes/steam/no-water.yaml:1:1; add \"replaces: "
       "true\" to put this one in its place, or give it another id; to add "
       "evidence to it, use evidence/*.yaml\n"},
      {"remedies/mine.yaml",
       "remedies: [{id: new, action: retry, text: New., replaces: true}]",
       "remedies/mine.yaml:1:12: there is no remedy \"new\" to replace; "
       "remove \"replaces\"\n"},
      {"dialects/tea-maker/dialect.yaml", kGoodDialect,
       "dialects/tea-maker/dialect.yaml:1:1: the dialect \"tea-maker\" is "
       "already known, from dialects/tea-maker/dialect.yaml:1:1; add "
       "\"replaces: true\" to put this one in its place, or give it another "
       "id\n"},
  };
  for (const auto& test : kCases) {
    Catalogue catalogue = LoadGood();
    PatternTree more;
    more.Write(test.path, test.content);
    EXPECT_EQ(Join(AddDirectory(more.root(), &catalogue), more.root()),
              test.error);
  }
}

TEST(LoaderTest, AKnownDialectTakesMoreMarkers) {
  Catalogue catalogue = LoadGood();
  PatternTree more;
  more.Write("dialects/tea-maker/markers-more.yaml",
             "markers: [{id: tea-cold, role: note, literal: tea is cold, "
             "samples: [tea is cold]}]");
  EXPECT_EQ(Join(AddDirectory(more.root(), &catalogue), more.root()), "");
  EXPECT_EQ(catalogue.markers.back().program, "tea-maker");
}

TEST(LoaderTest, AWholeFolderStandsAlone) {
  Catalogue catalogue = LoadGood();
  PatternTree whole;
  whole.Write("schema/marker.schema.json", "{}");
  whole.Write("markers/mine.yaml",
              "markers: [{id: lid-open, role: note, literal: lid ajar, "
              "samples: [lid ajar]}]");
  EXPECT_EQ(Join(AddDirectory(whole.root(), &catalogue), whole.root()), "");
  EXPECT_EQ(catalogue.markers.size(), 1U);
  EXPECT_TRUE(catalogue.causes.empty());
  EXPECT_EQ(catalogue.texts.at("method"), "Braces {{ like this.");
}

TEST(LoaderTest, ReferencesMayPointToWhatWasThereBefore) {
  Catalogue catalogue = LoadGood();
  PatternTree more;
  more.Write("causes/steam/cold.yaml", R"(id: steam/cold
title: cold
summary: Cold.
explain: Cold.
outcomes: [error]
evidence: [{when: {marker: lid-open}, weight: 5, says: open}]
remedies: [wait]
)");
  EXPECT_TRUE(AddDirectory(more.root(), &catalogue).empty());
  EXPECT_NE(catalogue.FindCause("steam/cold"), nullptr);
}

TEST(LoaderTest, EveryErrorIsReportedAndNothingIsAdded) {
  Catalogue catalogue = LoadGood();
  const Catalogue before = catalogue;
  PatternTree broken;
  broken.Write("markers/a.yaml", "markers: [{id: a}]\n");
  broken.Write("markers/b.yaml", "markers: ]\n");
  broken.Write("remedies/c.yaml", R"(remedies:
  - {id: fine, action: retry, text: Fine.}
  - {id: c, action: retry, txt: x}
)");
  EXPECT_EQ(Join(AddDirectory(broken.root(), &catalogue), broken.root()),
            "markers/a.yaml:1:11: a marker needs the key \"role\"\n"
            "markers/a.yaml:1:11: a marker needs the key \"literal\"\n"
            "markers/a.yaml:1:11: a marker needs the key \"samples\"\n"
            "markers/b.yaml:1:10: cannot read this YAML: illegal flow end\n"
            "remedies/c.yaml:3:5: a remedy needs the key \"text\"\n"
            "remedies/c.yaml:3:28: a remedy has no key \"txt\"; did you mean "
            "\"text\"?\n");
  EXPECT_EQ(catalogue, before);
}

TEST(LoaderTest, EmptyFilesAndFoldersHoldNothing) {
  PatternTree tree;
  tree.Write("markers/empty.yaml", "");
  tree.Write("remedies/comment.yaml", "# nothing yet\n");
  tree.Write("remedies/README.md", "not: [a pattern");
  tree.Write("texts/en.yaml", "texts: {}");
  Catalogue catalogue;
  EXPECT_EQ(Join(AddDirectory(tree.root(), &catalogue), tree.root()), "");
  EXPECT_EQ(catalogue, Catalogue());
  EXPECT_TRUE(AddFolders({}, &catalogue).empty());
}

TEST(LoaderTest, TrailingSlashDoesNotChangeOrigins) {
  PatternTree tree;
  WriteGood(tree);
  Catalogue catalogue;
  PatternFolders folders;
  folders.markers = tree.root() + "/markers/";
  EXPECT_TRUE(AddFolders(folders, &catalogue).empty());
  ASSERT_FALSE(catalogue.markers.empty());
  EXPECT_EQ(catalogue.markers[0].origin, "markers/kettle.yaml:3:5");
}

TEST(LoaderTest, WrongDirectoriesAreErrors) {
  PatternTree tree;
  tree.Write("kettle.yaml", kGoodMarkers);
  Catalogue catalogue;
  EXPECT_EQ(
      Join(AddDirectory(tree.root(), &catalogue), tree.root() + "x"),
      tree.root() +
          ": holds none of markers/, dialects/, frames/, causes/, "
          "evidence/, messages/, remedies/, machines/, secrets/, quotations/, "
          "documents/, witnesses/, hardware/ and texts/\n");
  EXPECT_EQ(
      Join(AddDirectory(tree.root() + "/kettle.yaml", &catalogue), tree.root()),
      "kettle.yaml: is not a directory; give the folder that holds "
      "markers/, dialects/, frames/, causes/, evidence/, messages/, "
      "remedies/, machines/, secrets/, quotations/, documents/, witnesses/, "
      "hardware/ or texts/\n");
}

}  // namespace
}  // namespace logdiag
