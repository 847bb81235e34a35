// SPDX-License-Identifier: Apache-2.0
// Which of many literals stand in a text, in any case.
#ifndef LOGDIAG_SUPPORT_LITERAL_INDEX_H_
#define LOGDIAG_SUPPORT_LITERAL_INDEX_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

// One pass over the text, whatever the number of literals; the longer the
// shortest of them, the fewer positions it looks at. Literals of one or two
// bytes, or of punctuation only, are searched one by one, as they are written.
class LiteralIndex {
 public:
  // `owner` is what Owners() tells of this literal. Call before Build.
  void Add(std::string_view literal, std::size_t owner);
  void Build();

  // The owners of the literals in `text`, in rising order, each once.
  std::vector<std::size_t> Owners(std::string_view text) const;

 private:
  struct Literal {
    std::string folded;
    std::size_t owner = 0;
  };
  // Three bytes of a literal that the text is searched for.
  struct Gram {
    std::uint32_t literal = 0;
    std::uint32_t offset = 0;  // of the bytes in the literal
    std::uint32_t next = 0;    // of the same hash, 1-based; 0 = none
  };

  static constexpr unsigned kHashBits = 13;

  // Appends the owners of the literals that have the gram at `position`.
  void Compare(std::string_view text, std::size_t position, std::uint32_t head,
               std::vector<std::size_t>* owners) const;

  std::vector<Literal> literals_;
  std::vector<Literal> plain_;  // searched one by one
  std::vector<Gram> grams_;
  std::array<std::uint16_t, 1U << kHashBits> heads_{};  // 1-based
  std::size_t stride_ = 1;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_LITERAL_INDEX_H_
