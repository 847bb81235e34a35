// SPDX-License-Identifier: Apache-2.0
// Every fixture in every format and language: nothing broken, nothing of
// another language, the core on one screen.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/language.h"
#include "analyzer/support/text.h"
#include "reports/report.h"
#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

constexpr std::size_t kCoreUnits = 2000;
constexpr std::size_t kReportUnits = 6000;
constexpr std::size_t kFullUnits = 30000;

class FormatsTest : public testing::TestWithParam<Fixture> {
 protected:
  Diagnosis Read() const {
    return DiagnoseText(ReadFile(GetParam().folder + "/pod.log"));
  }
};

const Language& Catalan() {
  static const Language* const language =
      new Language(LoadBuiltInLanguage("ca").value());
  return *language;
}

std::size_t Characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// `line` with an X for each code span, whatever number of backticks opens it.
std::string WithoutCode(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    if (line.front() != '`') {
      const std::size_t size = std::min(line.find('`'), line.size());
      out += line.substr(0, size);
      line.remove_prefix(size);
      continue;
    }
    const std::size_t ticks =
        std::min(line.find_first_not_of('`'), line.size());
    const std::string mark(line.substr(0, ticks));
    const std::size_t end = line.find(mark, ticks);
    EXPECT_NE(end, std::string_view::npos) << line;
    if (end == std::string_view::npos) return out;
    out += 'X';
    line.remove_prefix(end + ticks);
  }
  return out;
}

// Markdown without what stands in fences, and with an X for each code span.
std::string Prose(const std::string& report) {
  std::string prose;
  std::string fence;
  std::size_t begin = 0;
  while (begin < report.size()) {
    const std::size_t end = std::min(report.find('\n', begin), report.size());
    const std::string line = report.substr(begin, end - begin);
    begin = end + 1;
    const std::string_view bare = TrimLeft(line);
    const std::size_t ticks =
        std::min(bare.find_first_not_of('`'), bare.size());
    if (!fence.empty()) {
      if (bare == fence) fence.clear();
      continue;
    }
    if (ticks >= 3) {
      fence = bare.substr(0, ticks);
      continue;
    }
    prose += WithoutCode(line);
    prose += '\n';
  }
  EXPECT_TRUE(fence.empty());
  return prose;
}

// Without what is quoted: lines of programs keep their language.
std::string WithoutQuotes(const std::string& prose) {
  std::string out;
  bool quoted = false;
  for (const char c : prose) {
    if (c == '"') quoted = !quoted;
    if (c == '\n') quoted = false;
    if (!quoted) out += c;
  }
  return out;
}

void ExpectWhole(const std::string& prose) {
  // What an empty slot or a broken list would leave behind.
  for (const std::string_view hole :
       {" ,", " .", ", ,", "..", "( ", " )", " ()", " ?", "{", ":.", ": .",
        "\n\n\n\n", " ;"}) {
    const std::size_t at = prose.find(hole);
    if (at == std::string::npos) continue;
    const std::string near = prose.substr(at > 40 ? at - 40 : 0, 80);
    // Three dots, and names of files that begin with one, are no holes.
    if (Contains(prose.substr(at, 6), "...") || Contains(near, " ...")) {
      continue;
    }
    const char next = at + 2 < prose.size() ? prose[at + 2] : '\n';
    if (hole == " ." && next != ' ' && next != '\n') continue;
    ADD_FAILURE() << "\"" << hole << "\" in: " << near;
  }
}

std::string CoreOf(const std::string& report, const char* more) {
  return report.substr(0, report.find(more));
}

void ExpectWholeAndShort(const Diagnosis& diagnosis) {
  const std::string report = WriteMarkdown(diagnosis, BuiltIn(), {});
  EXPECT_LE(Characters(CoreOf(report, "\n## More\n")), kCoreUnits);
  EXPECT_LE(Characters(report), kReportUnits);
  ExpectWhole(Prose(report));
  const std::string full = WriteMarkdown(diagnosis, BuiltIn(), {.full = true});
  EXPECT_LE(Characters(full), kFullUnits);
  ExpectWhole(Prose(full));
  EXPECT_TRUE(report.find_first_of("`0123456789") < report.find('\n'))
      << "the title names nothing: " << report.substr(0, report.find('\n'));
}

void ExpectCatalan(const Diagnosis& diagnosis) {
  const ReportOptions options{.full = true, .language = &Catalan()};
  const std::string prose = Prose(WriteMarkdown(diagnosis, BuiltIn(), options));
  ExpectWhole(prose);
  const std::string words = WithoutQuotes(prose);
  for (const std::string_view english :
       {" the ", " of ", " and ", " is ", " was ", " with ", " not ", " for ",
        " which ", " lines", "The ", " from ", " has "}) {
    const std::size_t at = words.find(english);
    EXPECT_EQ(at, std::string::npos)
        << words.substr(at > 60 ? at - 60 : 0, 120);
  }
}

void ExpectEveryTargetAndFormat(const Diagnosis& diagnosis) {
  for (const Target target :
       {Target::kGithub, Target::kGitlab, Target::kJira, Target::kLinear,
        Target::kSlack, Target::kPlain}) {
    const ReportOptions options{.target = target};
    const std::string report = WriteMarkdown(diagnosis, BuiltIn(), options);
    ExpectWhole(Prose(report));
    const bool folds = target == Target::kGithub || target == Target::kGitlab;
    EXPECT_EQ(folds, Contains(report, "<details>"));
    EXPECT_FALSE(target == Target::kSlack && Contains(report, "|---|"));
  }
  const std::string text = WriteText(diagnosis, BuiltIn(), {.full = true});
  EXPECT_FALSE(Contains(text, ".**"));
  const std::string issue = WriteIssue(diagnosis, BuiltIn(), {});
  ExpectWhole(Prose(issue));
}

// One process a fixture: each has to read all of them first.
TEST_P(FormatsTest, NothingIsBrokenInAnyOfThem) {
  const Diagnosis diagnosis = Read();
  ExpectWholeAndShort(diagnosis);
  ExpectCatalan(diagnosis);
  ExpectEveryTargetAndFormat(diagnosis);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, FormatsTest,
                         testing::ValuesIn(AllFixtures()),
                         [](const testing::TestParamInfo<Fixture>& tested) {
                           return TestName(tested.param.name);
                         });

}  // namespace
}  // namespace logdiag
