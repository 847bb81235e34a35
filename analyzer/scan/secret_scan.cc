// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/secret_scan.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "analyzer/model/event.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A log names few secrets, but a long line may hold one each time.
constexpr std::size_t kMaxValues = 256;
constexpr std::size_t kMaxValueBytes = 4096;
constexpr std::size_t kMaxRanges = 64;
// Lines that may stand between two of one secret.
constexpr std::uint64_t kMaxStep = 2;

std::vector<const SecretRule*> Chosen(const std::vector<SecretRule>& rules,
                                      bool all) {
  std::vector<const SecretRule*> chosen;
  for (const SecretRule& rule : rules) {
    if (all || !rule.spreads.empty() || !rule.continues.empty()) {
      chosen.push_back(&rule);
    }
  }
  return chosen;
}

// Whether a part of it that may be shown is too long to be kept whole.
bool MayBeCut(std::string_view body) {
  while (body.size() > kMaxEventText) {
    const std::size_t end = body.substr(0, kMaxEventText + 1).rfind('\r');
    if (end == std::string_view::npos) return true;
    body.remove_prefix(end + 1);
  }
  return false;
}

// Line numbers fall where the newest line comes first.
std::uint64_t Distance(std::uint64_t a, std::uint64_t b) {
  return std::max(a, b) - std::min(a, b);
}

}  // namespace

SecretScan::SecretScan(const std::vector<SecretRule>* rules)
    : in_short_(Chosen(*rules, false)), in_long_(Chosen(*rules, true)) {}

void SecretScan::Look(const Record& record) {
  if (open_ != nullptr && GoesOn(record)) return;
  const bool may_be_cut = MayBeCut(record.body);
  SecretFinder& finder = may_be_cut ? in_long_ : in_short_;
  for (const SecretSpan& span : finder.Find(record.body)) {
    Note(record.body, span, may_be_cut);
    if (!span.open) continue;
    open_ = span.matcher;
    open_line_ = record.line;
  }
}

void SecretScan::Note(std::string_view body, const SecretSpan& span,
                      bool may_be_cut) {
  const std::string_view value =
      body.substr(span.begin, std::min(span.size, kMaxValueBytes));
  const bool spreads = span.matcher->Spreads(value);
  if ((!spreads && !may_be_cut) || known_.contains(value)) return;
  Secret secret{std::string(value), std::string(span.kind),
                std::string(span.shown_as), span.keep, spreads};
  known_.insert(secret.value);
  if (secrets_.values.size() < kMaxValues) {
    secrets_.values.push_back(std::move(secret));
    return;
  }
  // The first half stays, the other half is of the newest ones.
  Secret& oldest = secrets_.values[kMaxValues / 2 + newest_];
  newest_ = (newest_ + 1) % (kMaxValues / 2);
  known_.erase(oldest.value);
  oldest = std::move(secret);
}

bool SecretScan::GoesOn(const Record& record) {
  if (record.body.empty()) return true;
  const bool near = Distance(record.line, open_line_) <= kMaxStep;
  if (!near || !open_->Continued(LastRedraw(record.body))) {
    open_ = nullptr;
    return false;
  }
  open_line_ = record.line;
  AddLine(record.line);
  return true;
}

void SecretScan::AddLine(std::uint64_t line) {
  std::vector<LineRange>& lines = secrets_.lines;
  if (!lines.empty() && (Distance(line, lines.back().last) <= kMaxStep ||
                         Distance(line, lines.back().first) <= kMaxStep)) {
    lines.back().first = std::min(lines.back().first, line);
    lines.back().last = std::max(lines.back().last, line);
    return;
  }
  // Of more than so many, the newest ones matter most.
  if (lines.size() == kMaxRanges) lines.erase(lines.begin());
  lines.push_back({line, line});
}

}  // namespace logdiag
