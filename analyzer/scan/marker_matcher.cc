// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/marker_matcher.h"

#include <algorithm>
#include <utility>

#include "analyzer/support/regex_needs.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kBreaks = "\r\n";

std::size_t SegmentEnd(std::string_view body, std::size_t from,
                       std::size_t limit) {
  // Two searches for one byte are far quicker than one for either.
  const std::string_view text = body.substr(from, limit - from);
  const std::size_t line = std::min(text.find('\n'), text.size());
  return from + std::min(text.substr(0, line).find('\r'), line);
}

std::size_t SegmentBegin(std::string_view body, std::size_t position,
                         std::size_t limit) {
  std::size_t begin = position;
  while (begin > limit && kBreaks.find(body[begin - 1]) == kBreaks.npos) {
    --begin;
  }
  return begin;
}

// Most matches are of markers on which nothing stands; these may be quoted.
bool MayMislead(const Marker& marker) {
  return marker.named || !IsUneventful(marker);
}

// The start of the segment, unless that would leave out what was found.
std::string_view TextToShow(std::string_view body, std::size_t begin,
                            std::size_t end, std::size_t position,
                            std::size_t size) {
  const bool shown = position + size <= begin + kMaxEventText;
  const std::size_t from = shown ? begin : position;
  return CutUtf8(body.substr(from, end - from), kMaxEventText);
}

}  // namespace

MarkerMatcher::MarkerMatcher(const Catalogue* catalogue,
                             const MarkerIndex* index)
    : catalogue_(catalogue),
      index_(*index),
      quotations_(catalogue->quotations),
      states_(catalogue->markers.size()) {}

void MarkerMatcher::BeginRecord(std::size_t bytes) {
  ++record_;
  quotations_.NewText();
  spent_ = 0;
  room_ = std::max<std::uint64_t>(kMinRoom, kMaxLooks * bytes);
  quoted_of_ = nullptr;
  is_crowded_ = false;
}

bool MarkerMatcher::Affordable() {
  if (spent_ < room_) return true;
  if (!std::exchange(is_crowded_, true)) ++crowded_;
  return false;
}

bool MarkerMatcher::IsQuoted(std::string_view segment, std::size_t begin,
                             const Marker& marker) {
  const bool first =
      std::exchange(quoted_of_, segment.data()) != segment.data();
  spent_ += (first ? kQuotationLooks : kLeadLooks) * segment.size();
  return quotations_.IsQuoted(segment, begin, marker);
}

MarkerMatcher::State& MarkerMatcher::StateOf(std::size_t marker) {
  State& state = states_[marker];
  if (state.record != record_) {
    state.record = record_;
    state.fired = 0;
    state.segment = std::string_view::npos;
    state.until = 0;
  }
  return state;
}

void MarkerMatcher::Match(std::string_view body, std::size_t begin,
                          std::size_t end, std::span<const LiteralHit> hits,
                          std::vector<MarkerSighting>* sightings) {
  const auto first = static_cast<std::ptrdiff_t>(sightings->size());
  Segment segment{begin, begin};
  for (const LiteralHit& hit : hits) {
    if (hit.literal >= index_.owners.size()) continue;
    if (hit.position >= segment.end) {
      segment.begin = SegmentBegin(body, hit.position, segment.end);
      segment.end = SegmentEnd(body, hit.position, end);
    }
    for (const std::size_t marker : index_.owners[hit.literal]) {
      Try(body, segment, marker, hit, sightings);
    }
  }
  if (index_.everywhere.empty()) return;
  MatchEverywhere(body, begin, end, sightings);
  std::stable_sort(sightings->begin() + first, sightings->end(),
                   [](const MarkerSighting& a, const MarkerSighting& b) {
                     return a.position < b.position;
                   });
}

void MarkerMatcher::Try(std::string_view body, Segment segment,
                        std::size_t marker, const LiteralHit& hit,
                        std::vector<MarkerSighting>* sightings) {
  State& state = StateOf(marker);
  if (state.fired >= kMaxPerRecord || state.retired) return;
  const bool fresh = state.segment != segment.end;
  const std::size_t size = index_.literals[hit.literal].size();
  if (fresh && !Affordable()) return;
  std::optional<MarkerHit> found;
  if (!catalogue_->markers[marker].regex.empty()) {
    if (!fresh) return;
    state.segment = segment.end;
    found = ApplyRegex(body.substr(segment.begin, segment.end - segment.begin),
                       marker, &state);
  } else {
    if (!fresh && (hit.literal != state.literal || hit.position < state.until))
      return;
    state.segment = segment.end;
    state.literal = hit.literal;
    state.until = hit.position + size;
    const std::string_view text =
        body.substr(segment.begin, segment.end - segment.begin);
    const Marker& wanted = catalogue_->markers[marker];
    if (!MayMislead(wanted) ||
        !IsQuoted(text, hit.position - segment.begin, wanted)) {
      found = MarkerHit{marker, {}};
    }
  }
  if (!found) return;
  ++state.fired;
  state.retired = OnlyNamesItsLog(catalogue_->markers[marker]);
  sightings->push_back(
      {hit.position, std::move(*found),
       TextToShow(body, segment.begin, segment.end, hit.position, size)});
}

const std::string& MarkerMatcher::Folded(std::string_view segment) {
  if (folded_record_ != record_ || folded_of_ != segment.data() ||
      folded_.size() != segment.size()) {
    folded_ = FoldCase(segment);
    folded_of_ = segment.data();
    folded_record_ = record_;
  }
  return folded_;
}

std::optional<MarkerHit> MarkerMatcher::ApplyRegex(std::string_view segment,
                                                   std::size_t marker,
                                                   State* state) {
  if (!state->compiled) {
    // Many literals are commoner than what the regex is after.
    if (!std::exchange(state->asked, true)) {
      const RegexNeeds& known = catalogue_->regex_needs;
      const auto needs = known.find(catalogue_->markers[marker].regex);
      if (needs != known.end()) state->needs = &needs->second;
    }
    spent_ += segment.size() / 4;
    if (state->needs != nullptr && !MayMatch(*state->needs, Folded(segment))) {
      return std::nullopt;
    }
    state->compiled = true;
    state->regex = Regex::Compile(catalogue_->markers[marker].regex, nullptr);
  }
  if (!state->regex) return std::nullopt;
  const Marker& wanted = catalogue_->markers[marker];
  const bool misleads = MayMislead(wanted);
  std::size_t begin = 0;
  spent_ += segment.size();
  std::optional<Regex::Captures> captures =
      state->regex->Find(segment, 0, misleads ? &begin : nullptr);
  for (int quoted = 0; misleads && captures && IsQuoted(segment, begin, wanted);
       captures = state->regex->Find(segment, begin + 1, &begin)) {
    if (++quoted == kMaxQuotations || !Affordable()) return std::nullopt;
    spent_ += segment.size();
  }
  if (!captures) return std::nullopt;
  MarkerHit hit{marker, {}};
  for (const auto& [name, text] : *captures) {
    hit.captures.emplace_back(name, std::string(CutUtf8(text, kMaxEventText)));
  }
  return hit;
}

void MarkerMatcher::MatchEverywhere(std::string_view body, std::size_t begin,
                                    std::size_t end,
                                    std::vector<MarkerSighting>* sightings) {
  for (std::size_t from = begin; from < end;) {
    const std::size_t to = SegmentEnd(body, from, end);
    const std::string_view text = body.substr(from, to - from);
    for (const std::size_t marker : index_.everywhere) {
      State& state = StateOf(marker);
      if (text.empty() || state.fired >= kMaxPerRecord) continue;
      if (!Affordable()) return;
      std::optional<MarkerHit> found = ApplyRegex(text, marker, &state);
      if (!found) continue;
      ++state.fired;
      sightings->push_back(
          {from, std::move(*found), CutUtf8(text, kMaxEventText)});
    }
    from = to + 1;
  }
}

}  // namespace logdiag
