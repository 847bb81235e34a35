#include "analyzer/envelope/json_line.h"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/envelope/syslog_front.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// dockerd cuts a message without LF after this many bytes; broken characters
// at the cut may make the decoded text a little shorter.
constexpr std::size_t kPartialBytes = 16 * 1024 - 8;

enum Member : std::size_t {
  kLog,
  kStream,
  kTime,
  kTs,
  kSource,
  kLine,
  kMessage,
  kRequestId,
  kLevel,
  kJournalMessage,
  kJournalTime,
  kIdentifier,
  kTransport,
  kWorker,
  kMemberCount,
};

struct MemberName {
  std::string_view name;
  Member member;
};

constexpr std::array<MemberName, 24> kMembers = {{
    {"log", kLog},
    {"stream", kStream},
    {"time", kTime},
    {"ts", kTs},
    {"timestamp", kTs},
    {"createdAt", kTs},
    {"datetime", kTs},
    {"source", kSource},
    {"line", kLine},
    {"message", kMessage},
    {"msg", kMessage},
    {"text", kMessage},
    {"requestId", kRequestId},
    {"level", kLevel},
    {"MESSAGE", kJournalMessage},
    {"__REALTIME_TIMESTAMP", kJournalTime},
    {"SYSLOG_IDENTIFIER", kIdentifier},
    {"_TRANSPORT", kTransport},
    {"workerId", kWorker},
    {"worker_id", kWorker},
    {"worker", kWorker},
    {"podId", kWorker},
    {"pod_id", kWorker},
    {"podHostId", kWorker},
}};

using Value = simdjson::ondemand::value;

// Appends a string, or the bytes of an array of numbers (journald's form for
// text that is not UTF-8). False for anything else.
bool AppendText(Value value, std::string* out) {
  simdjson::ondemand::json_type type;
  if (value.type().get(type) != simdjson::SUCCESS) return false;
  if (type == simdjson::ondemand::json_type::string) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return false;
    out->append(text);
    return true;
  }
  if (type != simdjson::ondemand::json_type::array) return false;
  simdjson::ondemand::array bytes;
  if (value.get_array().get(bytes) != simdjson::SUCCESS) return false;
  for (auto element : bytes) {
    std::uint64_t byte = 0;
    if (element.get_uint64().get(byte) != simdjson::SUCCESS || byte > 255)
      return false;
    out->push_back(static_cast<char>(byte));
  }
  return true;
}

}  // namespace

struct JsonLine::Parts {
  std::array<std::string, kMemberCount> text;
  std::array<bool, kMemberCount> present{};
  std::string decoded;  // the accepted message

  bool Has(Member member) const { return present[member]; }
  const std::string& operator[](Member member) const { return text[member]; }
  // The whole of a member as a stamp.
  std::optional<Stamp> StampOf(Member member) const {
    if (!present[member]) return std::nullopt;
    const std::optional<Stamp> stamp = ReadIsoStamp(text[member]);
    if (!stamp || stamp->size != text[member].size()) return std::nullopt;
    return stamp;
  }
};

struct JsonLine::Reader {
  simdjson::ondemand::parser parser;
  std::string input;  // a copy of the text with the padding simdjson needs
};

JsonLine::JsonLine()
    : reader_(std::make_unique<Reader>()), parts_(std::make_unique<Parts>()) {}
JsonLine::~JsonLine() = default;

bool JsonLine::Read(std::string_view text) {
  parts_->present.fill(false);
  reader_->input.assign(text);
  reader_->input.resize(text.size() + simdjson::SIMDJSON_PADDING, ' ');
  const simdjson::padded_string_view padded(reader_->input.data(), text.size(),
                                            reader_->input.size());
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  if (reader_->parser.iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    return false;
  }
  bool any = false;
  for (auto field : object) {
    std::string_view key;
    Value value;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        field.value().get(value) != simdjson::SUCCESS) {
      return false;
    }
    for (const auto& [name, member] : kMembers) {
      if (key != name || parts_->present[member]) continue;
      parts_->text[member].clear();
      // A null (requestId) counts as there.
      AppendText(value, &parts_->text[member]);
      parts_->present[member] = true;
      any = true;
      break;
    }
  }
  return any;
}

void JsonLine::Accept(std::string_view message, Envelope envelope,
                      Piece* piece) {
  parts_->decoded.assign(message);
  piece->text = parts_->decoded;
  AddEnvelope(envelope, piece);
}

bool JsonLine::AcceptJsonFile(Piece* piece) {
  const Parts& parts = *parts_;
  const std::optional<Stamp> stamp = parts.StampOf(kTime);
  if (!parts.Has(kLog) || (!stamp && !parts.Has(kStream))) return false;
  // Go drops zeros at the end of the fraction; the clock still has nine.
  if (stamp) OfferTime(stamp->time_ns, 1, Clock::kUtc, piece);
  piece->second_stream = parts[kStream] == "stderr";
  std::string_view message = parts[kLog];
  piece->partial = !EndsWith(message, "\n");
  if (!piece->partial) message.remove_suffix(1);
  Accept(message, Envelope::kJsonFile, piece);
  return true;
}

bool JsonLine::AcceptApi(Piece* piece) {
  const Parts& parts = *parts_;
  const std::optional<Stamp> stamp = parts.StampOf(kTs);
  if (!parts.Has(kLine) || !stamp) return false;
  OfferTime(*stamp, piece);
  if (parts[kSource] == "system") piece->source = Source::kSystem;
  std::string_view message = parts[kLine];
  if (EndsWith(message, "\n")) message.remove_suffix(1);
  piece->partial = message.size() >= kPartialBytes;
  Accept(message, Envelope::kRunPodApi, piece);
  return true;
}

bool JsonLine::AcceptJob(Piece* piece) {
  const Parts& parts = *parts_;
  if (!parts.Has(kMessage) || !parts.Has(kRequestId) || !parts.Has(kLevel))
    return false;
  Accept(parts[kMessage], Envelope::kRunPodJob, piece);
  return true;
}

bool JsonLine::AcceptJournal(Piece* piece) {
  const Parts& parts = *parts_;
  const std::string& time = parts[kJournalTime];
  std::int64_t microseconds = 0;
  if (!parts.Has(kJournalMessage) || !parts.Has(kJournalTime)) return false;
  const auto read =
      std::from_chars(time.data(), time.data() + time.size(), microseconds);
  if (read.ec != std::errc() || microseconds < 0 ||
      microseconds > INT64_MAX / 1000) {
    return false;
  }
  OfferTime(microseconds * 1000, 1000, Clock::kUtc, piece);
  if (parts.Has(kTransport) && parts[kTransport] == "kernel") {
    piece->source = Source::kKernel;
  } else if (parts.Has(kIdentifier)) {
    piece->source = SourceOfUnit(parts[kIdentifier]);
  }
  Accept(parts[kJournalMessage], Envelope::kJournalJson, piece);
  return true;
}

bool JsonLine::AcceptExport(Piece* piece) {
  const Parts& parts = *parts_;
  std::optional<Stamp> stamp = parts.StampOf(kTs);
  if (!stamp) stamp = parts.StampOf(kTime);
  if (!stamp || !parts.Has(kWorker)) return false;
  if (!parts.Has(kMessage) && !parts.Has(kLine)) return false;
  OfferTime(*stamp, piece);
  Accept(parts.Has(kMessage) ? parts[kMessage] : parts[kLine],
         Envelope::kRunPodExport, piece);
  return true;
}

bool JsonLine::Peel(Piece* piece) {
  const std::string_view text = TrimRight(piece->text);
  if (text.size() < 2 || text[0] != '{' || text.back() != '}') return false;
  if (!Read(text)) return false;
  for (const Member member : {kStream, kSource}) {
    if (!parts_->Has(member)) parts_->text[member].clear();
  }
  return AcceptExport(piece) || AcceptJsonFile(piece) || AcceptApi(piece) ||
         AcceptJob(piece) || AcceptJournal(piece);
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
