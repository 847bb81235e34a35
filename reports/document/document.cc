// SPDX-License-Identifier: Apache-2.0
#include "reports/document/document.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string OneLine(std::string_view raw) {
  std::string buffer;
  std::string line(TrimRight(LastRedraw(StripAnsi(raw, &buffer))));
  for (char& c : line) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return Printable(TrimRight(TrimLeft(line)), line.size());
}

// The last `max_bytes` or fewer of `text`, at the start of a character.
std::string_view Tail(std::string_view text, std::size_t max_bytes) {
  std::size_t at = text.size() - std::min(max_bytes, text.size());
  while (at < text.size() &&
         (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
    ++at;
  }
  return text.substr(at);
}

std::string WithoutMiddle(const std::string& text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  const std::size_t room = max_bytes - std::min(max_bytes, kDots.size());
  std::string cut(TrimRight(CutUtf8(text, room / 2)));
  cut.append(kDots).append(TrimLeft(Tail(text, room - room / 2)));
  return cut;
}

bool IsUnit(std::string_view word) {
  constexpr std::array<std::string_view, 16> kUnits = {
      "B",  "KB", "MB",  "GB", "TB", "KiB", "MiB", "GiB",
      "ms", "s",  "min", "h",  "d",  "%",   "UTC", "fps"};
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

// "0/3", "704x704", "2025-10-23", "16:28:08.007", "1,234", "-1".
bool IsNumberWord(std::string_view word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::any_of(word.begin(), word.end(), is_digit) &&
         std::all_of(word.begin(), word.end(),
                     [&](char c) {
                       return is_digit(c) ||
                              std::string_view(".,:/x%+-").find(c) !=
                                  std::string_view::npos;
                     }) &&
         !Contains(word, "://");
}

}  // namespace

LogText::LogText(std::string_view raw, std::size_t max_bytes)
    : shown_(WithoutMiddle(OneLine(raw), max_bytes)) {}

bool LogText::IsFigure() const {
  constexpr std::size_t kMaxFigure = 40;
  if (shown_.empty() || shown_.size() > kMaxFigure) return false;
  std::string_view rest = shown_;
  bool first = true;
  while (!rest.empty()) {
    const std::size_t size = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, size);
    if (!IsNumberWord(word) && (first || !IsUnit(word))) return false;
    first = false;
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return true;
}

Spans TextSpan(std::string_view words) {
  if (words.empty()) return {};
  return {{Span::Kind::kText, std::string(words)}};
}

Spans StrongSpan(std::string_view words) {
  if (words.empty()) return {};
  return {{Span::Kind::kStrong, std::string(words)}};
}

Spans LogSpan(std::string_view raw, std::size_t max_bytes) {
  const LogText text(raw, max_bytes);
  if (text.IsFigure()) return TextSpan(text.shown());
  return CodeSpans(text.shown());
}

Spans CodeSpans(std::string_view text) {
  if (text.find_first_not_of(' ') == std::string_view::npos) return {};
  return {{Span::Kind::kCode, std::string(text)}};
}

void Append(Spans more, Spans* spans) {
  for (Span& span : more) {
    if (!spans->empty() && span.kind == Span::Kind::kText &&
        spans->back().kind == Span::Kind::kText) {
      spans->back().text += span.text;
    } else {
      spans->push_back(std::move(span));
    }
  }
}

void AddAll(Blocks more, Blocks* blocks) {
  blocks->insert(blocks->end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
}

std::string PlainText(const Spans& spans) {
  std::string text;
  for (const Span& span : spans) text += span.text;
  return text;
}

}  // namespace logdiag
