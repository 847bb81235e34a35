// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex.h"

#include <re2/re2.h>

#include <mutex>
#include <unordered_map>

namespace logdiag {

struct Regex::Compiled {
  Compiled(std::string_view pattern, const re2::RE2::Options& options)
      : re2(re2::StringPiece(pattern.data(), pattern.size()), options) {}

  re2::RE2 re2;
  // Names by group number; empty for a group without a name.
  std::vector<std::string> names;
  bool captures = false;  // a group has a name
};

namespace {

// What nearly every log needs comes first; each may grow to 200 KB, so that
// those of all fixtures would double the memory of a run.
constexpr std::size_t kMaxKept = 256;

struct Kept {
  std::mutex mutex;
  bool keeps = false;
  std::unordered_map<std::string, Regex> by_pattern;
};

Kept& KeptRegexes() {
  static Kept kept;
  return kept;
}

}  // namespace

Regex::Pool::Pool() {
  Kept& kept = KeptRegexes();
  const std::lock_guard lock(kept.mutex);
  kept.keeps = true;
}

Regex::Pool::~Pool() {
  Kept& kept = KeptRegexes();
  const std::lock_guard lock(kept.mutex);
  kept.keeps = false;
  kept.by_pattern.clear();
}

std::string Regex::Quoted(std::string_view text) {
  return re2::RE2::QuoteMeta(re2::StringPiece(text.data(), text.size()));
}

std::optional<Regex> Regex::Compile(std::string_view pattern,
                                    std::string* why) {
  Kept& kept = KeptRegexes();
  const std::lock_guard lock(kept.mutex);
  if (kept.keeps) {
    const auto found = kept.by_pattern.find(std::string(pattern));
    if (found != kept.by_pattern.end()) return found->second;
  }
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  // For each regex: of hundreds most see a few lines only, and their automata
  // need far less than RE2's 8 MiB. Half of this makes the busiest of them
  // start anew all the time; twice as much costs a tenth of a run's memory.
  options.set_max_mem(3 << 16);
  auto compiled = std::make_shared<Compiled>(pattern, options);
  if (!compiled->re2.ok()) {
    if (why != nullptr) *why = compiled->re2.error();
    return std::nullopt;
  }
  compiled->names.resize(
      static_cast<std::size_t>(compiled->re2.NumberOfCapturingGroups()) + 1);
  for (const auto& [number, name] : compiled->re2.CapturingGroupNames()) {
    compiled->names[static_cast<std::size_t>(number)] = name;
    compiled->captures = true;
  }
  const Regex regex(std::move(compiled));
  if (kept.keeps && kept.by_pattern.size() < kMaxKept) {
    kept.by_pattern.emplace(pattern, regex);
  }
  return regex;
}

Regex::Regex(std::shared_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}

bool Regex::Search(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                compiled_->re2);
}

bool Regex::MatchesAll(std::string_view text) const {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()),
                             compiled_->re2);
}

std::optional<Regex::Captures> Regex::Find(std::string_view text,
                                           std::size_t from,
                                           std::size_t* begin) const {
  // Where the match stands costs more than whether there is one.
  if (!compiled_->captures && from == 0 && begin == nullptr) {
    return Search(text) ? std::optional<Captures>(std::in_place) : std::nullopt;
  }
  const std::vector<std::string>& names = compiled_->names;
  std::vector<re2::StringPiece> groups(names.size());
  const re2::StringPiece input(text.data(), text.size());
  if (!compiled_->re2.Match(input, from, text.size(), re2::RE2::UNANCHORED,
                            groups.data(), static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  if (begin != nullptr) {
    *begin = static_cast<std::size_t>(groups[0].data() - text.data());
  }
  Captures captures;
  captures.reserve(groups.size());
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (names[i].empty() || groups[i].data() == nullptr) continue;
    captures.emplace_back(names[i],
                          std::string_view(groups[i].data(), groups[i].size()));
  }
  return captures;
}

}  // namespace logdiag
