#include "analyzer/support/template.h"

namespace logdiag {
namespace {

// One pass over `pattern`; `*missing` and `*placeholders` tell what it met.
struct Filler {
  const ValueLookup& lookup;

  std::string Fill(std::string_view pattern, bool* missing,
                   std::size_t* placeholders) const {
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
      const char c = pattern[at];
      if ((c == '{' || c == '[') &&
          pattern.substr(at + 1, 1) == std::string_view(&pattern[at], 1)) {
        out += c;
        at += 2;
      } else if (c == '{') {
        at = Placeholder(pattern, at, &out, missing, placeholders);
      } else if (c == '[') {
        at = Optional(pattern, at, &out, placeholders);
      } else {
        out += c;
        ++at;
      }
    }
    return out;
  }

  std::size_t Placeholder(std::string_view pattern, std::size_t at,
                          std::string* out, bool* missing,
                          std::size_t* placeholders) const {
    const std::size_t end = pattern.find('}', at);
    if (end == std::string_view::npos) {
      *out += pattern[at];
      return at + 1;
    }
    ++*placeholders;
    if (auto value = lookup(pattern.substr(at + 1, end - at - 1))) {
      *out += *value;
    } else {
      *missing = true;
      *out += '?';
    }
    return end + 1;
  }

  std::size_t Optional(std::string_view pattern, std::size_t at,
                       std::string* out, std::size_t* placeholders) const {
    const std::size_t end = pattern.find(']', at);
    if (end == std::string_view::npos) {
      *out += pattern[at];
      return at + 1;
    }
    bool missing = false;
    std::size_t inside = 0;
    const std::string part =
        Fill(pattern.substr(at + 1, end - at - 1), &missing, &inside);
    *placeholders += inside;
    if (inside == 0) {
      *out += '[' + part + ']';
    } else if (!missing) {
      *out += part;
    }
    return end + 1;
  }
};

}  // namespace

std::string FillTemplate(std::string_view pattern, const ValueLookup& lookup) {
  bool missing = false;
  std::size_t placeholders = 0;
  return Filler{lookup}.Fill(pattern, &missing, &placeholders);
}

std::string FillTemplate(std::string_view pattern, const Values& values) {
  return FillTemplate(
      pattern, [&values](std::string_view name) -> std::optional<std::string> {
        const auto found = values.find(name);
        if (found == values.end()) return std::nullopt;
        return found->second;
      });
}

}  // namespace logdiag
