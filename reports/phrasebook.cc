#include "reports/phrasebook.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/support/text.h"
#include "reports/escape.h"

namespace logdiag {
namespace {

constexpr std::string_view kCodePrefix = "code:";

std::optional<std::string> Find(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

// True if every placeholder outside [groups] is known.
bool Complete(std::string_view line, const ValueLookup& lookup) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool doubled = i + 1 < line.size() && line[i + 1] == line[i];
    if (line[i] != '{' && line[i] != '[') continue;
    if (doubled) {
      ++i;
      continue;
    }
    const std::size_t end = line.find(line[i] == '[' ? ']' : '}', i);
    if (end == std::string_view::npos) continue;
    if (line[i] == '{' && !lookup(line.substr(i + 1, end - i - 1))) {
      return false;
    }
    i = end;
  }
  return true;
}

std::string FillLines(std::string_view text, const ValueLookup& lookup) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, size);
    if (Complete(line, lookup)) out += FillTemplate(line, lookup);
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace

std::string_view Phrasebook::Text(std::string_view key) const {
  const auto found = catalogue_.texts.find(key);
  if (found == catalogue_.texts.end()) return {};
  return found->second;
}

bool Phrasebook::Has(std::string_view key) const {
  return catalogue_.texts.find(key) != catalogue_.texts.end();
}

std::optional<std::string> Phrasebook::Value(std::string_view name) const {
  return Find(values_, name);
}

namespace {

// Looks in the slots, then in the values; escapes what is not Markdown.
struct MarkdownLookup {
  const Slots& slots;
  const Values& values;

  std::optional<std::string> operator()(std::string_view name) const {
    if (auto markdown = Find(slots.markdown, name)) return markdown;
    const bool code = StartsWith(name, kCodePrefix);
    if (code) name.remove_prefix(kCodePrefix.size());
    auto raw = Find(slots.raw, name);
    if (!raw) raw = Find(values, name);
    if (!raw || raw->empty()) return std::nullopt;
    return code ? CodeSpan(*raw) : EscapeProse(*raw);
  }
};

}  // namespace

std::string Phrasebook::Say(std::string_view key, const Slots& slots) const {
  const ValueLookup lookup = MarkdownLookup{slots, values_};
  return std::string(TrimRight(FillTemplate(Text(key), lookup)));
}

std::string Phrasebook::SayLines(std::string_view key,
                                 const Slots& slots) const {
  return FillLines(Text(key), MarkdownLookup{slots, values_});
}

std::string Phrasebook::Plain(std::string_view key, const Slots& slots) const {
  const ValueLookup lookup =
      [&](std::string_view name) -> std::optional<std::string> {
    if (StartsWith(name, kCodePrefix)) name.remove_prefix(kCodePrefix.size());
    auto raw = Find(slots.raw, name);
    if (!raw) raw = Find(values_, name);
    return raw && raw->empty() ? std::nullopt : raw;
  };
  return FillTemplate(Text(key), lookup);
}

std::string Phrasebook::Word(std::string_view group,
                             std::string_view name) const {
  std::string key(group);
  key.append(".").append(name);
  return Has(key) ? Plain(key) : std::string(name);
}

std::string Phrasebook::Fill(std::string_view sentence) const {
  return FillTemplate(sentence, values_);
}

std::string Phrasebook::Command(std::string_view command) const {
  return FillCommand(command, values_);
}

}  // namespace logdiag
