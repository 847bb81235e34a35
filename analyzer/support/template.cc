// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/template.h"

#include <algorithm>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
// Where the "}" of a placeholder's name is that begins at `from`; 0 if what
// stands there is no name.
std::size_t NameEnd(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size() &&
         (IsLower(text[at]) || IsDigit(text[at]) || text[at] == '_')) {
    ++at;
  }
  return at > from && at < text.size() && text[at] == '}' ? at : 0;
}

// True if a shell reads `word` as one plain argument, and it leads to no other
// place than it names: no "..", no URL, nothing near the root.
bool IsSafeWord(std::string_view word, std::ptrdiff_t slashes) {
  const bool deep = std::count(word.begin(), word.end(), '/') >= slashes;
  return !word.empty() && word.front() != '-' && word != "." &&
         word.find("..") == std::string_view::npos &&
         word.find("//") == std::string_view::npos &&
         (word.front() != '/' || deep) &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return IsLower(c) || IsUpper(c) || IsDigit(c) ||
                  std::string_view("._/+=:-").find(c) != std::string_view::npos;
         });
}

// Takes the hidden home of whom the shell knows as ~ from the start of `word`;
// what stands for it in a command, if it begins a word there.
std::string_view TakeHome(std::string_view before, std::string* word) {
  if (!before.empty() && before.back() != ' ' && before.back() != '(') {
    return "";
  }
  for (const std::string_view home : {"/home/[user]/", "/Users/[user]/"}) {
    if (!word->starts_with(home)) continue;
    word->erase(0, home.size());
    return "~/";
  }
  return "";
}

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

Sentence MakeSentence(std::string_view pattern, const Values& values) {
  Sentence sentence{std::string(pattern)};
  FillTemplate(pattern,
               [&](std::string_view name) -> std::optional<std::string> {
                 const std::size_t colon = name.find(':');
                 if (colon != name.npos) name.remove_prefix(colon + 1);
                 const auto found = values.find(name);
                 if (found == values.end()) return std::nullopt;
                 sentence.values.insert(*found);
                 return std::nullopt;
               });
  return sentence;
}

std::string FillCommand(std::string_view command, const Values& values,
                        const Values& usual) {
  constexpr std::ptrdiff_t kDeep = 3;  // slashes of "/workspace/a/b"
  // Programs often lie higher up: "/app/ComfyUI".
  constexpr std::ptrdiff_t kOfProgram = 2;
  std::string out;
  std::size_t at = 0;
  while (at < command.size()) {
    const std::size_t end = command[at] == '{' ? NameEnd(command, at + 1) : 0;
    const bool shell = at > 0 && command[at - 1] == '$';
    if (end == 0 || shell) {
      out += command[at++];
      continue;
    }
    const std::string_view name = command.substr(at + 1, end - at - 1);
    const auto found = values.find(name);
    const auto fallback = usual.find(name);
    const bool known = fallback != usual.end();
    std::string word = found == values.end() ? "" : found->second;
    const std::string_view home = TakeHome(command.substr(0, at), &word);
    if (IsSafeWord(word, known ? kOfProgram : kDeep)) {
      out += home;
      out += word;
    } else if (known) {
      out += fallback->second;
    } else {
      return "";
    }
    at = end + 1;
  }
  return out;
}

}  // namespace logdiag
