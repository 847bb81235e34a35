// SPDX-License-Identifier: Apache-2.0
#include "reports/story/steps.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Longer commands get a block of their own, so that they can be copied.
constexpr std::size_t kMaxInlineCommand = 120;
constexpr std::size_t kMaxConfirm = 4;

std::vector<const Remedy*> Known(const Page& page,
                                 const std::vector<std::string>& ids,
                                 std::size_t most) {
  std::vector<const Remedy*> known;
  for (const std::string& id : ids) {
    const Remedy* remedy = page.catalogue.FindRemedy(id);
    if (remedy != nullptr && known.size() < most) known.push_back(remedy);
  }
  return known;
}

bool IsHarmless(std::string_view risk) {
  return risk.empty() || StartsWith(risk, "none") || StartsWith(risk, "None");
}

Item Step(const Page& page, const Remedy& remedy) {
  Slots slots;
  slots.Put("text", WithoutStop(page.words.Fill(remedy.text)));
  const std::string command = page.words.Command(remedy.command);
  const bool block =
      command.size() > kMaxInlineCommand || Contains(command, "\n");
  if (!command.empty() && !block) slots.Put("command", CodeSpans(command));
  if (page.limits.risks && !IsHarmless(remedy.risk)) {
    slots.Put("risk", WithoutStop(page.words.Fill(remedy.risk)));
  }
  Item item{page.words.Say("step", slots), {}};
  if (block) item.more.push_back({Code{command + "\n", "sh"}});
  return item;
}

// Of the steps that do not help for one and the same reason the first.
std::vector<Suppressed> Differing(const std::vector<Suppressed>& all) {
  std::vector<Suppressed> kept;
  for (const Suppressed& item : all) {
    if (std::none_of(kept.begin(), kept.end(), [&](const Suppressed& other) {
          return other.why == item.why;
        })) {
      kept.push_back(item);
    }
  }
  return kept;
}

// "more block swap (it moves weights into RAM)"
Spans NotThis(const Page& page, const Suppressed& suppressed) {
  const Remedy* remedy = page.catalogue.FindRemedy(suppressed.remedy);
  Slots slots;
  slots.Put("step", remedy == nullptr || remedy->name.empty()
                        ? CodeSpans(suppressed.remedy)
                        : page.words.Fill(remedy->name));
  slots.Put("why", WithoutStop(page.words.Fill(suppressed.why)));
  return page.words.Say("not-here.item", slots);
}

// What the failing program says itself, word for word: nobody has checked it,
// and whoever wrote the log may have meant harm.
Blocks OwnAdvice(const Page& page) {
  constexpr std::size_t kLinesToBytes = 2;
  Excerpt excerpt;
  for (const Quote& quote : page.diagnosis.advice) {
    if (excerpt.lines.size() == page.limits.clauses) break;
    excerpt.lines.push_back(
        {quote.line, false,
         LogText(quote.text, page.limits.excerpt_bytes * kLinesToBytes)
             .shown()});
  }
  if (excerpt.lines.empty()) return {};
  return {{Paragraph{page.words.Say("advice")}}, {std::move(excerpt)}};
}

// Where flags of the start command go in a program that has no such command.
Blocks WhereFlagsGo(const Page& page) {
  const auto steps = Known(page, page.diagnosis.remedies, page.limits.steps);
  if (std::none_of(steps.begin(), steps.end(), [](const Remedy* remedy) {
        return Contains(remedy->text, "start command");
      })) {
    return {};
  }
  for (const std::string& machine : page.diagnosis.machines) {
    const std::string key = "flags." + machine;
    if (page.words.Has(key)) return {{Paragraph{page.words.Say(key)}}};
  }
  return {};
}

// The texts on what to find out, likeliest first.
List FindOut(const Page& page) {
  List list;
  list.numbered = true;
  std::string key = "collect.";
  key += page.outline == Outline::kForeign ? "foreign" : page.diagnosis.outcome;
  if (page.outline == Outline::kUnknown && page.diagnosis.exception) {
    key = "collect.raised";
  }
  if (!page.words.Has(key)) {
    // What the log states, or the user, is not to be asked for.
    const std::optional<Failure>& incident = page.diagnosis.incident;
    const Facts& facts = page.diagnosis.facts;
    const bool coded = (incident && incident->exit_code) ||
                       facts.contains("exit_code") ||
                       facts.contains("oom_killed") ||
                       !page.diagnosis.source.of_case.contradictions.empty();
    key = coded ? "collect.coded" : "collect";
  }
  // Where it runs decides what can be looked at.
  for (const std::string& machine : page.diagnosis.machines) {
    const std::string there = key + "." + machine;
    if (!page.words.Has(there)) continue;
    key = there;
    break;
  }
  for (const Block& block : page.words.SayBlocks(key)) {
    if (const auto* items = std::get_if<List>(&block.is)) {
      list.items.insert(list.items.end(), items->items.begin(),
                        items->items.end());
    }
  }
  return list;
}

bool FindsOut(const Page& page) {
  return page.outline == Outline::kUnknown || page.outline == Outline::kCut ||
         page.outline == Outline::kForeign;
}

}  // namespace

Blocks DoNow(const Page& page) {
  List list;
  list.numbered = true;
  for (const Remedy* remedy :
       Known(page, page.diagnosis.remedies, page.limits.steps)) {
    list.items.push_back(Step(page, *remedy));
  }
  if (list.items.empty() && FindsOut(page)) {
    list = FindOut(page);
    if (list.items.size() > page.limits.steps) {
      list.items.resize(page.limits.steps);
    }
  }
  Blocks blocks;
  const std::vector<Suppressed> suppressed =
      Differing(page.diagnosis.suppressed);
  if (list.items.empty() && suppressed.empty() &&
      page.diagnosis.advice.empty()) {
    return blocks;
  }
  blocks.push_back(SectionHeading(page, "now.title"));
  if (!list.items.empty()) blocks.push_back({std::move(list)});
  for (Block& block : WhereFlagsGo(page)) blocks.push_back(std::move(block));
  for (Block& block : OwnAdvice(page)) blocks.push_back(std::move(block));
  const std::size_t shown = std::min(suppressed.size(), page.limits.suppressed);
  Spans list_of;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) Append(TextSpan("; "), &list_of);
    Append(NotThis(page, suppressed[i]), &list_of);
  }
  if (!list_of.empty()) {
    Slots slots;
    slots.Put("list", std::move(list_of));
    blocks.push_back({Paragraph{page.words.Say("not-here", slots)}});
  }
  return blocks;
}

Blocks AgainstFlood(const Page& page) {
  const Finding* flood = FloodOf(page.diagnosis);
  if (flood == nullptr) return {};
  const Remedy* cure = page.catalogue.FindRemedy(flood->cure);
  if (cure == nullptr) return {};
  const Phrasebook words = page.words.With(flood->values);
  const Page there{page.diagnosis, page.catalogue, words, page.limits,
                   page.outline};
  List list;
  list.numbered = true;
  list.items.push_back(Step(there, *cure));
  return {SectionHeading(page, "now.title"), {std::move(list)}};
}

Blocks Checks(const Page& page) {
  List list;
  list.numbered = true;
  bool any = false;
  for (const Remedy* remedy :
       Known(page, page.diagnosis.remedies, page.limits.steps)) {
    Spans check = page.words.Fill(remedy->check);
    any = any || !check.empty();
    if (check.empty()) check = page.words.Say("checks.none");
    const auto same =
        std::find_if(list.items.begin(), list.items.end(),
                     [&](const Item& item) { return item.text == check; });
    if (same != list.items.end()) {
      Slots slots;
      slots.Own("step", std::to_string(same - list.items.begin() + 1));
      check = page.words.Say("checks.same", slots);
    }
    list.items.push_back({std::move(check), {}});
  }
  if (!any) return {};
  return {{std::move(list)}};
}

Blocks NotHere(const Page& page) {
  if (!page.limits.details) return {};
  const std::vector<Suppressed> suppressed =
      Differing(page.diagnosis.suppressed);
  List list;
  for (std::size_t i = page.limits.suppressed; i < suppressed.size(); ++i) {
    list.items.push_back({NotThis(page, suppressed[i]), {}});
  }
  if (list.items.empty()) return {};
  return {{std::move(list)}};
}

Blocks Later(const Page& page) {
  List list;
  const auto& now = page.diagnosis.remedies;
  // What had no room among the steps of now comes first.
  const std::vector<std::string> rest(
      now.begin() +
          static_cast<std::ptrdiff_t>(std::min(now.size(), page.limits.steps)),
      now.end());
  for (const auto* ids : {&rest, &page.diagnosis.later}) {
    for (const Remedy* remedy : Known(page, *ids, page.limits.later)) {
      list.items.push_back(Step(page, *remedy));
    }
  }
  const Cause* cause = page.cause();
  if (cause != nullptr && page.limits.details) {
    const std::size_t shown = std::min(cause->confirm.size(), kMaxConfirm);
    for (std::size_t i = 0; i < shown; ++i) {
      Slots slots;
      slots.Put("observation", page.words.Literal(cause->confirm[i]));
      list.items.push_back({page.words.Say("later.confirm", slots), {}});
    }
    for (const KnownText& url : cause->references) {
      Slots slots;
      slots.Put("link", {{Span::Kind::kLink, std::string(url.view())}});
      list.items.push_back({page.words.Say("later.reference", slots), {}});
    }
  }
  if (list.items.empty()) return {};
  return {{std::move(list)}};
}

Blocks Collect(const Page& page) {
  if (!FindsOut(page)) return {};
  List list = FindOut(page);
  if (list.items.size() <= page.limits.steps) return {};
  list.numbered = false;
  list.items.erase(
      list.items.begin(),
      list.items.begin() + static_cast<std::ptrdiff_t>(page.limits.steps));
  return {{std::move(list)}};
}

}  // namespace logdiag
