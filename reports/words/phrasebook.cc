// SPDX-License-Identifier: Apache-2.0
#include "reports/words/phrasebook.h"

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kCodePrefix = "code:";
constexpr std::string_view kLinePrefix = "at:";

}  // namespace

Slots& Slots::Log(std::string_view name, std::string_view raw) {
  return Put(name, LogSpan(raw));
}

Slots& Slots::Own(std::string_view name, std::string_view words) {
  return Put(name, TextSpan(words));
}

Slots& Slots::Put(std::string_view name, Spans spans) {
  spans_.insert_or_assign(std::string(name), std::move(spans));
  return *this;
}

const Spans* Slots::Find(std::string_view name) const {
  const auto found = spans_.find(name);
  return found == spans_.end() ? nullptr : &found->second;
}

Phrasebook::Phrasebook(const Catalogue& catalogue, const Language* language,
                       Values values)
    : catalogue_(catalogue), language_(language), values_(std::move(values)) {}

std::string Phrasebook::language() const {
  return language_ == nullptr ? "en" : std::string(language_->code.view());
}

std::string_view Phrasebook::Text(std::string_view key) const {
  if (language_ != nullptr) {
    const auto found = language_->texts.find(key);
    if (found != language_->texts.end()) return found->second;
  }
  const auto found = catalogue_.texts.find(key);
  if (found == catalogue_.texts.end()) return {};
  return found->second;
}

std::string_view Phrasebook::Local(std::string_view pattern) const {
  if (language_ == nullptr) return pattern;
  const auto found = language_->sentences.find(pattern);
  if (found != language_->sentences.end()) return found->second;
  // Sentences of the analysis itself are texts with a key.
  for (const auto& [key, text] : catalogue_.texts) {
    if (text == pattern) return Text(key);
  }
  return pattern;
}

bool Phrasebook::Has(std::string_view key) const {
  return catalogue_.texts.find(key) != catalogue_.texts.end();
}

Phrasebook Phrasebook::With(Values values) const {
  return Phrasebook(catalogue_, language_, std::move(values));
}

std::optional<std::string> Phrasebook::Value(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

std::optional<Spans> Phrasebook::Look(std::string_view name,
                                      const Slots& slots) const {
  const bool code = StartsWith(name, kCodePrefix);
  if (code) name.remove_prefix(kCodePrefix.size());
  const bool line = StartsWith(name, kLinePrefix);
  if (line) name.remove_prefix(kLinePrefix.size());
  Spans spans;
  if (const Spans* slot = slots.Find(name)) {
    spans = *slot;
  } else if (name == "phase_words") {
    auto phase = Value("phase_word");
    if (!phase) phase = Value("phase");
    if (phase && !phase->empty() && *phase != "unknown")
      spans = TextSpan(Word("phase", *phase));
  } else if (const auto value = Value(name)) {
    // The name of a program is the catalogue's.
    spans = name == "program" ? TextSpan(*value) : LogSpan(*value);
  }
  if (spans.empty()) return std::nullopt;
  if (line) return Spans{{Span::Kind::kLine, PlainText(spans)}};
  return code ? CodeSpans(PlainText(spans)) : spans;
}

bool Phrasebook::CanSay(std::string_view key, const Slots& slots) const {
  return Has(key) && IsWhole(Text(key), [&](std::string_view name) {
           return Look(name, slots);
         });
}

Spans Phrasebook::Say(std::string_view key, const Slots& slots) const {
  return ComposeSpans(Text(key),
                      [&](std::string_view name) { return Look(name, slots); });
}

std::string Phrasebook::Plain(std::string_view key, const Slots& slots) const {
  return PlainText(Say(key, slots));
}

Blocks Phrasebook::SayBlocks(std::string_view key, const Slots& slots,
                             const BlockLookup& blocks) const {
  return ComposeBlocks(
      Text(key), [&](std::string_view name) { return Look(name, slots); },
      blocks);
}

std::string Phrasebook::Word(std::string_view group,
                             std::string_view name) const {
  std::string key(group);
  key.append(".").append(name);
  return Has(key) ? Plain(key) : std::string(name);
}

Spans Phrasebook::Fill(std::string_view pattern, const Slots& slots) const {
  return ComposeSpans(Local(pattern),
                      [&](std::string_view name) { return Look(name, slots); });
}

Spans Phrasebook::Fill(const Sentence& sentence) const {
  Slots slots;
  for (const auto& [name, value] : sentence.values) slots.Log(name, value);
  return Fill(sentence.pattern, slots);
}

Spans Phrasebook::Literal(std::string_view text) const {
  return ComposeLiteral(Local(text));
}

bool Phrasebook::CanFill(std::string_view pattern) const {
  return IsWhole(Local(pattern),
                 [&](std::string_view name) { return Look(name, {}); });
}

std::string Phrasebook::Command(std::string_view command) const {
  // Where programs lie if the log does not say.
  constexpr std::string_view kUsual = "usual.";
  Values usual;
  const auto& texts = catalogue_.texts;
  for (auto text = texts.lower_bound(kUsual);
       text != texts.end() && StartsWith(text->first, kUsual); ++text) {
    usual.emplace(text->first.view().substr(kUsual.size()), text->second);
  }
  return FillCommand(command, values_, usual);
}

}  // namespace logdiag
