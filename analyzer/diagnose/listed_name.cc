// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/listed_name.h"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "analyzer/model/job_facts.h"
#include "analyzer/support/regex_needs.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string_view FileName(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

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

std::string_view CaptureOf(const MarkerHit& hit, std::string_view name) {
  for (const auto& [group, text] : hit.captures) {
    if (group == name) return text;
  }
  return {};
}

}  // namespace

std::optional<std::string> ListedAs(std::string_view name,
                                    std::string_view choices) {
  const std::string wanted = FoldCase(FileName(name));
  if (wanted.empty()) return std::nullopt;
  for (std::size_t at = 0; at < choices.size();) {
    if (choices[at] != '\'' && choices[at] != '"') {
      ++at;
      continue;
    }
    std::optional<std::string> entry = ReadString(choices, &at);
    if (!entry) return std::nullopt;
    if (*entry != name && FoldCase(FileName(*entry)) == wanted) return entry;
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

void AddListedName(const Failure& failure, Facts* facts) {
  for (const auto& [marker, seen] : failure.seen) {
    const auto* hit = std::get_if<MarkerHit>(&seen.first.what);
    if (hit == nullptr) continue;
    const std::string_view name = CaptureOf(*hit, "name");
    const std::optional<std::string> listed =
        ListedAs(name.empty() ? CaptureOf(*hit, "path") : name,
                 CaptureOf(*hit, "choices"));
    if (!listed) continue;
    Fact fact;
    fact.value = *listed;
    fact.line = seen.first.line;
    fact.offset = seen.first.offset;
    fact.text = seen.first.text;
    facts->insert_or_assign(std::string(kListedAs), fact);
    const std::size_t folder = listed->size() - FileName(*listed).size();
    fact.value = folder == 0 ? "./" : listed->substr(0, folder);
    facts->insert_or_assign(std::string(kListedIn), fact);
    return;
  }
}

}  // namespace logdiag
