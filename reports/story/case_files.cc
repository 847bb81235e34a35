// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/document/line_places.h"
#include "reports/story/facts.h"
#include "reports/story/parts.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

std::string_view FitWord(SourceFile::Fit fit) {
  switch (fit) {
    case SourceFile::Fit::kSame:
      return "case.fit.same";
    case SourceFile::Fit::kShared:
      return "case.fit.shared";
    case SourceFile::Fit::kStated:
      return "case.fit.stated";
    case SourceFile::Fit::kAssumed:
      return "case.fit.assumed";
    case SourceFile::Fit::kUnknown:
      return "case.fit.unknown";
    case SourceFile::Fit::kNone:
      break;
  }
  return "case.fit.none";
}

// "+7,200.0": of clocks, a tenth of a second is enough.
std::string OffsetText(std::int64_t offset_ns) {
  constexpr std::int64_t kTenth_ns = 100'000'000;
  const std::int64_t tenths = std::llround(static_cast<double>(offset_ns) /
                                           static_cast<double>(kTenth_ns));
  const auto size = static_cast<std::uint64_t>(std::abs(tenths));
  return (tenths < 0 ? "-" : "+") + GroupDigits(size / 10) + "." +
         std::to_string(size % 10);
}

Spans ClockOf(const Page& page, const SourceFile& file) {
  if (file.role != SourceFile::Role::kLog) return {};
  Slots slots;
  slots.Own("offset", OffsetText(file.offset_ns));
  if (file.shared > 0) slots.Own("shared", GroupDigits(file.shared));
  return page.words.Say(FitWord(file.fit), slots);
}

Spans UseOf(const Page& page, const SourceFile& file) {
  Slots slots;
  if (file.role == SourceFile::Role::kLeftOut) {
    slots.Put("why", CodeSpans(LogText(file.what).shown()));
    return page.words.Say("case.use.left-out", slots);
  }
  if (file.copies > 0) slots.Own("copies", GroupDigits(file.copies));
  if (file.outside > 0) slots.Own("outside", GroupDigits(file.outside));
  return page.words.Say(file.main     ? "case.use.main"
                        : file.speaks ? "case.use.speaks"
                                      : "case.use.silent",
                        slots);
}

}  // namespace

Blocks CaseFiles(const Page& page) {
  const CaseSources& sources = page.diagnosis.source.of_case;
  if (sources.files.empty()) return {};
  Table table;
  for (const char* key : {"case.column.file", "case.column.what",
                          "case.column.clock", "case.column.use"}) {
    table.header.push_back(page.words.Say(key));
  }
  for (const SourceFile& file : sources.files) {
    const bool left_out = file.role == SourceFile::Role::kLeftOut;
    const Spans what =
        !left_out && !file.what.empty()
            ? TextSpan(file.what)
            : page.words.Say(left_out ? "case.what.unknown" : "case.what.log");
    table.rows.push_back({CodeSpans(LogText(file.name).shown()), what,
                          ClockOf(page, file), UseOf(page, file)});
  }
  Blocks blocks;
  Slots alone;
  for (const SourceFile& file : sources.files) {
    if (file.main) alone.Put("main", CodeSpans(file.label));
  }
  alone.Put("cause",
            sources.alone_cause == "unknown" || sources.alone_cause == "none"
                ? page.words.Say("case.alone.none")
                : CauseTitle(page, sources.alone_cause));
  alone.Own(
      "confidence",
      page.words.Word("confidence", ConfidenceName(sources.alone_confidence)));
  blocks.push_back({Paragraph{page.words.Say("case.alone", alone)}});
  blocks.push_back({std::move(table)});
  return blocks;
}

Blocks Contradictions(const Page& page) {
  List list;
  for (const Contradiction& one :
       page.diagnosis.source.of_case.contradictions) {
    Slots slots;
    slots.Put("fact", FactName(page.words, one.fact));
    Spans stated;
    for (const Fact& fact : one.stated) {
      Slots each;
      each.Put("value", LogSpan(fact.value));
      each.Own("ref", LineRef(fact.line));
      if (!stated.empty()) Append(TextSpan(", "), &stated);
      Append(page.words.Say("case.contradiction.item", each), &stated);
    }
    slots.Put("stated", std::move(stated));
    list.items.push_back({page.words.Say("case.contradiction", slots), {}});
  }
  if (list.items.empty()) return {};
  Blocks blocks;
  blocks.push_back(SectionHeading(page, "case.contradictions"));
  blocks.push_back({std::move(list)});
  return blocks;
}

}  // namespace logdiag
