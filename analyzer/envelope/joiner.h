// SPDX-License-Identifier: Apache-2.0
// Puts the pieces of a message together that its envelope was sent in:
// json-file lines without "\n", CRI lines tagged P, and the two lines of some
// kernels' message of a kill.
#ifndef LOGDIAG_ENVELOPE_JOINER_H_
#define LOGDIAG_ENVELOPE_JOINER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// Makes "Killed process 7 (python)" of the kernel partial if it lacks its
// figures, which may follow in a record of the same time ("total-vm:...").
void HoldOpenKill(Piece* piece);

class Joiner {
 public:
  // A message whose pieces stopped coming, or is still to be completed.
  struct Held {
    std::string text;
    Piece piece;  // of its first part; `text` there is not valid
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
    std::size_t last_part = 0;  // bytes of it
  };

  // What to do with the piece just offered.
  enum class Step {
    kGiveIt,         // it is whole, as it came or completed: see Completed()
    kHeld,           // it is kept for later
    kGiveHeldFirst,  // TakeHeld(), then offer the same piece again
  };

  Step Offer(Piece* piece, std::uint64_t line, std::uint64_t offset);

  // After kGiveIt: the message was completed by the piece, and begins where
  // this one does. Valid until the next Offer().
  const Held* Completed() const;

  // A message that was never completed; nullopt if there is none. At the end of
  // the log, to be called until there is none.
  std::optional<Held> TakeHeld();

 private:
  // By stream: stdout and stderr.
  std::array<std::optional<Held>, 2> held_;
  std::optional<Held> completed_;
  std::optional<std::size_t> blocked_;  // the stream of kGiveHeldFirst
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_JOINER_H_
