// SPDX-License-Identifier: Apache-2.0
#include "reports/words/presentable.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/words/redact.h"

namespace logdiag {
namespace {

// Everything in a diagnosis that may be shown and holds words of the log or of
// the command line.
class ShownTexts {
 public:
  struct Shown {
    std::string* text;
    std::uint64_t line;  // that it was taken from; 0 = none
  };

  explicit ShownTexts(Diagnosis* diagnosis) {
    Diagnosis& d = *diagnosis;
    Add(&d.source.path);
    Add(&d.source.member);
    Add(&d.summary);
    if (d.incident) Add(&*d.incident);
    if (d.exception) Add(&*d.exception);
    AddAll(&d.stack);
    AddAll(&d.failures);
    AddAll(&d.evidence);
    AddAll(&d.against);
    AddAll(&d.rivals);
    AddAll(&d.advice);
    AddAll(&d.suppressed);
    AddAll(&d.findings);
    for (auto& [name, value] : d.values) Add(&value);
    AddFacts(&d.facts);
    if (d.budget) Add(&*d.budget);
    AddAll(&d.timeline.processes);
    AddAll(&d.timeline.works);
    AddAll(&d.timeline.milestones);
    AddAll(&d.timeline.tail);
    AddAll(&d.coverage.unknown_examples);
    Add(&d.coverage.partial_why);
    for (SourceFile& file : d.source.of_case.files) {
      Add(&file.name);
      Add(&file.what);
    }
    for (Contradiction& one : d.source.of_case.contradictions) {
      for (Fact& fact : one.stated) {
        Add(&fact.value, fact.line);
        Add(&fact.text, fact.line);
      }
    }
  }

  const std::vector<Shown>& texts() const { return texts_; }

 private:
  void Add(std::string* text, std::uint64_t line = 0) {
    if (!text->empty()) texts_.push_back({text, line});
  }
  void Add(Quote* quote) { Add(&quote->text, quote->line); }
  void Add(Evidence* evidence) {
    Add(&evidence->quote);
    Add(&evidence->says);
  }
  void Add(Sentence* sentence) {
    for (auto& [name, value] : sentence->values) Add(&value);
  }
  void Add(Frame* frame) {
    Add(&frame->file, frame->log_line);
    Add(&frame->function);
    Add(&frame->code, frame->log_line + 1);
  }
  void Add(Exception* exception) {
    Add(&exception->type);
    Add(&exception->message, exception->line);
    if (exception->place) Add(&*exception->place);
    Add(&exception->pack);
    Add(&exception->node);
  }
  void Add(Refusal* refusal) {
    Add(&refusal->node);
    Add(&refusal->quote);
    Add(&refusal->listed);
  }
  void Add(FailureSummary* failure) {
    Add(&failure->quote);
    if (failure->exception) Add(&*failure->exception);
    AddAll(&failure->evidence);
  }
  void Add(Process* process) {
    if (process->end_quote) Add(&*process->end_quote);
  }
  void Add(Suppressed* suppressed) { Add(&suppressed->why); }
  void Add(Rival* rival) {
    AddAll(&rival->supporting);
    AddAll(&rival->against);
  }
  void Add(Finding* finding) {
    Add(&finding->quote);
    Add(&finding->pack);
    if (finding->exception) Add(&*finding->exception);
    for (auto& [name, value] : finding->values) Add(&value);
  }
  void Add(Budget* budget) {
    Add(&budget->job.gpu);
    for (ConfigRow& row : budget->table) {
      for (CardFit& fit : row.fits) Add(&fit.card);
    }
  }
  void Add(Milestone* milestone) { Add(&milestone->detail); }
  void Add(Work* work) {
    AddAll(&work->work);
    AddAll(&work->auxiliary);
    Add(&work->duration);
  }
  void Add(Failure* failure) {
    Add(&failure->headline);
    Add(&failure->quote);
    Add(&failure->pack);
    Add(&failure->node);
    AddAll(&failure->work);
    AddAll(&failure->auxiliary);
    AddFacts(&failure->facts);
    AddAll(&failure->refusals);
    AddAll(&failure->context);
    if (failure->bar) Add(&failure->bar->label);
    if (failure->host_changed) Add(&*failure->host_changed);
  }
  void AddFacts(Facts* facts) {
    for (auto& [name, fact] : *facts) {
      Add(&fact.value);
      Add(&fact.text);
    }
  }
  template <typename T>
  void AddAll(std::vector<T>* items) {
    for (T& item : *items) Add(&item);
  }

  std::vector<Shown> texts_;
};

std::string WithoutOverwritten(std::string_view text) {
  std::string buffer;
  return std::string(LastRedraw(StripAnsi(text, &buffer)));
}

// What no report shows.
void LeaveOut(Diagnosis* diagnosis) {
  if (diagnosis->incident) {
    diagnosis->incident->seen.clear();
    diagnosis->incident->traceback.reset();
  }
  diagnosis->timeline.failures.clear();
  diagnosis->timeline.seen.clear();
  for (Process& process : diagnosis->timeline.processes) {
    process.seen.clear();
  }
  diagnosis->secrets = {};
}

}  // namespace

Diagnosis Presentable(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      bool redact) {
  Diagnosis copy = diagnosis;
  LeaveOut(&copy);
  const ShownTexts shown(&copy);
  for (const auto& [text, line] : shown.texts()) {
    *text = WithoutOverwritten(*text);
  }
  if (!redact) return copy;
  Redactor redactor(catalogue, diagnosis.secrets);
  // What one text tells is hidden in all of them.
  for (const auto& [text, line] : shown.texts()) redactor.Learn(*text);
  for (const auto& [text, line] : shown.texts()) {
    *text = redactor.Redact(*text, line);
  }
  copy.coverage.redacted += redactor.hidden();
  copy.coverage.redacted_kinds = redactor.kinds();
  return copy;
}

}  // namespace logdiag
