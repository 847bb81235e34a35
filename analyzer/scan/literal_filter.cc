// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/literal_filter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace logdiag {
namespace {

constexpr std::size_t kGram = LiteralFilter::kMinLiteral;

std::uint32_t LoadGram(const char* bytes) {
  std::uint32_t gram;
  std::memcpy(&gram, bytes, sizeof gram);
  return gram;
}

// Multiplicative hash: the upper half of the product mixes all four bytes.
std::uint32_t HashGram(std::uint32_t gram) {
  return (gram * 0x9E3779B1U) >> 16;
}

// How common each byte is in logs, 0 = rare.
constexpr std::array<int, 256> CommonBytes() {
  constexpr std::string_view kCommonFirst =
      " e0t1aoin2r3sl54d.6879cmup/-_hg:fyb,TvwI|%=()[]\"'kSCEAL";
  std::array<int, 256> common{};
  int score = static_cast<int>(kCommonFirst.size());
  for (const char c : kCommonFirst) {
    common[static_cast<unsigned char>(c)] = score--;
  }
  return common;
}
constexpr std::array<int, 256> kCommon = CommonBytes();

int CostOfWindow(std::string_view window) {
  int cost = 0;
  for (const char c : window) cost += kCommon[static_cast<unsigned char>(c)];
  // Rules and indentation repeat one byte for whole lines.
  if (window.find_first_not_of(window[0]) == std::string_view::npos) {
    cost += 1000;
  }
  return cost;
}

std::size_t RarestWindow(std::string_view literal) {
  std::size_t best = 0;
  int best_cost = CostOfWindow(literal.substr(0, kGram));
  for (std::size_t i = 1; i + kGram <= literal.size(); ++i) {
    const int cost = CostOfWindow(literal.substr(i, kGram));
    if (cost < best_cost) {
      best = i;
      best_cost = cost;
    }
  }
  return best;
}

}  // namespace

LiteralFilter::LiteralFilter(std::vector<std::string> literals)
    : literals_(std::move(literals)) {
  const auto bucket = [](const Window& window) {
    return HashGram(window.gram) >> (kHashBits - kBucketBits);
  };
  std::vector<Window> windows;
  windows.reserve(literals_.size());
  for (std::size_t i = 0; i < literals_.size(); ++i) {
    if (literals_[i].size() < kMinLiteral) continue;
    const std::size_t offset = RarestWindow(literals_[i]);
    const Window& window = windows.emplace_back(
        Window{LoadGram(literals_[i].data() + offset), offset, i});
    const std::uint32_t hash = HashGram(window.gram);
    bitmap_[hash / 64] |= std::uint64_t{1} << (hash % 64);
    ++starts_[bucket(window) + 1];
  }
  for (std::size_t b = 1; b < starts_.size(); ++b) starts_[b] += starts_[b - 1];
  auto next = std::vector<std::uint32_t>(starts_.begin(), starts_.end());
  windows_.resize(windows.size());
  for (const Window& window : windows) {
    windows_[next[bucket(window)]++] = window;
  }
}

void LiteralFilter::Find(std::string_view text,
                         std::vector<LiteralHit>* hits) const {
  if (text.size() < kGram || windows_.empty()) return;
  const std::size_t first_hit = hits->size();
  const char* const data = text.data();
  const std::size_t end = text.size() - kGram + 1;
  for (std::size_t i = 0; i < end; ++i) {
    const std::uint32_t gram = LoadGram(data + i);
    const std::uint32_t hash = HashGram(gram);
    if ((bitmap_[hash / 64] >> (hash % 64) & 1) == 0) continue;
    Compare(text, i, gram, hash, hits);
  }
  // Windows stand at different offsets of their literals.
  std::sort(hits->begin() + static_cast<std::ptrdiff_t>(first_hit), hits->end(),
            [](const LiteralHit& a, const LiteralHit& b) {
              return a.position != b.position ? a.position < b.position
                                              : a.literal < b.literal;
            });
}

void LiteralFilter::Compare(std::string_view text, std::size_t position,
                            std::uint32_t gram, std::uint32_t hash,
                            std::vector<LiteralHit>* hits) const {
  const std::uint32_t bucket = hash >> (kHashBits - kBucketBits);
  for (std::uint32_t w = starts_[bucket]; w < starts_[bucket + 1]; ++w) {
    const Window& window = windows_[w];
    if (window.gram != gram || window.offset > position) continue;
    const std::size_t begin = position - window.offset;
    const std::string& literal = literals_[window.literal];
    if (text.size() - begin < literal.size()) continue;
    if (std::memcmp(text.data() + begin, literal.data(), literal.size()) == 0) {
      hits->push_back({begin, window.literal});
    }
  }
}

}  // namespace logdiag
