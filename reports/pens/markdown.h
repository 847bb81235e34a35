// SPDX-License-Identifier: Apache-2.0
// Markdown for trackers and chats.
#ifndef LOGDIAG_REPORTS_PENS_MARKDOWN_H_
#define LOGDIAG_REPORTS_PENS_MARKDOWN_H_

#include <string>

#include "reports/document/document.h"

namespace logdiag {

// What a target shows. The default is read well by all of them.
struct MarkdownStyle {
  bool folds = false;  // <details>: GitHub and GitLab; elsewhere tags are text
  bool tables = true;  // else a table becomes lines of text
  int level = 1;       // of the title; one more below the heading of a file
};

// Ends in a newline.
std::string WriteMarkdown(const Document& document, const MarkdownStyle& style);
// Title and core alone.
std::string WriteMarkdownCore(const Document& document,
                              const MarkdownStyle& style);
// Blocks alone.
std::string WriteMarkdownBlocks(const Blocks& blocks,
                                const MarkdownStyle& style);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_PENS_MARKDOWN_H_
