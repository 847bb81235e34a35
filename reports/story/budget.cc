// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/story/parts.h"
#include "reports/words/names.h"

namespace logdiag {
namespace {

constexpr double kMibPerGib = 1024;
constexpr std::size_t kMaxOffers = 6;
constexpr std::size_t kFewOffers = 3;

std::string Gib(double mib) { return fmt::format("{:.1f}", mib / kMibPerGib); }

Spans RangeText(const Page& page, const Spread& spread) {
  Slots slots;
  slots.Own("low", Gib(spread.low));
  slots.Own("central", Gib(spread.central));
  slots.Own("high", Gib(spread.high));
  const bool exact = Gib(spread.low) == Gib(spread.high);
  return page.words.Say(exact ? "budget.range.exact" : "budget.range", slots);
}

Spans FitText(const Page& page, Fit fit) {
  return TextSpan(page.words.Word("budget.fit", FitName(fit)));
}

Spans SizeText(const Page& page, const JobSize& size, std::string_view key) {
  Slots slots;
  slots.Own("frames", std::to_string(size.frames));
  slots.Own("width", std::to_string(size.width));
  slots.Own("height", std::to_string(size.height));
  slots.Own("tokens",
            GroupDigits(static_cast<std::uint64_t>(std::llround(size.tokens))));
  return page.words.Say(
      std::string(key) + (size.frames > 1 ? ".video" : ".image"), slots);
}

Spans JobLine(const Page& page, const Budget& budget) {
  const Job& job = budget.job;
  Slots slots;
  slots.Put("job", SizeText(page, budget.corrected, "budget.job"));
  slots.Own("model", budget.model_name);
  if (job.model_from != KnownFrom::kNothing) {
    slots.Own("model_from",
              page.words.Word("budget.from", KnownFromName(job.model_from)));
  }
  if (job.dtype.empty()) {
    slots.Put("dtype", page.words.Say("budget.dtype.unknown"));
  } else {
    slots.Log("dtype", job.dtype);
  }
  if (job.swapped_blocks) {
    slots.Own("swap", std::to_string(*job.swapped_blocks));
  }
  slots.Log("card", job.gpu);
  if (budget.usable) slots.Own("usable", Gib(budget.usable->min_mib));
  return page.words.Say("budget.job", slots);
}

Spans InvalidSize(const Page& page, const Budget& budget) {
  const JobSize& asked = budget.asked;
  const JobSize& below = budget.corrected;
  if (asked.width == below.width && asked.height == below.height &&
      asked.frames == below.frames) {
    return {};
  }
  Slots slots;
  slots.Put("asked", SizeText(page, asked, "budget.size"));
  slots.Put("below", SizeText(page, below, "budget.size"));
  slots.Put("above", SizeText(page, budget.above, "budget.size"));
  return page.words.Say("budget.invalid", slots);
}

Spans RamLine(const Page& page, const RamNeed& ram) {
  Slots limit;
  if (ram.limit_mib) limit.Own("limit_gib", Gib(*ram.limit_mib));
  limit.Put("fit", FitText(page, ram.fit));
  Slots slots;
  slots.Own("low", Gib(ram.need.low));
  slots.Own("central", Gib(ram.need.central));
  slots.Own("high", Gib(ram.need.high));
  slots.Put("limit", page.words.Say(ram.limit_mib ? "budget.ram.limit"
                                                  : "budget.ram.unknown",
                                    limit));
  return page.words.Say("budget.ram", slots);
}

Blocks PhaseTable(const Page& page, const Budget& budget) {
  Slots slots;
  slots.Own("context", Gib(budget.context_mib));
  Blocks blocks = {{Paragraph{page.words.Say("budget.vram", slots)}}};
  Table table;
  for (const char* column : {"name", "needs", "fit"}) {
    table.header.push_back(
        page.words.Say(std::string("budget.phase.") + column));
  }
  for (const PhaseNeed& need : budget.phases) {
    table.rows.push_back(
        {TextSpan(page.words.Word("phase", PhaseName(need.phase))),
         RangeText(page, need.need), FitText(page, need.fit)});
  }
  blocks.push_back({std::move(table)});
  if (budget.printed) {
    Slots printed;
    printed.Own("peak", Gib(budget.printed->allocated_mib));
    if (budget.printed->reserved_mib) {
      printed.Own("reserved", Gib(*budget.printed->reserved_mib));
    }
    printed.Put("range", RangeText(page, budget.printed->estimate));
    blocks.push_back({Paragraph{page.words.Say("budget.printed", printed)}});
  }
  return blocks;
}

Blocks OtherModels(const Page& page, const Budget& budget) {
  List list;
  for (const ModelRow& row : budget.other_models) {
    Slots slots;
    slots.Own("model", row.name);
    slots.Put("weights", RangeText(page, row.weights));
    slots.Put("activations", RangeText(page, row.activations));
    slots.Put("total", RangeText(page, row.total));
    slots.Put("fit", FitText(page, row.fit));
    list.items.push_back({page.words.Say("budget.other-model", slots), {}});
  }
  if (list.items.empty()) return {};
  return {{std::move(list)}};
}

Blocks ConfigTable(const Page& page, const Budget& budget) {
  if (budget.table.empty()) return {};
  Table table;
  for (const char* column : {"name", "weights", "activations", "total"}) {
    table.header.push_back(
        page.words.Say(std::string("budget.table.") + column));
  }
  for (const CardFit& fit : budget.table.front().fits) {
    table.header.push_back(LogSpan(fit.card));
  }
  for (const ConfigRow& row : budget.table) {
    std::vector<Spans> cells = {
        SizeText(page, row.size, "budget.size"), RangeText(page, row.weights),
        RangeText(page, row.activations), RangeText(page, row.total)};
    for (const CardFit& fit : row.fits) {
      cells.push_back(FitText(page, fit.fit));
    }
    table.rows.push_back(std::move(cells));
  }
  return {{Paragraph{page.words.Say("budget.table")}}, {std::move(table)}};
}

Spans OfferText(const Page& page, const Budget& budget, const Offer& offer) {
  Slots change;
  if (budget.job.swapped_blocks) {
    change.Own("swapped", std::to_string(*budget.job.swapped_blocks));
  }
  const auto number = [&](const char* name, int value) {
    change.Own(name, value > 0 ? std::to_string(value) : "");
  };
  change.Own("dtype", offer.dtype);
  change.Own("encoder_dtype", offer.encoder_dtype);
  change.Own("swap",
             offer.swapped_blocks ? std::to_string(*offer.swapped_blocks) : "");
  number("width", offer.width);
  number("height", offer.height);
  number("frames", offer.frames);
  number("tile", offer.tile);
  change.Own("cards", fmt::format("{}", fmt::join(offer.cards, ", ")));
  Slots slots;
  std::string key("budget.offer.");
  key.append(KnobName(offer.knob));
  slots.Put("change", page.words.Say(key, change));
  slots.Put("range", RangeText(page, offer.need));
  slots.Put("sure", page.words.Say(offer.certain ? "budget.offer.certain"
                                                 : "budget.offer.possible"));
  return page.words.Say("budget.offer", slots);
}

Blocks Offers(const Page& page, const Budget& budget, bool ram_first) {
  if (budget.offers.empty()) return {};
  List list;
  list.numbered = true;
  const std::size_t shown = std::min(
      budget.offers.size(), page.limits.details ? kMaxOffers : kFewOffers);
  for (std::size_t i = 0; i < shown; ++i) {
    list.items.push_back({OfferText(page, budget, budget.offers[i]), {}});
  }
  Blocks blocks = {{Paragraph{page.words.Say(ram_first ? "budget.offers.silent"
                                                       : "budget.offers")}},
                   {std::move(list)}};
  if (budget.largest_frames > 0 &&
      budget.largest_frames < budget.corrected.frames) {
    Slots slots;
    slots.Own("frames", std::to_string(budget.largest_frames));
    blocks.push_back({Paragraph{page.words.Say("budget.largest", slots)}});
  }
  return blocks;
}

Spans Assumed(const Page& page, const Budget& budget) {
  std::vector<std::string> list;
  for (const Assumption assumption : budget.assumptions) {
    list.push_back(page.words.Word("assumption", AssumptionName(assumption)));
  }
  Spans spans;
  if (!list.empty()) {
    Slots slots;
    slots.Own("list", fmt::format("{}", fmt::join(list, "; ")));
    Append(page.words.Say("budget.assumed", slots), &spans);
    Append(TextSpan(" "), &spans);
  }
  Append(page.words.Say("budget.limits"), &spans);
  return spans;
}

// A death without a word asks for the RAM first.
bool RamFirst(const Page& page) {
  const auto& incident = page.diagnosis.incident;
  return incident && (incident->kind == FailureKind::kSilence ||
                      incident->kind == FailureKind::kDeath);
}

}  // namespace

Blocks MemoryBudget(const Page& page) {
  if (!page.diagnosis.budget || !page.limits.budget) return {};
  const Budget& budget = *page.diagnosis.budget;
  const bool ram_first = RamFirst(page);
  Blocks blocks;
  const auto add = [&](Spans spans) {
    if (!spans.empty()) blocks.push_back({Paragraph{std::move(spans)}});
  };
  const auto add_all = [&](Blocks more) {
    blocks.insert(blocks.end(), more.begin(), more.end());
  };
  add(JobLine(page, budget));
  add(InvalidSize(page, budget));
  if (ram_first) add(RamLine(page, budget.ram));
  if (page.limits.details) add_all(PhaseTable(page, budget));
  if (!ram_first) add(RamLine(page, budget.ram));
  if (page.limits.details) {
    add_all(OtherModels(page, budget));
    add_all(ConfigTable(page, budget));
  }
  add_all(Offers(page, budget, ram_first));
  if (page.limits.details) add(Assumed(page, budget));
  return blocks;
}

}  // namespace logdiag
