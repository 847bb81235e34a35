// SPDX-License-Identifier: Apache-2.0
// A page of its own for browsers: no script, nothing that is fetched, pictures
// drawn as SVG.
#ifndef LOGDIAG_REPORTS_PENS_HTML_H_
#define LOGDIAG_REPORTS_PENS_HTML_H_

#include <string>
#include <string_view>

#include "reports/document/document.h"

namespace logdiag {

struct HtmlWords {
  std::string language;  // "en"
  std::string more;      // heading of the parts
  std::string pictures;  // heading of the pictures, ...
  std::string how;       // ... and how to read them
  std::string lines;     // heading of the lines
};

struct HtmlStyle {
  HtmlWords words;
  std::string file = {};  // heading of one of several; printable, "" = none
  std::string tone = {};  // class of the verdict: "bad", "good" or ""
  // Before each id of the report; different for each of several on a page.
  std::string id_prefix = {};
};

// The report as an <article>. Ends in a newline.
std::string WriteHtmlArticle(const Document& document, const HtmlStyle& style);

// What stands before and after the articles of a page, which is called `title`.
std::string HtmlBegin(std::string_view language, std::string_view title);
std::string_view HtmlEnd();

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_HTML_H_
