// SPDX-License-Identifier: Apache-2.0
#include "reports/fleet/fleet.h"

#include <algorithm>
#include <limits>

#include "analyzer/support/hash.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Texts of ours never hold it: control characters are shown as escapes.
constexpr char kBreak = '\n';
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kFirstSlots = 1024;
enum OwnPart : std::size_t { kLog, kStarted, kEnded, kFailed };

// `time` as what differs from `start`: a letter for how much does not, the
// rest.
std::string Packed(std::string_view time, std::string_view start) {
  constexpr std::size_t kMost = 'z' - 'A';
  std::size_t same = 0;
  while (same < std::min({time.size(), start.size(), kMost}) &&
         time[same] == start[same]) {
    ++same;
  }
  return static_cast<char>('A' + same) + std::string(time.substr(same));
}

// The digits of a UUID, or a hash of what is none.
std::array<std::uint64_t, 2> UuidOf(std::string_view text) {
  std::array<std::uint64_t, 2> id{};
  std::size_t digits = 0;
  for (const char c : text) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                             : -1;
    if (digit < 0 && c == '-') continue;
    if (digit < 0 || digits == 32) return UuidOf(ContentId(text));
    id[digits / 16] = id[digits / 16] << 4 | static_cast<unsigned>(digit);
    ++digits;
  }
  return digits == 32 ? id : UuidOf(ContentId(text));
}

std::string IdText(const std::array<std::uint64_t, 2>& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
    text += kDigits[id[i / 16] >> (60 - i % 16 * 4) & 15];
  }
  return text;
}

}  // namespace

TextPool::TextPool() { Number(""); }

std::uint32_t TextPool::Number(std::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(texts_.back(), number);
  return number;
}

Fleet::Row Fleet::RowOf(const Summary& summary) {
  Row row;
  row.id = UuidOf(summary.id);
  row.outcome = texts_.Number(summary.outcome);
  row.cause = texts_.Number(summary.cause);
  row.confidence = texts_.Number(summary.confidence);
  row.severity = texts_.Number(summary.severity);
  row.fingerprint = texts_.Number(summary.fingerprint);
  row.title = texts_.Number(summary.title);
  std::size_t trait = 0;
  for (const auto& [name, value] : summary.traits) {
    if (trait == kMaxTraits) break;
    row.traits[trait++] = texts_.Number(name + kBreak + value);
  }
  row.lost_seconds = static_cast<std::uint32_t>(std::min<std::uint64_t>(
      summary.lost_seconds, std::numeric_limits<std::uint32_t>::max()));
  row.partial = summary.partial;
  const std::string own =
      summary.log + kBreak + summary.started_at + kBreak +
      Packed(summary.ended_at, summary.started_at) + kBreak +
      Packed(summary.failed_at, summary.started_at) + kBreak;
  if (blocks_.empty() || blocks_.back().size() + own.size() > kBlockBytes) {
    blocks_.emplace_back().reserve(kBlockBytes);
  }
  row.own = (blocks_.size() - 1) * kBlockBytes + blocks_.back().size();
  blocks_.back() += own;
  return row;
}

std::size_t Fleet::Slot(const std::array<std::uint64_t, 2>& id) const {
  std::size_t slot = id[1] & (slots_.size() - 1);
  while (slots_[slot] != 0 && rows_[slots_[slot] - 1].id != id) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void Fleet::Grow() {
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    slots_[Slot(rows_[i].id)] = static_cast<std::uint32_t>(i + 1);
  }
}

void Fleet::Add(const Summary& summary) {
  if (rows_.size() * 2 >= slots_.size()) Grow();
  const std::size_t slot = Slot(UuidOf(summary.id));
  if (slots_[slot] == 0) {
    rows_.push_back(RowOf(summary));
    slots_[slot] = static_cast<std::uint32_t>(rows_.size());
    return;
  }
  Row& there = rows_[slots_[slot] - 1];
  const Summary known = Get(there);
  if (known == summary || WriteSummary(known) <= WriteSummary(summary)) return;
  there = RowOf(summary);
}

std::vector<const Fleet::Row*> Fleet::Rows() const {
  std::vector<const Row*> rows;
  rows.reserve(rows_.size());
  for (const Row& row : rows_) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(),
            [](const Row* a, const Row* b) { return a->id < b->id; });
  return rows;
}

std::string_view Fleet::Own(const Row& row, std::size_t part) const {
  std::string_view text = blocks_[row.own / kBlockBytes];
  text.remove_prefix(row.own % kBlockBytes);
  for (; part > 0; --part) text.remove_prefix(text.find(kBreak) + 1);
  return text.substr(0, text.find(kBreak));
}

Fleet::Trait Fleet::TraitOf(std::uint32_t number) const {
  const std::string_view text = Text(number);
  const std::size_t at = std::min(text.find(kBreak), text.size());
  return {text.substr(0, at), text.substr(std::min(at + 1, text.size()))};
}

std::string_view Fleet::LogOf(const Row& row) const { return Own(row, kLog); }

std::string Fleet::Time(const Row& row, std::size_t part) const {
  const std::string_view packed = Own(row, part);
  const auto same = static_cast<std::size_t>(packed.front() - 'A');
  return std::string(Own(row, kStarted).substr(0, same)) +
         std::string(packed.substr(1));
}

std::string Fleet::TimeOf(const Row& row) const {
  std::string failed = Time(row, kFailed);
  return failed.empty() ? Time(row, kEnded) : failed;
}

Summary Fleet::Get(const Row& row) const {
  Summary summary;
  summary.id = IdText(row.id);
  summary.log = Own(row, kLog);
  summary.outcome = Text(row.outcome);
  summary.cause = Text(row.cause);
  summary.confidence = Text(row.confidence);
  summary.severity = Text(row.severity);
  summary.fingerprint = Text(row.fingerprint);
  summary.title = Text(row.title);
  summary.started_at = Own(row, kStarted);
  summary.ended_at = Time(row, kEnded);
  summary.failed_at = Time(row, kFailed);
  for (const std::uint32_t number : row.traits) {
    if (number == 0) break;
    const Trait trait = TraitOf(number);
    summary.traits.emplace(trait.name, trait.value);
  }
  summary.lost_seconds = row.lost_seconds;
  summary.partial = row.partial;
  return summary;
}

}  // namespace logdiag
