// SPDX-License-Identifier: Apache-2.0
// Which exception of a chain a failure is told by.
#include "analyzer/diagnose/exception.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/diagnose/diagnoser.h"
#include "tests/diagnose/sample_case.h"

namespace logdiag {
namespace {

Failure ChainOf(std::vector<std::pair<std::string, std::uint64_t>> types) {
  Failure failure = MakeFailureOf(FailureKind::kException, 40);
  failure.traceback.emplace();
  for (auto& [type, line] : types) {
    Raised raised;
    raised.type = std::move(type);
    raised.message = "words of line " + std::to_string(line);
    raised.line = line;
    raised.last_frames = {{"app.py", 7, "save", line - 1}};
    failure.traceback->chain.push_back(std::move(raised));
  }
  return failure;
}

Evidence On(std::uint64_t line, double weight_db) {
  Evidence evidence;
  evidence.quote.line = line;
  evidence.weight_db = weight_db;
  return evidence;
}

TEST(Exception, HeaviestEvidenceSaysWhichOfTheChain) {
  const Failure failure = ChainOf({{"AttributeError", 20}, {"OSError", 40}});
  const struct {
    const char* name;
    std::vector<Evidence> evidence;
    std::uint64_t line;
  } kCases[] = {
      {"no evidence", {}, 20},
      {"evidence on other lines", {On(10, 30)}, 20},
      {"on the later one", {On(10, 30), On(40, 20)}, 40},
      {"heavier on the later one", {On(20, 5), On(40, 20)}, 40},
      {"heavier on the first", {On(40, 5), On(20, 20)}, 20},
      {"equal", {On(40, 20), On(20, 20)}, 20},
      {"what speaks against it", {On(40, -20)}, 20},
  };
  for (const auto& test : kCases) {
    const Raised* raised = RaisedOf(failure, test.evidence);
    ASSERT_NE(raised, nullptr) << test.name;
    EXPECT_EQ(raised->line, test.line) << test.name;
  }
}

TEST(Exception, WithoutAChainThereIsNone) {
  const Failure failure = MakeFailureOf(FailureKind::kException, 40);
  const Raised* raised = RaisedOf(failure, {On(40, 20)});
  EXPECT_EQ(raised, nullptr);
  const Catalogue catalogue = SampleCatalogue();
  RegexCache regexes(&catalogue.regex_needs);
  EXPECT_FALSE(ExceptionOf(failure, raised, catalogue, &regexes).has_value());
  EXPECT_TRUE(StackOf(raised).empty());
}

TEST(Exception, TheVerdictQuotesTheOneItStandsOn) {
  Catalogue catalogue = SampleCatalogue();
  Cause cause;
  cause.id = "storage/disk-full";
  cause.outcomes = {"error"};
  EvidenceItem item;
  item.when.exception = "^OSError";
  item.weight_db = 40;
  cause.evidence = {item};
  catalogue.causes = {cause};
  Timeline timeline;
  timeline.ours = true;
  timeline.processes = {ReadyProcess(1)};
  timeline.failures = {ChainOf({{"AttributeError", 20}, {"OSError", 40}})};
  const Diagnosis diagnosis = Diagnose(catalogue, std::move(timeline), {});
  ASSERT_EQ(diagnosis.cause, "storage/disk-full");
  ASSERT_TRUE(diagnosis.exception.has_value());
  EXPECT_EQ(diagnosis.exception->type, "OSError");
  ASSERT_TRUE(diagnosis.exception->place.has_value());
  EXPECT_EQ(diagnosis.exception->place->log_line, 39u);
  ASSERT_EQ(diagnosis.stack.size(), 1u);
  EXPECT_EQ(diagnosis.stack[0].log_line, 39u);
  EXPECT_EQ(diagnosis.values.at("message"), "words of line 40");
}

// Where libraries raised among themselves, the code that called them is shown.
TEST(Exception, OfAChainTheCallersFrameIsThePlace) {
  Failure failure = ChainOf({{"OSError", 20}, {"ImportError", 40}});
  const Catalogue catalogue = SampleCatalogue();
  RegexCache regexes(&catalogue.regex_needs);
  std::vector<Raised>& chain = failure.traceback->chain;
  const auto place = [&] {
    return ExceptionOf(failure, &chain[0], catalogue, &regexes)->place->file;
  };
  EXPECT_EQ(place(), "app.py");
  chain[1].own_frames = {{"pack.py", 4, "<module>", 30}};
  EXPECT_EQ(place(), "pack.py");
  chain[0].own_frames = {{"inner.py", 4, "load", 10}};
  EXPECT_EQ(place(), "inner.py");
}

}  // namespace
}  // namespace logdiag
