// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "reports/story/head.h"
#include "reports/story/headline.h"
#include "reports/words/names.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

Spans PackReason(const Page& page, const Finding& finding) {
  if (finding.exception && !finding.exception->message.empty()) {
    return CodeSpans(LogText(finding.exception->message).shown());
  }
  return finding.cause == "unknown" ? Spans() : CauseTitle(page, finding.cause);
}

// Packs that failed to load for one reason, with one cure.
struct PackGroup {
  Spans reason;
  Spans cure;
  std::vector<const Finding*> packs;
};

std::vector<PackGroup> PackGroups(const Page& page) {
  std::vector<PackGroup> groups;
  for (const Finding& finding : page.diagnosis.findings) {
    if (finding.pack.empty() || finding.repaired) continue;
    Spans reason = PackReason(page, finding);
    Spans cure = FindingCure(page, finding);
    const auto same =
        std::find_if(groups.begin(), groups.end(), [&](const PackGroup& group) {
          return !reason.empty() && group.reason == reason &&
                 group.cure == cure;
        });
    if (same != groups.end()) {
      same->packs.push_back(&finding);
    } else {
      groups.push_back({std::move(reason), std::move(cure), {&finding}});
    }
  }
  return groups;
}

Spans PackItem(const Page& page, const PackGroup& group) {
  Slots slots;
  slots.Put("place", {}).Put("refs", {});
  Spans names;
  Spans refs;
  for (const Finding* pack : group.packs) {
    if (!names.empty()) Append(TextSpan(", "), &names);
    Append(CodeSpans(LogText(pack->pack).shown()), &names);
    if (!refs.empty()) Append(TextSpan(", "), &refs);
    Append(TextSpan(LineRef(pack->quote.line)), &refs);
  }
  slots.Put("pack", std::move(names));
  slots.Put("reason", group.reason);
  slots.Put("cure", group.cure);
  const Finding& first = *group.packs.front();
  if (first.exception && first.exception->place) {
    const Frame& place = *first.exception->place;
    slots.Put("place", CodeSpans(LogText(ShortPath(place.file)).shown()));
    slots.Own("place_line", std::to_string(place.line));
    slots.Put("ref", std::move(refs));
  } else {
    slots.Put("refs", std::move(refs));
  }
  return page.words.Say("packs.item", slots);
}

}  // namespace

Blocks FailedPacks(const Page& page) {
  List list;
  std::size_t more = 0;
  for (const PackGroup& group : PackGroups(page)) {
    if (list.items.size() == page.limits.packs) {
      more += group.packs.size();
    } else {
      list.items.push_back({PackItem(page, group), {}});
    }
  }
  if (list.items.empty()) return {};
  if (more > 0) {
    Slots slots;
    slots.Own("count", std::to_string(more));
    list.items.push_back({page.words.Say("packs.more", slots), {}});
  }
  return {SectionHeading(page, "packs.title"), {std::move(list)}};
}

}  // namespace logdiag
