// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/terminal.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/pens/excerpt.h"

namespace logdiag {
namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kCyan = "\x1b[36m";
constexpr std::string_view kPlain = "\x1b[0m";
constexpr std::size_t kLeastWidth = 40;

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The first `columns` of `text`; what is cut shows as dots.
std::string Cut(std::string_view text, std::size_t columns) {
  if (Columns(text) <= columns) return std::string(text);
  std::size_t at = 0;
  for (std::size_t n = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (++n > columns - 3) break;
  }
  return std::string(text.substr(0, at)) + "...";
}

// Words of the spans, with the style that each is in.
struct Word {
  std::string text;
  std::string_view style;
  bool glued = false;  // no blank before it
};

class TerminalPen {
 public:
  explicit TerminalPen(const TerminalStyle& style)
      : style_(style), width_(std::max(style.width, kLeastWidth)) {}

  std::string Styled(std::string_view text, std::string_view style) const {
    if (!style_.colour || style.empty() || text.empty()) {
      return std::string(text);
    }
    return std::string(style).append(text).append(kPlain);
  }

  // `spans` folded at the width; the first line after `first`, the others moved
  // right by as much.
  std::string Fold(const Spans& spans, std::string_view first) const {
    std::string out(first);
    std::size_t column = Columns(first);
    const std::size_t margin = column;
    for (const Word& word : WordsOf(spans)) {
      const std::size_t size = Columns(word.text);
      const bool fits = column + (word.glued ? 0 : 1) + size <= width_;
      if (column > margin && !word.glued) {
        if (fits) {
          out += ' ';
          ++column;
        } else {
          out += '\n' + std::string(margin, ' ');
          column = margin;
        }
      }
      out += Styled(word.text, word.style);
      column += size;
    }
    return out;
  }

  std::string operator()(const Heading& heading) const {
    return Styled(PlainText(heading.text), kBold);
  }

  std::string operator()(const Paragraph& paragraph) const {
    return Fold(paragraph.text, "");
  }

  std::string operator()(const List& list) const {
    std::string out;
    std::size_t number = 0;
    for (const Item& item : list.items) {
      const std::string mark =
          list.numbered ? std::to_string(++number) + ". " : "- ";
      if (!out.empty()) out += '\n';
      out += Fold(item.text, mark);
      if (!item.more.empty()) out += '\n' + Write(item.more);
    }
    return out;
  }

  std::string operator()(const Excerpt& excerpt) const {
    std::string out;
    for (const std::string& row : ExcerptRows(excerpt)) {
      if (!out.empty()) out += '\n';
      const bool marked = StartsWith(row, ">");
      out += Styled(Cut(row, width_), marked ? kBold : kDim);
    }
    return out;
  }

  std::string operator()(const Code& code) const {
    std::string out;
    std::string_view rest = code.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      if (!out.empty()) out += '\n';
      // A command must stay whole, to be copied.
      out += "    ";
      out += rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }

  std::string operator()(const Moments& moments) const {
    return Joined(MomentRows(moments), "    ");
  }

  std::string operator()(const Table& table) const {
    return Joined(TableRows(table), "");
  }

  std::string Write(const Blocks& blocks) const {
    std::string out;
    const Block* previous = nullptr;
    for (const Block& block : blocks) {
      if (previous != nullptr) {
        // A heading stands close to what it heads.
        out += std::holds_alternative<Heading>(previous->is) ? "\n" : "\n\n";
      }
      out += std::visit(*this, block.is);
      previous = &block;
    }
    return out;
  }

 private:
  static std::string Joined(const std::vector<std::string>& rows,
                            std::string_view indent) {
    std::string out;
    for (const std::string& row : rows) {
      if (!out.empty()) out += '\n';
      out.append(indent).append(row);
    }
    return out;
  }

  static std::string_view StyleOf(Span::Kind kind) {
    switch (kind) {
      case Span::Kind::kStrong:
        return kBold;
      case Span::Kind::kCode:
      case Span::Kind::kLink:
        return kCyan;
      case Span::Kind::kText:
      case Span::Kind::kLine:
      case Span::Kind::kEmphasis:
        break;
    }
    return "";
  }

  static std::vector<Word> WordsOf(const Spans& spans) {
    std::vector<Word> words;
    bool glued = true;
    for (const Span& span : spans) {
      const std::string_view style = StyleOf(span.kind);
      // Code is one word: it must not be torn, so that it can be copied.
      if (span.kind == Span::Kind::kCode) {
        words.push_back({span.text, style, glued});
        glued = true;
        continue;
      }
      std::string_view rest = span.text;
      while (!rest.empty()) {
        if (rest.front() == ' ') {
          glued = false;
          rest.remove_prefix(1);
          continue;
        }
        const std::size_t end = std::min(rest.find(' '), rest.size());
        words.push_back({std::string(rest.substr(0, end)), style, glued});
        glued = true;
        rest.remove_prefix(end);
      }
    }
    return words;
  }

  const TerminalStyle& style_;
  std::size_t width_;
};

}  // namespace

std::string WriteTerminal(const Document& document,
                          const TerminalStyle& style) {
  const TerminalPen pen(style);
  std::string out;
  if (!style.file.empty()) out += pen.Styled(style.file, kDim) + "\n";
  Spans title = document.title;
  for (Span& span : title) {
    if (span.kind == Span::Kind::kText) span.kind = Span::Kind::kStrong;
  }
  out += pen.Fold(title, "") + "\n";
  const std::string core = pen.Write(document.core);
  if (!core.empty()) out += "\n" + core + "\n";
  if (style.core_only) return out;
  for (const Part& part : document.parts) {
    out += "\n" + pen(Heading{3, part.title}) + "\n" + pen.Write(part.blocks) +
           "\n";
  }
  return out;
}

}  // namespace logdiag
