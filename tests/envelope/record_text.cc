// SPDX-License-Identifier: Apache-2.0
#include "tests/envelope/record_text.h"

#include <optional>

#include "analyzer/input/backward_reader.h"
#include "analyzer/input/line_reader.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

std::string TimeText(const Record& record) {
  if (!record.time_ns) return "-";
  if (record.clock == Clock::kMonotonic)
    return std::to_string(*record.time_ns / kNsPerSecond) + "s";
  const std::string text = FormatRfc3339(*record.time_ns, record.resolution_ns,
                                         record.clock == Clock::kUtc);
  if (record.clock == Clock::kNoYear) return text.substr(5);
  if (record.clock == Clock::kNoDate) {
    const std::int64_t day = *record.time_ns / kNsPerSecond / 86'400 - 730;
    return text.substr(11) + (day > 0 ? "+" + std::to_string(day) : "");
  }
  return text;
}

template <typename Take>
EnvelopeSummary ForEach(std::string_view log, Way way, Take take) {
  const auto source = FromMemory(log);
  LineReader lines(source.get());
  std::optional<BackwardReader> backward;
  RecordReader::NextLine previous;
  if (way == Way::kFile) {
    previous = [&](Line* line) {
      if (!backward)
        backward.emplace(source.get(), lines.bytes(), lines.lines());
      return backward->Previous(line);
    };
  }
  RecordReader records([&](Line* line) { return lines.Next(line); }, previous);
  Record record;
  while (records.Next(&record)) take(record);
  return records.summary();
}

}  // namespace

ReadLog ReadRecords(std::string_view log, Way way) {
  ReadLog read;
  read.summary = ForEach(log, way, [&](const Record& record) {
    const char source = "csbvk"[static_cast<std::size_t>(record.source)];
    read.levels += "-diwec"[static_cast<std::size_t>(record.level)];
    read.records.push_back(std::to_string(record.line) + "|" +
                           TimeText(record) + "|" + source + "|" +
                           (record.unterminated ? "!" : ".") + "|" +
                           std::string(record.body));
  });
  return read;
}

std::vector<std::string> ReadBodies(std::string_view log, Way way) {
  std::vector<std::string> bodies;
  ForEach(log, way,
          [&](const Record& record) { bodies.emplace_back(record.body); });
  return bodies;
}

std::string JoinedTexts(const std::vector<std::string>& lines) {
  std::string log;
  for (const std::string& line : lines) log += line + "\n";
  return log;
}

}  // namespace logdiag
