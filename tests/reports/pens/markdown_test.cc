// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/markdown.h"

#include <gtest/gtest.h>

#include <string>

#include "reports/document/compose.h"

namespace logdiag {
namespace {

std::string WriteBlock(Block block) {
  const std::string text = WriteMarkdownBlocks({std::move(block)}, {});
  return text.substr(0, text.size() - 1);
}

std::string WriteLine(std::string text) {
  return WriteBlock({Excerpt{{{1, false, std::move(text)}}}});
}

TEST(MarkdownPen, AFenceIsLongerThanAnyRunInside) {
  EXPECT_EQ(WriteBlock({Code{"x", "text"}}), "```text\nx\n```");
  EXPECT_EQ(WriteBlock({Code{"x\n", "sh"}}), "```sh\nx\n```");
  EXPECT_EQ(WriteBlock({Code{"a ``` b", "text"}}), "````text\na ``` b\n````");
  EXPECT_EQ(WriteBlock({Code{"`````", "text"}}), "``````text\n`````\n``````");
}

TEST(MarkdownPen, ExcerptsHaveNumbersMarksAndGaps) {
  EXPECT_EQ(WriteBlock({Excerpt{
                {{8, false, "one"}, {9, true, "two"}, {1204, true, "x"}}}}),
            "```text\n"
            "     8 | one\n"
            ">    9 | two\n"
            "   ... |\n"
            "> 1204 | x\n"
            "```");
}

TEST(MarkdownPen, ExcerptsShowWhatATerminalWould) {
  struct {
    std::string in;
    std::string out;
  } const cases[] = {
      {"\x1b[31mred\x1b[0m", "red"},
      {"\r  0%| | 0/3\r 33%|#| 1/3", " 33%|#| 1/3"},
      {std::string("a\0b", 3), "a\\x00b"},
      {"\xff", "\\xff"},
      {"</details>", "</details>"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(WriteLine(c.in), "```text\n    1 | " + c.out + "\n```");
  }
  const std::string out = WriteLine(std::string(1474, 'x'));
  EXPECT_NE(out.find(" ... (+1,234 chars)\n"), std::string::npos) << out;
}

TEST(MarkdownPen, WordsOfOursAreSafeAndSpansStayApart) {
  EXPECT_EQ(WriteBlock({Paragraph{TextSpan("add --lowvram to it")}}),
            "add `--lowvram` to it");
  EXPECT_EQ(WriteBlock({Paragraph{
                {{Span::Kind::kCode, "a"}, {Span::Kind::kCode, "b`c"}}}}),
            "`a` `b\u02cbc`");
  EXPECT_EQ(
      WriteBlock({Paragraph{ComposeLiteral("**so** it *is*: <https://a.b>")}}),
      "**so** it *is*: <https://a.b>");
}

TEST(MarkdownPen, StepsCarryTheirCommand) {
  List list;
  list.numbered = true;
  list.items = {{TextSpan("one"), {{Code{"x\ny\n", "sh"}}}},
                {TextSpan("two"), {}}};
  EXPECT_EQ(WriteBlock({list}),
            "1. one\n\n   ```sh\n   x\n   y\n   ```\n2. two");
}

TEST(MarkdownPen, PartsAreSectionsOrFolds) {
  Document document;
  document.title = TextSpan("T");
  document.more = TextSpan("More");
  document.parts = {{"a", TextSpan("Part"), {{Paragraph{TextSpan("x")}}}}};
  EXPECT_EQ(WriteMarkdown(document, {}), "# T\n\n## More\n\n### Part\n\nx\n");
  EXPECT_EQ(WriteMarkdown(document, {.folds = true}),
            "# T\n\n<details><summary>Part</summary>\n\nx\n\n</details>\n");
  EXPECT_EQ(WriteMarkdownCore(document, {.level = 2}), "## T\n");
}

TEST(MarkdownPen, TablesBecomeTextWhereTheyMust) {
  Table table;
  table.header = {TextSpan("A"), TextSpan("Bb")};
  table.rows = {{TextSpan("1 | 2"), CodeSpans("x")}};
  EXPECT_EQ(WriteBlock({table}), "| A | Bb |\n|---|---|\n| 1 `\\|` 2 | `x` |");
  EXPECT_EQ(WriteMarkdownBlocks({{table}}, {.tables = false}),
            "```text\nA      Bb\n1 | 2  x\n```\n");
}

}  // namespace
}  // namespace logdiag
