// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/quotation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// What stands further before an opening quote does not introduce it.
constexpr std::size_t kIntroducerBytes = 80;

// Where the groups of a match end is dear to find out: a longer line is asked
// piece by piece.
constexpr std::size_t kPieceBytes = 2048;

constexpr std::string_view kBlanks = " \t";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == text.npos;
}

bool IsAsciiWordByte(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  return letter || digit || c == '_';
}

bool IsWordByte(char c) {
  return IsAsciiWordByte(c) || static_cast<unsigned char>(c) >= 0x80;
}

// A kind of quotation mark.
struct Marks {
  std::string_view open;
  std::string_view close;
  // Also an apostrophe: it opens only where no word ends, and closes only
  // where none begins.
  bool apostrophe = false;
};

constexpr std::array<Marks, 5> kMarks = {{{"\"", "\""},
                                          {"'", "'", true},
                                          {"`", "`"},
                                          {"\xe2\x80\x9c", "\xe2\x80\x9d"},
                                          {"\xc2\xab", "\xc2\xbb"}}};

bool StandsAt(std::string_view text, std::size_t at, std::string_view part) {
  return text.substr(at).starts_with(part);
}

bool Opens(std::string_view line, std::size_t at, const Marks& marks) {
  if (!StandsAt(line, at, marks.open)) return false;
  return !marks.apostrophe || at == 0 || !IsWordByte(line[at - 1]);
}

bool Closes(std::string_view line, std::size_t at, const Marks& marks) {
  if (!StandsAt(line, at, marks.close)) return false;
  const std::size_t behind = at + marks.close.size();
  return !marks.apostrophe || behind >= line.size() ||
         !IsWordByte(line[behind]);
}

// The first match, whose end may be cut at the end of a piece.
std::optional<Regex::Captures> FirstMatch(const Regex& regex,
                                          std::string_view line,
                                          std::size_t* begin) {
  if (line.size() > kPieceBytes && !regex.Search(line)) return std::nullopt;
  for (std::size_t end = kPieceBytes;; end += kPieceBytes) {
    // Each match of up to a piece's length lies whole within two of them.
    const std::size_t from = end > 2 * kPieceBytes ? end - 2 * kPieceBytes : 0;
    auto found = regex.Find(line.substr(0, end), from, begin);
    if (found || end >= line.size()) return found;
  }
}

// Markdown quotes between runs of backticks of one length; a run of another
// length is a part of what is quoted.
std::size_t MarkSize(std::string_view line, std::size_t at,
                     std::string_view mark) {
  if (mark != "`") return mark.size();
  return std::min(line.find_first_not_of('`', at), line.size()) - at;
}

std::string AnyOf(const std::vector<std::string>& patterns) {
  std::string all;
  for (const std::string& pattern : patterns) {
    all += (all.empty() ? "(?:" : "|(?:") + pattern + ")";
  }
  return all;
}

}  // namespace

std::optional<std::size_t> OpenQuote(std::string_view line, std::size_t begin) {
  const Marks* open = nullptr;
  std::size_t opened = 0;
  std::size_t width = 0;  // of the opening mark
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (open == nullptr && i >= begin) return std::nullopt;
    if (line[i] == '\\') {
      ++i;
      continue;
    }
    if (open != nullptr) {
      if (!Closes(line, i, *open)) continue;
      const std::size_t closing = MarkSize(line, i, open->close);
      i += closing - 1;
      if (closing != width) continue;
      if (i >= begin) return opened;
      open = nullptr;
      continue;
    }
    for (const Marks& marks : kMarks) {
      if (!Opens(line, i, marks)) continue;
      open = &marks;
      opened = i;
      width = MarkSize(line, i, marks.open);
      i += width - 1;
      break;
    }
  }
  return std::nullopt;
}

QuotationFinder::QuotationFinder(const std::vector<QuotationRule>& rules) {
  std::vector<std::string> introducers;
  std::vector<std::string> markup;
  std::vector<std::string> statements;
  std::vector<std::string> fronts;
  for (const QuotationRule& rule : rules) {
    if (rule.kind == "payload") payloads_.emplace_back(rule.regex);
    if (rule.kind == "introducer") introducers.push_back(rule.regex);
    if (rule.kind == "markup") markup.push_back(rule.regex);
    if (rule.kind == "statement") statements.push_back(rule.regex);
    if (rule.kind == "front") fronts.push_back(rule.regex);
  }
  knows_any_ = !rules.empty();
  introducers_ = LazyRegex(AnyOf(introducers));
  markup_ = LazyRegex(AnyOf(markup));
  statements_ = LazyRegex(AnyOf(statements));
  if (!fronts.empty()) {
    fronts_ = LazyRegex("^(?P<front>(?:" + AnyOf(fronts) + ")*)");
  }
}

std::size_t QuotationFinder::FrontSize(std::string_view text) {
  const Regex* regex = fronts_.get();
  if (regex == nullptr) return 0;
  const std::optional<Regex::Captures> found = regex->Find(text);
  return found && !found->empty() ? found->front().second.size() : 0;
}

bool QuotationFinder::IsFront(std::string_view lead) {
  if (IsBlank(lead)) return true;
  const Regex* fronts = fronts_.get();
  return fronts != nullptr && fronts->MatchesAll(lead);
}

bool QuotationFinder::Introduces(std::string_view lead) {
  return IsFront(lead) || statements_.Search(lead);
}

bool QuotationFinder::IsMarkedUp(std::string_view line) {
  return markup_.Search(line);
}

const std::vector<QuotationFinder::Payload>& QuotationFinder::PayloadsOf(
    std::string_view line) {
  if (text_ > 0 && found_text_ == text_ && found_line_.data() == line.data() &&
      found_line_.size() == line.size()) {
    return found_;
  }
  found_text_ = text_;
  found_line_ = line;
  found_.clear();
  for (LazyRegex& payload : payloads_) {
    const Regex* regex = payload.get();
    if (regex == nullptr) continue;
    Payload data;
    const auto found = FirstMatch(*regex, line, &data.named);
    if (!found || found->empty()) continue;
    const std::string_view quoted = found->front().second;
    data.from = static_cast<std::size_t>(quoted.data() - line.data());
    data.end = data.from + quoted.size();
    // What reaches the end of a piece goes on.
    if (data.end % kPieceBytes == 0) data.end = line.size();
    data.stated = statements_.Search(line.substr(0, data.from));
    found_.push_back(data);
  }
  return found_;
}

// What a program names as data is data, unless it said before that something is
// wrong with it.
bool QuotationFinder::IsPayload(std::string_view line, std::size_t begin) {
  // A regex that looks at the fronts as well begins with them.
  std::optional<std::size_t> message;
  for (const Payload& data : PayloadsOf(line)) {
    if (data.stated || data.end <= begin) continue;
    if (!message) message = begin + FrontSize(line.substr(begin));
    if (*message >= data.named) return true;
  }
  return false;
}

std::optional<bool> QuotationFinder::IsInQuotes(std::string_view line,
                                                std::size_t begin) {
  const std::optional<std::size_t> opened = OpenQuote(line, begin);
  if (!opened) return std::nullopt;
  const std::string_view before = line.substr(0, *opened);
  // One word in quotation marks is a name that a statement speaks of.
  const std::string_view quoted =
      line.substr(*opened + MarkSize(line, *opened, line.substr(*opened, 1)));
  const std::size_t word =
      std::min(quoted.find_first_of(" \"'`"), quoted.size());
  if (word < quoted.size() && quoted[word] != ' ' &&
      statements_.Search(before)) {
    return std::nullopt;
  }
  const std::size_t from =
      before.size() - std::min(before.size(), kIntroducerBytes);
  return !introducers_.Search(before.substr(from));
}

bool QuotationFinder::IsQuoted(std::string_view line, std::size_t begin) {
  const std::string_view lead = line.substr(0, begin);
  if (!knows_any_ || IsBlank(lead)) return false;
  return IsPayload(line, begin) || IsMarkedUp(line) ||
         IsInQuotes(line, begin).value_or(false);
}

bool QuotationFinder::IsQuoted(std::string_view line, std::size_t begin,
                               const Marker& marker) {
  if (!knows_any_) return false;
  // What begins within a word begins with the word: "ailed to upload".
  if (begin < line.size() && IsAsciiWordByte(line[begin])) {
    while (begin > 0 && IsAsciiWordByte(line[begin - 1])) --begin;
  }
  const std::string_view lead = line.substr(0, begin);
  const std::size_t first = line.find_first_not_of(kBlanks);
  // Most lines.
  if (IsBlank(lead) && first < line.size() && IsWordByte(line[first])) {
    return false;
  }
  if (first < line.size() && !Contains(marker.markup, line.substr(first, 1)) &&
      IsMarkedUp(line)) {
    return true;
  }
  if (!marker.in_data && IsPayload(line, begin)) return true;
  if (IsBlank(lead)) return false;
  if (const std::optional<bool> quoted = IsInQuotes(line, begin)) {
    return *quoted;
  }
  return !marker.midline && !Introduces(lead);
}

}  // namespace logdiag
