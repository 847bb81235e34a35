// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex_needs.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <numeric>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Shorter words stand in almost any text.
constexpr int kMinWord = 4;

// Half of the regexes on exceptions begin with the name of the type, which
// tells them apart least.
bool NamesType(const std::string& word) {
  return Contains(word, "error") || Contains(word, "exception");
}

}  // namespace

std::vector<KnownText> NeedsOf(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  re2::FilteredRE2 filter(kMinWord);
  int id = 0;
  if (filter.Add(re2::StringPiece(pattern.data(), pattern.size()), options,
                 &id) != re2::RE2::NoError) {
    return {};
  }
  std::vector<std::string> words;
  filter.Compile(&words);
  const auto possible = [&filter](const std::vector<int>& held) {
    std::vector<int> passed;
    filter.AllPotentials(held, &passed);
    return !passed.empty();
  };
  if (words.empty() || possible({})) return {};
  // Without all of them no match is possible. Words that this does not depend
  // on are left out, the least telling ones first.
  std::vector<int> order(words.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&words](int a, int b) {
    const std::string& left = words[static_cast<std::size_t>(a)];
    const std::string& right = words[static_cast<std::size_t>(b)];
    if (NamesType(left) != NamesType(right)) return NamesType(left);
    if (left.size() != right.size()) return left.size() < right.size();
    return left < right;
  });
  std::vector<int> left_out;
  std::vector<KnownText> needs;
  for (const int word : order) {
    left_out.push_back(word);
    if (!possible(left_out)) continue;
    left_out.pop_back();
    needs.emplace_back(words[static_cast<std::size_t>(word)]);
  }
  return needs;
}

bool MayMatch(const std::vector<KnownText>& needs, std::string_view folded) {
  return needs.empty() ||
         std::any_of(needs.begin(), needs.end(), [&](std::string_view word) {
           return Contains(folded, word);
         });
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace logdiag
