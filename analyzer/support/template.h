// SPDX-License-Identifier: Apache-2.0
// Sentences with {placeholders}.
#ifndef LOGDIAG_SUPPORT_TEMPLATE_H_
#define LOGDIAG_SUPPORT_TEMPLATE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/sentence.h"

namespace logdiag {

using Values = std::map<std::string, std::string, std::less<>>;

// Fills {name} from `values`. A part in [square brackets] is dropped, brackets
// and all, if a placeholder inside it is unknown; elsewhere an unknown
// placeholder becomes "?". "[[" and "{{" stand for the characters themselves.
// A bracket part without a placeholder is literal text and keeps its brackets.
std::string FillTemplate(std::string_view pattern, const Values& values);

// The same, with the values asked for one by one: nullopt = unknown.
using ValueLookup =
    std::function<std::optional<std::string>(std::string_view name)>;
std::string FillTemplate(std::string_view pattern, const ValueLookup& lookup);

// The sentence that `pattern` is with those of `values` that it names.
Sentence MakeSentence(std::string_view pattern, const Values& values);

// Fills {name} in a shell command. Values come from the log, so only those made
// of letters, digits and "._/+=:-" that do not begin with "-" are put in. With
// another value, or an unknown one, the value of `usual` is, and where that has
// none, there is no command: "". "${name}" and all other braces and brackets
// are the shell's and stay.
std::string FillCommand(std::string_view command, const Values& values,
                        const Values& usual = {});

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_TEMPLATE_H_
