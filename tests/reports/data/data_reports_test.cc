// SPDX-License-Identifier: Apache-2.0
// What JSON, NDJSON, SARIF and JUnit have in common, and what each adds.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "reports/report.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

using Json = nlohmann::json;

Json Report(const Diagnosis& diagnosis, const ReportOptions& options = {}) {
  return Json::parse(WriteJson(diagnosis, SampleCatalogue(), options, false));
}

std::vector<Json> Records(const Diagnosis& diagnosis) {
  std::istringstream lines(WriteNdjson(diagnosis, SampleCatalogue(), {}));
  std::vector<Json> records;
  for (std::string line; std::getline(lines, line);) {
    records.push_back(Json::parse(line));
  }
  return records;
}

Json SarifRun(const Diagnosis& diagnosis, const ReportOptions& options = {}) {
  return Json::parse(WriteSarifRun(diagnosis, SampleCatalogue(), options));
}

// Two failures, of which the second is the verdict, with all that can be known.
Diagnosis Eventful() {
  Diagnosis d = SilentDeath();
  const std::int64_t start = *d.incident->quote.time_ns;
  d.timeline.first_ns = start;
  d.timeline.last_ns = start + 1'500'000'000;
  d.timeline.processes[0].session = 1;
  d.timeline.processes[0].last_line = 399;
  d.timeline.processes[0].start_ns = start;
  d.timeline.processes[0].last_ns = start + 1'000'000'000;
  d.timeline.processes[0].end = ProcessEnd::kSilent;
  Work& work = d.timeline.works[0];
  work.state = WorkState::kLost;
  work.start_ns = start;
  work.steps_done = 2;
  work.steps_total = 4;
  work.seconds_per_step = 29.2304;
  FailureSummary repaired;
  repaired.kind = "exception";
  repaired.outcome = "error";
  repaired.cause = "memory/vram-oom";
  repaired.confidence = Confidence::kLikely;
  repaired.quote = d.evidence[0].quote;
  repaired.repaired = true;
  FailureSummary verdict;
  verdict.kind = "silence";
  verdict.outcome = d.outcome;
  verdict.cause = d.cause;
  verdict.quote = d.incident->quote;
  verdict.verdict = true;
  d.failures = {repaired, verdict};
  Exception exception;
  exception.type = "NameError";
  exception.message = "name 'x' is not defined";
  exception.line = 41;
  exception.place = Frame{"/app/custom_nodes/alpha/nodes.py", 88, "run", 40};
  exception.pack = "alpha";
  d.exception = exception;
  return d;
}

TEST(DataReports, IdNamesTheContent) {
  const Diagnosis original = Eventful();
  const Json id = Report(original)["id"];
  const struct {
    const char* name;
    std::function<void(Diagnosis*, ReportOptions*)> change;
    bool same;
  } kCases[] = {
      {"nothing changed", [](Diagnosis*, ReportOptions*) {}, true},
      {"another path",
       [](Diagnosis* d, ReportOptions*) { d->source.path = "-"; }, true},
      {"another tool",
       [](Diagnosis*, ReportOptions* o) { o->tool_version = "9.9.9"; }, true},
      {"another exit code",
       [](Diagnosis*, ReportOptions* o) { o->exit_code = 1; }, true},
      {"a byte more", [](Diagnosis* d, ReportOptions*) { ++d->source.bytes; },
       false},
      {"another phase", [](Diagnosis* d, ReportOptions*) { d->phase = "save"; },
       false},
      {"one finding less",
       [](Diagnosis* d, ReportOptions*) { d->findings.clear(); }, false},
  };
  for (const auto& test : kCases) {
    Diagnosis diagnosis = original;
    ReportOptions options;
    test.change(&diagnosis, &options);
    EXPECT_EQ(Report(diagnosis, options)["id"] == id, test.same) << test.name;
    EXPECT_EQ(SarifRun(diagnosis, options)["automationDetails"]["guid"] == id,
              test.same)
        << test.name;
  }
}

// Every time that a report states, wherever it stands.
std::vector<std::string> TimesIn(const Json& json) {
  std::vector<std::string> times;
  for (const auto& [key, value] : json.items()) {
    if (key == "time" || key == "started_at" || key == "ended_at") {
      times.push_back(value);
    } else if (value.is_structured()) {
      for (const std::string& time : TimesIn(value)) times.push_back(time);
    }
  }
  return times;
}

TEST(DataReports, TimesAreNeverInvented) {
  const struct {
    const char* clock;
    bool told;
    bool zone;
  } kCases[] = {{"utc", true, true},         {"local", true, false},
                {"no-year", false, false},   {"no-date", false, false},
                {"monotonic", false, false}, {"none", false, false}};
  for (const auto& test : kCases) {
    Diagnosis diagnosis = Eventful();
    diagnosis.source.clock = test.clock;
    const Json report = Report(diagnosis);
    const std::vector<std::string> times = TimesIn(report);
    EXPECT_EQ(!times.empty(), test.told) << test.clock;
    for (const std::string& time : times) {
      EXPECT_EQ(time.substr(0, 11), "2025-11-04T") << test.clock;
      EXPECT_EQ(time.back() == 'Z', test.zone) << time;
    }
    EXPECT_EQ(report.contains("started_at"), test.told) << test.clock;
    // Differences mean something by any clock.
    EXPECT_EQ(report["sessions"][0]["seconds"], 1.0) << test.clock;
  }
  Diagnosis uptime = Eventful();
  uptime.timeline.first_ns = 12'300'000'000;
  EXPECT_FALSE(Report(uptime).contains("started_at"));
  uptime.timeline.first_ns.reset();
  EXPECT_FALSE(Report(uptime).contains("started_at"));
}

TEST(DataReports, WhatHappened) {
  const Json report = Report(Eventful());
  EXPECT_EQ(report["schema"], "logdiag.report/2");
  EXPECT_EQ(report["severity"], "error");
  EXPECT_FALSE(report["title"].get<std::string>().empty());
  EXPECT_EQ(report["exception"]["line"], 88);
  EXPECT_EQ(report["exception"]["log_line"], 41);
  EXPECT_EQ(report["exception"]["function"], "run");
  ASSERT_EQ(report["incidents"].size(), 2u);
  const Json& verdict = report["incidents"][0];
  EXPECT_EQ(verdict["verdict"], true);
  EXPECT_EQ(verdict["fingerprint"], report["fingerprint"]);
  EXPECT_EQ(verdict["evidence"].size(), report["evidence"].size());
  const Json& repaired = report["incidents"][1];
  EXPECT_FALSE(repaired.contains("verdict"));
  EXPECT_EQ(repaired["severity"], "note");
  EXPECT_EQ(repaired["title"], "The GPU ran out of memory");
  EXPECT_EQ(repaired["evidence"][0]["line"], 398);
  const Json& work = report["work"][0];
  EXPECT_EQ(work["result"], "lost");
  EXPECT_EQ(work["session"], 1);
  EXPECT_EQ(work["steps_done"], 2);
  EXPECT_EQ(work["seconds_per_step"], 29.23);
  EXPECT_FALSE(work.contains("ended_at"));
  EXPECT_FALSE(work.contains("seconds"));
  EXPECT_EQ(report["sessions"][0]["end"], "silent");
  EXPECT_FALSE(report["sessions"][1].contains("ended_at"));
}

TEST(DataReports, SecondsAsTheProgramPrintedThem) {
  const struct {
    const char* printed;
    Json seconds;
  } kCases[] = {{"31.20 seconds", 31.2}, {"0:12:34", 754.0},
                {"1:00:00", 3600.0},     {"", 60.0},
                {"soon", 60.0},          {"-3 seconds", 60.0}};
  for (const auto& test : kCases) {
    Diagnosis diagnosis = Eventful();
    Work& work = diagnosis.timeline.works[0];
    work.duration = test.printed;
    work.end_ns = *work.start_ns + 60'000'000'000;
    EXPECT_EQ(Report(diagnosis)["work"][0]["seconds"], test.seconds)
        << test.printed;
  }
}

TEST(DataReports, ToolIsNamedIfItNamesItself) {
  EXPECT_FALSE(Report(Healthy()).contains("tool"));
  ReportOptions options;
  options.tool_version = "1.2.3";
  EXPECT_EQ(Report(Healthy(), options)["tool"]["version"], "1.2.3");
  EXPECT_EQ(SarifRun(Healthy(), options)["tool"]["driver"]["semanticVersion"],
            "1.2.3");
}

TEST(DataReports, RecordsHoldWhatTheDocumentHolds) {
  for (const auto& [name, diagnosis] : AllSamples()) {
    const Json report = Report(diagnosis);
    const std::vector<Json> records = Records(diagnosis);
    ASSERT_GE(records.size(), 2u) << name;
    EXPECT_EQ(records.front()["type"], "report") << name;
    EXPECT_EQ(records.front()["title"], report["title"]) << name;
    EXPECT_EQ(records.back()["type"], "end") << name;
    EXPECT_EQ(records.back()["partial"], report["coverage"]["partial"]) << name;
    std::map<std::string, std::size_t> found;
    for (const Json& record : records) {
      EXPECT_EQ(record["id"], report["id"]) << name;
      EXPECT_EQ(record["path"], report["source"]["path"]) << name;
      ++found[record["type"]];
    }
    for (const auto& [type, count] : records.back()["records"].items()) {
      EXPECT_EQ(found[type], count.get<std::size_t>()) << name << " " << type;
    }
    EXPECT_EQ(found["event"], report["timeline"].size()) << name;
    EXPECT_EQ(found["finding"], report["findings"].size()) << name;
  }
}

TEST(Sarif, KindAndLevelOfTheVerdict) {
  Diagnosis guess = SilentDeath();
  guess.confidence = Confidence::kPossible;
  Diagnosis slow = VramError();
  slow.outcome = "slow";
  Diagnosis cut = Healthy();
  cut.outcome = "cut";
  const struct {
    const char* name;
    Diagnosis diagnosis;
    const char* kind;
    const char* level;
  } kCases[] = {{"established", VramError(), "fail", "error"},
                {"likely", SilentDeath(), "fail", "error"},
                {"possible", guess, "open", "none"},
                {"unknown", UnknownCrash(), "open", "none"},
                {"a warning", slow, "fail", "warning"},
                {"healthy", Healthy(), "pass", "none"},
                {"cut", cut, "informational", "none"},
                {"of another system", Foreign(), "informational", "none"}};
  for (const auto& test : kCases) {
    const Json result = SarifRun(test.diagnosis)["results"][0];
    EXPECT_EQ(result["kind"], test.kind) << test.name;
    EXPECT_EQ(result["level"], test.level) << test.name;
    EXPECT_EQ(result["ruleId"], test.diagnosis.cause) << test.name;
  }
}

TEST(Sarif, PlacesAndRules) {
  const Json run = SarifRun(SilentDeath());
  const Json& rules = run["tool"]["driver"]["rules"];
  const Json& result = run["results"][0];
  EXPECT_EQ(rules[0]["id"], "memory/oom-silent-kill");
  EXPECT_NE(rules[0]["help"]["markdown"].get<std::string>().find("61 frames"),
            std::string::npos);
  const Json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "file:///data/logs/pod-17.log");
  EXPECT_EQ(place["region"]["startLine"], 399);
  EXPECT_EQ(place["region"]["byteOffset"], 39900);
  EXPECT_EQ(result["relatedLocations"].size(), 2u);
  EXPECT_EQ(result["rank"], 74.0);
  EXPECT_EQ(result["partialFingerprints"]["logdiagSignature/1"],
            Report(SilentDeath())["fingerprint"]);
  for (const Json& each : run["results"]) {
    EXPECT_EQ(rules[each["ruleIndex"].get<std::size_t>()]["id"],
              each["ruleId"]);
  }
}

TEST(Sarif, PathsAreUris) {
  const struct {
    const char* path;
    const char* uri;
  } kCases[] = {{"pod.log", "pod.log"},
                {"./logs/pod.log", "logs/pod.log"},
                {"/a b/%.log", "file:///a%20b/%25.log"},
                {"c:\\x", "c%3A%5Cx"},
                {"-", "-"}};
  for (const auto& test : kCases) {
    Diagnosis diagnosis = Healthy();
    diagnosis.source.path = test.path;
    EXPECT_EQ(SarifRun(diagnosis)["artifacts"][0]["location"]["uri"], test.uri);
  }
}

TEST(Sarif, APartialReadIsTold) {
  ReportOptions options;
  options.exit_code = 4;
  const Json partial = SarifRun(Hostile(), options)["invocations"][0];
  EXPECT_EQ(partial["executionSuccessful"], false);
  EXPECT_EQ(partial["exitCode"], 4);
  EXPECT_EQ(partial["toolExecutionNotifications"].size(), 1u);
  const Json whole = SarifRun(Healthy())["invocations"][0];
  EXPECT_EQ(whole["executionSuccessful"], true);
  EXPECT_FALSE(whole.contains("toolExecutionNotifications"));
}

TEST(JUnit, ResultOfTheVerdict) {
  const struct {
    const char* name;
    Diagnosis diagnosis;
    const char* counts;
  } kCases[] = {
      {"a cause and a finding", SilentDeath(),
       "tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\""},
      {"no cause", UnknownCrash(),
       "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""},
      {"healthy", Healthy(),
       "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""},
      {"of another system", Foreign(),
       "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""},
  };
  for (const auto& test : kCases) {
    const std::string suite =
        WriteJUnitSuite(test.diagnosis, SampleCatalogue(), {});
    EXPECT_NE(suite.find(test.counts), std::string::npos) << test.name << "\n"
                                                          << suite;
  }
}

TEST(JUnit, HostileTextIsText) {
  const std::string suite = WriteJUnitSuite(Hostile(), SampleCatalogue(), {});
  EXPECT_EQ(suite.find("<script>"), std::string::npos);
  EXPECT_EQ(suite.find('\x1b'), std::string::npos);
  EXPECT_EQ(suite.find("hf_abc"), std::string::npos);
}

}  // namespace
}  // namespace logdiag
