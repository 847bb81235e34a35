// Names of the report schema for values of the model.
#ifndef LOGDIAG_REPORTS_NAMES_H_
#define LOGDIAG_REPORTS_NAMES_H_

#include <cstdint>
#include <string_view>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// "established", "likely", "possible" or "unknown".
constexpr std::string_view ConfidenceName(Confidence confidence) {
  switch (confidence) {
    case Confidence::kEstablished:
      return "established";
    case Confidence::kLikely:
      return "likely";
    case Confidence::kPossible:
      return "possible";
    case Confidence::kUnknown:
      break;
  }
  return "unknown";
}

// The resolution of a clock, rounded down to a unit that people name; "" if
// there is no clock.
constexpr std::string_view ResolutionName(std::int64_t resolution_ns) {
  if (resolution_ns <= 0) return "";
  if (resolution_ns < 1'000) return "1ns";
  if (resolution_ns < 1'000'000) return "1us";
  if (resolution_ns < 1'000'000'000) return "1ms";
  if (resolution_ns < 60'000'000'000) return "1s";
  return "1min";
}

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_NAMES_H_
