#include "analyzer/envelope/joiner.h"

#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A part at least this long was cut by dockerd, which it does at 16 KiB;
// a broken character at the cut may have made it shorter.
constexpr std::size_t kFullPart = 16 * 1024 - 8;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// False if the writer of `held` died before it ended its line, and `piece` is
// something new.
bool Continues(const Joiner::Held& held, const Piece& piece) {
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
