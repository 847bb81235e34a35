// SPDX-License-Identifier: Apache-2.0
// Texts of the catalogue, made spans and blocks. They are written in a small
// part of Markdown: `code`, **strong**, *emphasis*, <https://...>; texts of
// several lines also know paragraphs, "- " and "1. " lists and ``` fences.
#ifndef LOGDIAG_REPORTS_DOCUMENT_COMPOSE_H_
#define LOGDIAG_REPORTS_DOCUMENT_COMPOSE_H_

#include <functional>
#include <optional>
#include <string_view>

#include "reports/document/document.h"

namespace logdiag {

// What a placeholder stands for; nullopt = not known.
using SpanLookup = std::function<std::optional<Spans>(std::string_view name)>;

// `pattern` filled in (analyzer/support/template.h says how). A value keeps its
// kind: a log's text stays code, and inside of `code` it joins that code.
Spans ComposeSpans(std::string_view pattern, const SpanLookup& lookup);

// A text without placeholders, in which braces and brackets are themselves.
Spans ComposeLiteral(std::string_view text);

// True if every placeholder of `pattern` outside of brackets is known.
bool IsWhole(std::string_view pattern, const SpanLookup& lookup);

// The same for a text of several lines. A line with a placeholder outside
// [brackets] that is not known is left out, and with it a list or paragraph
// that has no line left. `blocks(name)` may stand for a whole line: "{ledger}"
// alone on it is replaced by those blocks.
using BlockLookup = std::function<std::optional<Blocks>(std::string_view name)>;
Blocks ComposeBlocks(std::string_view text, const SpanLookup& lookup,
                     const BlockLookup& blocks = nullptr);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DOCUMENT_COMPOSE_H_
