// SPDX-License-Identifier: Apache-2.0
#include "reports/data/budget_json.h"

#include <cmath>
#include <cstdint>
#include <utility>

#include "analyzer/support/text.h"
#include "reports/data/json_values.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

// Longest name of a card, in bytes of the log.
constexpr std::size_t kMaxName = 400;

std::int64_t Whole(double mib) { return std::llround(mib); }

Json SpreadJson(const Spread& spread) {
  return {{"low", Whole(spread.low)},
          {"central", Whole(spread.central)},
          {"high", Whole(spread.high)}};
}

Json SizeJson(const JobSize& size) {
  return {{"width", size.width},
          {"height", size.height},
          {"frames", size.frames},
          {"tokens", Whole(size.tokens)}};
}

Json OfferJson(const Offer& offer) {
  Json json = {{"knob", KnobName(offer.knob)}, {"certain", offer.certain}};
  if (!offer.dtype.empty()) json["dtype"] = offer.dtype;
  if (!offer.encoder_dtype.empty()) json["encoder_dtype"] = offer.encoder_dtype;
  if (offer.swapped_blocks) json["swapped_blocks"] = *offer.swapped_blocks;
  if (offer.width > 0) json["width"] = offer.width;
  if (offer.height > 0) json["height"] = offer.height;
  if (offer.frames > 0) json["frames"] = offer.frames;
  if (offer.tile > 0) json["tile"] = offer.tile;
  if (!offer.cards.empty()) json["cards"] = offer.cards;
  json["need_mib"] = SpreadJson(offer.need);
  return json;
}

Json RowJson(const ConfigRow& row) {
  Json fits = Json::array();
  for (const CardFit& fit : row.fits) {
    fits.push_back(
        {{"card", Printable(fit.card, kMaxName)}, {"fit", FitName(fit.fit)}});
  }
  Json json = SizeJson(row.size);
  json["weights_mib"] = SpreadJson(row.weights);
  json["activations_mib"] = SpreadJson(row.activations);
  json["total_mib"] = SpreadJson(row.total);
  json["cards"] = std::move(fits);
  return json;
}

Json JobJson(const Budget& budget) {
  const Job& job = budget.job;
  Json json = {{"model", budget.model},
               {"model_from", KnownFromName(job.model_from)}};
  if (!job.dtype.empty()) json["dtype"] = job.dtype;
  if (job.swapped_blocks) json["swapped_blocks"] = *job.swapped_blocks;
  if (!job.gpu.empty()) json["gpu"] = Printable(job.gpu, kMaxName);
  json["asked"] = SizeJson(budget.asked);
  json["valid"] = SizeJson(budget.corrected);
  json["valid_above"] = SizeJson(budget.above);
  return json;
}

}  // namespace

Json BudgetJson(const Budget& budget) {
  Json json = {{"job", JobJson(budget)}};
  if (budget.usable) {
    json["usable_mib"] = {{"min", Whole(budget.usable->min_mib)},
                          {"max", Whole(budget.usable->max_mib)},
                          {"printed", budget.usable->printed}};
  }
  json["context_mib"] = Whole(budget.context_mib);
  json["phases"] = ListOf(budget.phases, [](const PhaseNeed& need) -> Json {
    return {{"phase", PhaseName(need.phase)},
            {"need_mib", SpreadJson(need.need)},
            {"fit", FitName(need.fit)}};
  });
  json["ram"] = {{"need_mib", SpreadJson(budget.ram.need)},
                 {"fit", FitName(budget.ram.fit)}};
  if (budget.ram.limit_mib) {
    json["ram"]["limit_mib"] = Whole(*budget.ram.limit_mib);
  }
  if (budget.printed) {
    json["printed_peak_mib"] = Whole(budget.printed->allocated_mib);
  }
  json["table"] = ListOf(budget.table, RowJson);
  json["offers"] = ListOf(budget.offers, OfferJson);
  json["largest_frames"] = budget.largest_frames;
  json["assumptions"] = ListOf(budget.assumptions, [](Assumption a) -> Json {
    return AssumptionName(a);
  });
  return json;
}

}  // namespace logdiag
