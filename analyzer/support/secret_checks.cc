// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/secret_checks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

enum class CharClass { kLower, kUpper, kDigit, kOther };

CharClass ClassOf(char c) {
  if (c >= 'a' && c <= 'z') return CharClass::kLower;
  if (c >= 'A' && c <= 'Z') return CharClass::kUpper;
  if (c >= '0' && c <= '9') return CharClass::kDigit;
  return CharClass::kOther;
}

bool IsAlnum(char c) { return ClassOf(c) != CharClass::kOther; }
bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// --- addresses ---

using Quad = std::array<int, 4>;

// The numbers of "203.0.113.7" or "203-0-113-7"; nullopt if one is above 255.
std::optional<Quad> ReadQuad(std::string_view text) {
  Quad quad{};
  std::size_t part = 0;
  for (const char c : text) {
    if (!IsDigit(c)) {
      if (++part == quad.size()) return std::nullopt;
      continue;
    }
    quad[part] = quad[part] * 10 + (c - '0');
    if (quad[part] > 255) return std::nullopt;
  }
  return quad;
}

bool IsPublic(const Quad& quad) {
  const auto [a, b, c, d] = quad;
  const bool local = a == 0 || a == 10 || a == 127 || a >= 224 ||
                     (a == 100 && b >= 64 && b <= 127) ||
                     (a == 169 && b == 254) ||
                     (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168);
  return !local;
}

// In a run of numbers and joints; four of them decide.
bool HoldsPublicQuad(std::string_view run) {
  const auto quad = ReadQuad(run);
  return !quad || IsPublic(*quad);
}

// "12.4.5.8", "1.17.0.55": versions have small numbers first, and often a zero
// in the third place.
bool LooksLikeVersion(const Quad& quad) {
  constexpr int kVersionMax = 31;
  if (std::max(quad[0], quad[1]) > kVersionMax) return false;
  return quad[2] == 0 || std::max(quad[2], quad[3]) <= kVersionMax;
}

bool IsPublicIpv4(std::string_view text, std::size_t begin, std::size_t size) {
  const auto quad = ReadQuad(text.substr(begin, size));
  return quad && IsPublic(*quad);
}

bool IsPublicIpv4NoVersion(std::string_view text, std::size_t begin,
                           std::size_t size) {
  const auto quad = ReadQuad(text.substr(begin, size));
  return quad && IsPublic(*quad) && !LooksLikeVersion(*quad);
}

// Four numbers with dots or hyphens between them that are a public address.
bool MayHoldIpv4(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!IsDigit(text[i])) continue;
    std::size_t end = i + 1;
    std::size_t joints = 0;
    while (end < text.size() && joints < 4) {
      if (IsDigit(text[end])) {
        ++end;
      } else if ((text[end] == '.' || text[end] == '-') &&
                 IsDigit(text[end - 1])) {
        ++joints;
        ++end;
      } else {
        break;
      }
    }
    const std::string_view run = text.substr(i, end - i);
    const std::size_t size = run.find_last_of("0123456789") + 1;
    if (joints >= 3 && HoldsPublicQuad(run.substr(0, size))) return true;
    i = end - 1;
  }
  return false;
}

// Global unicast addresses begin with 2 or 3. Addresses for documentation count
// as public.
bool IsPublicIpv6(std::string_view text, std::size_t begin, std::size_t size) {
  in6_addr address{};
  const std::string name(text.substr(begin, size));
  return inet_pton(AF_INET6, name.c_str(), &address) == 1 &&
         (address.s6_addr[0] & 0xE0) == 0x20;
}

bool MayHoldIpv6(std::string_view text) {
  constexpr std::size_t kGroup = 4;
  for (std::size_t i = text.find(':'); i != std::string_view::npos;
       i = text.find(':', i + 1)) {
    if (i < kGroup) continue;
    const std::string_view group = text.substr(i - kGroup, kGroup);
    if ((group[0] == '2' || group[0] == '3') &&
        std::all_of(group.begin(), group.end(), IsHex)) {
      return true;
    }
  }
  return false;
}

// --- words that no one would write ---

bool IsOfWord(char c) {
  return IsAlnum(c) || c == '_' || c == '-' || c == '+' || c == '=';
}
bool IsOfBase64(char c) { return IsOfWord(c) || c == '/'; }

// The first word of `least` bytes and more at `from` or later of which `good`
// holds. Of other text it looks at one byte in `least`.
template <typename IsOf, typename Good>
bool HoldsWord(std::string_view text, std::size_t least, IsOf is_of,
               Good good) {
  for (std::size_t at = least - 1; at < text.size();) {
    std::size_t begin = at + 1;
    while (begin > 0 && is_of(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    if (begin < end) {
      while (end < text.size() && is_of(text[end])) ++end;
    }
    if (end - begin >= least && good(text.substr(begin, end - begin))) {
      return true;
    }
    at = end + least - 1;
  }
  return false;
}

bool MayHoldLongWord(std::string_view text) {
  constexpr std::size_t kLongWord = 24;
  return HoldsWord(text, kLongWord, IsOfWord, [](std::string_view word) {
    return std::any_of(word.begin(), word.end(), IsDigit);
  });
}

bool Always(std::string_view, std::size_t, std::size_t) { return true; }

// Bits a character, by how often each one stands in `word`.
double EntropyOf(std::string_view word) {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : word) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const std::uint32_t count : counts) {
    if (count == 0) continue;
    const double share = count / static_cast<double>(word.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

// How often capitals, small letters and digits follow each other, of all pairs
// of neighbours. In words and names they keep together.
double ShareOfChanges(std::string_view word) {
  std::size_t pairs = 0;
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) {
    const CharClass a = ClassOf(word[i - 1]);
    const CharClass b = ClassOf(word[i]);
    if (a == CharClass::kOther || b == CharClass::kOther) continue;
    ++pairs;
    if (a != b) ++changes;
  }
  return pairs == 0 ? 0
                    : static_cast<double>(changes) / static_cast<double>(pairs);
}

// Names are made of short parts, joined by other characters.
std::size_t LongestPart(std::string_view word) {
  std::size_t longest = 0;
  std::size_t part = 0;
  for (const char c : word) {
    part = IsAlnum(c) ? part + 1 : 0;
    longest = std::max(longest, part);
  }
  return longest;
}

std::ptrdiff_t CountOf(std::string_view word, CharClass wanted) {
  return std::count_if(word.begin(), word.end(),
                       [wanted](char c) { return ClassOf(c) == wanted; });
}

bool HoldsClass(std::string_view word, CharClass wanted) {
  return CountOf(word, wanted) > 0;
}

// Of characters drawn at random 0.6 of the pairs change, of names under 0.3.
constexpr double kMinChanges = 0.36;

bool IsPlainWord(std::string_view word) {
  return word.size() >= 3 && !HoldsClass(word, CharClass::kDigit) &&
         !HoldsClass(word, CharClass::kOther) &&
         ShareOfChanges(word) < kMinChanges;
}

bool HoldsFolder(std::string_view word) {
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = std::min(word.find('/', begin), word.size());
    const bool joined = begin > 0 || end < word.size();
    if (joined && IsPlainWord(word.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// A part of a path, or a name with a suffix.
bool IsPartOfName(std::string_view text, std::size_t begin, std::size_t size) {
  constexpr std::string_view kJoints = "/\\.";
  const char before = begin == 0 ? ' ' : text[begin - 1];
  const char after = begin + size < text.size() ? text[begin + size] : ' ';
  if (kJoints.find(before) != std::string_view::npos) return true;
  if (after == '\\') return true;
  return after == '.' && begin + size + 1 < text.size() &&
         IsAlnum(text[begin + size + 1]);
}

bool MayHoldRandom(std::string_view text) {
  constexpr std::size_t kRandomWord = 32;
  // Less than is asked for in the end: a name may stand before it.
  constexpr double kSomeChanges = 0.25;
  return HoldsWord(text, kRandomWord, IsOfBase64, [](std::string_view word) {
    return ShareOfChanges(word) >= kSomeChanges;
  });
}

bool IsRandom(std::string_view text, std::size_t begin, std::size_t size) {
  constexpr double kMinBits = 4.0;
  constexpr std::size_t kMinPart = 14;
  constexpr std::ptrdiff_t kMinDigits = 2;  // names have one: "T5"
  const std::string_view word = text.substr(begin, size);
  return HoldsClass(word, CharClass::kLower) &&
         HoldsClass(word, CharClass::kUpper) &&
         CountOf(word, CharClass::kDigit) >= kMinDigits &&
         EntropyOf(word) > kMinBits && ShareOfChanges(word) >= kMinChanges &&
         LongestPart(word) >= kMinPart && !HoldsFolder(word) &&
         !IsPartOfName(text, begin, size);
}

constexpr auto kChecks = std::to_array<SecretCheck>({
    {"public-ipv4", MayHoldIpv4, IsPublicIpv4},
    {"public-ipv4-no-version", MayHoldIpv4, IsPublicIpv4NoVersion},
    {"public-ipv6", MayHoldIpv6, IsPublicIpv6},
    {"entropy", MayHoldRandom, IsRandom},
    {"long-word", MayHoldLongWord, Always},
});

constexpr auto NamesOf() {
  std::array<std::string_view, kChecks.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kChecks[i].name;
  return names;
}
constexpr auto kNames = NamesOf();

}  // namespace

std::span<const std::string_view> SecretCheckNames() { return kNames; }

const SecretCheck* FindSecretCheck(std::string_view name) {
  const auto found =
      std::find_if(kChecks.begin(), kChecks.end(),
                   [name](const SecretCheck& c) { return c.name == name; });
  return found == kChecks.end() ? nullptr : &*found;
}

}  // namespace logdiag
