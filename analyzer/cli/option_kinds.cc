// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/option_kinds.h"

#include <charconv>
#include <map>
#include <string_view>

namespace logdiag {
namespace {

constexpr double kMostMib = 1e9;

}  // namespace

std::optional<std::uint64_t> ReadSize(const std::string& text) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0)) return std::nullopt;
  std::string unit;
  for (const char c : std::string_view(end, text.data() + text.size())) {
    if (c != ' ') unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  static const std::map<std::string, double> kUnits = {
      {"", 1 / 1048576.0}, {"m", 1},        {"mb", 1},
      {"mib", 1},          {"g", 1024},     {"gb", 1024},
      {"gib", 1024},       {"tb", 1048576}, {"tib", 1048576}};
  const auto known = kUnits.find(unit);
  if (known == kUnits.end()) return std::nullopt;
  const double mib = number * known->second;
  if (mib > kMostMib) return std::nullopt;
  return mib < 1 ? std::nullopt
                 : std::optional(static_cast<std::uint64_t>(mib));
}

std::uint64_t ReadBytes(const char* name, const std::string& text) {
  std::uint64_t bytes = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (error == std::errc() && *end == '\0' && bytes > 0) return bytes;
  const std::optional<std::uint64_t> mib = ReadSize(text);
  if (mib) return *mib << 20;
  throw CLI::ValidationError(
      name, "\"" + text + "\" is no size; write it as 64GB or 500MB");
}

CLI::Validator NumberWithin(std::int64_t least, std::int64_t most) {
  return CLI::Validator(
      [=](std::string& text) {
        std::int64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        return error == std::errc() && stop == end && number >= least &&
                       number <= most
                   ? std::string()
                   : "\"" + text + "\" is no number from " +
                         std::to_string(least) + " to " + std::to_string(most);
      },
      "");
}

}  // namespace logdiag
