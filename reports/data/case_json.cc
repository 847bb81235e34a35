// SPDX-License-Identifier: Apache-2.0
#include "reports/data/case_json.h"

#include <string_view>

#include "reports/words/names.h"

namespace logdiag {
namespace {

// Of the clocks of two files, no more is known.
constexpr int kOffsetDigits = 3;
constexpr double kNsPerSecondAsDouble = 1e9;

std::string_view RoleName(const SourceFile& file) {
  switch (file.role) {
    case SourceFile::Role::kLog:
      return file.main ? "main" : "log";
    case SourceFile::Role::kWitness:
      return "witness";
    case SourceFile::Role::kLeftOut:
      break;
  }
  return "left-out";
}

std::string_view ClockFitName(SourceFile::Fit fit) {
  switch (fit) {
    case SourceFile::Fit::kSame:
      return "same";
    case SourceFile::Fit::kShared:
      return "shared";
    case SourceFile::Fit::kStated:
      return "stated";
    case SourceFile::Fit::kAssumed:
      return "assumed";
    case SourceFile::Fit::kUnknown:
      return "unknown";
    case SourceFile::Fit::kNone:
      break;
  }
  return "none";
}

Json FileJson(const SourceFile& file) {
  Json json = {{"path", Shown(file.name)},
               {"label", file.label},
               {"role", RoleName(file)},
               {"speaks", file.speaks || file.main}};
  Put("what", Shown(file.what), &json);
  if (file.role != SourceFile::Role::kLog) return json;
  json["lines"] = file.lines;
  json["copies"] = file.copies;
  json["outside"] = file.outside;
  json["clock_fit"] = ClockFitName(file.fit);
  json["offset_s"] =
      Rounded(static_cast<double>(file.offset_ns) / kNsPerSecondAsDouble,
              kOffsetDigits);
  json["shared_lines"] = file.shared;
  return json;
}

}  // namespace

Json CaseJson(const CaseSources& sources) {
  Json json = {{"files", ListOf(sources.files, FileJson)}};
  json["spans"] = ListOf(sources.spans, [&](const LineSpan& span) {
    return Json{{"line", span.first},
                {"file", sources.files[span.file].label},
                {"file_line", span.line}};
  });
  json["contradictions"] =
      ListOf(sources.contradictions, [](const Contradiction& one) {
        return Json{
            {"fact", one.fact},
            {"stated", ListOf(one.stated, [](const Fact& fact) {
               return Json{{"value", Shown(fact.value)}, {"line", fact.line}};
             })}};
      });
  json["alone"] = {{"cause", sources.alone_cause},
                   {"confidence", ConfidenceName(sources.alone_confidence)}};
  return json;
}

}  // namespace logdiag
