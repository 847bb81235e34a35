// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/what_if.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "analyzer/memory/changes.h"
#include "analyzer/memory/phases.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/memory/weights.h"

namespace logdiag {
namespace {

enum class State { kFits, kCouldFit, kNo };

int KnobsTurned(const Offer& offer) {
  return (offer.dtype.empty() ? 0 : 1) + (offer.swapped_blocks ? 1 : 0) +
         (offer.frames > 0 ? 1 : 0) + (offer.width > 0 ? 1 : 0);
}

class Search {
 public:
  Search(const Hardware& hardware, const DiffusionModel& model, const Job& job,
         const Room& room, bool silent)
      : hardware_(hardware),
        model_(model),
        base_(SearchBase(hardware, model, job)),
        room_(room),
        silent_(silent) {}

  std::vector<Offer> Run() {
    const bool fits = Ran() || Judge(base_, room_, nullptr) == State::kFits;
    if (fits && !silent_) return {};
    const std::vector<Offer> swaps = Swaps();
    // RAM is short after a silent death, so that knob comes first.
    if (silent_) Try(LessSwap(hardware_, model_, base_));
    Try(SmallerTypes(hardware_, model_, base_));
    if (fits) return std::move(offers_);  // the card has room: nothing else
    TrySwap(swaps);
    Try(FewerFrames(hardware_, model_, base_));
    Try(SmallerSizes(hardware_, model_, base_));
    TryTogether(swaps);
    TryCards();
    return std::move(offers_);
  }

  State Judge(const Job& job, const Room& room, Offer* offer) const {
    const Spread need = NeedOfSampling(hardware_, model_, job, room).Total();
    if (offer != nullptr) offer->need = need;
    const double context = hardware_.constants.context_mib;
    if (need.ceiling + context <= room.min_mib && model_.data != "few") {
      return State::kFits;
    }
    return need.central + context <= room.min_mib ? State::kCouldFit
                                                  : State::kNo;
  }

  const Job& base() const { return base_; }

 private:
  // The log prints the peak of sampling, and the card holds it.
  bool Ran() const {
    return base_.peak_mib &&
           FitOfPeak(hardware_, *base_.peak_mib, base_.reserved_mib, room_) !=
               Fit::kDoesNotFit;
  }

  // The first that fits; else the first that could.
  std::optional<Offer> FirstOf(std::vector<Offer> changes) const {
    std::optional<Offer> maybe;
    for (Offer& change : changes) {
      const State state = Judge(Changed(base_, change), room_, &change);
      if (state == State::kFits) {
        change.certain = true;
        return change;
      }
      if (state == State::kCouldFit && !maybe) maybe = change;
    }
    return maybe;
  }

  void Try(std::vector<Offer> changes) {
    if (std::optional<Offer> offer = FirstOf(std::move(changes))) {
      offers_.push_back(std::move(*offer));
    }
  }

  // What moves to RAM must find room there.
  std::vector<Offer> Swaps() const {
    if (silent_ || base_.path == CodePath::kNative) return {};
    std::vector<Offer> swaps = MoreSwap(hardware_, model_, base_);
    if (!base_.ram_limit_mib) return swaps;
    std::erase_if(swaps, [this](const Offer& swap) {
      return NeedOfRam(hardware_, model_, Changed(base_, swap)).central >
             *base_.ram_limit_mib;
    });
    return swaps;
  }

  void TrySwap(const std::vector<Offer>& swaps) {
    std::optional<Offer> offer = FirstOf(swaps);
    if (!offer) return;
    // It fits on the card; whether RAM has room is not known.
    if (!base_.ram_limit_mib) offer->certain = false;
    offers_.push_back(std::move(*offer));
  }

  void TryTogether(const std::vector<Offer>& swaps) {
    const auto certain = [](const Offer& offer) { return offer.certain; };
    if (std::any_of(offers_.begin(), offers_.end(), certain)) return;
    Offer mix;
    mix.knob = Knob::kTogether;
    const std::string& usual = hardware_.assume.central_dtype;
    if (BytesOf(hardware_, base_.dtype) > BytesOf(hardware_, usual)) {
      mix.dtype = usual;
    }
    if (!swaps.empty()) mix.swapped_blocks = swaps.back().swapped_blocks;
    std::optional<Offer> offer = FirstOf(Combined(mix));
    if (!offer || (!offer->certain && !offers_.empty())) return;
    if (KnobsTurned(*offer) < 2) return;  // offered above already
    // Swapped blocks need RAM that nobody has seen.
    if (offer->swapped_blocks && !base_.ram_limit_mib) offer->certain = false;
    offers_.push_back(std::move(*offer));
  }

  // `mix` with all frames, then fewer, then smaller sizes at the fewest.
  std::vector<Offer> Combined(const Offer& mix) const {
    std::vector<Offer> both = {mix};
    for (const Offer& change : FewerFrames(hardware_, model_, base_)) {
      both.push_back(mix);
      both.back().frames = change.frames;
    }
    const Offer fewest = both.back();
    for (const Offer& change : SmallerSizes(hardware_, model_, base_)) {
      both.push_back(fewest);
      both.back().width = change.width;
      both.back().height = change.height;
    }
    return both;
  }

  void TryCards() {
    std::optional<Offer> maybe;
    double nominal = 0;
    for (const GpuCard* card : CardsFrom(hardware_, BiggerThan(room_))) {
      const Room room = RoomOfCard(hardware_, *card);
      Offer offer;
      offer.knob = Knob::kCard;
      const State state = Judge(base_, room, &offer);
      offer.certain = state == State::kFits;
      offer.cards = {card->name};
      // Cards of one nominal size are equal offers.
      if (maybe && maybe->certain) {
        if (card->nominal_mib != nominal) break;
        if (offer.certain) maybe->cards.push_back(card->name);
      } else if (offer.certain || (state == State::kCouldFit && !maybe)) {
        nominal = card->nominal_mib;
        maybe = std::move(offer);
      }
    }
    if (maybe) offers_.push_back(std::move(*maybe));
  }

  const Hardware& hardware_;
  const DiffusionModel& model_;
  const Job base_;
  const Room& room_;
  const bool silent_;
  std::vector<Offer> offers_;
};

// The largest tile whose high bound fits.
std::vector<Offer> OffersOfVae(const Hardware& hardware,
                               const DiffusionModel& model, const Job& job,
                               const Room& room) {
  for (const int tile : hardware.search.tiles) {
    Offer offer;
    offer.knob = Knob::kVaeTile;
    offer.tile = tile;
    offer.need = NeedOfVae(hardware, model, job, false, tile);
    if (FitOfPhase(hardware, offer.need, room) != Fit::kFits) continue;
    offer.certain = true;
    return {offer};
  }
  return {};
}

// The largest type of the encoder that fits, else the CPU.
std::vector<Offer> OffersOfEncoder(const Hardware& hardware,
                                   const DiffusionModel& model, const Job& job,
                                   const Room& room) {
  Offer offer;
  for (const std::string& dtype : hardware.search.encoder_dtypes) {
    if (!job.encoder_dtype.empty() &&
        BytesOf(hardware, dtype) >= BytesOf(hardware, job.encoder_dtype)) {
      continue;
    }
    offer.need = NeedOfTextEncode(hardware, model, dtype);
    if (FitOfPhase(hardware, offer.need, room) != Fit::kFits) continue;
    offer.knob = Knob::kEncoderDtype;
    offer.encoder_dtype = dtype;
    offer.certain = true;
    return {offer};
  }
  offer = Offer();
  offer.knob = Knob::kEncoderOnCpu;
  offer.certain = true;
  return {offer};
}

}  // namespace

std::vector<Offer> Offers(const Hardware& hardware, const DiffusionModel& model,
                          const Job& job, const Room& room,
                          const Mishap& mishap) {
  if (mishap.phase == BudgetPhase::kVaeDecode) {
    return OffersOfVae(hardware, model, job, room);
  }
  if (mishap.phase == BudgetPhase::kTextEncode) {
    return OffersOfEncoder(hardware, model, job, room);
  }
  return Search(hardware, model, job, room, mishap.silent_death).Run();
}

int LargestFrames(const Hardware& hardware, const DiffusionModel& model,
                  const Job& job, const Room& room) {
  if (model.frame_step == 0) return 0;
  const Search search(hardware, model, job, room, false);
  Job changed = search.base();
  int best = 0;
  for (int n = 1; n <= search.base().frames; n += model.frame_step) {
    changed.frames = n;
    if (search.Judge(changed, room, nullptr) == State::kFits) best = n;
  }
  return best;
}

std::vector<const GpuCard*> CardsFrom(const Hardware& hardware,
                                      double usable_mib) {
  std::vector<const GpuCard*> cards;
  for (const GpuCard& card : hardware.gpus) {
    if (!card.runpod.empty() && card.bf16 && card.seen != "none" &&
        RoomOfCard(hardware, card).min_mib >= usable_mib) {
      cards.push_back(&card);
    }
  }
  std::sort(cards.begin(), cards.end(), [](const auto* a, const auto* b) {
    return std::tie(a->total_min_mib, a->name) <
           std::tie(b->total_min_mib, b->name);
  });
  return cards;
}

double BiggerThan(const Room& room) {
  constexpr double kClearly = 1.1;
  return kClearly * room.max_mib;
}

Job SearchBase(const Hardware& hardware, const DiffusionModel& model,
               const Job& job) {
  Job base = job;
  const JobSize size = CorrectedSize(hardware, model, job);
  base.width = size.width;
  base.height = size.height;
  base.frames = size.frames;
  base.swapped_blocks = SwapCount(hardware, model, job);
  base.tokens.reset();
  base.gpu_blocks_mib.reset();
  base.cpu_blocks_mib.reset();
  base.offloaded_mib.reset();
  if (base.dtype.empty()) base.dtype = hardware.assume.central_dtype;
  return base;
}

}  // namespace logdiag
