// SPDX-License-Identifier: Apache-2.0
#include "analyzer/log_stream.h"

#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::uint64_t kLinesPerProgress = 65536;

// Why the log was not read as a whole; "" if it was.
std::string WhyPartial(const LineReader& lines,
                       const std::optional<BackwardReader>& backward,
                       const EnvelopeSummary& summary) {
  if (lines.error()) return lines.error()->message;
  if (backward && backward->error()) return backward->error()->message;
  if (summary.lost_lines == 0) return "";
  return "the newest line comes first, and this input cannot be read "
         "backwards: its oldest " +
         GroupDigits(summary.lost_lines) +
         " lines were left out; give it as a plain file";
}

}  // namespace

LogStream::LogStream(ByteSource* source, std::string name,
                     std::size_t chunk_bytes, OnProgress on_progress)
    : name_(std::move(name)),
      on_progress_(std::move(on_progress)),
      text_(source),
      lines_(&text_, chunk_bytes),
      records_([this](Line* line) { return NextLine(line); }, PreviousLine()) {}

bool LogStream::NextLine(Line* line) {
  if (!lines_.Next(line)) return false;
  if (on_progress_ && line->number % kLinesPerProgress == 0) {
    on_progress_(lines_.bytes());
  }
  return true;
}

RecordReader::NextLine LogStream::PreviousLine() {
  if (!text_.CanReadAt()) return nullptr;
  return [this](Line* line) {
    if (!backward_) backward_.emplace(&text_, lines_.bytes(), lines_.lines());
    return backward_->Previous(line);
  };
}

StreamEnd LogStream::End() const {
  StreamEnd end;
  end.bytes = lines_.bytes();
  end.lines = lines_.lines();
  end.cut_lines = lines_.cut_lines();
  end.nuls = lines_.nuls();
  end.summary = records_.summary();
  end.partial_why = WhyPartial(lines_, backward_, end.summary);
  return end;
}

Status LogStream::Usable() const {
  if (lines_.bytes() == 0 && lines_.is_text()) {
    if (lines_.error()) return Error{name_, lines_.error()->message};
    return Error{name_, "the log is empty; nothing to diagnose"};
  }
  if (!lines_.is_text()) {
    return Error{name_,
                 "this is not text (many control bytes); give the log as what "
                 "wrote it shows it"};
  }
  if (lines_.nuls() > 0 && !lines_.any_text()) {
    return Error{name_,
                 "there is nothing but NUL bytes in it; take the log "
                 "again from where it was written"};
  }
  return Ok{};
}

}  // namespace logdiag
