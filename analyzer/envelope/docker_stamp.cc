// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/docker_stamp.h"

#include <algorithm>
#include <cstring>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kStampSize = 30;

// The stamp at the start of `text`, with a blank or nothing behind it.
std::optional<Stamp> ReadDockerStamp(std::string_view text) {
  if (text.size() < kStampSize || text[19] != '.' ||
      text[kStampSize - 1] != 'Z' || text[10] != 'T') {
    return std::nullopt;
  }
  if (text.size() > kStampSize && text[kStampSize] != ' ') return std::nullopt;
  const std::optional<Stamp> stamp = ReadIsoStamp(text);
  if (!stamp || stamp->size != kStampSize) return std::nullopt;
  return stamp;
}

// The stream and tag that a CRI runtime puts behind a stamp of the same form.
bool IsCriColumn(std::string_view text) {
  return (StartsWith(text, " stdout ") || StartsWith(text, " stderr ")) &&
         text.size() > 8 && (text[8] == 'F' || text[8] == 'P');
}

// Offset of the first stamp at or behind `from`; npos if there is none.
std::size_t FindDockerStamp(std::string_view text, std::size_t from) {
  while (from + kStampSize <= text.size()) {
    const std::size_t search = from + kStampSize - 1;
    const void* found =
        std::memchr(text.data() + search, 'Z', text.size() - search);
    if (found == nullptr) break;
    const auto z =
        static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const std::size_t start = z + 1 - kStampSize;
    if (ReadDockerStamp(text.substr(start))) return start;
    from = start + 1;
  }
  return std::string_view::npos;
}

// A message may itself mention a time; dockerd's stamp follows text that was
// broken off, with nothing in between.
bool FollowsBrokenText(std::string_view text, std::size_t stamp) {
  if (stamp == 0) return false;
  constexpr std::string_view kOpeners = " \t=\"'([{<,:";
  return kOpeners.find(text[stamp - 1]) == std::string_view::npos;
}

void EndRecordAt(std::size_t stamp, Piece* piece) {
  piece->rest = piece->text.substr(stamp);
  piece->text = piece->text.substr(0, stamp);
  piece->unterminated = true;
}

void AppendJoined(std::string_view part, std::string* joined) {
  if (!joined->empty()) {
    while (EndsWith(*joined, kReplacement))
      joined->resize(joined->size() - kReplacement.size());
    while (StartsWith(part, kReplacement))
      part.remove_prefix(kReplacement.size());
  }
  joined->append(part);
}

}  // namespace

bool PeelDockerStamp(Piece* piece, std::string* joined) {
  const std::optional<Stamp> stamp = ReadDockerStamp(piece->text);
  if (!stamp || IsCriColumn(piece->text.substr(kStampSize))) return false;
  const std::string_view own = piece->text.substr(0, kStampSize);
  const bool outermost_stamp = !piece->Has(Envelope::kDockerStamps);
  OfferTime(*stamp, piece);
  TakeFront(kStampSize, Envelope::kDockerStamps, piece);
  if (!outermost_stamp) return true;

  const std::string_view text = piece->text;
  std::size_t begin = 0;  // of the piece at hand
  std::size_t from = 0;
  bool is_joined = false;
  for (;;) {
    const std::size_t next = FindDockerStamp(text, from);
    if (next == std::string_view::npos) break;
    if (text.substr(next, kStampSize) == own) {
      if (!is_joined) joined->clear();
      is_joined = true;
      AppendJoined(text.substr(begin, next - begin), joined);
      begin = std::min(next + kStampSize + 1, text.size());
      from = begin;
    } else if (FollowsBrokenText(text, next)) {
      EndRecordAt(next, piece);
      break;
    } else {
      from = next + kStampSize;
    }
  }
  if (is_joined) {
    AppendJoined(piece->text.substr(begin), joined);
    piece->text = *joined;
  }
  return true;
}

bool SplitAtDockerStamp(Piece* piece) {
  std::size_t from = 0;
  for (;;) {
    const std::size_t next = FindDockerStamp(piece->text, from);
    if (next == std::string_view::npos) return false;
    if (FollowsBrokenText(piece->text, next)) {
      EndRecordAt(next, piece);
      return true;
    }
    from = next + kStampSize;
  }
}

}  // namespace logdiag
