// SPDX-License-Identifier: Apache-2.0
// Which of many literals stand in a text, and where.
#ifndef LOGDIAG_SCAN_LITERAL_FILTER_H_
#define LOGDIAG_SCAN_LITERAL_FILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

// An occurrence of a literal.
struct LiteralHit {
  std::size_t position = 0;  // of its first byte in the text
  std::size_t literal = 0;   // index into the literals of the filter

  friend bool operator==(const LiteralHit&, const LiteralHit&) = default;
};

// Finds every occurrence (overlapping ones too) of every literal, byte for
// byte. Built for texts that mostly hold none: each position costs one hash
// and one bit of an 8 KiB table; only where the bit is set is a literal
// compared. Immutable once built; safe to use from several threads.
class LiteralFilter {
 public:
  // Literals shorter than this are never found.
  static constexpr std::size_t kMinLiteral = 4;

  explicit LiteralFilter(std::vector<std::string> literals);

  // Appends the occurrences in `text`, ordered by position, then literal.
  void Find(std::string_view text, std::vector<LiteralHit>* hits) const;

 private:
  // The window of a literal that the text is searched for.
  struct Window {
    std::uint32_t gram = 0;  // its four bytes as loaded from memory
    std::size_t offset = 0;  // of the window in the literal
    std::size_t literal = 0;
  };

  static constexpr unsigned kHashBits = 16;
  static constexpr unsigned kBucketBits = 13;

  void Compare(std::string_view text, std::size_t position, std::uint32_t gram,
               std::uint32_t hash, std::vector<LiteralHit>* hits) const;

  std::vector<std::string> literals_;
  std::array<std::uint64_t, (1U << kHashBits) / 64> bitmap_{};
  // Windows grouped by bucket; bucket b holds [starts_[b], starts_[b + 1]).
  std::vector<Window> windows_;
  std::array<std::uint32_t, (1U << kBucketBits) + 1> starts_{};
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_LITERAL_FILTER_H_
