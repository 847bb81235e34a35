// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex_cache.h"

#include <algorithm>
#include <cstdint>

#include "analyzer/support/regex_needs.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kTrigram = 3;

// Where the bit of the gram at `bytes` stands.
std::size_t BitOf(const char* bytes) {
  const auto byte = [bytes](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::uint32_t gram = byte(0) | byte(1) << 8 | byte(2) << 16;
  return gram * 0x9E3779B1U >> 20;
}

}  // namespace

void RegexCache::Fold(std::string_view text) {
  text_ = text;
  folded_ = FoldCase(text);
  grams_.reset();
  for (std::size_t i = 0; i + kTrigram <= folded_.size(); ++i) {
    grams_.set(BitOf(folded_.data() + i));
  }
}

bool RegexCache::HoldsAny(const std::vector<KnownText>& needs) const {
  return std::any_of(needs.begin(), needs.end(), [this](std::string_view word) {
    if (word.size() < kTrigram) return Contains(folded_, word);
    // Its ends, as words often begin alike.
    return grams_.test(BitOf(word.data())) &&
           grams_.test(BitOf(word.data() + word.size() - kTrigram)) &&
           Contains(folded_, word);
  });
}

const Regex* RegexCache::ThatMayMatch(std::string_view pattern,
                                      std::string_view text) {
  const auto [found, fresh] = entries_.try_emplace(pattern);
  Entry& entry = found->second;
  if (fresh) {
    const auto needs = needs_->find(pattern);
    if (needs != needs_->end()) entry.needs = &needs->second;
  }
  if (entry.needs != nullptr) {
    if (text_ != text) Fold(text);
    if (!HoldsAny(*entry.needs)) return nullptr;
  }
  if (!entry.compiled) {
    entry.compiled = true;
    entry.regex = Regex::Compile(pattern, nullptr);
  }
  return entry.regex ? &*entry.regex : nullptr;
}

bool RegexCache::Search(std::string_view pattern, std::string_view text) {
  const Regex* regex = ThatMayMatch(pattern, text);
  return regex != nullptr && regex->Search(text);
}

std::optional<Regex::Captures> RegexCache::Find(std::string_view pattern,
                                                std::string_view text) {
  const Regex* regex = ThatMayMatch(pattern, text);
  return regex == nullptr ? std::nullopt : regex->Find(text);
}

}  // namespace logdiag
