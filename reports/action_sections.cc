#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/fence.h"
#include "reports/names.h"
#include "reports/sections.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxNow = 4;
constexpr std::size_t kMaxLater = 3;
constexpr std::size_t kMaxConfirm = 6;
constexpr std::size_t kMaxNotHere = 5;
constexpr std::size_t kMaxAgainst = 3;
// Longer commands get a block of their own, so that they can be copied.
constexpr std::size_t kMaxInlineCommand = 120;

std::string Catalogued(const Page& page, const std::string& text) {
  return EscapeProse(page.words.Fill(text), kMaxCatalogueBytes);
}

bool IsBlock(const std::string& command) {
  return command.size() > kMaxInlineCommand || Contains(command, "\n");
}

// `text` with every line moved right by `blanks`.
std::string Indented(std::string_view text, std::size_t blanks) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && c != '\n') out.append(blanks, ' ');
    out += c;
    at_start = c == '\n';
  }
  return out;
}

std::string RemedyItem(const Page& page, const Remedy& remedy,
                       std::string_view key) {
  Slots slots;
  slots.markdown["text"] = Catalogued(page, remedy.text);
  slots.raw["id"] = remedy.id;
  const std::string command = page.words.Command(remedy.command);
  const bool block = IsBlock(command);
  if (!command.empty() && !block) {
    slots.markdown["command"] = CodeSpan(command);
  }
  const auto add = [&](const char* name, const std::string& value) {
    const std::string text = Catalogued(page, std::string(WithoutStop(value)));
    if (!text.empty()) slots.markdown[name] = text;
  };
  add("risk", remedy.risk);
  add("check", remedy.check);
  std::string item = page.words.Say(key, slots);
  if (block) {
    constexpr std::size_t kItemIndent = 3;
    item += "\n\n" + Indented(Fence(command), kItemIndent);
  }
  return item;
}

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

// What one would think of and should not do, with the reason.
std::string NotHere(const Page& page) {
  std::string out;
  const auto& suppressed = page.diagnosis.suppressed;
  const std::size_t shown = std::min(suppressed.size(), kMaxNotHere);
  for (std::size_t i = 0; i < shown; ++i) {
    Slots slots;
    slots.raw["id"] = suppressed[i].remedy;
    slots.raw["why"] = std::string(WithoutStop(suppressed[i].why));
    out += "- " + page.words.Say("now.not-here.item", slots) + "\n";
  }
  if (out.empty()) return "";
  return page.words.Say("now.not-here") + "\n\n" + out;
}

std::string References(const Page& page) {
  const Cause* cause = page.cause();
  if (cause == nullptr || cause->references.empty()) return "";
  std::string links;
  for (const KnownText& url : cause->references) {
    links += (links.empty() ? "<" : ", <") + url + ">";
  }
  Slots slots;
  slots.markdown["links"] = links;
  return "- " + page.words.Say("later.references", slots) + "\n";
}

// The cell on why a rival is weaker.
std::string WhyWeaker(const Page& page, const Rival& rival) {
  if (rival.against.empty()) {
    return page.words.Say(rival.supporting.empty() ? "rivals.nothing-for"
                                                   : "rivals.nothing-against");
  }
  std::string why;
  const std::size_t told = std::min(rival.against.size(), kMaxAgainst);
  for (std::size_t i = 0; i < told; ++i) {
    why += (i == 0 ? "" : "; ") + EvidenceClause(page, rival.against[i]);
  }
  if (told < rival.against.size()) {
    Slots more;
    more.markdown["count"] = std::to_string(rival.against.size() - told);
    why += "; " + page.words.Say("rivals.more", more);
  }
  return why;
}

std::string RivalRows(const Page& page) {
  std::string rows;
  const auto& rivals = page.diagnosis.rivals;
  const std::size_t shown = std::min(rivals.size(), page.limits.rivals);
  for (std::size_t i = 0; i < shown; ++i) {
    const Rival& rival = rivals[i];
    Slots slots;
    slots.raw["rival"] = rival.cause;
    // "Unknown" is a word for verdicts; of a rival it would only confuse.
    if (rival.confidence != Confidence::kUnknown) {
      slots.markdown["confidence"] =
          page.words.Word("confidence", ConfidenceName(rival.confidence));
    }
    slots.markdown["title"] = EscapeProse(CauseTitle(page, rival.cause));
    rows += "| " + TableCell(page.words.Say("rivals.row", slots)) + " | " +
            TableCell(WhyWeaker(page, rival)) + " |\n";
  }
  return rows;
}

std::string Settling(const Page& page) {
  std::string settle;
  const Cause* cause = page.cause();
  const std::size_t confirms =
      cause == nullptr ? 0 : std::min(cause->confirm.size(), kMaxConfirm);
  for (std::size_t i = 0; i < confirms; ++i) {
    // Our own words, with commands in them: shown as they are written.
    settle += "\n- " + cause->confirm[i];
  }
  if (!settle.empty()) {
    settle = "\n" + page.words.Say("rivals.settle") + "\n" + settle;
  }
  return settle;
}

}  // namespace

std::string DoNowSection(const Page& page) {
  const auto remedies = Known(page, page.diagnosis.remedies, kMaxNow);
  const std::string not_here = NotHere(page);
  if (remedies.empty() && not_here.empty()) return "";
  std::string out = page.Titled(2, "now.title") + "\n\n";
  std::size_t number = 0;
  for (const Remedy* remedy : remedies) {
    out += std::to_string(++number) + ". " +
           RemedyItem(page, *remedy, "remedy.now") + "\n";
  }
  if (!not_here.empty()) out += (remedies.empty() ? "" : "\n") + not_here;
  out.pop_back();
  return out;
}

std::string CollectSection(const Page& page) {
  const bool foreign = page.outline == Outline::kForeign;
  std::string key = "collect." + (foreign ? "foreign" : page.diagnosis.outcome);
  if (!page.words.Has(key)) key = "collect";
  const std::string body = page.words.SayLines(key);
  if (body.empty()) return "";
  return page.Titled(2, "collect.title") + "\n\n" +
         std::string(body.substr(0, body.find_last_not_of('\n') + 1));
}

std::string LaterSection(const Page& page) {
  std::string items;
  for (const Remedy* remedy : Known(page, page.diagnosis.later, kMaxLater)) {
    items += "- " + RemedyItem(page, *remedy, "remedy.later") + "\n";
  }
  items += References(page);
  if (items.empty()) return "";
  items.pop_back();
  return page.Titled(2, "later.title") + "\n\n" + items;
}

std::string RivalsSection(const Page& page) {
  const std::string rows = RivalRows(page);
  const std::string settle = Settling(page);
  if (rows.empty() && settle.empty()) return "";
  std::string out = page.Titled(2, "rivals.title") + "\n";
  if (!rows.empty()) {
    out += "\n| " + page.words.Say("rivals.header.rival") + " | " +
           page.words.Say("rivals.header.why") + " |\n|---|---|\n" + rows;
  }
  out += settle;
  while (out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace logdiag
