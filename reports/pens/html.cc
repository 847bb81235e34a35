// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/html.h"

#include <fmt/format.h>

#include <string_view>
#include <variant>

#include "analyzer/support/text.h"
#include "reports/pens/excerpt.h"
#include "reports/pens/html_text.h"
#include "reports/pens/svg.h"

namespace logdiag {

// reports/pens/html/page.css.
extern const char kPageStyle[];

namespace {

// The page may style itself, and do nothing else: no script, no fetch, no form.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'";

class HtmlPen {
 public:
  explicit HtmlPen(const LineLinks& links) : links_(links) {}

  // A heading of the core is one below the title's.
  std::string operator()(const Heading& heading) const {
    return fmt::format("<h{0}>{1}</h{0}>\n", heading.level,
                       links_.Inline(heading.text));
  }

  std::string operator()(const Paragraph& paragraph) const {
    return "<p>" + links_.Inline(paragraph.text) + "</p>\n";
  }

  std::string operator()(const List& list) const {
    std::string out = list.numbered ? "<ol class=\"steps\">\n" : "<ul>\n";
    for (const Item& item : list.items) {
      out += "<li>" + links_.Inline(item.text);
      if (!item.more.empty()) out += "\n" + Write(item.more);
      out += "</li>\n";
    }
    return out + (list.numbered ? "</ol>\n" : "</ul>\n");
  }

  std::string operator()(const Excerpt& excerpt) const {
    std::string out = "<ol class=\"log\">\n";
    std::uint64_t previous = 0;
    for (const ExcerptLine& line : excerpt.lines) {
      if (previous != 0 && line.line > previous + 1) {
        out += "<li class=\"gap\"><span class=\"no\">…</span></li>\n";
      }
      out += fmt::format(
          "<li{}><span class=\"no\">{}</span><code>{}</code></li>\n",
          line.marked ? " class=\"marked\"" : "", Number(line.line, line.place),
          EscapeHtml(ExcerptText(line.text, kMaxExcerptBytes)));
      previous = line.line;
    }
    return out + "</ol>\n";
  }

  std::string operator()(const Code& code) const {
    return "<pre tabindex=\"0\"><code>" + EscapeHtml(code.text) +
           "</code></pre>\n";
  }

  std::string operator()(const Moments& moments) const {
    std::string out = "<ol class=\"log times\">\n";
    for (const Moments::Row& row : moments.rows) {
      out += fmt::format(
          "<li><span class=\"no\">{}</span><span class=\"time\">{}</span>"
          "<code>{}</code></li>\n",
          row.line == 0 ? "…" : Number(row.line, row.place),
          EscapeHtml(row.time),
          EscapeHtml(Printable(row.event, kMaxExcerptBytes)));
    }
    return out + "</ol>\n";
  }

  std::string operator()(const Table& table) const {
    std::string out = "<div class=\"wide\" tabindex=\"0\"><table>\n<tr>";
    for (const Spans& cell : table.header) {
      out += "<th scope=\"col\">" + links_.Inline(cell) + "</th>";
    }
    for (const auto& row : table.rows) {
      out += "</tr>\n<tr>";
      for (const Spans& cell : row) {
        out += "<td>" + links_.Inline(cell) + "</td>";
      }
    }
    return out + "</tr>\n</table></div>\n";
  }

  std::string Write(const Blocks& blocks) const {
    std::string out;
    for (const Block& block : blocks) out += std::visit(*this, block.is);
    return out;
  }

  // The lines themselves, where links lead.
  std::string Lines(const std::vector<NamedLine>& lines) const {
    std::string out = "<ol class=\"log\">\n";
    std::uint64_t previous = 0;
    for (const NamedLine& line : lines) {
      if (line.line > previous + 1) {
        out += "<li class=\"gap\"><span class=\"no\">…</span></li>\n";
      }
      const std::string text =
          line.text.empty()
              ? "<code class=\"ours\">" +
                    EscapeHtml(Printable(line.words, kMaxExcerptBytes)) +
                    "</code>"
              : "<code>" + EscapeHtml(ExcerptText(line.text, kMaxLine)) +
                    "</code>";
      out += fmt::format(
          "<li id=\"{}\" tabindex=\"-1\"><span class=\"no\">{}</span>{}</li>\n",
          EscapeHtml(links_.Id(line.line)),
          EscapeHtml(NumberOf(line.line, line.place)), text);
      previous = line.line;
    }
    return out + "</ol>\n";
  }

 private:
  // The whole of what is kept of a line: the page is where links lead to.
  static constexpr std::size_t kMaxLine = 2'000;

  std::string Number(std::uint64_t line, const std::string& place) const {
    return line == 0 ? ""
                     : links_.Link(line, EscapeHtml(NumberOf(line, place)));
  }

  const LineLinks& links_;
};

}  // namespace

std::string WriteHtmlArticle(const Document& document, const HtmlStyle& style) {
  const LineLinks links(document, style.id_prefix);
  const HtmlPen pen(links);
  const HtmlWords& words = style.words;
  const auto heading = [](std::string_view text) {
    return "<h2>" + EscapeHtml(text) + "</h2>\n";
  };
  std::string out = fmt::format("<article lang=\"{}\">\n", words.language);
  if (!style.file.empty()) {
    out +=
        "<p class=\"note\"><code>" + EscapeHtml(style.file) + "</code></p>\n";
  }
  out += fmt::format("<div class=\"core {}\">\n<h1>{}</h1>\n{}</div>\n",
                     style.tone, links.Inline(document.title),
                     pen.Write(document.core));
  if (!document.pictures.empty()) {
    out += heading(words.pictures);
    out += "<p class=\"note\">" + EscapeHtml(words.how) + "</p>\n";
    for (const Picture& picture : document.pictures) {
      out += WriteFigure(picture, links);
    }
  }
  if (!document.parts.empty()) out += heading(words.more);
  for (const Part& part : document.parts) {
    out +=
        "<h3>" + links.Inline(part.title) + "</h3>\n" + pen.Write(part.blocks);
  }
  if (!document.lines.empty()) {
    out += heading(words.lines) + pen.Lines(document.lines);
  }
  return out + "</article>\n";
}

std::string HtmlBegin(std::string_view language, std::string_view title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
      language, kPolicy, EscapeHtml(title), kPageStyle);
}

std::string_view HtmlEnd() { return "</main>\n</body>\n</html>\n"; }

}  // namespace logdiag
