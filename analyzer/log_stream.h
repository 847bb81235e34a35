// SPDX-License-Identifier: Apache-2.0
// Where the records of an analysis come from: one log, or several as one.
#ifndef LOGDIAG_LOG_STREAM_H_
#define LOGDIAG_LOG_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "analyzer/envelope/record_reader.h"
#include "analyzer/input/backward_reader.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/input/line_reader.h"
#include "analyzer/input/wide_source.h"
#include "analyzer/model/record.h"
#include "analyzer/support/result.h"

namespace logdiag {

// What was read, known at its end.
struct StreamEnd {
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
  std::uint64_t cut_lines = 0;
  std::uint64_t nuls = 0;
  std::string partial_why;  // not read to its end; "" = it was
  EnvelopeSummary summary;
};

class RecordStream {
 public:
  virtual ~RecordStream() = default;
  // False at the end. The record is valid until the next call.
  virtual bool Next(Record* record) = 0;
  virtual StreamEnd End() const = 0;
  // Why nothing of it can be diagnosed, at its end; Ok if it can.
  virtual Status Usable() const = 0;
};

// The records of one log. All must outlive it.
class LogStream : public RecordStream {
 public:
  using OnProgress = std::function<void(std::uint64_t)>;

  // `name` is what errors call it; `on_progress`, which may be empty, gets the
  // bytes read so far now and then.
  LogStream(ByteSource* source, std::string name,
            std::size_t chunk_bytes = LineReader::kChunkBytes,
            OnProgress on_progress = nullptr);
  LogStream(const LogStream&) = delete;
  LogStream& operator=(const LogStream&) = delete;

  bool Next(Record* record) override { return records_.Next(record); }
  StreamEnd End() const override;
  Status Usable() const override;

 private:
  bool NextLine(Line* line);
  RecordReader::NextLine PreviousLine();

  std::string name_;
  OnProgress on_progress_;
  WideSource text_;
  LineReader lines_;
  std::optional<BackwardReader> backward_;
  RecordReader records_;
};

}  // namespace logdiag

#endif  // LOGDIAG_LOG_STREAM_H_
