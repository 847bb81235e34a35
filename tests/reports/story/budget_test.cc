// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "reports/budget_report.h"
#include "reports/report.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

Spread Around(double mib) {
  return {mib - 200, mib - 100, mib, mib + 100, mib + 200};
}

Budget SampleBudget() {
  Budget budget;
  budget.job.models = {"toy"};
  budget.job.model_from = KnownFrom::kName;
  budget.job.dtype = "fp8";
  budget.job.gpu = "A | card_with_marks*";
  budget.model = "toy";
  budget.model_name = "Toy model";
  budget.asked = {480, 360, 60, 0};
  budget.corrected = {480, 352, 57, 9900};
  budget.above = {480, 368, 61, 11000};
  budget.context_mib = 563;
  budget.phases = {{BudgetPhase::kLoad, Around(2048), Fit::kFits},
                   {BudgetPhase::kSampling, Around(20480), Fit::kCannotTell}};
  budget.usable = UsableVram{23552, 23552, true, "card"};
  budget.ram = {Around(30720), 16384, Fit::kDoesNotFit};
  budget.assumptions = {Assumption::kDtypeFromSize};
  Offer offer;
  offer.knob = Knob::kFrames;
  offer.frames = 33;
  offer.certain = true;
  offer.need = Around(10240);
  budget.offers = {offer};
  budget.table = {{budget.corrected,
                   Around(10240),
                   Around(5120),
                   Around(15360),
                   {{"A | card_with_marks*", Fit::kTight}}}};
  return budget;
}

bool Before(const std::string& text, std::string_view first,
            std::string_view second) {
  const std::size_t a = text.find(first);
  const std::size_t b = text.find(second);
  return a != std::string::npos && b != std::string::npos && a < b;
}

TEST(MemoryBudget, SilentDeathNamesTheRamFirst) {
  Diagnosis diagnosis = SilentDeath();
  diagnosis.budget = SampleBudget();
  const std::string silent =
      WriteMarkdown(diagnosis, SampleCatalogue(), {.full = true});
  EXPECT_TRUE(Before(silent, "## More", "### Memory budget"));
  EXPECT_TRUE(Before(silent, "Host RAM", "Card, by phase")) << silent;
  diagnosis.incident->kind = FailureKind::kException;
  const std::string caught =
      WriteMarkdown(diagnosis, SampleCatalogue(), {.full = true});
  EXPECT_TRUE(Before(caught, "Card, by phase", "Host RAM"));
}

TEST(MemoryBudget, ShowsFiguresChangesAndWhatWasAssumed) {
  const std::string text = WriteBudget(SampleCatalogue(), SampleBudget());
  for (const std::string_view part :
       {"57 frames at 480x352, 9,900 tokens", "Toy model (by its name)",
        "does not take 60 frames at 480x360", "61 frames at 480x368",
        "limit is 16.0 GiB: **does not fit**",
        "| sampling | 19.9 to 20.1, most likely 20.0 | cannot tell |",
        "1. 33 frames: 9.9 to 10.1, most likely 10.0 GiB on the card, fits",
        "the type is known by the size of the weights only"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(MemoryBudget, NamesOfTheLogCannotBreakTheTable) {
  const std::string text = WriteBudget(SampleCatalogue(), SampleBudget());
  EXPECT_NE(text.find("`A \\| card_with_marks*`"), std::string::npos) << text;
}

TEST(MemoryBudget, JsonHoldsTheSame) {
  const std::string json = WriteBudgetJson(SampleBudget());
  EXPECT_NE(json.find("\"schema\": \"logdiag.budget/1\""), std::string::npos);
  EXPECT_NE(json.find("\"fit\": \"does-not-fit\""), std::string::npos);
  EXPECT_NE(json.find("\"knob\": \"frames\""), std::string::npos);
}

}  // namespace
}  // namespace logdiag
