// SPDX-License-Identifier: Apache-2.0
// Tells a document that quotes a log from a log.
#ifndef LOGDIAG_SUPPORT_DOCUMENT_MATCH_H_
#define LOGDIAG_SUPPORT_DOCUMENT_MATCH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/lazy_regex.h"

namespace logdiag {

// Looks at each line of a file, and costs nothing after the first lines of one
// that begins like a log.
class DocumentMatch {
 public:
  // How many lines that are not blank a document may take to show what it is.
  static constexpr std::uint64_t kOpeningLines = 3;

  // Fewer typical lines may stand in a log by chance.
  static constexpr std::uint64_t kMinTypicalLines = 12;

  // `kinds` must outlive this.
  explicit DocumentMatch(const std::vector<DocumentKind>* kinds,
                         std::uint64_t min_typical_lines = kMinTypicalLines);

  // The next line. `printed`: a program printed it, by a stamp or by what it
  // says outside of quotations.
  void Look(std::string_view line, bool printed);
  // The kind that fits what was seen; nullptr if it may be a log.
  const DocumentKind* Kind() const;
  // True if what a log there is stands between fences: somebody pasted it into
  // a text.
  bool HoldsPastedLog() const;

 private:
  struct State {
    const DocumentKind* kind = nullptr;
    LazyRegex opening;
    LazyRegex unless;
    LazyRegex holds;
    LazyRegex typical;
    bool opened = false;
    bool refused = false;
    bool held = false;
    std::uint64_t typical_lines = 0;
  };

  void Open(std::string_view line);
  // True if most of the lines stand between one or two pairs of fences: a log
  // that somebody pasted.
  bool IsPasted() const;

  std::uint64_t min_typical_lines_;
  std::vector<State> states_;  // of the kinds that may still fit
  std::uint64_t lines_ = 0;    // not blank
  std::uint64_t fenced_ = 0;   // of these, between fences
  std::uint64_t fences_ = 0;   // pairs
  bool in_fence_ = false;
  std::uint64_t printed_ = 0;  // lines outside of fences that a program printed
  bool is_log_ = false;        // a line shows it for all that it begins like
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_DOCUMENT_MATCH_H_
