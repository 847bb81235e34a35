// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/record_reader.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/envelope/date_keeper.h"
#include "analyzer/envelope/deduplicator.h"
#include "analyzer/envelope/joiner.h"
#include "analyzer/envelope/line_queue.h"
#include "analyzer/envelope/log_order.h"
#include "analyzer/envelope/peeler.h"
#include "analyzer/envelope/tally.h"
#include "analyzer/envelope/utf8_check.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string_view DropTrailingCr(std::string_view text) {
  while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

bool IsWithin(std::string_view text, const std::string& buffer) {
  const std::less<const char*> before;
  return !before(text.data(), buffer.data()) &&
         !before(buffer.data() + buffer.size(), text.data() + text.size());
}

}  // namespace

class RecordReader::Impl {
 public:
  Impl(NextLine next_line, NextLine previous_line)
      : lines_(std::move(next_line), std::move(previous_line)) {}

  bool Next(Record* record);
  const EnvelopeSummary& summary() const { return summary_; }

 private:
  // Looks at the first lines.
  void Begin();
  // Gets and peels the next piece to piece_. False at the end.
  bool NextPiece();
  bool NextLineText(std::string_view* text);
  // Writes the record of `piece`; false if it is a copy of another one.
  bool Give(const Piece& piece, std::uint64_t line, std::uint64_t offset,
            Record* record);
  bool GiveHeld(Record* record);
  void Summarize();

  LineQueue lines_;
  Peeler peeler_;
  Joiner joiner_;
  Deduplicator deduplicator_;
  DateKeeper dates_;
  Tally tally_;
  EnvelopeSummary summary_;

  Line line_;
  Piece piece_;
  bool offer_again_ = false;  // piece_ waits for a held one to be given
  std::optional<Joiner::Held> taken_;
  std::string plain_;  // the line without escape sequences
  std::string split_;  // what was left of a line with several records
  bool begun_ = false;
};

void RecordReader::Impl::Begin() {
  begun_ = true;
  std::string buffer;
  std::vector<std::string> plain;
  for (const std::string_view line : lines_.First())
    plain.emplace_back(DropTrailingCr(StripAnsi(line, &buffer)));
  peeler_.Learn({plain.begin(), plain.end()});
  LogOrder order;
  for (const std::string& line : plain) {
    Piece piece;
    piece.text = line;
    peeler_.Peel(&piece);
    order.Add(piece);
    dates_.Learn(piece);
  }
  if (!order.IsNewestFirst()) return;
  summary_.newest_first = true;
  lines_.TurnRound(order.Unit(), [this](std::string_view line) {
    Piece piece;
    piece.text = StripAnsi(line, &plain_);
    peeler_.Peel(&piece);
    return piece.time_ns;
  });
}

bool RecordReader::Impl::NextLineText(std::string_view* text) {
  if (!lines_.Next(&line_)) return false;
  if (!line_.cut && !IsUtf8(line_.text)) ++summary_.invalid_utf8_lines;
  *text = DropTrailingCr(StripAnsi(line_.text, &plain_));
  return true;
}

bool RecordReader::Impl::NextPiece() {
  do {
    std::string_view text = piece_.rest;
    if (text.empty()) {
      if (!NextLineText(&text)) return false;
    } else if (!IsWithin(text, split_)) {
      // Peeling the rest would overwrite the buffer that it may lie in.
      split_.assign(text);
      text = split_;
    }
    piece_ = Piece();
    piece_.text = text;
    peeler_.Peel(&piece_);
    tally_.CountEnvelopes(piece_);
    dates_.Complete(&piece_);
    HoldOpenKill(&piece_);
  } while (piece_.dropped);
  if (piece_.rest.empty() && !line_.terminated) piece_.unterminated = true;
  return true;
}

bool RecordReader::Impl::Give(const Piece& piece, std::uint64_t line,
                              std::uint64_t offset, Record* record) {
  const std::string_view body = DropTrailingCr(piece.text);
  if (deduplicator_.IsCopy(body, piece.is_copy)) {
    ++summary_.duplicate_lines;
    return false;
  }
  tally_.CountClock(piece);
  ++summary_.records;
  record->body = body;
  record->line = line;
  record->offset = offset;
  record->time_ns = piece.time_ns;
  record->resolution_ns = piece.resolution_ns;
  record->clock = piece.clock;
  record->source = piece.source;
  record->level = piece.level;
  record->unterminated = piece.unterminated;
  return true;
}

bool RecordReader::Impl::GiveHeld(Record* record) {
  taken_ = joiner_.TakeHeld();
  if (!taken_) return false;
  taken_->piece.text = taken_->text;
  taken_->piece.unterminated = !taken_->piece.open_kill;
  return Give(taken_->piece, taken_->line, taken_->offset, record);
}

bool RecordReader::Impl::Next(Record* record) {
  if (!begun_) Begin();
  for (;;) {
    if (!offer_again_ && !NextPiece()) {
      Summarize();
      return GiveHeld(record);
    }
    offer_again_ = false;
    switch (joiner_.Offer(&piece_, line_.number, line_.offset)) {
      case Joiner::Step::kHeld:
        continue;
      case Joiner::Step::kGiveHeldFirst:
        offer_again_ = true;
        if (GiveHeld(record)) return true;
        continue;
      case Joiner::Step::kGiveIt:
        break;
    }
    const Joiner::Held* whole = joiner_.Completed();
    if (Give(piece_, whole ? whole->line : line_.number,
             whole ? whole->offset : line_.offset, record)) {
      return true;
    }
  }
}

void RecordReader::Impl::Summarize() {
  summary_.lost_lines = lines_.lost_lines();
  summary_.clock = tally_.CommonClock();
  summary_.resolution_ns = tally_.CommonResolution();
  summary_.envelopes = tally_.Names();
}

RecordReader::RecordReader(NextLine next_line, NextLine previous_line)
    : impl_(std::make_unique<Impl>(std::move(next_line),
                                   std::move(previous_line))) {}
RecordReader::~RecordReader() = default;

bool RecordReader::Next(Record* record) { return impl_->Next(record); }

const EnvelopeSummary& RecordReader::summary() const {
  return impl_->summary();
}

}  // namespace logdiag
