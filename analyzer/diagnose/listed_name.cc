// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/listed_name.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/model/job_facts.h"
#include "analyzer/support/regex_needs.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// The string that begins with the quote at `*at`, which moves behind its end.
// nullopt if the text ends first.
std::optional<std::string> ReadString(std::string_view text, std::size_t* at) {
  const char quote = text[(*at)++];
  std::string out;
  for (; *at < text.size(); ++*at) {
    char c = text[*at];
    if (c == quote) {
      ++*at;
      return out;
    }
    if (c == '\\' && *at + 1 < text.size()) c = text[++*at];
    out += c;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> ListedAs(std::string_view name,
                                    std::string_view choices) {
  const std::string wanted = FoldCase(BaseName(name));
  if (wanted.empty()) return std::nullopt;
  for (std::size_t at = 0; at < choices.size();) {
    if (choices[at] != '\'' && choices[at] != '"') {
      ++at;
      continue;
    }
    std::optional<std::string> entry = ReadString(choices, &at);
    if (!entry) return std::nullopt;
    if (*entry != name && FoldCase(BaseName(*entry)) == wanted) return entry;
  }
  return std::nullopt;
}

void FindListed(std::vector<Refusal>* refusals) {
  for (Refusal& refusal : *refusals) {
    const std::string_view reason = refusal.quote.text;
    std::size_t at = std::min(reason.find_first_of("'\""), reason.size());
    if (at == reason.size()) continue;
    const std::optional<std::string> name = ReadString(reason, &at);
    if (!name) continue;
    refusal.listed = ListedAs(*name, reason.substr(at)).value_or("");
  }
}

void AddListedName(std::vector<Refusal> refusals, Facts* facts) {
  FindListed(&refusals);
  const auto first =
      std::find_if(refusals.begin(), refusals.end(),
                   [](const Refusal& r) { return !r.listed.empty(); });
  if (first == refusals.end()) return;
  Fact fact;
  fact.value = first->listed;
  fact.line = first->quote.line;
  fact.offset = first->quote.offset;
  fact.text = first->quote.text;
  facts->insert_or_assign(std::string(kListedAs), fact);
  const std::size_t folder =
      first->listed.size() - BaseName(first->listed).size();
  fact.value = folder == 0 ? "./" : first->listed.substr(0, folder);
  facts->insert_or_assign(std::string(kListedIn), fact);
}

}  // namespace logdiag
