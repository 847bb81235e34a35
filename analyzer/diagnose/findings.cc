#include "analyzer/diagnose/findings.h"

#include <string>
#include <utility>

#include "analyzer/diagnose/incident.h"
#include "analyzer/diagnose/weigh.h"
#include "analyzer/support/template.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxFindings = 20;

Finding Describe(const Catalogue& catalogue, const Timeline& timeline,
                 const Facts& facts, const Failure& failure,
                 RegexCache* regexes) {
  Finding finding;
  finding.quote = failure.quote;
  finding.repaired = failure.repaired_by.has_value();
  const CaseFile file(&catalogue, &timeline, &facts,
                      {OutcomeOf(failure), failure.phase, &failure});
  const Suspect best = std::move(Weigh(catalogue, file, regexes).front());
  if (WordFor(best) == Confidence::kUnknown) {
    finding.cause = "unknown";
  } else {
    finding.cause = best.cause->id;
    finding.text = best.cause->title;
  }
  if (failure.kind == FailureKind::kImport) {
    const auto text = catalogue.texts.find("finding.import");
    if (text != catalogue.texts.end()) {
      finding.text = FillTemplate(
          text->second, {{"pack", failure.pack}, {"reason", finding.text}});
    }
  }
  return finding;
}

}  // namespace

std::vector<Finding> CollectFindings(const Catalogue& catalogue,
                                     const Timeline& timeline,
                                     const Facts& facts, const Failure* verdict,
                                     RegexCache* regexes) {
  std::vector<Finding> findings;
  for (const Failure& failure : timeline.failures) {
    if (&failure == verdict) continue;
    Finding finding = Describe(catalogue, timeline, facts, failure, regexes);
    bool merged = false;
    for (Finding& known : findings) {
      if (known.cause == finding.cause && known.text == finding.text &&
          known.repaired == finding.repaired) {
        ++known.count;
        merged = true;
        break;
      }
    }
    if (!merged && findings.size() < kMaxFindings) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace logdiag
