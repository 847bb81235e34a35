// SPDX-License-Identifier: Apache-2.0
// Tells text from other bytes.
#ifndef LOGDIAG_INPUT_TEXT_CHECK_H_
#define LOGDIAG_INPUT_TEXT_CHECK_H_

#include <cstdint>
#include <string_view>

namespace logdiag {

// Judges by the first 64 KiB behind the NULs that begin the input: of text at
// most one byte in 16 is a control byte that texts do not have. A run of NULs
// counts as one of them, and a hole (a disk's block that was never written, a
// log that was cut in place) not at all. Random bytes have one in 11.
class TextCheck {
 public:
  void Add(std::string_view bytes);

  // Of what was added so far.
  bool IsText() const { return strange_ * 16 <= judged_; }
  // True once more bytes change nothing.
  bool Done() const { return judged_ >= kEnough; }

 private:
  static constexpr std::uint64_t kEnough = 65536;
  // The least size of a hole.
  static constexpr std::uint64_t kHole = 64;

  std::uint64_t judged_ = 0;
  std::uint64_t strange_ = 0;
  std::uint64_t nuls_ = kHole;  // of the run that ends what was added
};

}  // namespace logdiag

#endif  // LOGDIAG_INPUT_TEXT_CHECK_H_
