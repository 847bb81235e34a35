// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/html.h"

#include <gtest/gtest.h>

#include <string>

#include "reports/pens/html_text.h"
#include "reports/pens/svg.h"

namespace logdiag {
namespace {

Document WithLines(std::vector<NamedLine> lines) {
  Document document;
  document.title = TextSpan("It failed");
  document.lines = std::move(lines);
  return document;
}

TEST(HtmlText, CannotEndAnElementOrAnAttribute) {
  EXPECT_EQ(EscapeHtml("a<b> & \"c\" 'd'"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
}

TEST(HtmlText, LinksTheLinesThatThePageHas) {
  const LineLinks links(WithLines({{85, "x", ""}}), "r2-");
  EXPECT_EQ(links.Words("L85: it, (L85), L86, XL85, L85x, L"),
            "<a href=\"#r2-L85\">L85</a>: it, (<a href=\"#r2-L85\">L85</a>), "
            "L86, XL85, L85x, L");
  EXPECT_EQ(links.Id(85), "r2-L85");
}

TEST(HtmlText, CodeAndLinksAreWhatTheyAre) {
  const LineLinks links(WithLines({{85, "x", ""}}), "");
  EXPECT_EQ(links.Inline({{Span::Kind::kCode, "L85 <b>"}}),
            "<code>L85 &lt;b&gt;</code>");
  EXPECT_EQ(links.Inline({{Span::Kind::kLink, "https://example.org/?a&b"}}),
            "<a rel=\"noreferrer\" href=\"https://example.org/?a&amp;b\">"
            "https://example.org/?a&amp;b</a>");
  EXPECT_EQ(links.Inline({{Span::Kind::kLine, "85"}}),
            "<a href=\"#L85\">85</a>");
  EXPECT_EQ(links.Inline({{Span::Kind::kLine, "8,500"}}), "8,500");
  EXPECT_EQ(links.Inline({{Span::Kind::kLink, "javascript:alert(1)"}}),
            "<code>javascript:alert(1)</code>");
}

TEST(HtmlPen, LinesShowTheirTextOrWhatHappened) {
  const std::string page = WriteHtmlArticle(
      WithLines({{3, "\x1b[31mred</li>", ""}, {4, "", "server is ready"}}), {});
  EXPECT_NE(
      page.find("<li id=\"L3\" tabindex=\"-1\"><span class=\"no\">3</span>"
                "<code>red&lt;/li&gt;</code></li>"),
      page.npos);
  EXPECT_NE(page.find("<code class=\"ours\">server is ready</code>"),
            page.npos);
}

TEST(Svg, AMarkIsALinkWithItsHint) {
  Picture picture;
  picture.title = "Night";
  Mark mark;
  mark.from = 0.25;
  mark.to = 0.75;
  mark.label = "start";
  mark.hint = "Start 1: \"died\".";
  mark.line = 7;
  picture.lanes = {{"Starts", {mark}}};
  const LineLinks links(WithLines({{7, "x", ""}}), "");
  const std::string figure = WriteFigure(picture, links);
  EXPECT_NE(figure.find("<a href=\"#L7\" aria-label=\"Start 1: "
                        "&quot;died&quot;.\"><title>"),
            figure.npos);
  EXPECT_NE(figure.find("x=\"25.000%\" y=\"2\" width=\"50.000%\""),
            figure.npos);
  EXPECT_NE(figure.find(">start</text>"), figure.npos);
}

TEST(Svg, ALabelWithoutRoomIsLeftOut) {
  Picture picture;
  Mark mark;
  mark.from = 0.5;
  mark.to = 0.51;
  mark.label = "a long label";
  picture.lanes = {{"Starts", {mark}}};
  const LineLinks links(Document{}, "");
  EXPECT_EQ(WriteFigure(picture, links).find("a long label"),
            std::string::npos);
}

}  // namespace
}  // namespace logdiag
