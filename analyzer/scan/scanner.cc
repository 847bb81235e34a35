// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/scan/bar_grammar.h"
#include "analyzer/scan/escaped_traceback.h"
#include "analyzer/scan/fence.h"
#include "analyzer/scan/literal_filter.h"
#include "analyzer/scan/marker_matcher.h"
#include "analyzer/scan/progress_bar.h"
#include "analyzer/scan/traceback_grammar.h"
#include "analyzer/scan/traceback_reader.h"

namespace logdiag {
namespace {

// Searched for together with the literals of the markers.
constexpr std::array<std::string_view, 7> kTriggers = {
    kTotallessMark, kTracebackHeader, kFatalHeader, kThreadHeader,
    kFrameMiddle,   "Error: ",        "Exception: "};
constexpr std::size_t kTotallessTrigger = 0;
// Those with which somebody's traceback would begin.
constexpr std::size_t kFirstHeader = 1;
constexpr std::size_t kLastHeader = 3;
// A line that quotes so many of these quotes the others as well.
constexpr int kMaxHeaders = 8;

// Roles that the rest of an exception's message can have.
bool MayBeMessage(Role role) {
  return role == Role::kNote || role == Role::kFact || role == Role::kSymptom;
}

// Roles that show that the process of a half-read traceback is gone.
bool IsNewProcess(Role role) {
  return role == Role::kContainerStart || role == Role::kProcessStart ||
         role == Role::kProcessDied;
}

std::vector<std::string> WithTriggers(std::vector<std::string> literals) {
  literals.insert(literals.end(), kTriggers.begin(), kTriggers.end());
  return literals;
}

// An event and where it stands in the body.
struct Placed {
  std::size_t position = 0;
  Event event;
};

Event MakeEvent(const Record& record, std::string_view text) {
  Event event;
  event.line = record.line;
  event.offset = record.offset;
  event.time_ns = record.time_ns;
  event.source = record.source;
  event.unterminated =
      record.unterminated && record.body.size() < kDockerPieceBytes;
  event.text = std::string(text);
  return event;
}

void MoveTo(std::vector<Event>* from, std::vector<Event>* to) {
  std::move(from->begin(), from->end(), std::back_inserter(*to));
  from->clear();
}

}  // namespace

class ScanIndex {
 public:
  explicit ScanIndex(const Catalogue& catalogue)
      : markers(catalogue), filter(WithTriggers(markers.literals)) {}

  const MarkerIndex markers;
  const LiteralFilter filter;
};

std::shared_ptr<const ScanIndex> MakeScanIndex(const Catalogue& catalogue) {
  return std::make_shared<const ScanIndex>(catalogue);
}

class Scanner::Impl {
 public:
  Impl(const Catalogue* catalogue, std::shared_ptr<const ScanIndex> index)
      : catalogue_(catalogue),
        index_(index ? std::move(index) : MakeScanIndex(*catalogue)),
        matcher_(catalogue, &index_->markers) {}

  // What stands between fences is quoted in a log that is known as one; else
  // it is the log, and somebody pasted it.
  bool Scan(const Record& record, std::vector<Event>* events) {
    const Fence::Place place = fence_.Look(record.body);
    // What was printed before is no part of what is quoted.
    if (place == Fence::Place::kOpens) EndTracebacks(events);
    if (place == Fence::Place::kOpens || place == Fence::Place::kInside) {
      return ScanRecord(record, fence_.held());
    }
    if (place == Fence::Place::kCloses) {
      EndTracebacks(fence_.held());
      if (known_) fence_.Drop();
    }
    fence_.Release(events);
    const std::size_t before = events->size();
    const bool understood = ScanRecord(record, events);
    known_ =
        known_ ||
        (std::any_of(events->begin() + static_cast<std::ptrdiff_t>(before),
                     events->end(),
                     [this](const Event& event) { return IsOwn(event); }) &&
         !matcher_.quotations()->IsMarkedUp(record.body));
    return understood;
  }

  std::uint64_t crowded_records() const { return matcher_.crowded_records(); }

  void Finish(std::vector<Event>* events) {
    fence_.Release(events);
    EndTracebacks(events);
  }

 private:
  void EndTracebacks(std::vector<Event>* events) {
    tracebacks_.Cut(events);
    MoveTo(&held_, events);
  }

  // A line of a body; most bodies are one line.
  struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  // Whether it shows that the lines around it are a log.
  bool IsOwn(const Event& event) const {
    const auto* hit = std::get_if<MarkerHit>(&event.what);
    if (hit == nullptr) return false;
    const Marker& marker = catalogue_->markers[hit->marker];
    return marker.own && !OnlyNamesItsLog(marker);
  }

  bool ScanRecord(const Record& record, std::vector<Event>* events) {
    understood_ = false;
    hits_.clear();
    index_->filter.Find(record.body, &hits_);
    const bool bars = record.body.find(kPercentMark) != std::string_view::npos;
    if (hits_.empty() && !bars && !tracebacks_.active() &&
        !matcher_.looks_everywhere()) {
      return false;
    }
    matcher_.BeginRecord(record.body.size());
    std::span<const LiteralHit> hits = hits_;
    for (std::size_t begin = 0; begin < record.body.size();) {
      const std::size_t end =
          std::min(record.body.find('\n', begin), record.body.size());
      std::size_t count = 0;
      while (count < hits.size() && hits[count].position < end) ++count;
      ScanLine(record, {begin, end}, hits.first(count), events);
      hits = hits.subspan(count);
      begin = end + 1;
    }
    return understood_;
  }

  void ScanLine(const Record& record, Stretch line,
                std::span<const LiteralHit> hits, std::vector<Event>* events) {
    const std::string_view text =
        record.body.substr(line.begin, line.end - line.begin);
    TracebackReader::Use use = TracebackReader::Use::kOther;
    if (tracebacks_.active() || HasTracebackTrigger(record, line, hits)) {
      if (!ReadEscapedTraceback(text, record, &done_)) {
        use = tracebacks_.Read(text, record, &done_);
      }
      understood_ = understood_ || use != TracebackReader::Use::kOther;
      Release(events);
      if (use == TracebackReader::Use::kSource) return;
    }
    placed_.clear();
    FindBars(record, line, hits);
    FindMarkers(record, line, hits);
    std::stable_sort(placed_.begin(), placed_.end(),
                     [](const Placed& a, const Placed& b) {
                       return a.position < b.position;
                     });
    if (tracebacks_.active() && use == TracebackReader::Use::kOther &&
        EndsTraceback()) {
      tracebacks_.Cut(&done_);
      Release(events);
    }
    understood_ = understood_ || !placed_.empty();
    const bool hold =
        tracebacks_.awaits_more() && use == TracebackReader::Use::kOther;
    for (Placed& placed : placed_) {
      (hold ? held_ : *events).push_back(std::move(placed.event));
    }
  }

  // Appends the tracebacks that are over, and what waited for them.
  void Release(std::vector<Event>* events) {
    if (done_.empty() && tracebacks_.awaits_more()) return;
    MoveTo(&done_, events);
    MoveTo(&held_, events);
  }

  // Whether somebody is quoted at `position` of a line.
  bool IsQuotedAt(std::string_view line, std::size_t position) {
    const std::size_t redraw = line.substr(0, position).rfind('\r') + 1;
    const std::size_t end = std::min(line.find('\r', position), line.size());
    return matcher_.quotations()->IsQuoted(line.substr(redraw, end - redraw),
                                           position - redraw);
  }

  bool HasTracebackTrigger(const Record& record, Stretch line,
                           std::span<const LiteralHit> hits) {
    const std::size_t first = matcher_.literals().size();
    int asked = 0;
    return std::any_of(hits.begin(), hits.end(), [&](const LiteralHit& hit) {
      if (hit.literal <= first + kTotallessTrigger) return false;
      const std::size_t trigger = hit.literal - first;
      if (trigger < kFirstHeader || trigger > kLastHeader) return true;
      if (++asked > kMaxHeaders) return false;
      return !IsQuotedAt(record.body.substr(line.begin, line.end - line.begin),
                         hit.position - line.begin);
    });
  }

  // What is stuck to the end of a bar is a line of its own: a shell's word.
  std::size_t EndOfBars(Stretch line) const {
    if (bars_.empty()) return line.begin;
    const BarReading& last = bars_.back();
    return line.begin + last.position + last.text.size();
  }

  void FindMarkers(const Record& record, Stretch line,
                   std::span<const LiteralHit> hits) {
    sightings_.clear();
    const std::size_t cut = EndOfBars(line);
    std::size_t before = 0;
    while (before < hits.size() && hits[before].position < cut) ++before;
    if (cut > line.begin) {
      matcher_.Match(record.body, line.begin, cut, hits.first(before),
                     &sightings_);
      hits = hits.subspan(before);
    }
    matcher_.Match(record.body, cut, line.end, hits, &sightings_);
    for (MarkerSighting& sighting : sightings_) {
      Event event = MakeEvent(record, sighting.text);
      event.what = std::move(sighting.hit);
      placed_.push_back({sighting.position, std::move(event)});
    }
  }

  void FindBars(const Record& record, Stretch line,
                std::span<const LiteralHit> hits) {
    const std::string_view text =
        record.body.substr(line.begin, line.end - line.begin);
    const std::size_t totalless =
        matcher_.literals().size() + kTotallessTrigger;
    const bool possible =
        text.find(kPercentMark) != std::string_view::npos ||
        std::any_of(hits.begin(), hits.end(), [totalless](const auto& hit) {
          return hit.literal == totalless;
        });
    bars_.clear();
    if (!possible) return;
    const bool last = line.end == record.body.size();
    ReadProgressBars(text, record.unterminated && last, &bars_);
    if (!bars_.empty()) {
      // Its label may be the words of somebody who quotes it.
      const BarReading& first = bars_.front();
      const std::size_t label =
          std::min(first.text.find(kPercentMark), first.text.size());
      if (IsQuotedAt(text, first.position + label)) bars_.clear();
    }
    for (BarReading& bar : bars_) {
      Event event = MakeEvent(record, bar.text);
      event.what = std::move(bar.bar);
      placed_.push_back({line.begin + bar.position, std::move(event)});
    }
  }

  // True if the events of this line show that no traceback goes on behind it.
  bool EndsTraceback() const {
    const bool in_message = tracebacks_.awaits_more();
    return std::any_of(
        placed_.begin(), placed_.end(), [&](const Placed& placed) {
          const auto* hit = std::get_if<MarkerHit>(&placed.event.what);
          if (hit == nullptr) return in_message;
          const Role role = catalogue_->markers[hit->marker].role;
          return in_message ? !MayBeMessage(role) : IsNewProcess(role);
        });
  }

  const Catalogue* catalogue_;
  std::shared_ptr<const ScanIndex> index_;
  MarkerMatcher matcher_;
  TracebackReader tracebacks_;
  Fence fence_;
  bool known_ = false;       // a line outside of fences is of a program's log
  bool understood_ = false;  // the record being scanned
  std::vector<Event> held_;  // may be the rest of an exception's message
  // Room for one line's work, kept between lines.
  std::vector<LiteralHit> hits_;
  std::vector<MarkerSighting> sightings_;
  std::vector<BarReading> bars_;
  std::vector<Placed> placed_;
  std::vector<Event> done_;
};

Scanner::Scanner(const Catalogue* catalogue,
                 std::shared_ptr<const ScanIndex> index)
    : impl_(std::make_unique<Impl>(catalogue, std::move(index))) {}

Scanner::~Scanner() = default;

bool Scanner::Scan(const Record& record, std::vector<Event>* events) {
  return impl_->Scan(record, events);
}

std::uint64_t Scanner::crowded_records() const {
  return impl_->crowded_records();
}

void Scanner::Finish(std::vector<Event>* events) { impl_->Finish(events); }

}  // namespace logdiag
