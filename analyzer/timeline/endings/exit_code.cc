// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/endings/exit_code.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr int kSignalBase = 128;
// Below the negative of this, a code is no signal.
constexpr int kLastSignal = 64;

constexpr std::array<std::pair<std::string_view, int>, 10> kSignals = {{
    {"HUP", 1},
    {"INT", 2},
    {"ILL", 4},
    {"TRAP", 5},
    {"ABRT", 6},
    {"BUS", 7},
    {"FPE", 8},
    {"KILL", 9},
    {"SEGV", 11},
    {"TERM", 15},
}};

std::optional<std::int64_t> ReadInteger(std::string_view text) {
  const bool hex = StartsWith(text, "0x") || StartsWith(text, "0X");
  if (hex) text.remove_prefix(2);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(
      text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::optional<int> SignalOf(std::string_view text) {
  if (const auto number = ReadInteger(text)) return static_cast<int>(*number);
  if (StartsWith(text, "SIG")) text.remove_prefix(3);
  for (const auto& [name, number] : kSignals) {
    if (text == name) return number;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> ExitCodeOf(std::string_view code, std::string_view signal) {
  if (!signal.empty()) {
    if (const auto number = SignalOf(signal)) return kSignalBase + *number;
  }
  const std::optional<std::int64_t> value = ReadInteger(code);
  if (!value) return std::nullopt;
  if (*value < 0 && *value >= -kLastSignal) {
    return kSignalBase - static_cast<int>(*value);
  }
  return static_cast<int>(static_cast<std::uint32_t>(*value));
}

}  // namespace logdiag
