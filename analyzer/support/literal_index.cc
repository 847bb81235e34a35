// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/literal_index.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "analyzer/support/regex_needs.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kGram = 3;
constexpr std::size_t kMaxStride = 4;

constexpr std::array<unsigned char, 256> FoldTable() {
  std::array<unsigned char, 256> table{};
  for (unsigned i = 0; i < table.size(); ++i) {
    table[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  }
  return table;
}
constexpr std::array<unsigned char, 256> kFold = FoldTable();

unsigned char Folded(char c) { return kFold[static_cast<unsigned char>(c)]; }

// Of three bytes, with a bit set that tells capitals from small letters; what
// else it tells apart matters little here.
std::uint32_t HashOf(std::uint32_t gram, unsigned bits) {
  constexpr std::uint32_t kThreeBytes = 0x00FFFFFFU;
  constexpr std::uint32_t kCaseBits = 0x00202020U;
  return (((gram & kThreeBytes) | kCaseBits) * 0x9E3779B1U) >> (32 - bits);
}

std::uint32_t LoadGram(const char* bytes, std::size_t size) {
  std::uint32_t gram = 0;
  std::memcpy(&gram, bytes, size);
  return gram;
}

bool StandsFoldedAt(std::string_view text, std::size_t position,
                    std::string_view folded) {
  if (text.size() - position < folded.size()) return false;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (Folded(text[position + i]) != static_cast<unsigned char>(folded[i])) {
      return false;
    }
  }
  return true;
}

// Punctuation alone stands in too many texts for three bytes of it to tell.
bool IsPunctuation(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const unsigned char byte = Folded(c);
    return byte < 0x80 && !(byte >= 'a' && byte <= 'z') &&
           !(byte >= '0' && byte <= '9');
  });
}

}  // namespace

void LiteralIndex::Add(std::string_view literal, std::size_t owner) {
  if (literal.empty()) return;
  if (literal.size() < kGram || IsPunctuation(literal)) {
    plain_.push_back({std::string(literal), owner});
  } else {
    literals_.push_back({FoldCase(literal), owner});
  }
}

void LiteralIndex::Build() {
  stride_ = kMaxStride;
  for (const Literal& literal : literals_) {
    stride_ = std::min(stride_, literal.folded.size() - kGram + 1);
  }
  constexpr std::size_t kMost = std::numeric_limits<std::uint16_t>::max();
  for (std::size_t l = 0; l < literals_.size(); ++l) {
    // One of them stands where the search looks, wherever the literal does.
    for (std::size_t offset = 0; offset < stride_; ++offset) {
      if (grams_.size() == kMost) return;
      std::uint16_t& head = heads_[HashOf(
          LoadGram(literals_[l].folded.data() + offset, kGram), kHashBits)];
      grams_.push_back({static_cast<std::uint32_t>(l),
                        static_cast<std::uint32_t>(offset), head});
      head = static_cast<std::uint16_t>(grams_.size());
    }
  }
}

std::vector<std::size_t> LiteralIndex::Owners(std::string_view text) const {
  std::vector<std::size_t> owners;
  for (const Literal& literal : plain_) {
    if (Contains(text, literal.folded)) owners.push_back(literal.owner);
  }
  if (!grams_.empty() && text.size() >= kGram) {
    // Four bytes are loaded at once, so the last position stands apart.
    const std::size_t last = text.size() - kGram;
    std::size_t i = 0;
    for (; i < last; i += stride_) {
      const std::uint32_t gram = LoadGram(text.data() + i, kGram + 1);
      const std::uint32_t head = heads_[HashOf(gram, kHashBits)];
      if (head != 0) Compare(text, i, head, &owners);
    }
    if (i == last) {
      const std::uint32_t gram = LoadGram(text.data() + i, kGram);
      Compare(text, i, heads_[HashOf(gram, kHashBits)], &owners);
    }
  }
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  return owners;
}

void LiteralIndex::Compare(std::string_view text, std::size_t position,
                           std::uint32_t head,
                           std::vector<std::size_t>* owners) const {
  for (std::uint32_t g = head; g != 0; g = grams_[g - 1].next) {
    const Gram& gram = grams_[g - 1];
    const Literal& literal = literals_[gram.literal];
    if (gram.offset > position) continue;
    if (std::find(owners->begin(), owners->end(), literal.owner) !=
        owners->end()) {
      continue;
    }
    if (StandsFoldedAt(text, position - gram.offset, literal.folded)) {
      owners->push_back(literal.owner);
    }
  }
}

}  // namespace logdiag
