// SPDX-License-Identifier: Apache-2.0
// The words of one report: texts of the catalogue in its language, filled in.
#ifndef LOGDIAG_REPORTS_WORDS_PHRASEBOOK_H_
#define LOGDIAG_REPORTS_WORDS_PHRASEBOOK_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/language.h"
#include "analyzer/model/sentence.h"
#include "analyzer/support/template.h"
#include "reports/document/compose.h"
#include "reports/document/document.h"

namespace logdiag {

// What placeholders stand for in one text, on top of the report's own values.
class Slots {
 public:
  Slots& Log(std::string_view name, std::string_view raw);    // of the log
  Slots& Own(std::string_view name, std::string_view words);  // ours
  Slots& Put(std::string_view name, Spans spans);

  const Spans* Find(std::string_view name) const;

 private:
  std::map<std::string, Spans, std::less<>> spans_;
};

// `{name}` is a slot, else a value of the report; a slot that was set to
// nothing is not known, whatever the report has of that name; `{code:name}` is
// the same, and code even if it is a figure. A value of a report is the log's.
class Phrasebook {
 public:
  // `catalogue` and `language` (nullptr = the catalogue's own, English) must
  // outlive the phrasebook. `values` are the report's.
  Phrasebook(const Catalogue& catalogue, const Language* language,
             Values values);

  // "en", "ca".
  std::string language() const;

  bool Has(std::string_view key) const;

  // True if there is such a text and every placeholder of it outside of
  // brackets is known.
  bool CanSay(std::string_view key, const Slots& slots = {}) const;

  // The same words where `values` stand for the report's.
  Phrasebook With(Values values) const;

  // The text of that key. Nothing if there is no such text. Unknown
  // placeholders outside groups become "?".
  Spans Say(std::string_view key, const Slots& slots = {}) const;
  // Its words alone, for tables that are aligned and for JSON.
  std::string Plain(std::string_view key, const Slots& slots = {}) const;
  // A text of several lines; see ComposeBlocks.
  Blocks SayBlocks(std::string_view key, const Slots& slots = {},
                   const BlockLookup& blocks = nullptr) const;

  // The word for a name of the analyzer: Plain("<group>.<name>"), or `name`
  // itself if nobody wrote one.
  std::string Word(std::string_view group, std::string_view name) const;

  // A sentence of a cause or remedy, in the language, filled with `slots` and
  // the report's values.
  Spans Fill(std::string_view pattern, const Slots& slots = {}) const;
  // The same of a sentence that brings its own values.
  Spans Fill(const Sentence& sentence) const;

  // A sentence of a cause without placeholders: braces stand for themselves.
  Spans Literal(std::string_view text) const;

  // True if every placeholder of `pattern` outside of brackets is known.
  bool CanFill(std::string_view pattern) const;

  // A command of a remedy, as FillCommand fills it; "" if it cannot.
  std::string Command(std::string_view command) const;

  // The report's own value of that name.
  std::optional<std::string> Value(std::string_view name) const;

 private:
  std::string_view Text(std::string_view key) const;
  // `pattern` in the language of the report.
  std::string_view Local(std::string_view pattern) const;
  std::optional<Spans> Look(std::string_view name, const Slots& slots) const;

  const Catalogue& catalogue_;
  const Language* language_;
  Values values_;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_WORDS_PHRASEBOOK_H_
