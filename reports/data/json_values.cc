// SPDX-License-Identifier: Apache-2.0
#include "reports/data/json_values.h"

#include <cmath>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "reports/words/report_values.h"

namespace logdiag {

std::string Shown(std::string_view text) {
  constexpr std::size_t kMaxText = 1000;  // bytes of one text of the log
  return Printable(text, kMaxText);
}

void Put(const char* name, std::string_view text, Json* json) {
  if (!text.empty()) (*json)[name] = Shown(text);
}

void PutKnown(const char* name, std::uint64_t figure, Json* json) {
  if (figure != 0) (*json)[name] = figure;
}

void PutTime(const char* name, const LogSource& source,
             std::optional<std::int64_t> time_ns, Json* json) {
  if (!time_ns || !IsDate(source, *time_ns)) return;
  (*json)[name] = FormatRfc3339(*time_ns, source.clock_resolution_ns,
                                source.clock == "utc");
}

void PutSeconds(const char* name, std::optional<std::int64_t> from_ns,
                std::optional<std::int64_t> to_ns, Json* json) {
  if (!from_ns || !to_ns || *to_ns < *from_ns) return;
  constexpr int kMilliseconds = 3;
  (*json)[name] = Rounded(static_cast<double>(*to_ns - *from_ns) /
                              static_cast<double>(kNsPerSecond),
                          kMilliseconds);
}

double Rounded(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

void PutQuote(const Quote& quote, Json* json) {
  PutKnown("line", quote.line, json);
  if (quote.line != 0) (*json)["offset"] = quote.offset;
  Put("text", quote.text, json);
}

std::string Dump(const Json& json, bool pretty) {
  return json.dump(pretty ? 2 : -1, ' ', false,
                   Json::error_handler_t::replace) +
         "\n";
}

}  // namespace logdiag
