// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/json_members.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "analyzer/support/loose_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr int kDeepest = 5;  // objects within objects

using Value = simdjson::ondemand::value;
using Type = simdjson::ondemand::json_type;
using M = JsonMembers;

struct MemberName {
  std::string_view name;
  M::Member member;
};

constexpr std::array<MemberName, 35> kMembers = {{
    {"log", M::kLog},
    {"stream", M::kStream},
    {"time", M::kTime},
    {"ts", M::kTs},
    {"timestamp", M::kTs},
    {"@timestamp", M::kTs},
    {"asctime", M::kTs},
    {"createdAt", M::kTs},
    {"datetime", M::kTs},
    {"source", M::kSource},
    {"line", M::kLine},
    {"message", M::kMessage},
    {"msg", M::kMessage},
    {"text", M::kMessage},
    {"event", M::kMessage},
    {"requestId", M::kRequestId},
    {"level", M::kLevel},
    {"severity", M::kLevel},
    {"levelname", M::kLevel},
    {"log.level", M::kLevel},
    {"lvl", M::kLevel},
    {"levelno", M::kLevelNumber},
    {"MESSAGE", M::kJournalMessage},
    {"__REALTIME_TIMESTAMP", M::kJournalTime},
    {"SYSLOG_IDENTIFIER", M::kIdentifier},
    {"_TRANSPORT", M::kTransport},
    {"PRIORITY", M::kPriority},
    {"workerId", M::kWorker},
    {"worker_id", M::kWorker},
    {"worker", M::kWorker},
    {"podId", M::kWorker},
    {"pod_id", M::kWorker},
    {"podHostId", M::kWorker},
    {"error", M::kError},
    {"err", M::kError},
}};

bool IsTraceName(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {
      "exception",  "exc_info",    "exc_text",   "stack_trace",
      "stackTrace", "traceback",   "stacktrace", "stack",
      "err.stack",  "error.stack", "stack_info", "error.stack_trace"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool MayBeNumber(M::Member member) {
  return member == M::kTime || member == M::kTs || member == M::kLevel ||
         member == M::kLevelNumber;
}

// Appends the bytes of an array of numbers (journald's form for text that is
// not UTF-8), or the strings of an array as lines.
bool AppendArray(Value value, std::string* out) {
  simdjson::ondemand::array elements;
  if (value.get_array().get(elements) != simdjson::SUCCESS) return false;
  for (auto element : elements) {
    std::uint64_t byte = 0;
    std::string_view text;
    if (element.get_string().get(text) == simdjson::SUCCESS) {
      out->append(text);
      if (!EndsWith(text, "\n")) out->push_back('\n');
    } else if (element.get_uint64().get(byte) == simdjson::SUCCESS &&
               byte <= 255) {
      out->push_back(static_cast<char>(byte));
    } else {
      return false;
    }
  }
  return true;
}

// False for what is neither a string nor such an array.
bool AppendText(Value value, std::string* out) {
  Type type;
  if (value.type().get(type) != simdjson::SUCCESS) return false;
  if (type == Type::array) return AppendArray(value, out);
  if (type != Type::string) return false;
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return false;
  out->append(text);
  return true;
}

void AppendNumber(Value value, std::string* out) {
  const std::string_view token = TrimRight(value.raw_json_token());
  out->append(token.substr(0, 32));
}

// Looks for what was raised in the object `value` and those within it.
void FindTrace(Value value, int depth, std::string* trace) {
  simdjson::ondemand::object object;
  if (depth > kDeepest || value.get_object().get(object) != simdjson::SUCCESS) {
    return;
  }
  for (auto field : object) {
    std::string_view key;
    Value inner;
    Type type;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        field.value().get(inner) != simdjson::SUCCESS ||
        inner.type().get(type) != simdjson::SUCCESS) {
      return;
    }
    if (type == Type::object) {
      FindTrace(inner, depth + 1, trace);
    } else if (trace->empty() && IsTraceName(key)) {
      if (!AppendText(inner, trace)) trace->clear();
    }
    if (!trace->empty()) return;
  }
}

}  // namespace

struct JsonMembers::Reader {
  simdjson::ondemand::parser parser;
  std::string input;  // a copy of the text with the padding simdjson needs
};

JsonMembers::JsonMembers() : reader_(std::make_unique<Reader>()) {}
JsonMembers::~JsonMembers() = default;

bool JsonMembers::Read(std::string_view text) {
  present_.fill(false);
  trace_.clear();
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
    Type type;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
        field.value().get(value) != simdjson::SUCCESS ||
        value.type().get(type) != simdjson::SUCCESS) {
      return false;
    }
    if (type == Type::object) {
      if (trace_.empty()) FindTrace(value, 1, &trace_);
      continue;
    }
    if (trace_.empty() && IsTraceName(key)) {
      if (!AppendText(value, &trace_)) trace_.clear();
      continue;
    }
    for (const auto& [name, member] : kMembers) {
      if (key != name || present_[member]) continue;
      text_[member].clear();
      if (type == Type::number && MayBeNumber(member)) {
        AppendNumber(value, &text_[member]);
      } else {
        AppendText(value, &text_[member]);
      }
      present_[member] = true;
      any = true;
      break;
    }
  }
  return any;
}

std::optional<Stamp> JsonMembers::StampOf(Member member) const {
  if (!present_[member]) return std::nullopt;
  const std::string& text = text_[member];
  std::optional<Stamp> stamp = ReadIsoStamp(text);
  if (!stamp) stamp = ReadLooseStamp(text);
  if (!stamp || stamp->size != text.size() || !stamp->has_year)
    return std::nullopt;
  return stamp;
}

std::optional<std::int64_t> JsonMembers::NumberOf(Member member) const {
  if (!present_[member]) return std::nullopt;
  const std::string& text = text_[member];
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace logdiag
