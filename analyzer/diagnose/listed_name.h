// SPDX-License-Identifier: Apache-2.0
// Whether a name that was refused stands in the list of choices after all.
#ifndef LOGDIAG_DIAGNOSE_LISTED_NAME_H_
#define LOGDIAG_DIAGNOSE_LISTED_NAME_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/timeline.h"

namespace logdiag {

// The entry of `choices`, a list of strings as Python prints it, that is the
// same file as `name` in another folder, or written with other slashes; case
// does not count. nullopt if there is none.
std::optional<std::string> ListedAs(std::string_view name,
                                    std::string_view choices);

// Sets `listed` of each of them whose reason names one string and then a list
// of others that has the same file.
void FindListed(std::vector<Refusal>* refusals);

// Adds the facts `listed_as` and `listed_in` of the first of them that has one.
void AddListedName(std::vector<Refusal> refusals, Facts* facts);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_LISTED_NAME_H_
