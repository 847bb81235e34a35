// SPDX-License-Identifier: Apache-2.0
// The closed sets of names that patterns may use.
#ifndef LOGDIAG_KNOWLEDGE_NAMES_H_
#define LOGDIAG_KNOWLEDGE_NAMES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/model/catalogue.h"

namespace logdiag {

using Names = std::span<const std::string_view>;

Names RoleNames();
Names WorkNames();  // of Marker::work
Names UnitNames();  // of Dialect::unit
Names PhaseNames();
Names OutcomeNames();
Names KindNames();  // of FailureKind
Names EndNames();   // of ProcessEnd
Names BarNames();
Names ScopeNames();
Names ActionNames();         // of Remedy::action
Names SecretKindNames();     // of SecretRule::kind
Names QuotationKindNames();  // of QuotationRule::kind
// What {placeholders} of sentences may name besides facts of markers and groups
// of the markers that speak.
Names ValueNames();

std::optional<Role> FindRole(std::string_view name);

// The name that `word` was most likely meant to be; "" if none is close.
std::string_view Nearest(std::string_view word, Names names);

// `; did you mean "x"?`, or, if nothing is close, `; use one of: a, b`.
std::string Suggest(std::string_view word, Names names);

// One or more groups of lower-case letters and digits, joined by `joint`.
bool IsName(std::string_view word, char joint);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_NAMES_H_
