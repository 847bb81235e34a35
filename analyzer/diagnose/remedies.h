// SPDX-License-Identifier: Apache-2.0
// Which remedies of a cause fit a case.
#ifndef LOGDIAG_DIAGNOSE_REMEDIES_H_
#define LOGDIAG_DIAGNOSE_REMEDIES_H_

#include <string>
#include <vector>

#include "analyzer/diagnose/case_file.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/support/regex_cache.h"

namespace logdiag {

struct Remedies {
  std::vector<std::string> now;  // ids, in the order of the cause
  std::vector<std::string> later;
  std::vector<Suppressed> suppressed;  // what would do harm here, and why
};

// Ids of the machines that the case shows, in the catalogue's order.
std::vector<std::string> MachinesOf(const Catalogue& catalogue,
                                    const CaseFile& file, RegexCache* regexes);

// Those meant for the programs and the machine of the case, whose conditions
// hold. `values` fill the sentences on what does not help.
Remedies ChooseRemedies(const Catalogue& catalogue, const Cause& cause,
                        const CaseFile& file, const Values& values,
                        RegexCache* regexes);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_REMEDIES_H_
