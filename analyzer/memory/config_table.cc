// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/config_table.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "analyzer/memory/phases.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/memory/what_if.h"

namespace logdiag {
namespace {

constexpr std::size_t kBiggerCards = 2;

// One card of each of the first sizes on the box from `usable_mib` up.
std::vector<const GpuCard*> CardsOfTable(const Hardware& hardware,
                                         double usable_mib) {
  std::vector<const GpuCard*> cards;
  for (const GpuCard* card : CardsFrom(hardware, usable_mib)) {
    if (cards.size() == kBiggerCards) break;
    if (cards.empty() || card->nominal_mib > cards.back()->nominal_mib) {
      cards.push_back(card);
    }
  }
  return cards;
}

const Offer* OfferOf(const std::vector<Offer>& offers, Knob knob) {
  for (const Offer& offer : offers) {
    if (offer.knob == knob) return &offer;
  }
  return nullptr;
}

// The sizes of the rows, those that differ.
std::vector<Job> Configurations(const DiffusionModel& model, const Job& valid,
                                const std::vector<Offer>& offers) {
  Job small = valid;
  small.width = ValidSide(model, valid.width * 3 / 4).below;
  small.height = ValidSide(model, valid.height * 3 / 4).below;
  if (const Offer* offer = OfferOf(offers, Knob::kSize)) {
    small.width = offer->width;
    small.height = offer->height;
  }
  Job fewer = valid;
  fewer.frames = ValidFrames(model, std::max(1, valid.frames / 2)).below;
  if (const Offer* offer = OfferOf(offers, Knob::kFrames)) {
    fewer.frames = offer->frames;
  }
  Job both = small;
  both.frames = fewer.frames;
  std::vector<Job> jobs;
  for (const Job& job : {valid, small, fewer, both}) {
    const auto same = [&job](const Job& other) {
      return other.width == job.width && other.height == job.height &&
             other.frames == job.frames;
    };
    if (std::none_of(jobs.begin(), jobs.end(), same)) jobs.push_back(job);
  }
  return jobs;
}

}  // namespace

std::vector<ConfigRow> ConfigTable(const Hardware& hardware,
                                   const DiffusionModel& model,
                                   const Job& valid,
                                   const std::optional<Room>& room,
                                   const std::vector<Offer>& offers) {
  const double wanted =
      room ? BiggerThan(*room)
           : NeedOfSampling(hardware, model, valid, room).Total().central +
                 hardware.constants.context_mib;
  const std::vector<const GpuCard*> bigger = CardsOfTable(hardware, wanted);
  std::vector<ConfigRow> rows;
  for (Job& job : Configurations(model, valid, offers)) {
    // Printed tokens are of the size that was asked for.
    if (!rows.empty()) job.tokens.reset();
    const SamplingNeed need = NeedOfSampling(hardware, model, job, room);
    ConfigRow row;
    row.size = {job.width, job.height, job.frames,
                TokensOf(hardware, model, job)};
    row.weights = need.weights;
    row.activations = need.activations;
    row.total = need.Total();
    Fit fit = FitOfSampling(hardware, model, row.total, room);
    if (rows.empty() && job.peak_mib) {
      fit = FitOfPeak(hardware, *job.peak_mib, job.reserved_mib, room);
    }
    row.fits.push_back({job.gpu, fit});
    for (const GpuCard* card : bigger) {
      const Room has = RoomOfCard(hardware, *card);
      const Spread total = NeedOfSampling(hardware, model, job, has).Total();
      row.fits.push_back(
          {card->name, FitOfSampling(hardware, model, total, has)});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace logdiag
