// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/findings.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "analyzer/diagnose/exception.h"
#include "analyzer/diagnose/incident.h"
#include "analyzer/diagnose/remedies.h"
#include "analyzer/diagnose/weigh.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxFindings = 20;
constexpr std::size_t kMaxFailures = 100;
constexpr std::size_t kMaxFailureEvidence = 4;  // lines of one of them

FailureSummary SummaryOf(const Failure& failure) {
  FailureSummary summary;
  summary.kind = KindName(failure.kind);
  summary.outcome = OutcomeOf(failure);
  summary.cause = "unknown";
  summary.phase = failure.phase;
  summary.session = failure.session;
  summary.prompt = failure.prompt;
  summary.quote = failure.quote;
  summary.told_line =
      failure.headline.line != 0 ? failure.headline.line : failure.quote.line;
  summary.repaired = failure.repaired_by.has_value();
  return summary;
}

// Judged already, as the outcome of the whole log.
FailureSummary SummaryOfVerdict(const Failure& failure,
                                const Diagnosis& diagnosis) {
  FailureSummary summary = SummaryOf(failure);
  summary.outcome = diagnosis.outcome;
  summary.cause = diagnosis.cause;
  summary.confidence = diagnosis.confidence;
  summary.posterior = diagnosis.posterior;
  summary.phase = diagnosis.phase;
  summary.repaired = false;
  summary.verdict = true;
  summary.exception = diagnosis.exception;
  return summary;
}

// The lines of `spoken`, at most kMaxFailureEvidence.
std::vector<Evidence> LinesOf(std::vector<Evidence> spoken) {
  std::erase_if(spoken,
                [](const Evidence& item) { return item.quote.line == 0; });
  std::stable_sort(spoken.begin(), spoken.end(),
                   [](const Evidence& a, const Evidence& b) {
                     return a.quote.line < b.quote.line;
                   });
  if (spoken.size() > kMaxFailureEvidence) spoken.resize(kMaxFailureEvidence);
  return spoken;
}

FailureSummary Judge(const Catalogue& catalogue, const CaseFile& file,
                     const Failure& failure, RegexCache* regexes) {
  FailureSummary summary = SummaryOf(failure);
  Suspect best = std::move(Weigh(catalogue, file, regexes).front());
  summary.confidence = WordFor(best);
  summary.posterior = best.posterior;
  if (summary.confidence == Confidence::kUnknown) best.supporting.clear();
  summary.exception = ExceptionOf(failure, RaisedOf(failure, best.supporting),
                                  catalogue, regexes);
  if (summary.confidence != Confidence::kUnknown) {
    summary.cause = best.cause->id;
    summary.evidence = LinesOf(std::move(best.supporting));
  }
  return summary;
}

Finding FindingOf(const Catalogue& catalogue, const CaseFile& file,
                  const Failure& failure, const FailureSummary& summary,
                  RegexCache* regexes) {
  Finding finding;
  finding.cause = summary.cause;
  finding.quote = summary.quote;
  finding.count = failure.repeats + 1;
  // Other work that succeeds gives nobody back what was cut short.
  finding.repaired =
      summary.repaired && failure.kind != FailureKind::kInterrupt;
  if (finding.repaired) finding.redone_line = failure.redone_by.value_or(0);
  finding.exception = summary.exception;
  finding.stops_start =
      failure.kind == FailureKind::kStartup && failure.ended_process;
  finding.values = file.MakeValues();
  if (finding.exception) {
    PutException(finding.exception->type, finding.exception->message,
                 &finding.values);
  }
  if (failure.flood) finding.last_line = failure.last_line;
  if (failure.kind == FailureKind::kImport) finding.pack = failure.pack;
  if (const Cause* cause = catalogue.FindCause(summary.cause)) {
    const Remedies remedies =
        ChooseRemedies(catalogue, *cause, file, finding.values, regexes);
    if (!remedies.now.empty()) finding.cure = remedies.now.front();
  }
  return finding;
}

// Whether a warning says again what a death before it has told.
bool IsEcho(const Failure& failure, const FailureSummary& summary,
            const std::vector<FailureSummary>& told) {
  return failure.kind == FailureKind::kTrouble && failure.bystander &&
         summary.cause != "unknown" &&
         std::any_of(told.begin(), told.end(), [&](const FailureSummary& t) {
           return t.cause == summary.cause &&
                  t.kind == KindName(FailureKind::kDeath);
         });
}

// What is said of several must hold for each.
void KeepCommon(const Finding& other, Finding* finding) {
  finding->redone_line =
      finding->redone_line == 0 || other.redone_line == 0
          ? 0
          : std::max(finding->redone_line, other.redone_line);
  std::erase_if(finding->values, [&](const auto& value) {
    const auto same = other.values.find(value.first);
    return same == other.values.end() || same->second != value.second;
  });
  if (finding->cure != other.cure) finding->cure.clear();
  if (finding->exception &&
      (!other.exception ||
       other.exception->message != finding->exception->message)) {
    finding->exception->message.clear();
  }
}

void Join(Finding finding, std::vector<Finding>* findings) {
  const auto same = std::find_if(
      findings->begin(), findings->end(), [&](const Finding& known) {
        return known.cause == finding.cause && known.pack == finding.pack &&
               known.repaired == finding.repaired && known.last_line == 0 &&
               finding.last_line == 0;
      });
  if (same != findings->end()) {
    same->count += finding.count;
    same->stops_start = same->stops_start || finding.stops_start;
    KeepCommon(finding, &*same);
  } else if (findings->size() < kMaxFindings) {
    findings->push_back(std::move(finding));
  }
}

}  // namespace

void CollectFindings(const Catalogue& catalogue, const Failure* verdict,
                     RegexCache* regexes, Diagnosis* diagnosis) {
  const Timeline& timeline = diagnosis->timeline;
  for (const Failure& failure : timeline.failures) {
    const CaseFile file(&catalogue, &timeline, &diagnosis->facts,
                        {OutcomeOf(failure), failure.phase, &failure});
    FailureSummary summary;
    if (&failure == verdict) {
      summary = SummaryOfVerdict(failure, *diagnosis);
    } else {
      summary = Judge(catalogue, file, failure, regexes);
      if (!IsEcho(failure, summary, diagnosis->failures)) {
        Join(FindingOf(catalogue, file, failure, summary, regexes),
             &diagnosis->findings);
      }
    }
    if (diagnosis->failures.size() < kMaxFailures) {
      diagnosis->failures.push_back(std::move(summary));
    }
  }
}

}  // namespace logdiag
