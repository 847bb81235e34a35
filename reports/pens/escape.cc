// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/escape.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

std::string OneLine(std::string_view text, std::size_t max_bytes) {
  std::string line(TrimRight(text));
  for (char& c : line) {
    if (c == '\t' || c == '\n') c = ' ';
  }
  return Printable(TrimRight(line), max_bytes);
}

// Wraps printable, single-line text. A backtick within is written as the
// modifier letter that looks like it: longer fences around it show as stray
// backticks in Slack, and a parser of Markdown gives up on a run of eighty. The
// excerpts keep the line as it is.
std::string Wrap(std::string_view text) {
  constexpr std::string_view kLooksLikeBacktick = "\u02cb";
  std::string out = "`";
  for (const char c : text) {
    if (c == '`') {
      out += kLooksLikeBacktick;
    } else {
      out += c;
    }
  }
  return out += '`';
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Forges link such a word as a commit.
bool LooksLikeCommit(std::string_view word) {
  return word.size() >= 7 && std::all_of(word.begin(), word.end(), IsHex) &&
         std::any_of(word.begin(), word.end(), IsDigit);
}

// Digits alone are a plain number to a reader, and to a forge mostly.
bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), IsDigit);
}

// Rules, underlines of headings and list marks are such words, at the start of
// a block.
bool LooksLikeBlock(std::string_view word) {
  return word.find_first_not_of("-+=") == std::string_view::npos;
}

// "7." and "7)" number the item of a list there.
bool NumbersItem(std::string_view word) {
  return word.size() > 1 && (word.back() == '.' || word.back() == ')') &&
         IsNumber(word.substr(0, word.size() - 1));
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "main.py", "huggingface.co": programs link what ends like the name of a host,
// and names of files do.
bool LooksLikeHost(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || word.size() - dot < 3)
    return false;
  const char before = word[dot - 1];
  const std::string_view end = word.substr(dot + 1);
  return (IsLetter(before) || IsDigit(before)) &&
         std::all_of(end.begin(), end.end(), IsLetter);
}

// Some programs link it, in letters of any size.
bool BeginsLikeHost(std::string_view word) {
  constexpr std::string_view kWww = "www.";
  for (std::size_t i = 0; i + kWww.size() <= word.size(); ++i) {
    bool same = true;
    for (std::size_t k = 0; k < kWww.size(); ++k) {
      const char c = word[i + k];
      const char lower =
          c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      same = same && lower == kWww[k];
    }
    if (same) return true;
  }
  return false;
}

bool NeedsCode(std::string_view word) {
  return LooksLikeHost(word) ||
         word.find_first_of("\\`*_[]<>@#|&~$!") != std::string_view::npos ||
         StartsWith(word, "--") || Contains(word, "://") ||
         BeginsLikeHost(word) || StartsWith(word, "GH-") ||
         (LooksLikeCommit(word) && !IsNumber(word));
}

// Size of `word` without the punctuation that belongs to the sentence.
std::size_t WordSize(std::string_view word) {
  constexpr std::string_view kPunctuation = ".,;:!?)\"'";
  std::size_t size = word.size();
  while (size > 0 &&
         kPunctuation.find(word[size - 1]) != std::string_view::npos) {
    const std::string_view rest = word.substr(0, size);
    // "f(x)" and "$?" are words as they stand.
    const bool pair =
        rest.back() == ')' && std::count(rest.begin(), rest.end(), '(') >=
                                  std::count(rest.begin(), rest.end(), ')');
    if (pair || (size > 1 && rest[size - 2] == '$')) break;
    --size;
  }
  return size == 0 ? word.size() : size;
}

// One word made safe; `first` if it begins the text.
std::string SafeWord(std::string_view word, bool first) {
  const std::size_t begin =
      std::min(word.find_first_not_of("(\"'"), word.size());
  std::string out(word.substr(0, begin));
  word.remove_prefix(begin);
  if (first && begin == 0 && NumbersItem(word)) return Wrap(word);
  const std::size_t size = WordSize(word);
  const std::string_view core = word.substr(0, size);
  const bool block = first && begin == 0 && LooksLikeBlock(core);
  if (!core.empty() && (block || NeedsCode(core))) {
    out.append(Wrap(core));
  } else {
    out.append(core);
  }
  // Of the trailing punctuation only '!' could open something: an image, and
  // nothing follows it here.
  return out.append(word.substr(size));
}

// The size of the code span at the start of `text` (which begins with a
// backtick), or 0 if no run of the same length closes it.
std::size_t CodeSpanSize(std::string_view text) {
  const std::size_t ticks = std::min(text.find_first_not_of('`'), text.size());
  std::size_t at = ticks;
  while (at < text.size()) {
    at = text.find('`', at);
    if (at == std::string_view::npos) return 0;
    const std::size_t end =
        std::min(text.find_first_not_of('`', at), text.size());
    if (end - at == ticks) return end;
    at = end;
  }
  return 0;
}

}  // namespace

std::string CodeSpan(std::string_view text) {
  const std::string line = OneLine(text, kMaxProseBytes);
  if (line.find_first_not_of(' ') == std::string::npos) return "";
  return Wrap(line);
}

std::string EscapeProse(std::string_view text, std::size_t max_bytes) {
  const std::string line = OneLine(text, max_bytes);
  std::string_view rest = line;
  std::string out;
  while (!rest.empty()) {
    if (rest.front() == ' ') {
      out += ' ';
      rest.remove_prefix(1);
      continue;
    }
    const bool apart = out.empty() || out.back() != '`';
    const std::size_t span =
        rest.front() == '`' && apart ? CodeSpanSize(rest) : 0;
    if (span > 0) {
      out.append(rest.substr(0, span));
      rest.remove_prefix(span);
      // Text glued to a span would change where it ends.
      if (!rest.empty() && rest.front() == '`') out += ' ';
      continue;
    }
    std::size_t end = std::min(rest.find(' '), rest.size());
    const std::size_t tick = rest.find('`');
    if (tick > 0 && tick < end && CodeSpanSize(rest.substr(tick)) > 0) {
      end = tick;
    }
    const bool first = out.find_first_not_of(' ') == std::string::npos;
    const std::string word = SafeWord(rest.substr(0, end), first);
    if (!out.empty() && out.back() == '`' && word.front() == '`') out += ' ';
    out += word;
    rest.remove_prefix(end);
    if (!rest.empty() && rest.front() == '`' && out.back() == '`') out += ' ';
  }
  return out;
}

std::string TableCell(std::string_view markdown) {
  std::string out;
  for (const char c : markdown) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace logdiag
