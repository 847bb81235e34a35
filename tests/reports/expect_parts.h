// SPDX-License-Identifier: Apache-2.0
// What a report has, and has not.
#ifndef LOGDIAG_TESTS_REPORTS_EXPECT_PARTS_H_
#define LOGDIAG_TESTS_REPORTS_EXPECT_PARTS_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace logdiag {

inline void ExpectAll(const std::string& report,
                      const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts) {
    EXPECT_NE(report.find(part), std::string::npos)
        << "missing: " << part << "\n"
        << report;
  }
}

inline void ExpectNone(const std::string& report,
                       const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts) {
    EXPECT_EQ(report.find(part), std::string::npos)
        << "should not be there: " << part << "\n"
        << report;
  }
}

// What stands before the parts.
inline std::string Core(const std::string& report) {
  return report.substr(0, report.find("\n## More\n"));
}

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_REPORTS_EXPECT_PARTS_H_
