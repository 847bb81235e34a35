// SPDX-License-Identifier: Apache-2.0
// "comfyui-1  | message": what docker compose puts before each line.
#ifndef LOGDIAG_ENVELOPE_COMPOSE_PREFIX_H_
#define LOGDIAG_ENVELOPE_COMPOSE_PREFIX_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// Tables look alike, so a name counts only once it has been on several lines
// in a row.
class ComposePrefix {
 public:
  // Counts the prefixes of `text`, a line from the start of the log, so that
  // Peel() knows its names from the first line on.
  void Learn(std::string_view text);

  bool Peel(Piece* piece);

 private:
  bool IsKnown(std::string_view name) const;
  // Counts `name`; it becomes known when it has come often enough in a row.
  void Count(std::string_view name);

  std::vector<std::string> known_;
  std::string last_;
  std::size_t repeats_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_COMPOSE_PREFIX_H_
