// SPDX-License-Identifier: Apache-2.0
// Why the report says so, and what else it could be.
#ifndef LOGDIAG_REPORTS_STORY_PROOF_H_
#define LOGDIAG_REPORTS_STORY_PROOF_H_

#include "reports/story/page.h"

namespace logdiag {

// The lines that the verdict rests on, the last frame of the culprit's code and
// the message; and what has no line: a proved silence, a figure.
Blocks Proof(const Page& page);

// Rivals that something speaks for, and what would settle it; nothing when the
// cause is established.
Blocks OrElse(const Page& page);

// Everything that spoke for the verdict and for its rivals, in words.
Blocks EvidenceAndRivals(const Page& page);

// The same with every weight, in decibans.
Blocks Ledger(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_PROOF_H_
