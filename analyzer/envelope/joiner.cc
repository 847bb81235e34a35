// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/joiner.h"

#include <algorithm>
#include <utility>

#include "analyzer/envelope/docker_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A part at least this long was cut by dockerd, which it does at 16 KiB;
// a broken character at the cut may have made it shorter.
constexpr std::size_t kFullPart = 16 * 1024 - 8;

constexpr std::string_view kKilled = "Killed process ";
constexpr std::string_view kKillFigures = "total-vm:";

// The commas and blanks that a message is put together with.
std::string_view SkipJoint(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(", "), text.size()));
}

bool HasKillFigures(const Joiner::Held& held, const Piece& piece) {
  return held.piece.open_kill && piece.source == Source::kKernel &&
         piece.time_ns == held.piece.time_ns &&
         StartsWith(SkipJoint(piece.text), kKillFigures);
}

// False if the writer of `held` died before it ended its line, and `piece` is
// something new.
bool Continues(const Joiner::Held& held, const Piece& piece) {
  if (held.piece.open_kill) return HasKillFigures(held, piece);
  if (piece.Has(Envelope::kCri)) return true;
  if (held.piece.time_ns == piece.time_ns) return true;
  // Old dockerd stamped each part by itself.
  return piece.Has(Envelope::kJsonFile) && held.last_part >= kFullPart;
}

void Append(std::string_view part, Joiner::Held* held) {
  while (EndsWith(held->text, kReplacement))
    held->text.resize(held->text.size() - kReplacement.size());
  while (!held->text.empty() && StartsWith(part, kReplacement))
    part.remove_prefix(kReplacement.size());
  held->last_part = part.size();
  // Nobody reads further than that.
  if (held->text.size() < kMaxLineBytes) held->text.append(part);
}

}  // namespace

void HoldOpenKill(Piece* piece) {
  if (piece->source != Source::kKernel || piece->text.empty()) return;
  const char last = piece->text.back();
  piece->open_kill = (last == ')' || last == ',') &&
                     Contains(piece->text, kKilled) &&
                     !Contains(piece->text, kKillFigures);
  if (piece->open_kill) piece->partial = true;
}

Joiner::Step Joiner::Offer(Piece* piece, std::uint64_t line,
                           std::uint64_t offset) {
  completed_.reset();
  const std::size_t stream = piece->second_stream ? 1 : 0;
  std::optional<Held>& held = held_[stream];
  if (held && !Continues(*held, *piece)) {
    blocked_ = stream;
    return Step::kGiveHeldFirst;
  }
  if (held) {
    if (HasKillFigures(*held, *piece)) {
      Append(" ", &*held);
      piece->text = SkipJoint(piece->text);
    }
    Append(piece->text, &*held);
    if (piece->partial) return Step::kHeld;
    completed_ = std::move(held);
    held.reset();
    piece->text = completed_->text;
    piece->time_ns = completed_->piece.time_ns;
    return Step::kGiveIt;
  }
  if (!piece->partial) return Step::kGiveIt;
  held =
      Held{std::string(piece->text), *piece, line, offset, piece->text.size()};
  return Step::kHeld;
}

const Joiner::Held* Joiner::Completed() const {
  return completed_ ? &*completed_ : nullptr;
}

std::optional<Joiner::Held> Joiner::TakeHeld() {
  std::size_t stream = 0;
  if (blocked_) {
    stream = *blocked_;
  } else if (!held_[0] || (held_[1] && held_[1]->line < held_[0]->line)) {
    stream = 1;
  }
  blocked_.reset();
  std::optional<Held> taken = std::move(held_[stream]);
  held_[stream].reset();
  return taken;
}

}  // namespace logdiag
