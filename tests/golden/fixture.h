// SPDX-License-Identifier: Apache-2.0
// The fixture folders, and what their case.yaml expects.
#ifndef LOGDIAG_TESTS_GOLDEN_FIXTURE_H_
#define LOGDIAG_TESTS_GOLDEN_FIXTURE_H_

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

struct Fixture {
  std::string name;    // "memory/vram-oom-native"
  std::string folder;  // absolute
  std::string outcome;
  std::string cause;
  std::vector<std::string> confidence;  // any of them
  std::string phase;
  std::vector<int> evidence_lines;
  std::map<std::string, int> counts;
  std::map<std::string, std::string> facts;
  bool foreign = false;  // the report must call the log that of another system
  std::string near_outcome;
  std::string near_cause;
};

// What a test's name shows of it.
inline std::ostream& operator<<(std::ostream& out, const Fixture& fixture) {
  return out << fixture.name;
}

// Every folder fixtures/<family>/<name> with a case.yaml, sorted by name.
std::vector<Fixture> AllFixtures();

// `name` as gtest allows it in the name of a test.
std::string TestName(const std::string& name);

std::string ReadFile(const std::string& path);

// The patterns that are built in; loaded once.
const Catalogue& BuiltIn();

// Analyzes `log` under the name "pod.log".
Diagnosis DiagnoseText(std::string_view log, std::size_t chunk_bytes = 65536);

// The JSON report of it.
std::string JsonOf(std::string_view log, std::size_t chunk_bytes = 65536);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_GOLDEN_FIXTURE_H_
