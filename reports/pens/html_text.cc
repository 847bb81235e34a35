// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/html_text.h"

#include <fmt/format.h>

#include <charconv>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsWordChar(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

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
  for (std::size_t at = text.find('L'); at != text.npos;
       at = text.find('L', at + 1)) {
    std::uint64_t line = 0;
    const char* const end = text.data() + text.size();
    const auto number = std::from_chars(text.data() + at + 1, end, line);
    const bool starts = at == 0 || !IsWordChar(text[at - 1]);
    const bool ends = number.ptr == end || !IsWordChar(*number.ptr);
    if (number.ec != std::errc() || !starts || !ends) continue;
    const auto size = static_cast<std::size_t>(number.ptr - (text.data() + at));
    out += EscapeHtml(text.substr(told, at - told));
    out += Link(line, text.substr(at, size));
    told = at + size;
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
