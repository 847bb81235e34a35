// The parts of the Markdown report. Each function returns Markdown without a
// newline at its end, or "" if the part has nothing to say.
#ifndef LOGDIAG_REPORTS_SECTIONS_H_
#define LOGDIAG_REPORTS_SECTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/phrasebook.h"

namespace logdiag {

// How much of the droppable parts is shown.
struct Limits {
  std::size_t timeline_rows = 60;
  std::size_t findings = 20;
  std::size_t quoted_lines = 8;
  std::size_t evidence = 10;
  std::size_t rivals = 5;
  std::size_t ledger_items = 12;  // of one cause
};

// Which outline a report follows.
enum class Outline {
  kForeign,  // not a log that we know
  kHealthy,  // a few lines
  kUnknown,  // something failed, or the log is cut: what to collect
  kVerdict,  // a cause
};

// What the parts are written from. A view.
struct Page {
  const Diagnosis& diagnosis;  // presentable
  const Catalogue& catalogue;
  const Phrasebook& words;
  Limits limits;
  Outline outline = Outline::kVerdict;
  bool file_heading = false;

  // The verdict's cause; nullptr for none, unknown and causes not known.
  const Cause* cause() const { return catalogue.FindCause(diagnosis.cause); }
  // "## text"; one level deeper below the heading of a file.
  std::string Heading(int level, std::string_view text) const;
  // As Heading, with the text of that key.
  std::string Titled(int level, std::string_view key) const;
};

// "L1204".
std::string LineRef(std::uint64_t line);
// `text` without blanks and full stops at its end, for use inside a sentence.
std::string_view WithoutStop(std::string_view text);
// The words for a cause id: the title, or the id's own words.
std::string CauseTitle(const Page& page, std::string_view cause);
// A collapsed part; the blank lines make the Markdown inside render.
std::string Details(std::string_view title, std::string_view body);
// What an item of evidence says, with its line; Markdown.
std::string EvidenceClause(const Page& page, const Evidence& evidence);
// Its weight in words: "strong", "slight, against".
std::string WeightWord(const Page& page, double weight_db);

std::string TopSection(const Page& page);
std::string DoNowSection(const Page& page);
std::string CollectSection(const Page& page);
std::string WhySection(const Page& page);
std::string RivalsSection(const Page& page);
std::string LaterSection(const Page& page);
std::string NotesSection(const Page& page);
std::string BudgetSection(const Page& page);
std::string BudgetDetails(const Page& page);
std::string EnvironmentSection(const Page& page);
std::string EnvironmentDetails(const Page& page);
std::string TimelineDetails(const Page& page);
std::string FindingsDetails(const Page& page);
std::string LedgerDetails(const Page& page);
std::string CoverageDetails(const Page& page);

// For the notes: the phases of the incident, one bullet each, with a mark.
std::string PhaseList(const Page& page);
// A fenced table of what spoke for and against each cause; also a details part
// of its own, for reports whose notes do not show it.
std::string Ledger(const Page& page);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_SECTIONS_H_
