// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/merged_stream.h"

#include <algorithm>
#include <string>
#include <utility>

namespace logdiag {
namespace {

bool IsPlaced(const SourceFile& file) {
  return file.fit != SourceFile::Fit::kUnknown &&
         file.fit != SourceFile::Fit::kNone;
}

// nullopt for a time that no clock can show.
std::optional<std::int64_t> Moved(std::int64_t time_ns,
                                  std::int64_t offset_ns) {
  std::int64_t moved = 0;
  if (__builtin_add_overflow(time_ns, offset_ns, &moved)) return std::nullopt;
  return moved;
}

}  // namespace

MergedStream::MergedStream(std::vector<MergedPart> parts, Clock main,
                           std::uint64_t first_line,
                           std::vector<LineSpan>* spans)
    : main_(main), line_(first_line), spans_(spans) {
  for (MergedPart& part : parts) {
    Head head;
    head.part = part;
    if (part.first_ns && IsPlaced(*part.file)) {
      head.time_ns = Moved(*part.first_ns, part.file->offset_ns);
    }
    heads_.push_back(std::move(head));
  }
  for (Head& head : heads_) Advance(&head);
}

void MergedStream::Advance(Head* head) {
  do {
    head->open = head->part.stream->Next(&head->record);
    if (!head->open) return;
    Record& record = head->record;
    if (!IsPlaced(*head->part.file)) {
      if (!head->part.file->main) record.time_ns.reset();
    } else if (record.time_ns) {
      const MergedPart& part = head->part;
      record.time_ns =
          Moved(part.years ? part.years->Of(*record.time_ns) : *record.time_ns,
                part.file->offset_ns);
      record.clock = main_;
      if (record.time_ns) head->time_ns = record.time_ns;
    }
  } while (IsLeftOut(*head));
}

bool MergedStream::IsLeftOut(const Head& head) const {
  const Record& record = head.record;
  const MergedPart& part = head.part;
  const bool bound = !part.only_kernel || record.source == Source::kKernel;
  if (bound && head.time_ns &&
      ((part.from_ns && *head.time_ns < *part.from_ns) ||
       (part.to_ns && *head.time_ns > *part.to_ns))) {
    ++head.part.file->outside;
    return true;
  }
  if (part.copies_of == nullptr || !head.time_ns ||
      !part.copies_of->Has(record.body, *head.time_ns, kSameMoment_ns)) {
    return false;
  }
  ++head.part.file->copies;
  return true;
}

MergedStream::Head* MergedStream::Earliest() {
  Head* earliest = nullptr;
  for (Head& head : heads_) {
    if (!head.open) continue;
    const bool before =
        earliest == nullptr ||
        (head.time_ns && earliest->time_ns &&
         *head.time_ns < *earliest->time_ns) ||
        (head.time_ns && !earliest->time_ns &&
         !IsPlaced(*earliest->part.file) && !earliest->part.file->main);
    if (before) earliest = &head;
  }
  return earliest;
}

bool MergedStream::Next(Record* record) {
  if (given_ != nullptr) Advance(given_);
  given_ = Earliest();
  if (given_ == nullptr) return false;
  *record = given_->record;
  Number(given_, record);
  return true;
}

void MergedStream::Number(Head* head, Record* record) {
  const bool goes_on = !spans_->empty() &&
                       spans_->back().file == head->part.index &&
                       head->last_line != 0 && record->line >= head->last_line;
  if (goes_on) {
    line_ += record->line - head->last_line;
  } else {
    ++line_;
    spans_->push_back({line_, head->part.index, record->line});
  }
  head->last_line = record->line;
  record->line = line_;
}

StreamEnd MergedStream::End() const {
  StreamEnd whole;
  for (const Head& head : heads_) {
    const StreamEnd end = head.part.stream->End();
    whole.bytes += end.bytes;
    whole.cut_lines += end.cut_lines;
    whole.nuls += end.nuls;
    if (whole.partial_why.empty() && !end.partial_why.empty()) {
      whole.partial_why = head.part.file->label + ": " + end.partial_why;
    }
    const EnvelopeSummary& summary = end.summary;
    whole.summary.records += summary.records;
    whole.summary.duplicate_lines += summary.duplicate_lines;
    whole.summary.invalid_utf8_lines += summary.invalid_utf8_lines;
    if (head.part.file->main) {
      whole.summary.clock = summary.clock;
      whole.summary.resolution_ns = summary.resolution_ns;
    }
    for (const std::string& name : summary.envelopes) {
      auto& names = whole.summary.envelopes;
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  whole.lines = line_;
  return whole;
}

}  // namespace logdiag
