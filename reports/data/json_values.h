// SPDX-License-Identifier: Apache-2.0
// What the JSON writers share: values that are left out where they are not
// known, and text of the log that is fit to be shown.
#ifndef LOGDIAG_REPORTS_DATA_JSON_VALUES_H_
#define LOGDIAG_REPORTS_DATA_JSON_VALUES_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

using Json = nlohmann::ordered_json;

// Printable, and cut if it is long.
std::string Shown(std::string_view text);

// Absent means unknown, so an empty text is not written, ...
void Put(const char* name, std::string_view text, Json* json);
// ... nor is a figure where 0 means unknown, ...
void PutKnown(const char* name, std::uint64_t figure, Json* json);
// ... nor a moment by a clock that is no calendar. RFC 3339; with Z only if the
// log is in UTC.
void PutTime(const char* name, const LogSource& source,
             std::optional<std::int64_t> time_ns, Json* json);
// Seconds to the millisecond, unless a clock was set back between them.
void PutSeconds(const char* name, std::optional<std::int64_t> from_ns,
                std::optional<std::int64_t> to_ns, Json* json);

// `value` with `digits` decimals, as JSON writes it.
double Rounded(double value, int digits);

// Line, offset and text.
void PutQuote(const Quote& quote, Json* json);

// The list `write(item)` for each item.
template <typename T, typename Write>
Json ListOf(const std::vector<T>& items, const Write& write) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(write(item));
  return list;
}

// On one line, or with an indent; ends in a newline. Never throws: bytes that
// are no UTF-8 are replaced.
std::string Dump(const Json& json, bool pretty);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_JSON_VALUES_H_
