// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/html_text.h"

#include <fmt/format.h>

#include <charconv>

#include "analyzer/support/text.h"
#include "reports/document/line_places.h"

namespace logdiag {
namespace {

// Of "1,204"; 0 for what is no number.
std::uint64_t LineNumber(std::string_view text) {
  std::uint64_t line = 0;
  for (const char c : text) {
    if (IsDigit(c)) line = line * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return line;
}

// A link of ours leads out of the page, and can do nothing else.
bool IsWebAddress(std::string_view url) {
  return StartsWith(url, "https://") || StartsWith(url, "http://");
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

LineLinks::LineLinks(const Document& document, std::string_view id_prefix)
    : prefix_(id_prefix) {
  for (const NamedLine& line : document.lines) lines_.insert(line.line);
}

std::string LineLinks::Id(std::uint64_t line) const {
  return fmt::format("{}L{}", prefix_, line);
}

std::string LineLinks::Link(std::uint64_t line, std::string_view html,
                            std::string_view attributes) const {
  if (lines_.count(line) == 0) return std::string(html);
  return fmt::format("<a href=\"#{}\"{}{}>{}</a>", EscapeHtml(Id(line)),
                     attributes.empty() ? "" : " ", attributes, html);
}

std::string LineLinks::Words(std::string_view text) const {
  std::string out;
  std::size_t told = 0;
  for (auto at = NextLineMention(text, 0); at;
       at = NextLineMention(text, at->begin + at->size)) {
    out += EscapeHtml(text.substr(told, at->begin - told));
    out += Link(at->line, text.substr(at->begin, at->size));
    told = at->begin + at->size;
  }
  return out + EscapeHtml(text.substr(told));
}

std::string LineLinks::Inline(const Spans& spans) const {
  std::string out;
  for (const Span& span : spans) {
    const std::string text = EscapeHtml(span.text);
    switch (span.kind) {
      case Span::Kind::kText:
        out += Words(span.text);
        break;
      case Span::Kind::kLine:
        out += Link(LineNumber(span.text), text);
        break;
      case Span::Kind::kStrong:
        out += "<strong>" + Words(span.text) + "</strong>";
        break;
      case Span::Kind::kEmphasis:
        out += "<em>" + Words(span.text) + "</em>";
        break;
      case Span::Kind::kCode:
        out += "<code>" + text + "</code>";
        break;
      case Span::Kind::kLink:
        out += IsWebAddress(span.text) ? "<a rel=\"noreferrer\" href=\"" +
                                             text + "\">" + text + "</a>"
                                       : "<code>" + text + "</code>";
        break;
    }
  }
  return out;
}

}  // namespace logdiag
