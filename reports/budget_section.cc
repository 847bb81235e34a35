#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/names.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

constexpr double kMibPerGib = 1024;
constexpr std::size_t kMaxOffers = 6;

std::string Gib(double mib) { return fmt::format("{:.1f}", mib / kMibPerGib); }

std::string RangeText(const Page& page, const Spread& spread) {
  Slots slots;
  slots.raw["low"] = Gib(spread.low);
  slots.raw["central"] = Gib(spread.central);
  slots.raw["high"] = Gib(spread.high);
  const bool exact = Gib(spread.low) == Gib(spread.high);
  return page.words.Say(exact ? "budget.range.exact" : "budget.range", slots);
}

std::string FitText(const Page& page, Fit fit) {
  return page.words.Word("budget.fit", FitName(fit));
}

std::string SizeText(const Page& page, const JobSize& size,
                     std::string_view key) {
  Slots slots;
  slots.raw["frames"] = std::to_string(size.frames);
  slots.raw["width"] = std::to_string(size.width);
  slots.raw["height"] = std::to_string(size.height);
  slots.raw["tokens"] =
      GroupDigits(static_cast<std::uint64_t>(std::llround(size.tokens)));
  return page.words.Say(
      std::string(key) + (size.frames > 1 ? ".video" : ".image"), slots);
}

std::string JobLine(const Page& page, const Budget& budget) {
  const Job& job = budget.job;
  Slots slots;
  slots.markdown["job"] = SizeText(page, budget.corrected, "budget.job");
  slots.raw["model"] = budget.model_name;
  if (job.model_from != KnownFrom::kNothing) {
    slots.markdown["model_from"] =
        page.words.Word("budget.from", KnownFromName(job.model_from));
  }
  slots.markdown["dtype"] = job.dtype.empty()
                                ? page.words.Say("budget.dtype.unknown")
                                : EscapeProse(job.dtype);
  if (job.swapped_blocks) {
    slots.raw["swap"] = std::to_string(*job.swapped_blocks);
  }
  if (!job.gpu.empty()) slots.raw["card"] = job.gpu;
  if (budget.usable) slots.raw["usable"] = Gib(budget.usable->min_mib);
  return page.words.Say("budget.job", slots);
}

std::string InvalidSize(const Page& page, const Budget& budget) {
  const JobSize& asked = budget.asked;
  const JobSize& below = budget.corrected;
  if (asked.width == below.width && asked.height == below.height &&
      asked.frames == below.frames) {
    return "";
  }
  Slots slots;
  slots.markdown["asked"] = SizeText(page, asked, "budget.size");
  slots.markdown["below"] = SizeText(page, below, "budget.size");
  slots.markdown["above"] = SizeText(page, budget.above, "budget.size");
  return page.words.Say("budget.invalid", slots);
}

std::string RamLine(const Page& page, const RamNeed& ram) {
  Slots limit;
  if (ram.limit_mib) limit.raw["limit_gib"] = Gib(*ram.limit_mib);
  limit.markdown["fit"] = FitText(page, ram.fit);
  Slots slots;
  slots.raw["low"] = Gib(ram.need.low);
  slots.raw["central"] = Gib(ram.need.central);
  slots.raw["high"] = Gib(ram.need.high);
  slots.markdown["limit"] = page.words.Say(
      ram.limit_mib ? "budget.ram.limit" : "budget.ram.unknown", limit);
  return page.words.Say("budget.ram", slots);
}

std::string PhaseTable(const Page& page, const Budget& budget) {
  Slots slots;
  slots.raw["context"] = Gib(budget.context_mib);
  std::string out = page.words.Say("budget.vram", slots) + "\n\n" +
                    page.words.Say("budget.phase.header") + "\n|---|---|---|\n";
  for (const PhaseNeed& need : budget.phases) {
    out += fmt::format("| {} | {} | {} |\n",
                       page.words.Word("phase", PhaseName(need.phase)),
                       RangeText(page, need.need), FitText(page, need.fit));
  }
  if (budget.printed) {
    Slots printed;
    printed.raw["peak"] = Gib(budget.printed->allocated_mib);
    if (budget.printed->reserved_mib) {
      printed.raw["reserved"] = Gib(*budget.printed->reserved_mib);
    }
    printed.markdown["range"] = RangeText(page, budget.printed->estimate);
    out += "\n" + page.words.Say("budget.printed", printed) + "\n";
  }
  out.pop_back();
  return out;
}

std::string OtherModels(const Page& page, const Budget& budget) {
  std::string out;
  for (const ModelRow& row : budget.other_models) {
    Slots slots;
    slots.raw["model"] = row.name;
    slots.markdown["weights"] = RangeText(page, row.weights);
    slots.markdown["activations"] = RangeText(page, row.activations);
    slots.markdown["total"] = RangeText(page, row.total);
    slots.markdown["fit"] = FitText(page, row.fit);
    out += (out.empty() ? "- " : "\n- ") +
           page.words.Say("budget.other-model", slots);
  }
  return out;
}

std::string ConfigTable(const Page& page, const Budget& budget) {
  if (budget.table.empty()) return "";
  std::string header = page.words.Say("budget.table.header");
  std::string rule = "|---|---|---|---|";
  for (const CardFit& fit : budget.table.front().fits) {
    header += " " + TableCell(CodeSpan(fit.card)) + " |";
    rule += "---|";
  }
  std::string out =
      page.words.Say("budget.table") + "\n\n" + header + "\n" + rule;
  for (const ConfigRow& row : budget.table) {
    out += fmt::format(
        "\n| {} | {} | {} | {} |", SizeText(page, row.size, "budget.size"),
        RangeText(page, row.weights), RangeText(page, row.activations),
        RangeText(page, row.total));
    for (const CardFit& fit : row.fits) {
      out += " " + FitText(page, fit.fit) + " |";
    }
  }
  return out;
}

std::string OfferText(const Page& page, const Offer& offer) {
  Slots change;
  const auto number = [&](const char* name, int value) {
    if (value > 0) change.raw[name] = std::to_string(value);
  };
  if (!offer.dtype.empty()) change.raw["dtype"] = offer.dtype;
  if (!offer.encoder_dtype.empty()) {
    change.raw["encoder_dtype"] = offer.encoder_dtype;
  }
  if (offer.swapped_blocks) {
    change.raw["swap"] = std::to_string(*offer.swapped_blocks);
  }
  number("width", offer.width);
  number("height", offer.height);
  number("frames", offer.frames);
  number("tile", offer.tile);
  if (!offer.cards.empty()) {
    change.raw["cards"] = fmt::format("{}", fmt::join(offer.cards, ", "));
  }
  Slots slots;
  std::string key("budget.offer.");
  key.append(KnobName(offer.knob));
  slots.markdown["change"] = page.words.Say(key, change);
  slots.markdown["range"] = RangeText(page, offer.need);
  slots.markdown["sure"] = page.words.Say(
      offer.certain ? "budget.offer.certain" : "budget.offer.possible");
  return page.words.Say("budget.offer", slots);
}

std::string OffersPart(const Page& page, const Budget& budget, bool ram_first) {
  if (budget.offers.empty()) return "";
  std::string out =
      page.words.Say(ram_first ? "budget.offers.silent" : "budget.offers") +
      "\n";
  const std::size_t shown = std::min(budget.offers.size(), kMaxOffers);
  for (std::size_t i = 0; i < shown; ++i) {
    out += fmt::format("\n{}. {}", i + 1, OfferText(page, budget.offers[i]));
  }
  if (budget.largest_frames > 0 &&
      budget.largest_frames < budget.corrected.frames) {
    Slots slots;
    slots.raw["frames"] = std::to_string(budget.largest_frames);
    out += "\n\n" + page.words.Say("budget.largest", slots);
  }
  return out;
}

std::string Assumed(const Page& page, const Budget& budget) {
  std::vector<std::string> list;
  for (const Assumption assumption : budget.assumptions) {
    list.push_back(page.words.Word("assumption", AssumptionName(assumption)));
  }
  std::string out;
  if (!list.empty()) {
    Slots slots;
    slots.markdown["list"] = fmt::format("{}", fmt::join(list, "; "));
    out = page.words.Say("budget.assumed", slots) + " ";
  }
  return out + page.words.Say("budget.limits");
}

std::string Body(const Page& page) {
  const Budget& budget = *page.diagnosis.budget;
  // A death without a word asks for the RAM first.
  const bool ram_first =
      page.diagnosis.incident &&
      (page.diagnosis.incident->kind == FailureKind::kSilence ||
       page.diagnosis.incident->kind == FailureKind::kDeath);
  std::vector<std::string> parts = {JobLine(page, budget),
                                    InvalidSize(page, budget)};
  const std::string ram = RamLine(page, budget.ram);
  if (ram_first) parts.push_back(ram);
  parts.push_back(PhaseTable(page, budget));
  if (!ram_first) parts.push_back(ram);
  parts.push_back(OtherModels(page, budget));
  parts.push_back(ConfigTable(page, budget));
  parts.push_back(OffersPart(page, budget, ram_first));
  parts.push_back(Assumed(page, budget));
  parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
  return fmt::format("{}", fmt::join(parts, "\n\n"));
}

}  // namespace

std::string BudgetSection(const Page& page) {
  if (!page.diagnosis.budget) return "";
  return page.Titled(2, "budget.title") + "\n\n" + Body(page);
}

std::string BudgetDetails(const Page& page) {
  if (!page.diagnosis.budget) return "";
  return Details(page.words.Say("budget.title"), Body(page));
}

}  // namespace logdiag
