// SPDX-License-Identifier: Apache-2.0
// One redraw of a tqdm bar, as text.
#ifndef LOGDIAG_SCAN_BAR_GRAMMAR_H_
#define LOGDIAG_SCAN_BAR_GRAMMAR_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace logdiag {

// What stands at the start of a redraw without a total: `0it [`.
inline constexpr std::string_view kTotallessMark = "it [";
// What stands between the percentage and the cells.
inline constexpr std::string_view kPercentMark = "%|";

// A redraw: `[label: ]NN%|cells| n/N [elapsed<left, rate[, postfix]]`, or
// `[label: ]nit [elapsed, rate[, postfix]]` when the total is unknown. Cells
// may be blocks, ASCII ('#' and digits), U+FFFD or blocks read in a wrong
// encoding. Counts may be fractions and may be scaled (`1.2G/3.4G`).
struct Redraw {
  std::string_view label;
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0 = unknown
  std::int64_t elapsed_s = 0;
  std::optional<double> seconds_per_step;
  bool bytes = false;        // counts bytes: a transfer
  std::string_view postfix;  // of set_postfix, with its ", "
  std::size_t begin = 0;     // of the label in the segment
  std::size_t end = 0;       // behind the ']'
};

// Reads the first complete redraw at or after `from` in `segment`, a text
// without '\r' and '\n'. nullopt if there is none; a redraw that was cut off
// is none.
std::optional<Redraw> FindRedraw(std::string_view segment, std::size_t from);

// True if `text` begins like a redraw, which may be cut off anywhere.
bool LooksLikeRedraw(std::string_view text);

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_BAR_GRAMMAR_H_
