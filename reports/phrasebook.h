// The words of one report: texts of the catalogue, filled in.
#ifndef LOGDIAG_REPORTS_PHRASEBOOK_H_
#define LOGDIAG_REPORTS_PHRASEBOOK_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/template.h"

namespace logdiag {

// What placeholders stand for in one text, on top of the report's own values.
struct Slots {
  Values raw;       // log-derived or plain words: escaped where they go
  Values markdown;  // written by a report: inserted as it is
};

// Texts are Markdown that we wrote; values are escaped on their way in.
// `{name}` is prose, `{code:name}` a code span.
class Phrasebook {
 public:
  // `catalogue` must outlive the phrasebook.
  Phrasebook(const Catalogue& catalogue, Values values)
      : catalogue_(catalogue), values_(std::move(values)) {}

  bool Has(std::string_view key) const;

  // The text as Markdown. "" if there is no such text. Unknown placeholders
  // outside groups become "?".
  std::string Say(std::string_view key, const Slots& slots = {}) const;

  // The same for a text of several lines: a line with an unknown placeholder
  // outside a group is left out.
  std::string SayLines(std::string_view key, const Slots& slots = {}) const;

  // The text as plain words, for fences and JSON: nothing is escaped.
  std::string Plain(std::string_view key, const Slots& slots = {}) const;

  // The plain word for a name of the analyzer: Plain("<group>.<name>"), or
  // `name` itself if nobody wrote one.
  std::string Word(std::string_view group, std::string_view name) const;

  // A sentence of a cause or remedy filled in, not yet escaped.
  std::string Fill(std::string_view sentence) const;

  // A command of a remedy, as FillCommand fills it; "" if it cannot.
  std::string Command(std::string_view command) const;

  // The report's own value of that name.
  std::optional<std::string> Value(std::string_view name) const;

 private:
  std::string_view Text(std::string_view key) const;

  const Catalogue& catalogue_;
  Values values_;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PHRASEBOOK_H_
