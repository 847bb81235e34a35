// SPDX-License-Identifier: Apache-2.0
// Checks of a folder of patterns that go beyond what loading it needs.
#ifndef LOGDIAG_KNOWLEDGE_LINT_H_
#define LOGDIAG_KNOWLEDGE_LINT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/support/result.h"

namespace logdiag {

struct LintFolders {
  std::string patterns;  // holds markers/, causes/, ...
  std::string texts;     // one file a language; "" = none
  std::string fixtures;  // <family>/<name>/case.yaml; "" = none
};

// texts and fixtures in or beside `patterns`: the first that is there of
// patterns/texts, patterns/../reports/texts; patterns/fixtures,
// patterns/../fixtures.
LintFolders FindFolders(const std::string& patterns);

struct LintReport {
  std::vector<Error> errors;
  std::size_t causes = 0;  // of the folder
  std::size_t markers = 0;
  std::size_t remedies = 0;
  std::size_t dialects = 0;
  std::size_t fixtures = 0;
  std::size_t languages = 0;
};

// Everything AddFolders checks on top of `known`, or alone if the folder is
// whole; and that each cause of the
// folder has a fixture (case.yaml names it, pod.log is there) and a near miss
// with another verdict (whether logdiag reaches these verdicts is for the
// golden tests), that each symptom marker and remedy of the folder is used by a
// cause, that each of its dialects has a marker that no other system prints,
// and that every language has the same texts.
LintReport Lint(const LintFolders& folders, const Catalogue& known);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_LINT_H_
