// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/json_line.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/envelope/syslog_front.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// dockerd cuts a message without LF after this many bytes; broken characters
// at the cut may make the decoded text a little shorter.
constexpr std::size_t kPartialBytes = 16 * 1024 - 8;
// So much of a traceback tells whether the message holds it, too.
constexpr std::size_t kComparedBytes = 200;

using M = JsonMembers;

// The level that the members state, by name or number.
Level LevelIn(const JsonMembers& members) {
  if (members.Has(M::kLevel)) {
    const auto number = members.NumberOf(M::kLevel);
    return number ? LevelOfPino(*number) : LevelOf(members[M::kLevel]);
  }
  if (const auto number = members.NumberOf(M::kLevelNumber)) {
    // Python's 30 is a warning, pino's 40.
    return LevelOfPino(*number + 10);
  }
  const auto priority = members.NumberOf(M::kPriority);
  return priority ? LevelOfPriority(*priority) : Level::kNone;
}

}  // namespace

void JsonLine::Accept(std::string_view message, Envelope envelope,
                      Piece* piece) {
  decoded_.assign(message);
  const std::string_view trace = TrimRight(members_.trace());
  if (!trace.empty() && !Contains(message, trace.substr(0, kComparedBytes))) {
    decoded_ += '\n';
    decoded_ += trace;
    while (EndsWith(decoded_, "\n")) decoded_.pop_back();
  }
  piece->text = decoded_;
  OfferLevel(LevelIn(members_), piece);
  AddEnvelope(envelope, piece);
}

bool JsonLine::AcceptJsonFile(Piece* piece) {
  const std::optional<Stamp> stamp = members_.StampOf(M::kTime);
  if (!members_.Has(M::kLog) || (!stamp && !members_.Has(M::kStream)))
    return false;
  // Go drops zeros at the end of the fraction; the clock still has nine.
  if (stamp) OfferTime(stamp->time_ns, 1, Clock::kUtc, piece);
  piece->second_stream = members_[M::kStream] == "stderr";
  std::string_view message = members_[M::kLog];
  piece->partial = !EndsWith(message, "\n");
  if (!piece->partial) message.remove_suffix(1);
  Accept(message, Envelope::kJsonFile, piece);
  return true;
}

bool JsonLine::AcceptApi(Piece* piece) {
  const std::optional<Stamp> stamp = members_.StampOf(M::kTs);
  if (!members_.Has(M::kLine) || !stamp) return false;
  OfferTime(*stamp, piece);
  if (members_[M::kSource] == "system") piece->source = Source::kSystem;
  std::string_view message = members_[M::kLine];
  if (EndsWith(message, "\n")) message.remove_suffix(1);
  piece->partial = message.size() >= kPartialBytes;
  Accept(message, Envelope::kRunPodApi, piece);
  return true;
}

bool JsonLine::AcceptJob(Piece* piece) {
  if (!members_.Has(M::kMessage) || !members_.Has(M::kRequestId) ||
      !members_.Has(M::kLevel))
    return false;
  Accept(members_[M::kMessage], Envelope::kRunPodJob, piece);
  return true;
}

bool JsonLine::AcceptJournal(Piece* piece) {
  const auto microseconds = members_.NumberOf(M::kJournalTime);
  if (!members_.Has(M::kJournalMessage) || !microseconds || *microseconds < 0 ||
      *microseconds > INT64_MAX / 1000) {
    return false;
  }
  OfferTime(*microseconds * 1000, 1000, Clock::kUtc, piece);
  if (members_.Has(M::kTransport) && members_[M::kTransport] == "kernel") {
    piece->source = Source::kKernel;
  } else if (members_.Has(M::kIdentifier)) {
    piece->source = SourceOfUnit(members_[M::kIdentifier]);
  }
  Accept(members_[M::kJournalMessage], Envelope::kJournalJson, piece);
  return true;
}

bool JsonLine::AcceptExport(Piece* piece) {
  std::optional<Stamp> stamp = members_.StampOf(M::kTs);
  if (!stamp) stamp = members_.StampOf(M::kTime);
  if (!stamp || !members_.Has(M::kWorker)) return false;
  if (!members_.Has(M::kMessage) && !members_.Has(M::kLine)) return false;
  OfferTime(*stamp, piece);
  Accept(members_.Has(M::kMessage) ? members_[M::kMessage] : members_[M::kLine],
         Envelope::kRunPodExport, piece);
  return true;
}

bool JsonLine::AcceptLogger(Piece* piece) {
  std::optional<Stamp> stamp = members_.StampOf(M::kTs);
  if (!stamp) stamp = members_.StampOf(M::kTime);
  if (!members_.Has(M::kMessage) || (!stamp && members_.trace().empty()))
    return false;
  if (stamp) OfferTime(*stamp, piece);
  std::string message = members_[M::kMessage];
  const std::string& error = members_[M::kError];
  if (members_.Has(M::kError) && !error.empty() && !Contains(message, error))
    message += '\n' + error;
  Accept(message, Envelope::kJsonLogger, piece);
  return true;
}

bool JsonLine::Peel(Piece* piece) {
  const std::string_view text = TrimRight(piece->text);
  if (text.size() < 2 || text[0] != '{' || text.back() != '}') return false;
  if (!members_.Read(text)) return false;
  return AcceptExport(piece) || AcceptJsonFile(piece) || AcceptApi(piece) ||
         AcceptJob(piece) || AcceptJournal(piece) || AcceptLogger(piece);
}

bool JsonLine::PeelEvent(Piece* piece) {
  const std::string_view text = piece->text;
  constexpr std::string_view kFirst = "dier: \t";
  if (!text.empty() && kFirst.find(text[0]) == std::string_view::npos)
    return false;
  if (!in_events_ && !StartsWith(text, "data: ") && !StartsWith(text, "id: "))
    return false;
  constexpr std::string_view kData = "data: ";
  if (StartsWith(text, kData)) {
    Piece event = *piece;
    event.text.remove_prefix(kData.size());
    if (!Peel(&event)) return false;
    *piece = event;
    in_events_ = true;
    return true;
  }
  if (StartsWith(text, "id: ")) {
    // A cursor begins with a stamp: "id: 2026-04-19T05:33:17.806071130Z/1".
    if (!in_events_ && !ReadIsoStamp(text.substr(4))) return false;
    in_events_ = true;
  } else if (!in_events_ ||
             !(TrimRight(text).empty() || StartsWith(text, "event: ") ||
               StartsWith(text, "retry: ") || text == "data: [DONE]" ||
               StartsWith(text, ": "))) {
    return false;
  }
  piece->dropped = true;
  piece->text = {};
  return true;
}

}  // namespace logdiag
