// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/peeler.h"

#include "analyzer/envelope/bracket_front.h"
#include "analyzer/envelope/docker_stamp.h"
#include "analyzer/envelope/logger_level.h"
#include "analyzer/envelope/logger_stamp.h"
#include "analyzer/envelope/stamp_front.h"
#include "analyzer/envelope/syslog_front.h"
#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {

void Peeler::Learn(const std::vector<std::string_view>& lines) {
  escapes_.Learn(lines);
  numbers_.Learn(lines);
  std::vector<std::string> unescaped(lines.size());
  std::vector<std::string_view> own;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Piece piece;
    piece.text = escapes_.Decode(lines[i], &unescaped[i]);
    numbers_.Peel(&piece);
    own.push_back(piece.text);
  }
  export_.Learn(own);
  for (const std::string_view line : own) compose_.Learn(line);
  LearnStamps(own);
  std::vector<std::string> rests;
  for (const std::string_view line : lines) {
    Piece piece;
    piece.text = line;
    Peel(&piece);
    if (!piece.dropped && !TrimRight(piece.text).empty())
      rests.emplace_back(piece.text);
  }
  learned_.Learn(rests);
}

void Peeler::LearnStamps(const std::vector<std::string_view>& lines) {
  std::size_t filled = 0;
  std::size_t naive = 0;
  std::size_t syslog = 0;
  for (const std::string_view line : lines) {
    if (TrimRight(line).empty()) continue;
    ++filled;
    Piece piece;
    piece.text = line;
    if (PeelNaiveStamp(&piece)) ++naive;
    if (PeelLocalSyslog(&piece)) ++syslog;
  }
  // Most lines: fewer may be messages that mention a time.
  naive_stamps_ = naive >= 4 && naive * 10 >= filled * 6;
  loose_syslog_ = syslog >= 4 && syslog * 10 >= filled * 6;
}

void Peeler::Peel(Piece* piece) {
  piece->text = escapes_.Decode(piece->text, &unescaped_);
  while (!piece->dropped && piece->depth < Piece::kMaxDepth && PeelOne(piece)) {
  }
  if (piece->dropped) return;
  if (piece->level == Level::kNone) NoteBareLevel(piece);
  if (piece->Has(Envelope::kDockerStamps)) {
    docker_stamps_ = true;
  } else if (docker_stamps_ && piece->rest.empty()) {
    SplitAtDockerStamp(piece);
  }
}

bool Peeler::PeelOne(Piece* piece) {
  return PeelKnown(piece) || learned_.Peel(piece);
}

bool Peeler::PeelKnown(Piece* piece) {
  if (numbers_.Peel(piece)) return true;
  const bool outside =
      piece->depth == 0 ||
      (piece->depth == 1 && piece->Has(Envelope::kLineNumbers));
  if (outside && (export_.Peel(piece) || json_.PeelEvent(piece))) {
    StripDecoded(piece);
    return true;
  }
  if (piece->text.empty()) return false;
  const char first = piece->text[0];
  if (first >= '0' && first <= '9') {
    if (PeelDigitFront(piece)) return true;
    return outside && compose_.Peel(piece);
  }
  if (first == '[') return PeelBracketFront(piece);
  if (first == '#') return PeelBuildStep(piece, &in_build_);
  if (first == '(') return PeelProcessName(piece);
  if (first == '{') {
    if (!json_.Peel(piece)) return false;
    StripDecoded(piece);
    return true;
  }
  const char letter = static_cast<char>(first | 0x20);
  if (letter >= 'a' && letter <= 'z') return PeelLetterFront(piece, outside);
  // Blanks are no name, but they end a row of names.
  if (outside) return compose_.Peel(piece);
  return false;
}

bool Peeler::PeelDigitFront(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 17) return false;
  if (text[2] == ':') return PeelClockAndLevel(piece);
  if (text[4] != '-' || text[7] != '-')
    return loose_syslog_ && PeelLocalSyslog(piece);
  return PeelDockerStamp(piece, &joined_) || PeelZonedStamp(piece) ||
         PeelSupervisord(piece) || PeelErrorReport(piece, &joined_) ||
         PeelLoguru(piece) || (naive_stamps_ && PeelNaiveStamp(piece));
}

bool Peeler::PeelBracketFront(Piece* piece) {
  return PeelBracketedStamp(piece) || PeelBracketedLevel(piece) ||
         PeelDmesg(piece) || PeelKubectl(piece) || PeelPlace(piece);
}

bool Peeler::PeelLetterFront(Piece* piece, bool outside) {
  if (outside && (compose_.Peel(piece) || PeelSyslog(piece) ||
                  (loose_syslog_ && PeelLocalSyslog(piece)))) {
    return true;
  }
  const char first = piece->text[0];
  const bool upper = first >= 'A' && first <= 'Z';
  return (upper && (PeelPythonLogging(piece) || PeelRunPodColumns(piece) ||
                    PeelVllm(piece))) ||
         PeelRunPodRootLogger(piece);
}

void Peeler::StripDecoded(Piece* piece) {
  piece->text = StripAnsi(piece->text, &plain_);
}

}  // namespace logdiag
