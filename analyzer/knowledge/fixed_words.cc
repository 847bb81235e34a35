// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/fixed_words.h"

#include <algorithm>
#include <cstddef>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// As short as the filter of the scanner can find.
constexpr std::size_t kMinBytes = 4;

constexpr std::string_view kOptional = "?*{";

// The end of the class that begins at `at`.
std::size_t EndOfClass(std::string_view regex, std::size_t at) {
  std::size_t end = at + 1;
  if (end < regex.size() && regex[end] == '^') ++end;
  if (end < regex.size() && regex[end] == ']') ++end;
  while (end < regex.size() && regex[end] != ']') {
    end += regex[end] == '\\' ? 2 : 1;
  }
  return end;
}

class Runs {
 public:
  void Add(char c) { run_ += c; }
  // What came last may be missing.
  void DropLast() {
    if (!run_.empty()) run_.pop_back();
    Break();
  }
  void Break() {
    if (run_.size() > longest_.size()) longest_ = run_;
    run_.clear();
  }
  std::string Longest() {
    Break();
    return longest_.size() < kMinBytes ? "" : longest_;
  }

 private:
  std::string run_;
  std::string longest_;
};

bool IsClassLetter(char c) {
  return std::string_view("dDwWsSbBAzpPQ").find(c) != std::string_view::npos;
}

}  // namespace

std::string FixedWords(std::string_view regex) {
  if (Contains(regex, "(?i")) return "";
  Runs runs;
  int depth = 0;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    if (c == '\\' && i + 1 < regex.size()) {
      ++i;
      if (depth > 0) continue;
      if (IsClassLetter(regex[i])) {
        runs.Break();
      } else {
        runs.Add(regex[i]);
      }
    } else if (c == '[') {
      runs.Break();
      i = EndOfClass(regex, i);
    } else if (c == '(') {
      runs.Break();
      ++depth;
    } else if (c == ')') {
      --depth;
      runs.Break();
    } else if (depth > 0) {
      continue;
    } else if (c == '|') {
      return "";
    } else if (kOptional.find(c) != std::string_view::npos) {
      runs.DropLast();
      if (c == '{') i = std::min(regex.find('}', i), regex.size());
    } else if (c == '+' || c == '.' || c == '^' || c == '$') {
      runs.Break();
    } else {
      runs.Add(c);
    }
  }
  return runs.Longest();
}

}  // namespace logdiag
