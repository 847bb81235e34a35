// SPDX-License-Identifier: Apache-2.0
// The records of several logs as those of one, in the order of time.
#ifndef LOGDIAG_WITNESSES_MERGED_STREAM_H_
#define LOGDIAG_WITNESSES_MERGED_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "analyzer/log_stream.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/witnesses/clock_fit.h"

namespace logdiag {

// One log of the whole. All must outlive the stream.
struct MergedPart {
  RecordStream* stream = nullptr;
  SourceFile* file = nullptr;  // its copies are counted here
  std::size_t index = 0;       // of that file, for the spans
  // What the main log says: records that it holds, too, are left out; nullptr
  // of the main log itself, and of logs that share next to nothing with it.
  const ClockProfile* copies_of = nullptr;
  // Records that are not within are left out and counted, or those of the
  // kernel alone: it speaks for the whole host, for months.
  std::optional<std::int64_t> from_ns = {};
  std::optional<std::int64_t> to_ns = {};
  bool only_kernel = true;
  std::optional<Years> years = {};            // of stamps that state none
  std::optional<std::int64_t> first_ns = {};  // in its year, by its own clock
};

// A record without a time stays behind the one before it in its file, and the
// first ones with the first that has one. Files whose clock could not be set,
// or that have none, come behind the others, without their times; of two such
// files the one that is listed first. Keeps every log open, and 24 bytes of
// `spans` for each change from one file to another.
class MergedStream : public RecordStream {
 public:
  // The lines get numbers above `first_line`, in the order in which they are
  // given; `spans` gets what these are in their files. `main` is the clock of
  // the whole.
  MergedStream(std::vector<MergedPart> parts, Clock main,
               std::uint64_t first_line, std::vector<LineSpan>* spans);

  bool Next(Record* record) override;
  StreamEnd End() const override;
  Status Usable() const override { return Ok{}; }

 private:
  struct Head {
    MergedPart part;
    Record record;
    bool open = false;
    std::optional<std::int64_t> time_ns;  // of it or of those before it
    std::uint64_t last_line = 0;          // given, in its file
  };

  void Advance(Head* head);
  bool IsLeftOut(const Head& head) const;
  Head* Earliest();
  void Number(Head* head, Record* record);

  std::vector<Head> heads_;
  Clock main_;
  std::uint64_t line_;
  std::vector<LineSpan>* spans_;
  Head* given_ = nullptr;
};

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_MERGED_STREAM_H_
