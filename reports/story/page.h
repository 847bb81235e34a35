// SPDX-License-Identifier: Apache-2.0
// What the parts of a report are told from.
#ifndef LOGDIAG_REPORTS_STORY_PAGE_H_
#define LOGDIAG_REPORTS_STORY_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/document/document.h"
#include "reports/words/phrasebook.h"

namespace logdiag {

// How much of the droppable parts is told.
struct Limits {
  // Of the core.
  std::size_t steps = 3;
  std::size_t excerpt_lines = 8;
  std::size_t excerpt_bytes = 110;  // of a line
  std::size_t clauses = 2;          // proofs without a line
  std::size_t rivals = 2;
  std::size_t suppressed = 2;  // what not to do
  std::size_t packs = 5;       // that failed to load
  bool risks = true;
  // Of the parts.
  std::size_t timeline_rows = 16;
  std::size_t findings = 8;
  std::size_t evidence = 8;
  std::size_t facts = 26;
  std::size_t later = 3;
  std::size_t examples = 0;  // lines that nobody knows
  std::size_t ledger_items = 12;
  bool budget = true;
  bool asides = true;    // rivals, lost work, what to collect
  bool details = false;  // notes, ledger, tables, method: the whole
};

// Which outline a report follows.
enum class Outline {
  kForeign,  // not a log that we know
  kHealthy,  // nothing failed
  kCut,      // nothing failed in what is here
  kUnknown,  // something failed, and the log does not say why
  kVerdict,  // a cause
};

// A view.
struct Page {
  const Diagnosis& diagnosis;  // presentable
  const Catalogue& catalogue;
  const Phrasebook& words;
  Limits limits;
  Outline outline = Outline::kVerdict;

  // The verdict's cause; nullptr for none, unknown and causes not known.
  const Cause* cause() const { return catalogue.FindCause(diagnosis.cause); }
};

Outline OutlineOf(const Diagnosis& diagnosis);

// "L1204".
std::string LineRef(std::uint64_t line);
// `text` without blanks and full stops at its end, for use inside a sentence.
std::string_view WithoutStop(std::string_view text);
Spans WithoutStop(Spans spans);
// With a capital, at the start of a sentence or title; code stays as it is.
Spans Capitalized(Spans spans);
// The words for a cause id: the title, or the id's own words.
Spans CauseTitle(const Page& page, std::string_view cause);
// The line that came again and again most often; null if none did.
const Finding* FloodOf(const Diagnosis& diagnosis);
// What an item of evidence says, with its line.
Spans EvidenceClause(const Page& page, const Evidence& evidence);
// Its weight in words: "strong", "slight, against".
std::string WeightWord(const Page& page, double weight_db);
// The heading of a section of the core.
Block SectionHeading(const Page& page, std::string_view key);
// Whether the budget belongs to what is acted on: a memory cause is the verdict
// or a rival of it.
bool IsAboutMemory(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_STORY_PAGE_H_
