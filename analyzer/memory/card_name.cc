// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/card_name.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "analyzer/memory/match.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// The size on the box in GB, GiB, or less what the driver keeps.
constexpr double kSizeTolerance = 0.06;

std::vector<std::string> CardNameWords(std::string_view text) {
  std::vector<std::string> words(1);
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (IsDigit(c) || (c >= 'a' && c <= 'z')) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool IsUnit(std::string_view word) {
  return word == "g" || word == "gb" || word == "gib";
}

// A name without what tells no card from another.
struct CardWords {
  std::string core;  // "h100sxm"
  std::optional<double> mib;
};

// Takes "80gb", and "80" with a "gb" after it, out of `words`.
std::optional<double> TakeSize(std::vector<std::string>* words) {
  for (auto word = words->begin(); word != words->end(); ++word) {
    const auto end = std::find_if_not(word->begin(), word->end(), IsDigit);
    const std::optional<double> gib =
        ReadNumber(std::string(word->begin(), end));
    const std::string unit(end, word->end());
    const auto next = word + 1;
    const bool apart = unit.empty() && next != words->end() && IsUnit(*next);
    if (!gib || !(IsUnit(unit) || apart)) continue;
    words->erase(word, apart ? next + 1 : next);
    return *gib * kMibPerGib;
  }
  return std::nullopt;
}

CardWords Read(const Hardware& hardware, std::string_view name) {
  std::vector<std::string> words = CardNameWords(name);
  CardWords read;
  read.mib = TakeSize(&words);
  for (std::string_view word : words) {
    for (const std::string& filler : hardware.card_words) {
      if (!word.starts_with(filler)) continue;
      const std::string_view rest = word.substr(filler.size());
      if (rest.empty() || IsDigit(rest[0])) word = rest;  // "rtx4090", too
    }
    read.core += word;
  }
  return read;
}

bool SameSize(double told, double nominal) {
  return std::abs(told - nominal) <= kSizeTolerance * nominal;
}

bool Means(const CardWords& typed, const CardWords& name, const GpuCard& card) {
  if (typed.core != name.core) return false;
  if (!typed.mib) return !name.mib;
  return SameSize(*typed.mib, name.mib.value_or(card.nominal_mib));
}

bool IsNamed(const Hardware& hardware, const GpuCard& card,
             const CardWords& typed) {
  const auto means = [&](const std::string& name) {
    return Means(typed, Read(hardware, name), card);
  };
  return means(card.name) ||
         std::any_of(card.match.begin(), card.match.end(), means) ||
         std::any_of(card.also.begin(), card.also.end(), means);
}

}  // namespace

const GpuCard* CardNamed(const Hardware& hardware, std::string_view typed) {
  const CardWords words = Read(hardware, typed);
  if (words.core.empty()) return nullptr;
  for (const GpuCard& card : hardware.gpus) {
    if (IsNamed(hardware, card, words)) return &card;
  }
  const GpuCard* device = MatchCard(hardware, typed);
  const bool other_size = device != nullptr && words.mib &&
                          !SameSize(*words.mib, device->nominal_mib);
  return other_size ? nullptr : device;
}

const std::string& DeviceName(const GpuCard& card) {
  return card.match.empty() ? card.name : card.match.front();
}

}  // namespace logdiag
