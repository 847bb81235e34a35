// SPDX-License-Identifier: Apache-2.0
#include "reports/document/compose.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/template.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A value's place in a text that is being filled: its number between two bytes
// that no text of the catalogue holds.
constexpr char kOpen = '\x01';
constexpr char kClose = '\x02';

struct Filled {
  std::string text;
  std::vector<Spans> values;
};

Filled Fill(std::string_view pattern, const SpanLookup& lookup) {
  Filled filled;
  filled.text = FillTemplate(
      pattern, [&](std::string_view name) -> std::optional<std::string> {
        std::optional<Spans> value = lookup(name);
        if (!value || value->empty()) return std::nullopt;
        filled.values.push_back(*std::move(value));
        return kOpen + std::to_string(filled.values.size() - 1) + kClose;
      });
  return filled;
}

// Reads the marks of a filled text.
class InlineReader {
 public:
  explicit InlineReader(const Filled& filled)
      : rest_(filled.text), values_(filled.values) {}

  Spans Read() {
    while (!rest_.empty()) Next();
    return std::move(spans_);
  }

 private:
  void Next() {
    if (rest_.front() == kOpen) return Append(Value(&rest_), &spans_);
    if (rest_.front() == '`' && Marked("`", Span::Kind::kCode)) return;
    if (StartsWith(rest_, "**") && Marked("**", Span::Kind::kStrong)) return;
    if (rest_.front() == '*' && Marked("*", Span::Kind::kEmphasis)) return;
    if (StartsWith(rest_, "<http") && Link()) return;
    const std::size_t end = rest_.find_first_of("`*<\x01", 1);
    Append(TextSpan(rest_.substr(0, end)), &spans_);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
  }

  Spans Value(std::string_view* text) const {
    const std::size_t end = text->find(kClose);
    const std::size_t index = std::stoul(std::string(text->substr(1, end - 1)));
    text->remove_prefix(end + 1);
    return values_[index];
  }

  // From `mark` to the next one: a span of that kind.
  bool Marked(std::string_view mark, Span::Kind kind) {
    const std::size_t end = rest_.find(mark, mark.size());
    if (end == std::string_view::npos || end == mark.size()) return false;
    std::string_view inside = rest_.substr(mark.size(), end - mark.size());
    // "2 * 3" is no emphasis.
    if (mark == "*" && inside.front() == ' ') return false;
    rest_.remove_prefix(end + mark.size());
    if (kind != Span::Kind::kCode) return AppendMarked(inside, kind);
    std::string code;
    while (!inside.empty()) {
      if (inside.front() == kOpen) {
        code += PlainText(Value(&inside));
        continue;
      }
      const std::size_t size = inside.find(kOpen);
      code += inside.substr(0, size);
      inside.remove_prefix(size == std::string_view::npos ? inside.size()
                                                          : size);
    }
    Append(CodeSpans(code), &spans_);
    return true;
  }

  // Our words get the kind; what the log says inside of them stays code.
  bool AppendMarked(std::string_view inside, Span::Kind kind) {
    while (!inside.empty()) {
      if (inside.front() == kOpen) {
        for (Span span : Value(&inside)) {
          if (span.kind == Span::Kind::kText) span.kind = kind;
          spans_.push_back(std::move(span));
        }
        continue;
      }
      const std::size_t size = inside.find(kOpen);
      spans_.push_back({kind, std::string(inside.substr(0, size))});
      inside.remove_prefix(size == std::string_view::npos ? inside.size()
                                                          : size);
    }
    return true;
  }

  bool Link() {
    const std::size_t end = rest_.find('>');
    const std::size_t stop = rest_.find_first_of(" \"'\\`\x01", 1);
    if (end == std::string_view::npos || stop < end) return false;
    spans_.push_back(
        {Span::Kind::kLink, std::string(rest_.substr(1, end - 1))});
    rest_.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest_;
  const std::vector<Spans>& values_;
  Spans spans_;
};

bool IsNumbered(std::string_view line) {
  return line.size() > 3 && line[0] >= '1' && line[0] <= '9' &&
         line.substr(1, 2) == ". ";
}

// Puts lines together to blocks.
class BlockReader {
 public:
  BlockReader(const SpanLookup& lookup, const BlockLookup& blocks)
      : lookup_(lookup), known_(blocks) {}

  void Line(std::string_view line) {
    if (in_code_) return CodeLine(line);
    if (StartsWith(line, "```")) {
      open_ = false;
      in_code_ = true;
      blocks_.push_back({Code{"", std::string(line.substr(3))}});
      return;
    }
    if (TrimLeft(line).empty()) {
      open_ = false;
      return;
    }
    if (Whole(line) || !IsWhole(line, lookup_)) return;
    if (StartsWith(line, "- ")) return ListLine(line.substr(2), false);
    if (IsNumbered(line)) return ListLine(line.substr(3), true);
    Words(line);
  }

  Blocks Take() { return std::move(blocks_); }

 private:
  void CodeLine(std::string_view line) {
    if (StartsWith(line, "```")) {
      in_code_ = false;
      return;
    }
    std::get<Code>(blocks_.back().is).text.append(line).append("\n");
  }

  // A line that is one placeholder for blocks.
  bool Whole(std::string_view line) {
    if (!known_ || line.front() != '{' || line.back() != '}') return false;
    const auto blocks = known_(line.substr(1, line.size() - 2));
    if (!blocks) return false;
    open_ = false;
    blocks_.insert(blocks_.end(), blocks->begin(), blocks->end());
    return true;
  }

  void ListLine(std::string_view text, bool numbered) {
    Spans spans = ComposeSpans(text, lookup_);
    List* list = blocks_.empty() || !open_
                     ? nullptr
                     : std::get_if<List>(&blocks_.back().is);
    if (list == nullptr || list->numbered != numbered) {
      blocks_.push_back({List{numbered, {}}});
      list = &std::get<List>(blocks_.back().is);
    }
    list->items.push_back({std::move(spans), {}});
    open_ = true;
  }

  void Words(std::string_view line) {
    Spans spans = ComposeSpans(line, lookup_);
    auto* paragraph = blocks_.empty() || !open_
                          ? nullptr
                          : std::get_if<Paragraph>(&blocks_.back().is);
    if (paragraph == nullptr) {
      blocks_.push_back({Paragraph{std::move(spans)}});
    } else {
      Append(TextSpan(" "), &paragraph->text);
      Append(std::move(spans), &paragraph->text);
    }
    open_ = true;
  }

  const SpanLookup& lookup_;
  const BlockLookup& known_;
  Blocks blocks_;
  bool open_ = false;  // the last block may go on
  bool in_code_ = false;
};

}  // namespace

bool IsWhole(std::string_view pattern, const SpanLookup& lookup) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{' && pattern[i] != '[') continue;
    if (i + 1 < pattern.size() && pattern[i + 1] == pattern[i]) {
      ++i;
      continue;
    }
    const std::size_t end = pattern.find(pattern[i] == '[' ? ']' : '}', i);
    if (end == std::string_view::npos) continue;
    if (pattern[i] == '{') {
      const auto value = lookup(pattern.substr(i + 1, end - i - 1));
      if (!value || value->empty()) return false;
    }
    i = end;
  }
  return true;
}

Spans ComposeSpans(std::string_view pattern, const SpanLookup& lookup) {
  Filled filled = Fill(pattern, lookup);
  filled.text = std::string(TrimRight(filled.text));
  while (!filled.text.empty() && filled.text.back() == '\n') {
    filled.text.pop_back();
  }
  return InlineReader(filled).Read();
}

Spans ComposeLiteral(std::string_view text) {
  const Filled literal{std::string(TrimRight(text)), {}};
  return InlineReader(literal).Read();
}

Blocks ComposeBlocks(std::string_view text, const SpanLookup& lookup,
                     const BlockLookup& blocks) {
  BlockReader reader(lookup, blocks);
  while (!text.empty()) {
    const std::size_t size = text.find('\n');
    reader.Line(text.substr(0, size));
    text.remove_prefix(size == std::string_view::npos ? text.size() : size + 1);
  }
  return reader.Take();
}

}  // namespace logdiag
