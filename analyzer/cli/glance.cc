// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/glance.h"

#include <algorithm>
#include <sstream>

#include "analyzer/diagnose/incident.h"

namespace logdiag {
namespace {

// More than a timeline keeps.
constexpr std::size_t kMostTold = 1000;

// Whether what follows may show that it was the beginning of something else.
bool MaySettle(FailureKind kind) {
  switch (kind) {
    case FailureKind::kTrouble:
    case FailureKind::kStartup:
    case FailureKind::kStep:
    case FailureKind::kWork:
    case FailureKind::kOutput:
    case FailureKind::kDegraded:
    case FailureKind::kSlow:
      return true;
    default:
      return false;
  }
}

void Put(const FailureKey& key, std::ostream* out) {
  *out << key.kind << ' ' << key.first_line << ' ' << key.shown_line << '\n';
}

void Put(const std::string& bytes, std::ostream* out) {
  *out << bytes.size() << '\n' << bytes << '\n';
}

bool Get(std::istream* in, FailureKey* key) {
  return static_cast<bool>(*in >> key->kind >> key->first_line >>
                           key->shown_line);
}

bool Get(std::istream* in, std::size_t most, std::string* bytes) {
  std::size_t size = 0;
  if (!(*in >> size) || size > most) return false;
  in->get();
  bytes->resize(size);
  return static_cast<bool>(
      in->read(bytes->data(), static_cast<std::streamsize>(size)));
}

}  // namespace

FailureKey KeyOf(const Failure& failure) {
  return {static_cast<int>(failure.kind), failure.first_line,
          failure.quote.line};
}

std::string Glance::Encode() const {
  std::ostringstream out;
  out << (told ? 1 : 0) << '\n';
  if (told) Put(*told, &out);
  Put(block, &out);
  Put(json, &out);
  out << waiting.size() << '\n';
  for (const FailureKey& key : waiting) Put(key, &out);
  out << again_s.value_or(-1) << '\n';
  return out.str();
}

std::optional<Glance> Glance::Decode(const std::string& bytes) {
  std::istringstream in(bytes);
  Glance glance;
  int any = 0;
  if (!(in >> any)) return std::nullopt;
  if (any != 0 && !Get(&in, &glance.told.emplace())) return std::nullopt;
  if (!Get(&in, bytes.size(), &glance.block) ||
      !Get(&in, bytes.size(), &glance.json)) {
    return std::nullopt;
  }
  std::size_t count = 0;
  if (!(in >> count) || count > bytes.size()) return std::nullopt;
  glance.waiting.resize(count);
  for (FailureKey& key : glance.waiting) {
    if (!Get(&in, &key)) return std::nullopt;
  }
  double again_s = 0;
  if (!(in >> again_s)) return std::nullopt;
  if (again_s >= 0) glance.again_s = again_s;
  return glance;
}

bool Told::Has(const FailureKey& key) const {
  return std::any_of(told_.begin(), told_.end(),
                     [&](const FailureKey& t) { return t.Is(key); });
}

double Told::LeftToWait(const FailureKey& key) const {
  const auto known =
      std::find_if(waiting_.begin(), waiting_.end(),
                   [&](const Waiting& w) { return w.key.Is(key); });
  if (known == waiting_.end()) return kSettle_s;
  const std::chrono::duration<double> waited = Clock::now() - known->since;
  return std::max(0.0, kSettle_s - waited.count());
}

std::optional<std::size_t> Told::Next(const std::vector<Failure>& failures,
                                      bool at_end, Glance* glance) const {
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    const FailureKey key = KeyOf(failures[i]);
    if (!IsIncident(failures[i]) || Has(key)) continue;
    if (!at_end && MaySettle(failures[i].kind)) {
      const double left = LeftToWait(key);
      glance->waiting.push_back(key);
      if (left > 0) {
        glance->again_s = std::min(left, glance->again_s.value_or(left));
        continue;
      }
    }
    if (!next) next = i;
  }
  return next;
}

void Told::Take(const Glance& glance) {
  if (glance.told) {
    if (told_.size() == kMostTold) told_.erase(told_.begin());
    told_.push_back(*glance.told);
  }
  std::vector<Waiting> waiting;
  for (const FailureKey& key : glance.waiting) {
    const auto known =
        std::find_if(waiting_.begin(), waiting_.end(),
                     [&](const Waiting& w) { return w.key.Is(key); });
    waiting.push_back(known == waiting_.end() ? Waiting{key, Clock::now()}
                                              : *known);
  }
  waiting_ = std::move(waiting);
}

}  // namespace logdiag
