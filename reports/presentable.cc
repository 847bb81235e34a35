#include "reports/presentable.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/redact.h"

namespace logdiag {
namespace {

class Cleaner {
 public:
  explicit Cleaner(bool redact) {
    if (redact) redactor_.emplace();
  }

  void Clean(std::string* text) {
    std::string buffer;
    std::string shown(LastRedraw(StripAnsi(*text, &buffer)));
    *text = redactor_ ? redactor_->Redact(shown) : shown;
  }

  void Clean(Quote* quote) { Clean(&quote->text); }

  void Clean(Evidence* evidence) {
    Clean(&evidence->quote);
    Clean(&evidence->says);
  }

  void Clean(Suppressed* suppressed) { Clean(&suppressed->why); }

  void Clean(Rival* rival) {
    CleanAll(&rival->supporting);
    CleanAll(&rival->against);
  }

  void Clean(Finding* finding) {
    Clean(&finding->quote);
    Clean(&finding->text);
  }

  void Clean(Budget* budget) {
    Clean(&budget->job.gpu);
    for (ConfigRow& row : budget->table) {
      for (CardFit& fit : row.fits) Clean(&fit.card);
    }
  }

  void Clean(Milestone* milestone) { Clean(&milestone->detail); }

  void Clean(Work* prompt) { CleanAll(&prompt->work); }

  void Clean(Failure* failure) {
    failure->seen.clear();
    Clean(&failure->quote);
    Clean(&failure->pack);
    Clean(&failure->node);
    CleanAll(&failure->work);
    CleanAll(&failure->context);
    if (failure->bar) Clean(&failure->bar->label);
    failure->traceback.reset();
  }

  template <typename T>
  void CleanAll(std::vector<T>* items) {
    for (T& item : *items) Clean(&item);
  }

  std::uint64_t hidden() const { return redactor_ ? redactor_->hidden() : 0; }

 private:
  std::optional<Redactor> redactor_;
};

}  // namespace

Diagnosis Presentable(const Diagnosis& diagnosis, bool redact) {
  Diagnosis copy = diagnosis;
  Cleaner cleaner(redact);
  cleaner.Clean(&copy.source.path);
  cleaner.Clean(&copy.summary);
  if (copy.incident) cleaner.Clean(&*copy.incident);
  cleaner.CleanAll(&copy.evidence);
  cleaner.CleanAll(&copy.against);
  cleaner.CleanAll(&copy.rivals);
  cleaner.CleanAll(&copy.suppressed);
  cleaner.CleanAll(&copy.findings);
  for (auto& [name, value] : copy.values) cleaner.Clean(&value);
  for (auto& [name, fact] : copy.facts) cleaner.Clean(&fact.value);
  if (copy.budget) cleaner.Clean(&*copy.budget);
  cleaner.CleanAll(&copy.timeline.works);
  cleaner.CleanAll(&copy.timeline.milestones);
  cleaner.CleanAll(&copy.timeline.tail);
  copy.timeline.failures.clear();
  copy.timeline.seen.clear();
  cleaner.CleanAll(&copy.coverage.unknown_examples);
  cleaner.Clean(&copy.coverage.partial_why);
  copy.coverage.redacted += cleaner.hidden();
  return copy;
}

}  // namespace logdiag
