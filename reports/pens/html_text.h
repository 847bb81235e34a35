// SPDX-License-Identifier: Apache-2.0
// Text within HTML.
#ifndef LOGDIAG_REPORTS_PENS_HTML_TEXT_H_
#define LOGDIAG_REPORTS_PENS_HTML_TEXT_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "reports/document/document.h"

namespace logdiag {

// `text` where elements and quoted attributes are: it can end neither.
std::string EscapeHtml(std::string_view text);

// The lines that a page can lead to, and how it names them.
class LineLinks {
 public:
  LineLinks(const Document& document, std::string_view id_prefix);

  std::string Id(std::uint64_t line) const;  // "L83"
  // `html` as a link to the line; `html` alone if the page does not have it.
  std::string Link(std::uint64_t line, std::string_view html,
                   std::string_view attributes = "") const;
  // Our words as HTML, where "L83" is a link.
  std::string Words(std::string_view text) const;
  std::string Inline(const Spans& spans) const;

 private:
  std::string prefix_;
  std::set<std::uint64_t> lines_;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_HTML_TEXT_H_
