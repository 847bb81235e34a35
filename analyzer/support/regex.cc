// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/regex.h"

#include <re2/re2.h>

namespace logdiag {

std::optional<Regex> Regex::Compile(std::string_view pattern,
                                    std::string* why) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  // For each regex: of hundreds most see a few lines only, and their automata
  // need far less than RE2's 8 MiB. Half of this makes the busiest of them
  // start anew all the time; twice as much costs a tenth of a run's memory.
  options.set_max_mem(3 << 16);
  auto compiled = std::make_unique<re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) {
    if (why != nullptr) *why = compiled->error();
    return std::nullopt;
  }
  return Regex(std::move(compiled));
}

Regex::Regex(std::unique_ptr<re2::RE2> compiled)
    : compiled_(std::move(compiled)) {
  names_.resize(static_cast<std::size_t>(compiled_->NumberOfCapturingGroups()) +
                1);
  for (const auto& [number, name] : compiled_->CapturingGroupNames()) {
    names_[static_cast<std::size_t>(number)] = name;
    captures_ = true;
  }
}

Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

bool Regex::Search(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                *compiled_);
}

std::optional<Regex::Captures> Regex::Find(std::string_view text,
                                           std::size_t from,
                                           std::size_t* begin) const {
  // Where the match stands costs more than whether there is one.
  if (!captures_ && from == 0 && begin == nullptr) {
    return Search(text) ? std::optional<Captures>(std::in_place) : std::nullopt;
  }
  std::vector<re2::StringPiece> groups(names_.size());
  const re2::StringPiece input(text.data(), text.size());
  if (!compiled_->Match(input, from, text.size(), re2::RE2::UNANCHORED,
                        groups.data(), static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  if (begin != nullptr) {
    *begin = static_cast<std::size_t>(groups[0].data() - text.data());
  }
  Captures captures;
  captures.reserve(groups.size());
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (names_[i].empty() || groups[i].data() == nullptr) continue;
    captures.emplace_back(names_[i],
                          std::string_view(groups[i].data(), groups[i].size()));
  }
  return captures;
}

}  // namespace logdiag
