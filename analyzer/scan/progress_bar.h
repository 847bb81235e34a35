// SPDX-License-Identifier: Apache-2.0
// The progress bars (tqdm) of a record.
#ifndef LOGDIAG_SCAN_PROGRESS_BAR_H_
#define LOGDIAG_SCAN_PROGRESS_BAR_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"

namespace logdiag {

// A bar as its record left it. `text` views the body.
struct BarReading {
  ProgressBar bar;
  std::size_t position = 0;  // of the last redraw in the body
  std::string_view text;     // the last redraw, label to ']'
};

// Appends the bars of a body (or of a stretch of it), one a label, ordered by
// their last redraws; a bar that starts again under the same label is another
// bar. Each '\n' within the body ends a line. At most 64 bars a line.
//
// How a bar ended, when done < total and total is known:
//  - `unterminated` (no LF): open. Its writer died, or somebody wrote into it.
//  - A closing redraw came: closed_early. tqdm draws the count a last time
//    when Python unwinds, with the time that has passed since, and then writes
//    LF. So the last two redraws agree in count and postfix, and the elapsed
//    time did not fall (an exception within a second leaves it equal). Where
//    text follows instead of LF, the elapsed time must have grown.
//  - Text follows the last redraw and no closing redraw came: open.
//  - Otherwise neither: the log kept only the last state of the bar, or the
//    line was cut by a viewer.
// A full bar, and one of unknown total, is neither open nor closed early.
void ReadProgressBars(std::string_view body, bool unterminated,
                      std::vector<BarReading>* readings);

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_PROGRESS_BAR_H_
