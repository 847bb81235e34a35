// SPDX-License-Identifier: Apache-2.0
// The markers that a record holds.
#ifndef LOGDIAG_SCAN_MARKER_MATCHER_H_
#define LOGDIAG_SCAN_MARKER_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/scan/literal_filter.h"
#include "analyzer/scan/marker_index.h"
#include "analyzer/support/quotation.h"
#include "analyzer/support/regex.h"

namespace logdiag {

// A marker found. `text` views the body.
struct MarkerSighting {
  std::size_t position = 0;  // in the body
  MarkerHit hit;
  std::string_view text;  // what to show: its segment, at most kMaxEventText
};

// Turns literal hits into markers. A segment is the text between two of
// '\r' and '\n'; a regex sees one segment at a time.
//  - A marker without a regex fires for each occurrence of its literal that
//    does not overlap the one before. Its other literals in that segment are
//    other words for the same thing and do not fire.
//  - A marker with a regex fires once a segment.
//  - No marker fires more than kMaxPerRecord times a record: a bar of a
//    thousand redraws says the same thing a thousand times.
//  - A record that holds the literals of very many markers is looked at for
//    some of them only: what it costs stays within bounds for each byte.
class MarkerMatcher {
 public:
  static constexpr std::uint32_t kMaxPerRecord = 16;

  // Both must outlive the matcher; `index` is that of the catalogue. A regex is
  // compiled when a segment first needs it; one that does not compile never
  // matches.
  MarkerMatcher(const Catalogue* catalogue, const MarkerIndex* index);

  // The literals to search for: hits name them by index.
  const std::vector<std::string>& literals() const { return index_.literals; }
  // True if there are markers without a literal: these look at every segment.
  bool looks_everywhere() const { return !index_.everywhere.empty(); }

  // Shared with what else is read of a line.
  QuotationFinder* quotations() { return &quotations_; }

  // `bytes` is the size of its body.
  void BeginRecord(std::size_t bytes);
  // Appends the markers in [begin, end) of `body`, in the order of the text.
  // `hits` are the literal hits in that stretch, in the order of the text.
  void Match(std::string_view body, std::size_t begin, std::size_t end,
             std::span<const LiteralHit> hits,
             std::vector<MarkerSighting>* sightings);

  // Records that were not looked at for all markers whose literals they hold.
  std::uint64_t crowded_records() const { return crowded_; }

 private:
  // A record may cost as much as so many regexes over all of it ...
  static constexpr std::uint64_t kMaxLooks = 64;
  // ... and a short one as much as so many bytes of text: its regexes are
  // many for good reasons.
  static constexpr std::uint64_t kMinRoom = 1 << 19;
  // What it costs to find out who is quoted in a segment, in regexes: the first
  // time, and then for each marker.
  static constexpr std::uint64_t kQuotationLooks = 10;
  static constexpr std::uint64_t kLeadLooks = 3;

  // So many matches of one regex in one segment are looked at for one that is
  // not quoted; a segment that quotes more is a quotation.
  static constexpr int kMaxQuotations = 8;

  // What was tried of one marker, in the record `record`.
  struct State {
    std::uint64_t record = 0;
    std::uint32_t fired = 0;
    bool retired = false;     // it has told what it can tell
    std::size_t segment = 0;  // end of the last segment tried
    std::size_t literal = 0;  // that spoke for the marker in that segment
    std::size_t until = 0;    // end of the literal's last occurrence
    bool asked = false;       // for `needs`
    const std::vector<KnownText>* needs = nullptr;
    bool compiled = false;
    std::optional<Regex> regex;
  };
  struct Segment {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  State& StateOf(std::size_t marker);
  // False if the record has cost enough.
  bool Affordable();
  bool IsQuoted(std::string_view segment, std::size_t begin,
                const Marker& marker);
  void Try(std::string_view body, Segment segment, std::size_t marker,
           const LiteralHit& hit, std::vector<MarkerSighting>* sightings);
  // `segment` in lower case, made once for all markers that ask.
  const std::string& Folded(std::string_view segment);
  // The first match that is not quoted there.
  std::optional<MarkerHit> ApplyRegex(std::string_view segment,
                                      std::size_t marker, State* state);
  void MatchEverywhere(std::string_view body, std::size_t begin,
                       std::size_t end, std::vector<MarkerSighting>* sightings);

  const Catalogue* catalogue_;
  const MarkerIndex& index_;
  QuotationFinder quotations_;
  std::vector<State> states_;  // by marker
  std::uint64_t record_ = 0;
  std::uint64_t spent_ = 0;  // bytes of regexes over text, of the record
  std::uint64_t room_ = 0;
  const char* quoted_of_ = nullptr;  // the segment that was paid for last
  bool is_crowded_ = false;
  std::uint64_t crowded_ = 0;
  std::string folded_;
  const char* folded_of_ = nullptr;  // start of the segment in `folded_` ...
  std::uint64_t folded_record_ = 0;  // ... and its record
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_MARKER_MATCHER_H_
