// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes -> lines -> records.
#include <optional>
#include <string>
#include <vector>

#include "analyzer/envelope/record_reader.h"
#include "analyzer/input/backward_reader.h"
#include "analyzer/input/line_reader.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

struct Kept {
  std::string body;
  std::uint64_t line;
  std::uint64_t offset;
  std::optional<std::int64_t> time_ns;
  Source source;
  Level level;
  bool operator==(const Kept&) const = default;
};

// `lost`: lines that could not be turned round.
std::vector<Kept> Read(std::string_view bytes, bool backwards, bool* lost) {
  const auto source = FromMemory(bytes);
  LineReader lines(source.get());
  std::optional<BackwardReader> backward;
  RecordReader::NextLine previous;
  if (backwards) {
    previous = [&](Line* line) {
      if (!backward) {
        backward.emplace(source.get(), lines.bytes(), lines.lines());
      }
      return backward->Previous(line);
    };
  }
  RecordReader reader([&](Line* line) { return lines.Next(line); }, previous);
  std::vector<Kept> records;
  Record record;
  while (reader.Next(&record)) {
    records.push_back({std::string(record.body), record.line, record.offset,
                       record.time_ns, record.source, record.level});
    Require(record.line >= 1 && record.line <= lines.lines(),
            "a record stands on a line that was read");
    Require(record.offset < bytes.size(), "a record stands in the input");
    Require(!record.time_ns || record.clock != Clock::kNone,
            "a time has a clock");
    Require(record.body.size() <= bytes.size(), "a body is no longer than all");
    Require(record.resolution_ns >= 0, "a resolution is none or positive");
  }
  const EnvelopeSummary& summary = reader.summary();
  Require(summary.records == records.size(), "each record counts");
  Require(summary.invalid_utf8_lines <= lines.lines(),
          "no more broken lines than lines");
  *lost = summary.lost_lines > 0;
  return records;
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  bool lost = false;
  const auto queued = Read(TextOf(data, size), false, &lost);
  bool lost_backwards = false;
  const auto turned = Read(TextOf(data, size), true, &lost_backwards);
  Require(!lost_backwards, "what can be read backwards loses nothing");
  Require(lost || queued == turned, "a pipe and a file give the same records");
  return 0;
}
