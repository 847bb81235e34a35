// SPDX-License-Identifier: Apache-2.0
#include "reports/story/head.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "reports/report.h"
#include "tests/reports/expect_parts.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

TEST(Head, NamesTheExceptionAndItsPlace) {
  const std::string core = Core(SampleReport(VramError()));
  ExpectAll(
      core,
      {"# Failed job: the GPU ran out of memory (`pack-a/nodes.py`, "
       "line 12)\n",
       "**Established.** PyTorch could not get 1.17 GiB on the GPU.",
       "`torch.OutOfMemoryError: Allocation on device 0`, raised in "
       "`load` (`pack-a/nodes.py`, line 12), node `Loader`.",
       "  207 | File \"pack-a/nodes.py\", line 12, in load\n",
       "> 208 | torch.OutOfMemoryError", "Of 3 prompts 2 finished, 1 failed."});
  // What is established has no rivals worth a line.
  ExpectNone(core, {"## Or else", "local time", "UTC"});
}

// The verdict is the last failure, which is not always the worst.
TEST(Head, TheLeadTellsWhatElseIsBroken) {
  Diagnosis d = VramError();
  d.findings.clear();
  EXPECT_EQ(Core(SampleReport(d)).find("Not overcome"), std::string::npos);
  Finding before;
  before.cause = d.cause;
  before.quote.line = 31;
  before.count = 4;
  Finding other;
  other.cause = "memory/oom-silent-kill";
  other.quote.line = 55;
  other.count = 3;
  other.exception = Exception{"ImportError", "undefined symbol: x", 55};
  Finding complaint = other;
  complaint.exception.reset();
  complaint.quote.line = 77;
  d.findings = {before, complaint, other};
  Work later;
  later.state = WorkState::kRunning;
  later.queued_line = d.incident->last_line + 1;
  d.timeline.works.push_back(later);
  ExpectAll(Core(SampleReport(d)),
            {"4 more failed in the same way before, the first in line 31. Not "
             "overcome either: most likely killed for host RAM (L55, 3 times). "
             "A later prompt (line 211) was accepted and is at work where the "
             "log ends."});
  // The line that told of it first; of very many, some are kept.
  FailureSummary failure;
  failure.quote.line = 31;
  failure.told_line = 29;
  d.failures = {failure};
  ExpectAll(Core(SampleReport(d)),
            {"4 more failed in the same way before, the first "
             "in line 29."});
  d.failures.resize(kFailuresKept, failure);
  ExpectAll(Core(SampleReport(d)),
            {"Many more failed in the same way before, the "
             "first in line 29."});
  d.findings[0].repaired = d.findings[2].repaired = true;
  d.timeline.works.back().state = WorkState::kExecuted;
  ExpectNone(Core(SampleReport(d)),
             {"in the same way", "Not overcome", "later prompt"});
}

// It is named as a title names it, by its own values, with its first step.
TEST(Head, WhatElseIsBrokenHasItsNameAndCure) {
  Catalogue catalogue = SampleCatalogue();
  catalogue.causes[0].headlines = {"Module {name} is missing"};
  Diagnosis d = VramError();
  d.values["name"] = "the-verdicts";
  Finding other;
  other.cause = catalogue.causes[0].id;
  other.quote.line = 55;
  other.cure = "fewer-frames";
  other.exception = Exception{"ImportError", "no walrus", 55};
  other.values = {{"name", "walrus"}, {"fewer_frames", "81"}};
  d.findings = {other};
  ExpectAll(Core(WriteMarkdown(d, catalogue, {})),
            {"Not overcome either: Module `walrus` is missing (L55) - Run it "
             "with 81 frames."});
}

TEST(Head, WhatAnIdleServerSaysAgainAndAgainHasAStep) {
  Diagnosis d = Healthy();
  d.outcome = "ready";
  Finding flood;
  flood.cause = "memory/vram-oom";
  flood.quote.line = 30;
  flood.last_line = 90;
  flood.count = 61;
  flood.cure = "read-evidence";
  d.findings = {flood};
  ExpectAll(Core(SampleReport(d)),
            {"# The GPU ran out of memory, 61 times (L30 to L90); the server "
             "is ready\n",
             "## Do now\n\n1. Read the kill counter of the container. Run "
             "`cat /sys/fs/cgroup/memory.events`."});
}

// A title has no room for a long message: its last clause, one of its
// sentences, or its two ends.
TEST(Head, ALongMessageIsMadeFitForATitle) {
  const std::string caller =
      "An error occurred when the operation was called for the third time";
  const struct {
    std::string message;
    std::string title;
  } kCases[] = {
      {"Short: and whole", "`Short: and whole`"},
      {caller + ": Unsupported header 'x-sum'", "`Unsupported header 'x-sum'`"},
      {caller + ". Did you mean: 'header_of_x'?", "for the third time`"},
      {"The device is not supported here! See: https://docs.example/" +
           std::string(60, 'x'),
       "`The device is not supported here`"},
      {"The sizes of what is to be joined must match but for one of them. "
       "Expected 52 but got 53",
       "`Expected 52 but got 53`"},
      {caller + ": 6 nodes are not ready", " ... "},
  };
  Catalogue catalogue = SampleCatalogue();
  catalogue.causes[1].headlines = {"Refused: {message}"};
  Diagnosis d = VramError();
  for (const auto& test : kCases) {
    d.values["message"] = test.message;
    const std::string report = WriteMarkdown(d, catalogue, {});
    const std::string title = report.substr(0, report.find('\n'));
    EXPECT_NE(title.find(test.title), std::string::npos) << title;
  }
}

// What is unpacked from one line of the log has no lines of its own.
TEST(Head, CodeOfAnUnpackedTracebackHasNoLine) {
  Diagnosis d = VramError();
  ASSERT_TRUE(d.exception && d.exception->place);
  d.exception->place->code = "walrus()";
  d.exception->place->log_line = 204;
  d.exception->line = 208;
  ExpectAll(Core(SampleReport(d)), {"  205 | walrus()"});
  d.exception->line = 204;
  ExpectNone(Core(SampleReport(d)), {"walrus()"});
}

// What runs at the top of a file has no name.
TEST(Head, AModuleIsNoFunction) {
  Diagnosis d = VramError();
  d.exception->place->function = "<module>";
  ExpectAll(Core(SampleReport(d)), {"device 0` (`pack-a/nodes.py`, line 12)"});
}

// Other exceptions of a start that never gets ready may be of its packs.
TEST(Head, TheLeadOfALoopTellsWhatElseEndsIt) {
  Diagnosis d = VramError();
  d.outcome = "crash-loop";
  Finding other;
  other.cause = "memory/oom-silent-kill";
  other.quote.line = 55;
  other.exception = Exception{"ImportError", "undefined symbol: x", 55};
  d.findings = {other};
  EXPECT_EQ(Core(SampleReport(d)).find("Not overcome"), std::string::npos);
  d.findings[0].stops_start = true;
  ExpectAll(Core(SampleReport(d)),
            {"Not overcome either: most likely killed for host RAM (L55)."});
}

TEST(Head, AllReasonsOfARefusalAreTold) {
  Diagnosis d = VramError();
  const auto refuse = [&](const char* node, std::uint64_t line,
                          const char* reason) {
    d.incident->refusals.push_back({node, {line, 0, std::nullopt, reason}});
  };
  refuse("Loader 4", 90, "Value not in list: ckpt_name: 'a' not in []");
  // One reason is the title's.
  EXPECT_EQ(SampleReport(d).find("as printed:"), std::string::npos);
  refuse("(prompt)", 91, "Required input is missing: images");
  refuse("Preview 61", 92, "Required input is missing: images");
  refuse("Preview 64", 93, "Required input is missing: images");
  ExpectAll(Core(SampleReport(d)),
            {"The reasons, as printed:\n\n"
             "- `Loader 4`: `Value not in list: ckpt_name: 'a' not in []` "
             "(L90)\n"
             "- `Preview 61`, `Preview 64`: `Required input is missing: "
             "images` (L91)\n"});
}

TEST(Head, TheSameJobsEarlierFateIsTold) {
  Diagnosis d = VramError();
  d.facts["same_job_failed"] = {"31", 31};
  FailureSummary before;
  before.cause = "memory/oom-silent-kill";
  before.quote.line = 31;
  d.failures = {before};
  ExpectAll(Core(SampleReport(d)),
            {"The same job had failed before (L31: most likely "
             "killed for host RAM)."});
  d.facts["passed_job"] = {"81 frames at 832x480", 44};
  ExpectAll(Core(SampleReport(d)),
            {"; `81 frames at 832x480` finished (L44)."});
}

TEST(Head, ALikelyHeadlineSaysSo) {
  Catalogue catalogue = SampleCatalogue();
  catalogue.causes[1].headlines = {"Card {no_such} is full",
                                   "Card {gpu} is full"};
  Diagnosis d = VramError();
  d.facts["gpu"] = {"RTX 4090", 3};
  std::string report = WriteMarkdown(d, catalogue, {});
  EXPECT_EQ(report.find("# Card `RTX 4090` is full\n"), 0u) << report;
  d.confidence = Confidence::kLikely;
  report = WriteMarkdown(d, catalogue, {});
  EXPECT_EQ(report.find("# Probably: Card `RTX 4090` is full\n"), 0u);
}

TEST(Head, FailedPacksLeadAReadyServer) {
  Diagnosis d = Healthy();
  d.outcome = "ready";
  Finding finding;
  finding.cause = "unknown";
  finding.quote.line = 40;
  finding.pack = "alpha";
  finding.exception = Exception{.type = "ImportError", .message = "no beta"};
  d.findings = {finding, finding};
  d.findings[1].pack = "gamma";
  d.findings[1].exception->message = "no delta";
  ExpectAll(Core(SampleReport(d)),
            {"# Ready, but 2 packs or files of nodes failed to load\n",
             "- `alpha`: `no beta` (L40).", "- `gamma`: "});
}

TEST(Head, ALongMessageEndsWithASentence) {
  Diagnosis d = VramError();
  d.exception->message =
      "There is no room for 2 GiB. " + std::string(200, 'x') + ". More of it.";
  ExpectAll(Core(SampleReport(d)),
            {"OutOfMemoryError: There is no room for 2 GiB.`"});
}

// One reason and one cure are told once.
TEST(Head, PacksThatFailAlikeAreOneItem) {
  Diagnosis d = Healthy();
  d.outcome = "ready";
  Finding finding;
  finding.cause = "unknown";
  finding.quote.line = 40;
  finding.pack = "alpha";
  finding.exception = Exception{.type = "OSError", .message = "no symbol"};
  d.findings = {finding, finding, finding};
  d.findings[1].pack = "beta";
  d.findings[1].exception->message = "no module";
  d.findings[2].pack = "gamma";
  d.findings[2].quote.line = 60;
  ExpectAll(Core(SampleReport(d)),
            {"# Ready, but 3 packs or files of nodes failed to load\n",
             "- `alpha`, `gamma`: `no symbol` (L40, L60).\n- `beta`: "});
}

// What was raised long after the cause was told is no more than its end.
TEST(Head, AConsequenceIsToldApart) {
  Diagnosis d = VramError();
  ExpectNone(Core(SampleReport(d)), {"It ended in"});
  ASSERT_TRUE(d.incident && d.exception && !d.evidence.empty());
  for (Evidence& item : d.evidence) item.quote.line = 9;
  d.incident->first_line = 100;
  ExpectAll(Core(SampleReport(d)),
            {"It ended in `torch.OutOfMemoryError: Allocation on device 0`, "
             "raised in `load`"});
}

// A title that names nothing leads to the line that speaks most.
TEST(Head, ATitleWithoutANameHasItsLine) {
  Catalogue catalogue = SampleCatalogue();
  catalogue.causes[1].headlines = {"Disk is full"};
  Diagnosis d = VramError();
  d.evidence.clear();
  Evidence item;
  item.quote = {17, 0, std::nullopt, "no space"};
  item.weight_db = 20;
  d.evidence = {item};
  EXPECT_EQ(WriteMarkdown(d, catalogue, {}).substr(0, 31),
            "# Disk is full (log line 17)\n\n*");
}

}  // namespace
}  // namespace logdiag
