#include "reports/budget_report.h"

#include <nlohmann/json.hpp>

#include "analyzer/model/diagnosis.h"
#include "reports/budget_json.h"
#include "reports/phrasebook.h"
#include "reports/sections.h"

namespace logdiag {

std::string WriteBudget(const Catalogue& catalogue, const Budget& budget) {
  Diagnosis diagnosis;
  diagnosis.budget = budget;
  const Phrasebook words(catalogue, {});
  const Page page{.diagnosis = diagnosis,
                  .catalogue = catalogue,
                  .words = words,
                  .limits = {}};
  return BudgetSection(page) + "\n";
}

std::string WriteBudgetJson(const Budget& budget) {
  nlohmann::ordered_json json = {{"schema", "logdiag.budget/1"}};
  json.update(BudgetJson(budget));
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace logdiag
