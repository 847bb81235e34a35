#include "analyzer/support/regex_cache.h"

#include "analyzer/support/regex_needs.h"

namespace logdiag {

bool RegexCache::Search(const std::string& pattern, std::string_view text) {
  const auto [found, fresh] = entries_.try_emplace(pattern);
  Entry& entry = found->second;
  if (fresh) {
    const auto needs = needs_->find(pattern);
    if (needs != needs_->end()) entry.needs = &needs->second;
  }
  if (entry.needs != nullptr) {
    if (text_ != text) {
      text_ = text;
      folded_ = FoldCase(text);
    }
    if (!MayMatch(*entry.needs, folded_)) return false;
  }
  if (!entry.compiled) {
    entry.compiled = true;
    entry.regex = Regex::Compile(pattern, nullptr);
  }
  return entry.regex && entry.regex->Search(text);
}

}  // namespace logdiag
