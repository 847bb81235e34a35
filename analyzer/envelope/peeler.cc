#include "analyzer/envelope/peeler.h"

#include "analyzer/envelope/bracket_front.h"
#include "analyzer/envelope/docker_stamp.h"
#include "analyzer/envelope/logger_level.h"
#include "analyzer/envelope/stamp_front.h"
#include "analyzer/envelope/syslog_front.h"
#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {

void Peeler::Learn(const std::vector<std::string_view>& lines) {
  export_.Learn(lines);
  std::size_t filled = 0;
  std::size_t naive = 0;
  for (const std::string_view line : lines) {
    compose_.Learn(line);
    if (TrimRight(line).empty()) continue;
    ++filled;
    Piece piece;
    piece.text = line;
    if (PeelNaiveStamp(&piece)) ++naive;
  }
  // Most lines: fewer may be messages that mention a time.
  naive_stamps_ = naive >= 4 && naive * 10 >= filled * 6;
}

void Peeler::Peel(Piece* piece) {
  while (!piece->dropped && piece->depth < Piece::kMaxDepth && PeelOne(piece)) {
  }
  if (piece->dropped) return;
  if (piece->Has(Envelope::kDockerStamps)) {
    docker_stamps_ = true;
  } else if (docker_stamps_ && piece->rest.empty()) {
    SplitAtDockerStamp(piece);
  }
}

bool Peeler::PeelOne(Piece* piece) {
  if (piece->depth == 0 && (export_.Peel(piece) || json_.PeelEvent(piece))) {
    StripDecoded(piece);
    return true;
  }
  if (piece->text.empty()) return false;
  const char first = piece->text[0];
  if (first >= '0' && first <= '9') {
    if (PeelDigitFront(piece)) return true;
    return piece->depth == 0 && compose_.Peel(piece);
  }
  if (first == '[') return PeelBracketFront(piece);
  if (first == '#') return PeelBuildStep(piece, &in_build_);
  if (first == '{') {
    if (!json_.Peel(piece)) return false;
    StripDecoded(piece);
    return true;
  }
  const char letter = static_cast<char>(first | 0x20);
  if (letter >= 'a' && letter <= 'z') return PeelLetterFront(piece);
  // Blanks are no name, but they end a row of names.
  if (piece->depth == 0) return compose_.Peel(piece);
  return false;
}

bool Peeler::PeelDigitFront(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 17 || text[4] != '-' || text[7] != '-') return false;
  return PeelDockerStamp(piece, &joined_) || PeelZonedStamp(piece) ||
         PeelSupervisord(piece) || PeelErrorReport(piece, &joined_) ||
         PeelLoguru(piece) || (naive_stamps_ && PeelNaiveStamp(piece));
}

bool Peeler::PeelBracketFront(Piece* piece) {
  return PeelBracketedStamp(piece) || PeelBracketedLevel(piece) ||
         PeelDmesg(piece) || PeelKubectl(piece);
}

bool Peeler::PeelLetterFront(Piece* piece) {
  if (piece->depth == 0 && (compose_.Peel(piece) || PeelSyslog(piece)))
    return true;
  const char first = piece->text[0];
  const bool upper = first >= 'A' && first <= 'Z';
  return (upper && (PeelPythonLogging(piece) || PeelRunPodColumns(piece))) ||
         PeelRunPodRootLogger(piece);
}

void Peeler::StripDecoded(Piece* piece) {
  piece->text = StripAnsi(piece->text, &plain_);
}

}  // namespace logdiag
