// SPDX-License-Identifier: Apache-2.0
// A picture as HTML: an SVG a lane, which stretches while its words keep their
// size.
#ifndef LOGDIAG_REPORTS_PENS_SVG_H_
#define LOGDIAG_REPORTS_PENS_SVG_H_

#include <string>

#include "reports/document/picture.h"
#include "reports/pens/html_text.h"

namespace logdiag {

// A <figure>. Marks are links to their lines.
std::string WriteFigure(const Picture& picture, const LineLinks& links);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_SVG_H_
