// SPDX-License-Identifier: Apache-2.0
// Logs as text, read as the files of a pod are.
#ifndef LOGDIAG_TESTS_WITNESSES_RECORDS_H_
#define LOGDIAG_TESTS_WITNESSES_RECORDS_H_

#include <memory>
#include <string>

#include "analyzer/input/byte_source.h"
#include "analyzer/log_stream.h"

namespace logdiag {

// A log in memory.
class TextLog {
 public:
  explicit TextLog(std::string text)
      : text_(std::move(text)),
        source_(FromMemory(text_)),
        stream_(source_.get(), "text") {}
  TextLog(const TextLog&) = delete;

  RecordStream* stream() { return &stream_; }

 private:
  std::string text_;
  std::unique_ptr<ByteSource> source_;
  LogStream stream_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_WITNESSES_RECORDS_H_
