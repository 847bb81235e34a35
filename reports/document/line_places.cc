// SPDX-License-Identifier: Apache-2.0
#include "reports/document/line_places.h"

#include <charconv>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

namespace logdiag {
namespace {

bool GoesOn(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether it is part of a name, as in "pod-L4.log".
bool IsInName(std::string_view words, std::size_t begin, std::size_t end) {
  const char before = begin == 0 ? ' ' : words[begin - 1];
  if (GoesOn(before) || before == '-' || before == '.' || before == '/') {
    return true;
  }
  if (end == words.size()) return false;
  const bool joins =
      words[end] == '.' || words[end] == '/' || words[end] == ':';
  return GoesOn(words[end]) ||
         (joins && end + 1 < words.size() && GoesOn(words[end + 1]));
}

class Placer {
 public:
  explicit Placer(const CaseSources& sources) : sources_(sources) {}

  void operator()(Heading& heading) const {
    PlaceLines(sources_, &heading.text);
  }
  void operator()(Paragraph& paragraph) const {
    PlaceLines(sources_, &paragraph.text);
  }
  void operator()(List& list) const {
    for (Item& item : list.items) {
      PlaceLines(sources_, &item.text);
      PlaceLines(sources_, &item.more);
    }
  }
  void operator()(Excerpt& excerpt) const {
    for (ExcerptLine& line : excerpt.lines) {
      line.place = PlaceOfLine(sources_, line.line);
    }
  }
  void operator()(Code&) const {}
  void operator()(Moments& moments) const {
    for (Moments::Row& row : moments.rows) {
      row.place = PlaceOfLine(sources_, row.line);
    }
  }
  void operator()(Table& table) const {
    for (auto& row : table.rows) {
      for (Spans& cell : row) PlaceLines(sources_, &cell);
    }
  }

 private:
  const CaseSources& sources_;
};

std::string Placed(const CaseSources& sources, std::string_view words) {
  std::string out;
  std::size_t told = 0;
  for (auto at = NextLineMention(words, 0); at;
       at = NextLineMention(words, at->begin + at->size)) {
    const std::string place = PlaceOfLine(sources, at->line);
    if (place.empty()) continue;
    out.append(words.substr(told, at->begin - told)).append(place);
    told = at->begin + at->size;
  }
  return out.append(words.substr(told));
}

}  // namespace

std::optional<LineMention> NextLineMention(std::string_view words,
                                           std::size_t from) {
  for (std::size_t at = words.find('L', from); at != words.npos;
       at = words.find('L', at + 1)) {
    std::uint64_t line = 0;
    const char* const end = words.data() + words.size();
    const auto [stop, error] =
        std::from_chars(words.data() + at + 1, end, line);
    const auto after = static_cast<std::size_t>(stop - words.data());
    if (error != std::errc() || IsInName(words, at, after)) continue;
    return LineMention{at, after - at, line};
  }
  return std::nullopt;
}

std::string PlaceOfLine(const CaseSources& sources, std::uint64_t line) {
  const LineSpan* span = SpanOf(sources, line);
  if (span == nullptr) return "";
  return sources.files[span->file].label + ":" +
         std::to_string(span->line + (line - span->first));
}

std::string LineRef(const CaseSources& sources, std::uint64_t line) {
  const std::string place = PlaceOfLine(sources, line);
  return place.empty() ? "L" + std::to_string(line) : place;
}

void PlaceLines(const CaseSources& sources, Spans* spans) {
  if (sources.files.empty()) return;
  for (Span& span : *spans) {
    if (span.kind == Span::Kind::kText || span.kind == Span::Kind::kStrong ||
        span.kind == Span::Kind::kEmphasis) {
      span.text = Placed(sources, span.text);
    }
    if (span.kind != Span::Kind::kLine) continue;
    std::uint64_t line = 0;
    const char* const end = span.text.data() + span.text.size();
    const auto [stop, error] = std::from_chars(span.text.data(), end, line);
    if (error != std::errc() || stop != end) continue;
    const std::string place = PlaceOfLine(sources, line);
    if (!place.empty()) span = {Span::Kind::kText, place};
  }
}

void PlaceLines(const CaseSources& sources, Blocks* blocks) {
  if (sources.files.empty()) return;
  for (Block& block : *blocks) std::visit(Placer(sources), block.is);
}

}  // namespace logdiag
