// SPDX-License-Identifier: Apache-2.0
// Tells a program's own words in a line from what it quotes: a prompt, a title,
// the name of a file, a document. What is quoted is no evidence.
#ifndef LOGDIAG_SUPPORT_QUOTATION_H_
#define LOGDIAG_SUPPORT_QUOTATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/lazy_regex.h"

namespace logdiag {

// Where the quotation marks around byte `begin` of `line` open; nullopt if none
// are open there, or none that close in this line. An apostrophe is none, and
// escaped marks belong to the text.
std::optional<std::size_t> OpenQuote(std::string_view line, std::size_t begin);

class QuotationFinder {
 public:
  // The regexes of `rules` are compiled when a line first needs them. The texts
  // that the rules point to must outlive this.
  explicit QuotationFinder(const std::vector<QuotationRule>& rules);

  // Call before texts that may stand where earlier ones stood. Without, nothing
  // is remembered of a line from one question to the next.
  void NewText() { ++text_; }

  // Whether what begins at byte `begin` of `line`, and is what `marker` looks
  // for, is quoted there. A line is the text between two breaks.
  bool IsQuoted(std::string_view line, std::size_t begin, const Marker& marker);
  // The same for what has no place of its own in a line: a progress bar.
  bool IsQuoted(std::string_view line, std::size_t begin);

  // For samples of markers. True if `lead` is nothing but what loggers put
  // before a message: a name, a level and the like.
  bool IsFront(std::string_view lead);
  // True if what begins there is named as data.
  bool IsPayload(std::string_view line, std::size_t begin);
  // True if `line` begins like one of a document.
  bool IsMarkedUp(std::string_view line);

 private:
  // What one rule takes for data in a line.
  struct Payload {
    std::size_t named = 0;  // where its name begins
    std::size_t from = 0;
    std::size_t end = 0;
    bool stated = false;  // it was said before that something is wrong
  };

  // All of `line`; worked out once where a text is known.
  const std::vector<Payload>& PayloadsOf(std::string_view line);
  // Whether a message follows `lead`: it is a front, or says that something is
  // wrong.
  bool Introduces(std::string_view lead);
  // Bytes of `text` that are fronts at its start.
  std::size_t FrontSize(std::string_view text);
  // nullopt if no quotation mark is open at `begin`.
  std::optional<bool> IsInQuotes(std::string_view line, std::size_t begin);

  bool knows_any_ = false;  // without rules nothing is quoted
  std::vector<LazyRegex> payloads_;
  std::uint64_t text_ = 0;
  std::uint64_t found_text_ = 0;  // of `found_`, as is its line
  std::string_view found_line_;
  std::vector<Payload> found_;
  LazyRegex introducers_;
  LazyRegex markup_;
  LazyRegex statements_;
  LazyRegex fronts_;  // its group `front`: those at the start of a text
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_QUOTATION_H_
