// SPDX-License-Identifier: Apache-2.0
// What a folder of patterns may hold at most, and which of its files are read.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/knowledge/error_list.h"
#include "analyzer/knowledge/loader.h"
#include "tests/knowledge/pattern_tree.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

constexpr char kMarker[] =
    "markers: [{id: one, role: note, literal: abcd, samples: [abcd]}]";

class LimitsTest : public testing::Test {
 protected:
  // The errors, a line each, without the way to the folder.
  std::string Load() {
    catalogue_ = Catalogue();
    errors_ = AddDirectory(tree_.root(), &catalogue_);
    std::string text;
    for (const Error& error : errors_) text += error.ToString() + "\n";
    const std::string root = tree_.root() + "/";
    for (std::size_t at = text.find(root); at != std::string::npos;
         at = text.find(root)) {
      text.erase(at, root.size());
    }
    return text;
  }
  void Link(const std::string& target, const std::string& path) const {
    const fs::path link = fs::path(tree_.root()) / path;
    fs::create_directories(link.parent_path());
    fs::create_symlink(target, link);
  }
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const Marker& marker : catalogue_.markers) ids.push_back(marker.id);
    return ids;
  }

  PatternTree tree_;
  Catalogue catalogue_;
  std::vector<Error> errors_;
};

std::string Rows(std::size_t count, const std::string& row) {
  std::string rows = "markers:\n";
  for (std::size_t i = 0; i < count; ++i) rows += row;
  return rows;
}

// As a cluster mounts a map of files, with folders in it.
TEST_F(LimitsTest, MountedFoldersAreRead) {
  tree_.Write("..2026_11_28/markers/a.yaml", kMarker);
  tree_.Write("..2026_11_28/b.yaml",
              "markers: [{id: two, role: note, literal: efgh, "
              "samples: [efgh]}]");
  Link("..2026_11_28", "..data");
  Link("..data/markers", "markers");
  EXPECT_EQ(Load(), "");
  EXPECT_EQ(Ids(), std::vector<std::string>{"one"});

  fs::remove(fs::path(tree_.root()) / "markers");
  Link("../..data/b.yaml", "markers/b.yaml");
  Link("../..2026_11_28", "markers/..data");
  tree_.Write("markers/.hidden.yaml", "markers: [");
  EXPECT_EQ(Load(), "");
  EXPECT_EQ(Ids(), std::vector<std::string>{"two"});
}

TEST_F(LimitsTest, LinkedFoldersInFoldersAreRead) {
  tree_.Write("shared/a.yaml", kMarker);
  Link("../shared", "markers/deep");
  EXPECT_EQ(Load(), "");
  EXPECT_EQ(Ids(), std::vector<std::string>{"one"});
}

TEST_F(LimitsTest, EveryFileThatIsNotReadIsNamed) {
  tree_.Write("markers/a.yml", kMarker);
  tree_.Write("markers/b.YAML", kMarker);
  tree_.Write("markers/c.Yml", kMarker);
  tree_.Write("markers/d.yaml/inner.yaml", kMarker);
  tree_.Write("markers/README.md", "not: [a pattern");
  Link("nowhere", "markers/e.yaml");
  Link("f.yaml", "markers/f.yaml");
  Link("/dev/null", "markers/g.yaml");
  Link("nowhere", "markers/h");
  Link("..", "markers/i");
  const std::string fifo = tree_.root() + "/markers/j.yaml";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  tree_.Write("causes", "a file");
  EXPECT_EQ(Load(),
            "markers/a.yml: name it .yaml, in small letters, to be read\n"
            "markers/b.YAML: name it .yaml, in small letters, to be read\n"
            "markers/c.Yml: name it .yaml, in small letters, to be read\n"
            "markers/d.yaml: is a folder; give it a name without an extension\n"
            "markers/e.yaml: is a link that leads nowhere; mend or remove it\n"
            "markers/f.yaml: is a link that leads nowhere; mend or remove it\n"
            "markers/g.yaml: is neither a file nor a link to one; put a file "
            "in its place\n"
            "markers/h: is a link that leads nowhere; mend or remove it\n"
            "markers/i: is a link to a folder that it stands in; remove it\n"
            "markers/j.yaml: is neither a file nor a link to one; put a file "
            "in its place\n"
            "causes: is no folder; put one in its place\n");
}

TEST_F(LimitsTest, FilesOfNoTableAreNamed) {
  tree_.Write("markers/a.yaml", kMarker);
  tree_.Write("b.yaml", kMarker);
  tree_.Write("marker/c.yml", kMarker);
  tree_.Write("fixtures/x/y/case.yaml", "cause: a/b");
  tree_.Write("languages/ca/x.yaml", "sentences: []");
  tree_.Write(".git/d.yaml", kMarker);
  EXPECT_EQ(Load(), "");
  EXPECT_EQ(StrayFiles(tree_.root()),
            (std::vector<std::string>{tree_.root() + "/b.yaml",
                                      tree_.root() + "/marker/c.yml"}));
}

TEST_F(LimitsTest, NothingIsShownOfOtherFiles) {
  constexpr char kSecret[] = "hunter2";
  const std::string kOthers[] = {
      "root:x:0:0:hunter2:/root:/bin/sh\n",
      "apiVersion: v1\nkind: Secret\ndata: {password: hunter2}\n",
      "hunter2\n",
      "[hunter2, hunter2]\n",
      "hunter2: [\n",
      "a: *hunter2\n",
      "a: !hunter2 b\n",
      "a: b\n---\nhunter2: c\n",
      "%hunter2 x\n--- y\n",
      "\"\\hunter2\"\n",
      std::string("hunter2\0\x01\xff", 10),
  };
  const char* const kPlaces[] = {
      "markers/a.yaml",     "causes/a/b.yaml", "dialects/a/dialect.yaml",
      "hardware/gpus.yaml", "texts/en.yaml",   "evidence/a.yaml",
      "messages/a.yaml"};
  for (const char* place : kPlaces) {
    for (const std::string& other : kOthers) {
      PatternTree tree;
      tree.Write("elsewhere", other);
      fs::create_directories(fs::path(tree.root() + "/" + place).parent_path());
      fs::create_symlink(tree.root() + "/elsewhere", tree.root() + "/" + place);
      Catalogue catalogue;
      const std::vector<Error> errors = AddDirectory(tree.root(), &catalogue);
      ASSERT_EQ(errors.size(), 1U) << place << ": " << other;
      EXPECT_EQ(errors[0].ToString().find(kSecret), std::string::npos)
          << errors[0].ToString();
      EXPECT_EQ(errors[0].excerpt, "");
      EXPECT_TRUE(errors[0].where.starts_with(tree.root() + "/" + place + ":"));
    }
  }
}

TEST_F(LimitsTest, TheFirstErrorsOfEachFileAreTold) {
  tree_.Write("markers/a.yaml", Rows(100, "  - a\n"));
  tree_.Write("markers/b.yaml", Rows(21, "  - b\n"));
  tree_.Write("markers/c.yaml", Rows(20, "  - c\n"));
  std::string references = "evidence:\n";
  for (int i = 0; i < 30; ++i) {
    references += "  - {cause: a/b" + std::to_string(i) +
                  ", when: {bar: open}, weight: 1, says: s}\n";
  }
  tree_.Write("evidence/d.yaml", references);
  Load();
  ASSERT_EQ(errors_.size(), 4 * ErrorList::kMaxPerFile + 3);
  const auto rest = errors_.end() - 3;
  EXPECT_EQ(rest[0].message, "10 more errors in this file; mend these first");
  EXPECT_EQ(rest[0].where, tree_.root() + "/evidence/d.yaml");
  EXPECT_EQ(rest[1].message, "80 more errors in this file; mend these first");
  EXPECT_EQ(rest[2].message, "1 more error in this file; mend these first");
  EXPECT_EQ(errors_[0].excerpt, "  2 |   - a\n    |     ^\n");
}

TEST_F(LimitsTest, NotMoreErrorsInAllThanPeopleRead) {
  for (int i = 0; i < 100; ++i) {
    tree_.Write("markers/" + std::to_string(1000 + i) + ".yaml",
                Rows(20, "  - a\n"));
  }
  Load();
  ASSERT_EQ(errors_.size(), ErrorList::kMaxInAll + 1);
  EXPECT_EQ(errors_.back().ToString(),
            "1,500 more errors in other files; mend these first");
}

TEST_F(LimitsTest, LargeFilesAndFoldersAreRefused) {
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  const std::string head = std::string(kMarker) + "\n";
  const std::string whole =
      head + "#" + std::string(kMiB - head.size() - 1, 'x');
  tree_.Write("markers/a.yaml", whole);
  EXPECT_EQ(Load(), "");
  tree_.Write("markers/a.yaml", whole + "x");
  EXPECT_EQ(Load(),
            "markers/a.yaml: is larger than a file of patterns may be (1 MiB); "
            "split it\n");
  const std::string comment = "#" + std::string(kMiB - 1, 'x');
  for (int i = 10; i < 28; ++i) {
    tree_.Write("remedies/" + std::to_string(i) + ".yaml", comment);
  }
  fs::remove(fs::path(tree_.root()) / "markers/a.yaml");
  EXPECT_EQ(Load(),
            "remedies/26.yaml: with this file the folder holds more than 16 "
            "MiB of files; split the folder. The rest of it was not looked "
            "at\n");
}

TEST_F(LimitsTest, ManyRowsAreRefused) {
  const auto rows = [](int file, int count) {
    std::string text = "remedies:\n";
    for (int i = 0; i < count; ++i) {
      text += "  - {id: r" + std::to_string(file) + "-" + std::to_string(i) +
              ", action: retry, text: t}\n";
    }
    return text;
  };
  tree_.Write("remedies/1.yaml", rows(1, 2500));
  tree_.Write("remedies/2.yaml", rows(2, 2500));
  EXPECT_EQ(Load(), "");
  tree_.Write("remedies/3.yaml", rows(3, 1));
  tree_.Write("remedies/4.yaml", rows(4, 1));
  EXPECT_EQ(Load(),
            "remedies/3.yaml: with this file the folder holds more than 5,000 "
            "rows; split the folder. The rest of it was not looked at\n");
  // What is named may stand in what was not looked at.
  tree_.Write("markers/a.yaml",
              "markers: [{id: a, role: note, literal: abcd, samples: [abcd], "
              "needs: not-read}]");
  Load();
  EXPECT_EQ(errors_.size(), 1U);
  fs::remove(fs::path(tree_.root()) / "markers/a.yaml");
  tree_.Write("remedies/1.yaml", rows(1, 5001));
  EXPECT_EQ(Load().substr(0, 105),
            "remedies/1.yaml:5002:5: cannot read this YAML: one list or map "
            "holds more than 5,000 entries; split it\n");
}

TEST_F(LimitsTest, ManyValuesAreRefused) {
  std::string list = "[a";
  for (int i = 1; i < 4000; ++i) list += ",a";
  list += "]";
  std::string text = "texts:\n";
  for (int i = 0; i < 60; ++i)
    text += "  a" + std::to_string(i) + ": " + list + "\n";
  for (const char* file : {"1", "2"}) {
    tree_.Write("markers/" + std::string(file) + ".yaml",
                "markers: []\nx: [" + list + "]\n" + text);
  }
  EXPECT_NE(Load().find("holds more than 400,000 values"), std::string::npos)
      << Load();
}

TEST_F(LimitsTest, FiguresLieWithinWhatAddsUp) {
  const struct {
    const char* key;
    const char* value;
    const char* error;  // "" = none
  } kCases[] = {
      {"weight", "100", ""},
      {"weight", "-100", ""},
      {"weight", "100.5", "\"weight\" must lie between -100 and 100"},
      {"weight", "1e308", "\"weight\" must lie between -100 and 100"},
      {"prior", "-100", ""},
      {"prior", "-1e308", "\"prior\" must lie between -100 and 100"},
      {"fact_range", "{max: 1e300}",
       "\"max\" must lie between -1e+15 and 1e+15"},
      {"fact_range", "{max: 1e12}", ""},
      {"silence_s", "{min: -1e300}",
       "\"min\" must lie between -1e+15 and 1e+15"},
  };
  for (const auto& test : kCases) {
    const std::string key = test.key;
    const auto is = [&](const char* name) { return key == name; };
    const std::string value = test.value;
    const std::string when = is("fact_range")
                                 ? "fact: gpu, fact_range: " + value
                             : is("silence_s") ? "silence_s: " + value
                                               : "bar: open";
    PatternTree tree;
    tree.Write("markers/a.yaml",
               "markers: [{id: a, role: note, literal: abcd, set: {gpu: x}, "
               "samples: [abcd]}]");
    tree.Write("causes/a/b.yaml",
               "id: a/b\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n"
               "prior: " +
                   std::string(is("prior") ? value : "-20") +
                   "\nevidence:\n  - {when: {" + when + "}, weight: " +
                   (is("weight") ? value : "1") + ", says: s, why: w}\n");
    Catalogue catalogue;
    const std::vector<Error> errors = AddDirectory(tree.root(), &catalogue);
    ASSERT_EQ(errors.size(), *test.error == '\0' ? 0U : 1U) << key << value;
    if (!errors.empty()) {
      EXPECT_EQ(errors[0].message, test.error);
    }
  }
}

std::string CauseOf(const std::string& id, const std::string& explains) {
  return "id: " + id +
         "\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n"
         "evidence: [{when: {bar: open}, weight: 1, says: s}]\n"
         "rivals: []\nexplains: [" +
         explains + "]\n";
}

TEST_F(LimitsTest, CausesDoNotExplainEachOther) {
  tree_.Write("causes/a/one.yaml", CauseOf("a/one", "a/two"));
  tree_.Write("causes/a/two.yaml", CauseOf("a/two", "a/three, a/four"));
  tree_.Write("causes/a/three.yaml", CauseOf("a/three", "a/four"));
  tree_.Write("causes/a/four.yaml", CauseOf("a/four", ""));
  EXPECT_EQ(Load(), "");
  tree_.Write("causes/a/four.yaml", CauseOf("a/four", "a/two"));
  EXPECT_EQ(Load(),
            "causes/a/four.yaml:8:12: \"explains\" goes in a circle: a/four, "
            "a/two, a/three, a/four; remove one of these from it\n");
}

// A pack whose causes make a circle with known ones.
TEST_F(LimitsTest, CirclesThroughKnownCausesAreToldAtTheNewOne) {
  tree_.Write("causes/a/one.yaml", CauseOf("a/one", "a/two"));
  tree_.Write("causes/a/two.yaml", CauseOf("a/two", ""));
  ASSERT_EQ(Load(), "");
  PatternTree own;
  own.Write("causes/a/two.yaml",
            CauseOf("a/two", "a/one") + "replaces: true\n");
  const std::vector<Error> errors = AddDirectory(own.root(), &catalogue_);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].where, own.root() + "/causes/a/two.yaml:8:12");
}

// No file makes loading slow: all of these took longer than a person waits
// when each error, key or name cost as much as all before it.
TEST_F(LimitsTest, LoadingIsLinear) {
  std::string keys = "markers: []\n";
  std::string twice = "markers: []\n";
  for (int i = 0; i < 4900; ++i) {
    keys += "k" + std::to_string(i) + ": x\n";
    twice += "k: x\n";
  }
  const std::string word(900'000, 'x');
  std::string lists = "evidence:\n";
  for (int i = 0; i < 300; ++i) {
    lists += "  - {cause: a/b, weight: 1, says: s, when: {marker: [a";
    for (int j = 0; j < 1000; ++j) lists += ",b";
    lists += "]}}\n";
  }
  const struct {
    const char* path;
    std::string content;
  } kCases[] = {
      {"markers/keys.yaml", keys},
      {"markers/twice.yaml", twice},
      {"markers/rows.yaml", Rows(4900, "  - {id: a, x: y, z: [1]}\n")},
      {"markers/word.yaml", Rows(1, "  - {id: a, role: " + word + "}\n")},
      {"evidence/word.yaml",
       "evidence: [{cause: " + word + ", when: {bar: open}, weight: 1}]\n"},
      {"evidence/lists.yaml", lists},
      {"markers/deep.yaml", "markers: " + std::string(900'000, '[')},
  };
  for (const auto& test : kCases) {
    PatternTree tree;
    tree.Write(test.path, test.content);
    Catalogue catalogue;
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<Error> errors = AddDirectory(tree.root(), &catalogue);
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    EXPECT_FALSE(errors.empty()) << test.path;
    EXPECT_LE(errors.size(), ErrorList::kMaxPerFile + 1) << test.path;
    // Ten times what it takes; what is quadratic takes minutes.
    EXPECT_LT(took.count(), 20) << test.path;
    std::size_t shown = 0;
    for (const Error& error : errors) {
      shown = std::max(shown, error.ToString().size() + error.excerpt.size());
    }
    EXPECT_LT(shown, 3000U) << test.path;
  }
}

// Reports show these texts, and no escape of theirs must reach a terminal, no
// line of theirs become a heading.
TEST_F(LimitsTest, TextsAreLinesThatPeopleSee) {
  const char* const kKeys[] = {"title",   "headline", "summary",   "explain",
                               "says",    "why",      "confirm",   "text",
                               "command", "risk",     "check",     "name",
                               "unless",  "avoid",    "reference", "marker"};
  for (const std::string key : kKeys) {
    for (const char* bad : {"a\\e[31mb", "a\\u202eb", "a\\x01b", "a\\u200bb",
                            "a\\nb", "a\\rb", "a b"}) {
      const auto of = [&](const char* name, const char* harmless) {
        return "\"" + std::string(key == name ? bad : harmless) + "\"";
      };
      PatternTree tree;
      tree.Write("markers/a.yaml",
                 "markers: [{id: a, role: note, literal: abcd, samples: "
                 "[abcd], says: " +
                     of("marker", "m") + "}]");
      tree.Write(
          "remedies/a.yaml",
          "remedies: [{id: r, action: retry, text: " + of("text", "t") +
              ", command: " + of("command", "c") +
              ", risk: " + of("risk", "r") + ", check: " + of("check", "c") +
              ", name: " + of("name", "n") +
              ", unless: [{when: {bar: open}, says: " + of("unless", "u") +
              "}]}]");
      tree.Write("causes/a/b.yaml",
                 "id: a/b\ntitle: " + of("title", "t") + "\nheadline: [" +
                     of("headline", "h") + "]\nsummary: " + of("summary", "s") +
                     "\nexplain: " + of("explain", "e") +
                     "\noutcomes: [error]\nevidence: [{when: {bar: open}, "
                     "weight: 1, says: " +
                     of("says", "s") + ", why: " + of("why", "w") +
                     "}]\nremedies: [r]\navoid: [{remedy: r, says: " +
                     of("avoid", "a") + "}]\nconfirm: [" + of("confirm", "c") +
                     "]\nreferences: [" +
                     (key == "reference"
                          ? "\"https://x.example/" + std::string(bad) + "\""
                          : "https://x.example") +
                     "]\n");
      Catalogue catalogue;
      const std::vector<Error> errors = AddDirectory(tree.root(), &catalogue);
      const std::string text = bad;
      const bool fine = text == "a b" ? key != "reference"
                                      : text == "a\\nb" && key == "explain";
      EXPECT_EQ(errors.empty(), fine) << key << ": " << bad;
      for (const Error& error : errors) {
        EXPECT_NE(error.where, FileOf(error.where)) << error.ToString();
      }
    }
  }
}

TEST_F(LimitsTest, MessagesHoldNoControlBytes) {
  tree_.Write("markers/a.yaml",
              "markers: [{id: \"\\e[31m\", role: note, literal: abcd, "
              "samples: [abcd], \"x\\n\\u202ey\": z}]\n");
  for (const std::string text = Load(); const char byte : text) {
    EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20);
  }
  EXPECT_EQ(errors_.size(), 3U);
  EXPECT_EQ(Load().find("\xe2\x80\xae"), std::string::npos);
}

}  // namespace
}  // namespace logdiag
