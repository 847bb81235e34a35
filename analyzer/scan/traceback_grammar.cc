// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/traceback_grammar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxTypeName = 200;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsNameByte(char c) {
  return IsUpper(c) || IsLower(c) || IsDigit(c) || c == '_' || c == '.' ||
         c == '<' || c == '>';
}

bool HasExceptionEnding(std::string_view name) {
  constexpr std::array<std::string_view, 15> kEndings = {
      "Error",   "Exception", "Interrupt", "Exit",        "Warning",
      "Failure", "Failed",    "Timeout",   "Group",       "NotFound",
      "Expired", "Iteration", "Closed",    "Unsupported", "Cancelled"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [name](std::string_view e) { return EndsWith(name, e); });
}

// "WARNING", "INFO": what loggers put before a message.
bool IsLevelName(std::string_view name) {
  return std::none_of(name.begin(), name.end(),
                      [](char c) { return IsLower(c) || c == '.'; });
}

// An exception that a pack defines is printed with its module, and ComfyUI
// names the module of a pack by its path:
// "/srv/ComfyUI/custom_nodes/My-Pack.core.QuotaError: none left". What follows
// the last dot before the message is the name.
std::string_view WithoutModulePath(std::string_view text) {
  const std::size_t colon = std::min(text.find(": "), text.size());
  const std::string_view name = text.substr(0, colon);
  const bool rooted =
      StartsWith(name, "/") || (name.size() > 2 && name[1] == ':' &&
                                (name[2] == '\\' || name[2] == '/'));
  const std::size_t dot = name.rfind('.');
  if (!rooted || dot == std::string_view::npos || dot + 1 == name.size()) {
    return text;
  }
  const std::string_view last = name.substr(dot + 1);
  const bool plain = std::all_of(last.begin(), last.end(), IsNameByte);
  return plain && HasExceptionEnding(last) ? text.substr(dot + 1) : text;
}

}  // namespace

std::string Capped(std::string_view text) {
  return std::string(CutUtf8(text, kMaxEventText));
}

std::optional<Frame> ReadFrame(std::string_view text) {
  constexpr std::string_view kStart = "File \"";
  text = TrimRight(TrimLeft(text));
  if (!StartsWith(text, kStart)) return std::nullopt;
  const std::size_t middle = text.find(kFrameMiddle, kStart.size());
  if (middle == std::string_view::npos) return std::nullopt;
  Frame frame;
  frame.file = Capped(text.substr(kStart.size(), middle - kStart.size()));
  text.remove_prefix(middle + kFrameMiddle.size());
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), frame.line);
  // A crash handler that has lost the number prints "???".
  std::size_t used = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{}) {
    if (!StartsWith(text, "???")) return std::nullopt;
    used = 3;
  }
  text.remove_prefix(used);
  if (StartsWith(text, ",")) text.remove_prefix(1);
  if (StartsWith(text, " in ")) frame.function = Capped(text.substr(4));
  return frame;
}

std::optional<ExceptionLine> ReadExceptionLine(std::string_view text) {
  text = WithoutModulePath(TrimRight(text));
  if (text.empty() || IsDigit(text[0]) || text[0] == '.') return std::nullopt;
  std::size_t size = 0;
  while (size < text.size() && IsNameByte(text[size])) ++size;
  ExceptionLine line;
  line.type = text.substr(0, size);
  if (size == 0 || size > kMaxTypeName || EndsWith(line.type, ".") ||
      IsLevelName(line.type)) {
    return std::nullopt;
  }
  line.strong = HasExceptionEnding(line.type);
  if (size == text.size()) {
    const bool dotted = line.type.find('.') != std::string_view::npos;
    return line.strong || dotted ? std::optional(line) : std::nullopt;
  }
  if (text[size] != ':') return std::nullopt;
  text.remove_prefix(size + 1);
  if (!text.empty() && text[0] != ' ') return std::nullopt;
  line.message = TrimLeft(text);
  if (Contains(line.message, "%|")) return std::nullopt;  // a labelled bar
  return line;
}

bool IsBareException(std::string_view text) {
  const std::optional<ExceptionLine> line = ReadExceptionLine(text);
  if (!line || !line->strong || line->message.empty()) return false;
  std::string_view name = line->type;
  name.remove_prefix(name.rfind('.') + 1);
  // "Error: ..." and "Warning: ..." are anybody's words; an exception's name
  // has a part before them.
  return !name.empty() && IsUpper(name[0]) && !EndsWith(name, "Warning") &&
         std::count_if(name.begin(), name.end(), IsUpper) > 1;
}

bool IsChainLink(std::string_view text) {
  return Contains(text,
                  "During handling of the above exception, another exception "
                  "occurred:") ||
         Contains(text,
                  "The above exception was the direct cause of the following "
                  "exception:");
}

bool IsUnderFrame(std::string_view text) {
  if (Contains(text, "%|") || Contains(text, "\r")) return false;
  return StartsWith(text, "    ") || StartsWith(text, "\t") ||
         StartsWith(text, "  [Previous line repeated ") ||
         StartsWith(text, "  <") || TrimRight(text) == "  ...";
}

bool IsStackHeader(std::string_view text, bool* current) {
  constexpr std::string_view kOrder = "(most recent call first)";
  if (!Contains(text, kOrder)) return false;
  *current = StartsWith(text, "Current thread ") || StartsWith(text, "Stack ");
  return *current || StartsWith(text, "Thread ");
}

std::string_view WithoutMargin(std::string_view text) {
  std::string_view rest = TrimLeft(text);
  if (!StartsWith(rest, "|")) return text;
  rest.remove_prefix(1);
  if (StartsWith(rest, " ")) rest.remove_prefix(1);
  return rest;
}

bool IsGroupRule(std::string_view text) {
  const std::string_view rest = TrimLeft(text);
  return StartsWith(rest, "+-");
}

std::string_view ReadThreadName(std::string_view text) {
  const std::size_t begin = text.find(kThreadHeader);
  if (begin == std::string_view::npos) return {};
  text = TrimRight(text.substr(begin + kThreadHeader.size()));
  const std::size_t end = text.rfind(':');
  return end == std::string_view::npos ? std::string_view{}
                                       : text.substr(0, end);
}

bool IsBlankLine(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace logdiag
