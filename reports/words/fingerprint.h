// SPDX-License-Identifier: Apache-2.0
// A short name for "the same trouble", to search for in tickets.
#ifndef LOGDIAG_REPORTS_FINGERPRINT_H_
#define LOGDIAG_REPORTS_FINGERPRINT_H_

#include <string>
#include <string_view>

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// 16 hexadecimal digits: FNV-1a (64 bits) over outcome, cause, phase and the
// shape of the line that shows the trouble (digit runs masked). Equal for the
// same trouble in two logs; no promise that it differs for two troubles.
std::string Fingerprint(const Diagnosis& diagnosis);

// The same of one failure, with the line that shows it.
std::string Fingerprint(std::string_view outcome, std::string_view cause,
                        std::string_view phase, std::string_view line);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_FINGERPRINT_H_
