// SPDX-License-Identifier: Apache-2.0
#include "reports/budget_report.h"

#include <nlohmann/json.hpp>

#include "analyzer/model/diagnosis.h"
#include "reports/data/budget_json.h"
#include "reports/pens/markdown.h"
#include "reports/story/parts.h"
#include "reports/words/phrasebook.h"

namespace logdiag {

std::string WriteBudget(const Catalogue& catalogue, const Budget& budget) {
  Diagnosis diagnosis;
  diagnosis.budget = budget;
  const Phrasebook words(catalogue, nullptr, {});
  Page page{.diagnosis = diagnosis,
            .catalogue = catalogue,
            .words = words,
            .limits = {}};
  page.limits.details = true;
  Blocks blocks = {SectionHeading(page, "part.budget")};
  const Blocks body = MemoryBudget(page);
  blocks.insert(blocks.end(), body.begin(), body.end());
  return WriteMarkdownBlocks(blocks, {});
}

std::string WriteBudgetJson(const Budget& budget) {
  nlohmann::ordered_json json = {{"schema", "logdiag.budget/1"}};
  json.update(BudgetJson(budget));
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace logdiag
