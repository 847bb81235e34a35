// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/clock_fit.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <system_error>
#include <tuple>

#include "analyzer/support/hash.h"
#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// Shorter messages are said by many programs.
constexpr std::size_t kLeastBody = 16;
// Of a copy, the two stamps of a line are this near to one another, besides
// what the stamps leave off. Two starts print the same lines, too, and are
// seldom as even.
constexpr std::int64_t kAgreeing_ns = kNsPerSecond / 2;
// Fewer can agree by chance.
constexpr std::uint64_t kLeastShared = 3;
// A clock that nobody sets is minutes off ...
constexpr std::int64_t kMostDrift_ns = 15 * 60 * kNsPerSecond;
// ... and no zone is further from another day's end.
constexpr std::int64_t kMostZone_ns = 14 * 3600 * kNsPerSecond;

// What of a body is compared: start scripts copy lines of the kernel with a
// word of their own and its clock before them.
std::string_view SharedPart(std::string_view body) {
  const std::size_t bracket = body.rfind("] ");
  const std::string_view part =
      TrimRight(bracket == body.npos ? body : body.substr(bracket + 2));
  return part.size() < kLeastBody ? TrimRight(body) : part;
}

std::uint64_t HashOf(std::string_view body) {
  RunningHash hash;
  hash.Add(SharedPart(body));
  return hash.value();
}

// The time of day in "audit(1761236890.123:45)".
std::optional<std::int64_t> AuditTime(std::string_view body) {
  constexpr std::string_view kBefore = "audit(";
  const std::size_t at = body.find(kBefore);
  if (at == body.npos) return std::nullopt;
  const std::string_view digits = body.substr(at + kBefore.size());
  double seconds = 0;
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  constexpr double kNineties = 631'152'000;  // 1990-01-01
  constexpr double kLatest = 7'258'118'400;  // 2200-01-01
  if (error != std::errc() || !(seconds > kNineties && seconds < kLatest)) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(seconds * kNsPerSecond);
}

}  // namespace

std::int64_t Years::Of(std::int64_t time_ns) const {
  constexpr std::int64_t kDay_ns = 86'400 * kNsPerSecond;
  const std::int64_t in_last = WithYear(time_ns, last_year);
  return in_last > last_ns + kDay_ns ? WithYear(time_ns, last_year - 1)
                                     : in_last;
}

ClockProfile::ClockProfile(RecordStream* stream) {
  Record record;
  while (stream->Next(&record)) {
    ++records_;
    const bool of_host =
        record.source == Source::kKernel || record.source == Source::kSystem;
    if (of_host) ++host_records_;
    if (said_.size() < kMostRecords) Add(record);
  }
  const StreamEnd end = stream->End();
  clock_ = end.summary.clock;
  resolution_ns_ = end.summary.resolution_ns;
  Sort();
}

void ClockProfile::Sort() {
  std::sort(said_.begin(), said_.end(), [](const Said& a, const Said& b) {
    return std::tie(a.body, a.time_ns) < std::tie(b.body, b.time_ns);
  });
}

std::optional<Years> ClockProfile::SetYears(std::int64_t main_last_ns) {
  if (clock_ != Clock::kNoYear || !last_ns_) return std::nullopt;
  Years years;
  const int about = YearOf(main_last_ns);
  for (const int year : {about - 1, about, about + 1}) {
    const std::int64_t last = WithYear(*last_ns_, year);
    const bool nearer =
        years.last_year == 0 ||
        std::abs(last - main_last_ns) < std::abs(years.last_ns - main_last_ns);
    if (nearer) years = {year, last};
  }
  for (Said& said : said_) {
    if (said.timed) said.time_ns = years.Of(said.time_ns);
  }
  if (first_ns_) first_ns_ = years.Of(*first_ns_);
  last_ns_ = years.last_ns;
  Sort();
  return years;
}

void ClockProfile::Add(const Record& record) {
  if (record.time_ns && !first_ns_) first_ns_ = record.time_ns;
  // A line without a stamp is of the message before it.
  if (record.time_ns) last_ns_ = record.time_ns;
  if (record.clock == Clock::kMonotonic && record.time_ns &&
      !stated_offset_ns_) {
    if (const auto audit = AuditTime(record.body)) {
      stated_offset_ns_ = *audit - *record.time_ns;
    }
  }
  const std::string_view body = TrimRight(record.body);
  if (body.empty()) return;
  said_.push_back({HashOf(record.body), last_ns_.value_or(0),
                   last_ns_.has_value(), record.time_ns.has_value(),
                   body.size() >= kLeastBody});
}

std::optional<std::int64_t> ClockProfile::OnlyTimeOf(std::uint64_t body) const {
  const auto at = std::lower_bound(
      said_.begin(), said_.end(), body,
      [](const Said& said, std::uint64_t hash) { return said.body < hash; });
  if (at == said_.end() || at->body != body || !at->stamped)
    return std::nullopt;
  if (at + 1 != said_.end() && (at + 1)->body == body) return std::nullopt;
  return at->time_ns;
}

bool ClockProfile::Has(std::string_view body, std::int64_t time_ns,
                       std::int64_t within_ns) const {
  const std::uint64_t hash = HashOf(body);
  const auto first = std::make_pair(hash, time_ns - within_ns);
  const auto at = std::lower_bound(
      said_.begin(), said_.end(), first, [](const Said& said, const auto& key) {
        return std::make_pair(said.body, said.time_ns) < key;
      });
  return at != said_.end() && at->body == hash && at->timed &&
         at->time_ns <= time_ns + within_ns;
}

std::uint64_t ClockProfile::SharedWith(const ClockProfile& other) const {
  std::uint64_t shared = 0;
  auto mine = said_.begin();
  for (auto at = other.said_.begin(); at != other.said_.end(); ++at) {
    if (at != other.said_.begin() && (at - 1)->body == at->body) continue;
    if (!at->distinct) continue;
    while (mine != said_.end() && mine->body < at->body) ++mine;
    if (mine != said_.end() && mine->body == at->body) ++shared;
  }
  return shared;
}

ClockProfile::Fit ClockProfile::FitOf(const ClockProfile& other) const {
  using Kind = SourceFile::Fit;
  Fit fit;
  if (clock_ == Clock::kNone || other.clock_ == Clock::kNone) return fit;
  if (FitByLines(other, &fit)) return fit;
  const bool dated = IsDated(clock_) &&
                     (IsDated(other.clock_) || other.clock_ == Clock::kNoYear);
  if (clock_ == Clock::kUtc && other.clock_ == Clock::kUtc) {
    fit.kind = Kind::kSame;
  } else if (other.stated_offset_ns_ && clock_ == Clock::kUtc) {
    fit.kind = Kind::kStated;
    fit.offset_ns = *other.stated_offset_ns_;
  } else {
    fit.kind =
        dated || clock_ == other.clock_ ? Kind::kAssumed : Kind::kUnknown;
  }
  return fit;
}

bool ClockProfile::FitByLines(const ClockProfile& other, Fit* fit) const {
  std::vector<std::int64_t> offsets;
  for (const Said& said : other.said_) {
    if (!said.distinct) continue;
    const auto theirs = other.OnlyTimeOf(said.body);
    const auto ours = theirs ? OnlyTimeOf(said.body) : std::nullopt;
    if (ours) offsets.push_back(*ours - *theirs);
  }
  if (offsets.empty()) return false;
  const auto middle =
      offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 2);
  std::nth_element(offsets.begin(), middle, offsets.end());
  const std::int64_t median = *middle;
  const std::int64_t near =
      kAgreeing_ns + std::max(resolution_ns_, other.resolution_ns_);
  Fit by_lines;
  by_lines.kind = SourceFile::Fit::kShared;
  by_lines.offset_ns = median;
  by_lines.shared = static_cast<std::uint64_t>(std::count_if(
      offsets.begin(), offsets.end(),
      [&](std::int64_t offset) { return std::abs(offset - median) <= near; }));
  if (2 * by_lines.shared <= offsets.size() || !IsPlausible(other, by_lines)) {
    return false;
  }
  *fit = by_lines;
  return true;
}

bool ClockProfile::IsPlausible(const ClockProfile& other,
                               const Fit& fit) const {
  // The kernel's own clock is any distance away, and its lines are nobody
  // else's.
  if (other.clock_ == Clock::kMonotonic && clock_ != Clock::kMonotonic) {
    return true;
  }
  if (fit.shared < kLeastShared) return false;
  const std::int64_t off = std::abs(fit.offset_ns);
  if (clock_ == Clock::kUtc && other.clock_ == Clock::kUtc) {
    // Within a moment they are the same.
    return off > kSameMoment_ns && off <= kMostDrift_ns;
  }
  return off <= kMostZone_ns + kMostDrift_ns;
}

}  // namespace logdiag
