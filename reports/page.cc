#include <algorithm>
#include <cmath>
#include <string>

#include "analyzer/support/text.h"
#include "reports/escape.h"
#include "reports/sections.h"

namespace logdiag {

std::string Page::Heading(int level, std::string_view text) const {
  const auto depth = static_cast<std::size_t>(level + (file_heading ? 1 : 0));
  return std::string(depth, '#') + " " + std::string(text);
}

std::string Page::Titled(int level, std::string_view key) const {
  return Heading(level, words.Say(key));
}

std::string LineRef(std::uint64_t line) { return "L" + std::to_string(line); }

std::string_view WithoutStop(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n.");
  return last == std::string_view::npos ? std::string_view()
                                        : text.substr(0, last + 1);
}

std::string CauseTitle(const Page& page, std::string_view cause) {
  const Cause* known = page.catalogue.FindCause(cause);
  if (known != nullptr && !known->title.empty()) return known->title;
  std::string key("cause.");
  key.append(cause);
  if (page.words.Has(key)) return page.words.Say(key);
  const std::size_t slash = cause.find('/');
  std::string words(slash == std::string_view::npos ? cause
                                                    : cause.substr(slash + 1));
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::string Details(std::string_view title, std::string_view body) {
  std::string out("<details><summary>");
  out.append(title).append("</summary>\n\n").append(body);
  return out.append("\n\n</details>");
}

std::string WeightWord(const Page& page, double weight_db) {
  // Decibans from which evidence has the next stronger word.
  constexpr double kSettles = 60;
  constexpr double kStrong = 10;
  constexpr double kFair = 5;
  const double size = std::abs(weight_db);
  std::string key = "weight.none";
  if (weight_db >= kSettles) {
    key = "weight.settles";
  } else if (size >= kStrong) {
    key = "weight.strong";
  } else if (size >= kFair) {
    key = "weight.fair";
  } else if (size > 0) {
    key = "weight.slight";
  }
  return page.words.Plain(weight_db < 0 ? key + "-against" : key);
}

std::string EvidenceClause(const Page& page, const Evidence& evidence) {
  Slots slots;
  if (evidence.quote.line != 0) {
    slots.markdown["ref"] = LineRef(evidence.quote.line);
  }
  slots.raw["says"] = std::string(WithoutStop(evidence.says));
  return page.words.Say(
      evidence.given ? "evidence.clause.given" : "evidence.clause", slots);
}

}  // namespace logdiag
