// SPDX-License-Identifier: Apache-2.0
// Physical lines -> records: stamps and prefixes peeled, pieces joined.
#ifndef LOGDIAG_ENVELOPE_RECORD_READER_H_
#define LOGDIAG_ENVELOPE_RECORD_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/model/record.h"

namespace logdiag {

// What the reader met on the way.
struct EnvelopeSummary {
  std::vector<std::string> envelopes;  // names seen, outermost first
  Clock clock = Clock::kNone;          // of most records
  std::int64_t resolution_ns = 0;      // of most records with a clock
  std::uint64_t records = 0;
  std::uint64_t duplicate_lines = 0;  // copies dropped (runpod root logger)
  std::uint64_t invalid_utf8_lines = 0;
  bool newest_first = false;  // the input was turned round
  // The oldest lines of such an input, if it was too long to be turned round.
  std::uint64_t lost_lines = 0;
};

class RecordReader {
 public:
  // Gives the next physical line; false at the end.
  using NextLine = std::function<bool(Line*)>;

  // `previous_line`, where the input can be read backwards, gives its last line
  // first, once `next_line` has come to the end. Without it, a log that runs
  // from new to old must fit in 14 MiB: see EnvelopeSummary::lost_lines.
  explicit RecordReader(NextLine next_line, NextLine previous_line = nullptr);
  ~RecordReader();

  // False at the end. The record is valid until the next call.
  bool Next(Record* record);

  const EnvelopeSummary& summary() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_RECORD_READER_H_
