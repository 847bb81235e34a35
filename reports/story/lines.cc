// SPDX-License-Identifier: Apache-2.0
#include "reports/story/lines.h"

#include <map>
#include <string>
#include <utility>
#include <variant>

namespace logdiag {
namespace {

class LineKeeper {
 public:
  // The longest text of a line is the whole of it; others are cut.
  void AddText(std::uint64_t line, const std::string& text) {
    if (line == 0 || text.empty()) return;
    NamedLine& kept = At(line);
    if (text.size() > kept.text.size()) kept.text = text;
  }

  void AddWords(std::uint64_t line, const std::string& words) {
    if (line == 0 || words.empty()) return;
    NamedLine& kept = At(line);
    if (kept.words.empty()) kept.words = words;
  }

  void Add(const Quote& quote) { AddText(quote.line, quote.text); }

  void Add(const std::vector<Evidence>& items) {
    for (const Evidence& item : items) Add(item.quote);
  }

  void Add(const Failure& failure) {
    Add(failure.headline);
    Add(failure.quote);
    for (const Quote& quote : failure.context) Add(quote);
    for (const Refusal& refusal : failure.refusals) Add(refusal.quote);
  }

  void Add(const Blocks& blocks) {
    for (const Block& block : blocks) {
      if (const auto* excerpt = std::get_if<Excerpt>(&block.is)) {
        for (const ExcerptLine& line : excerpt->lines) {
          AddText(line.line, line.text);
        }
      } else if (const auto* moments = std::get_if<Moments>(&block.is)) {
        for (const Moments::Row& row : moments->rows) {
          AddWords(row.line, row.event);
        }
      }
    }
  }

  std::vector<NamedLine> Take() {
    std::vector<NamedLine> lines;
    for (auto& [line, kept] : lines_) lines.push_back(std::move(kept));
    return lines;
  }

 private:
  NamedLine& At(std::uint64_t line) {
    NamedLine& kept = lines_[line];
    kept.line = line;
    return kept;
  }

  std::map<std::uint64_t, NamedLine> lines_;
};

}  // namespace

std::vector<NamedLine> NamedLines(const Page& page, const Document& document) {
  const Diagnosis& diagnosis = page.diagnosis;
  LineKeeper keeper;
  keeper.Add(diagnosis.evidence);
  keeper.Add(diagnosis.against);
  for (const Rival& rival : diagnosis.rivals) {
    keeper.Add(rival.supporting);
    keeper.Add(rival.against);
  }
  for (const Finding& finding : diagnosis.findings) keeper.Add(finding.quote);
  for (const FailureSummary& failure : diagnosis.failures) {
    keeper.Add(failure.quote);
    keeper.Add(failure.evidence);
  }
  if (diagnosis.incident) keeper.Add(*diagnosis.incident);
  for (const Process& process : diagnosis.timeline.processes) {
    if (process.end_quote) keeper.Add(*process.end_quote);
  }
  for (const Quote& quote : diagnosis.timeline.tail) keeper.Add(quote);
  for (const Quote& quote : diagnosis.advice) keeper.Add(quote);
  for (const auto& [name, fact] : diagnosis.facts) {
    keeper.AddText(fact.line, fact.text);
  }
  keeper.Add(document.core);
  for (const Part& part : document.parts) keeper.Add(part.blocks);
  for (const Picture& picture : document.pictures) {
    for (const Lane& lane : picture.lanes) {
      for (const Mark& mark : lane.marks) {
        keeper.AddWords(mark.line, mark.hint);
      }
    }
  }
  return keeper.Take();
}

}  // namespace logdiag
