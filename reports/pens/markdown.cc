// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analyzer/support/text.h"
#include "reports/pens/escape.h"
#include "reports/pens/excerpt.h"

namespace logdiag {
namespace {

// A fence longer than any run of backticks in `body`, which is printable.
std::string Fence(std::string_view body, std::string_view language) {
  constexpr std::size_t kShortestFence = 3;
  std::size_t run = 0;
  std::size_t longest = kShortestFence - 1;
  for (const char c : body) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string ticks(longest + 1, '`');
  const std::string_view end = EndsWith(body, "\n") ? "" : "\n";
  return fmt::format("{}{}\n{}{}{}", ticks, language, body, end, ticks);
}

std::string Rows(const std::vector<std::string>& rows) {
  return fmt::format("{}", fmt::join(rows, "\n"));
}

// Our words keep the blanks at their ends, which join them to what is beside.
std::string Words(std::string_view text, std::string_view mark) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = text.find_last_not_of(' ') + 1;
  if (begin >= end) return std::string(text);
  std::string out(text.substr(0, begin));
  out.append(mark);
  out += EscapeProse(text.substr(begin, end - begin), kMaxCatalogueBytes);
  return out.append(mark).append(text.substr(end));
}

std::string SpanText(const Span& span) {
  switch (span.kind) {
    case Span::Kind::kText:
    case Span::Kind::kLine:
      return Words(span.text, "");
    case Span::Kind::kStrong:
      return Words(span.text, "**");
    case Span::Kind::kEmphasis:
      return Words(span.text, "*");
    case Span::Kind::kLink:
      return "<" + span.text + ">";
    case Span::Kind::kCode:
      break;
  }
  return CodeSpan(span.text);
}

std::string InlineText(const Spans& spans) {
  std::string out;
  for (const Span& span : spans) {
    const std::string text = SpanText(span);
    if (text.empty()) continue;
    // Code that is glued to code would change where it ends.
    if (!out.empty() && out.back() == '`' && text.front() == '`') out += ' ';
    out += text;
  }
  return out;
}

// `text` with every line but the first moved right by `blanks`.
std::string Indented(std::string_view text, std::size_t blanks) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] != '\n') {
      out.append(blanks, ' ');
    }
  }
  return out;
}

class MarkdownPen {
 public:
  explicit MarkdownPen(const MarkdownStyle& style) : style_(style) {}

  std::string operator()(const Heading& heading) const {
    return std::string(
               static_cast<std::size_t>(heading.level + style_.level - 1),
               '#') +
           " " + InlineText(heading.text);
  }

  std::string operator()(const Paragraph& paragraph) const {
    return InlineText(paragraph.text);
  }

  std::string operator()(const List& list) const {
    std::string out;
    std::size_t number = 0;
    for (const Item& item : list.items) {
      const std::string mark =
          list.numbered ? std::to_string(++number) + ". " : "- ";
      if (!out.empty()) out += "\n";
      out += mark + InlineText(item.text);
      if (!item.more.empty()) {
        out += "\n\n" + std::string(mark.size(), ' ') +
               Indented(Write(item.more), mark.size());
      }
    }
    return out;
  }

  std::string operator()(const Excerpt& excerpt) const {
    return Fence(Rows(ExcerptRows(excerpt)), "text");
  }

  std::string operator()(const Code& code) const {
    return Fence(code.text, code.language);
  }

  std::string operator()(const Moments& moments) const {
    return Fence(Rows(MomentRows(moments)), "text");
  }

  std::string operator()(const Table& table) const {
    if (!style_.tables) return Fence(Rows(TableRows(table)), "text");
    std::string out = Row(table.header) + "\n|";
    for (std::size_t i = 0; i < table.header.size(); ++i) out += "---|";
    for (const auto& row : table.rows) out += "\n" + Row(row);
    return out;
  }

  std::string Write(const Blocks& blocks) const {
    std::string out;
    for (const Block& block : blocks) {
      if (!out.empty()) out += "\n\n";
      out += std::visit(*this, block.is);
    }
    return out;
  }

  std::string WritePart(const Part& part) const {
    if (!style_.folds) {
      return (*this)(Heading{3, part.title}) + "\n\n" + Write(part.blocks);
    }
    // The blank lines make the Markdown inside render.
    return "<details><summary>" + InlineText(part.title) + "</summary>\n\n" +
           Write(part.blocks) + "\n\n</details>";
  }

 private:
  static std::string Row(const std::vector<Spans>& cells) {
    std::string out = "|";
    for (const Spans& cell : cells)
      out += " " + TableCell(InlineText(cell)) + " |";
    return out;
  }

  const MarkdownStyle& style_;
};

}  // namespace

std::string WriteMarkdownCore(const Document& document,
                              const MarkdownStyle& style) {
  const MarkdownPen pen(style);
  std::string out = pen(Heading{1, document.title});
  const std::string core = pen.Write(document.core);
  if (!core.empty()) out += "\n\n" + core;
  return out + "\n";
}

std::string WriteMarkdown(const Document& document,
                          const MarkdownStyle& style) {
  const MarkdownPen pen(style);
  std::string out = WriteMarkdownCore(document, style);
  if (document.parts.empty()) return out;
  if (!style.folds) out += "\n" + pen(Heading{2, document.more}) + "\n";
  for (const Part& part : document.parts) {
    out += "\n" + pen.WritePart(part) + "\n";
  }
  return out;
}

std::string WriteMarkdownBlocks(const Blocks& blocks,
                                const MarkdownStyle& style) {
  return MarkdownPen(style).Write(blocks) + "\n";
}

}  // namespace logdiag
