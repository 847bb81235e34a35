// SPDX-License-Identifier: Apache-2.0
#include "reports/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

std::string Write(const Diagnosis& diagnosis) {
  return WriteMarkdown(diagnosis, SampleCatalogue(), {});
}

void ExpectAll(const std::string& report,
               const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts) {
    EXPECT_NE(report.find(part), std::string::npos)
        << "missing: " << part << "\n"
        << report;
  }
}

void ExpectNone(const std::string& report,
                const std::vector<std::string_view>& parts) {
  for (const std::string_view part : parts) {
    EXPECT_EQ(report.find(part), std::string::npos)
        << "should not be there: " << part << "\n"
        << report;
  }
}

std::size_t Count(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

std::string Full(const Diagnosis& diagnosis) {
  return WriteMarkdown(diagnosis, SampleCatalogue(), {.full = true});
}

std::string Core(const std::string& report) {
  return report.substr(0, report.find("\n## More\n"));
}

TEST(Report, SilentDeathLeadsWithVerdictAndActions) {
  const std::string core = Core(Write(SilentDeath()));
  ExpectAll(
      core,
      {"# Silent restart at step 0/4: most likely killed for host RAM\n\n"
       "**Likely, not proven.** The process vanished at step 0/4.",
       "Log line 399 of 412, 2025-11-04 09:13:00.010 UTC, during sampling, "
       "step 0/4, start 1 of 2. The only prompt was lost.",
       "1. Read the kill counter of the container. Run `cat "
       "/sys/fs/cgroup/memory.events`.\n2. Run it with 61 frames.\n",
       "Does not help here: `lower-vram` (it moves weights into RAM).",
       "> 398 | Sampling 121 frames at 704x704 with 4 steps\n"
       "> 399 | 0%|          | 0/4 [00:00<?, ?it/s]",
       "To settle it: cat `/sys/fs/cgroup/memory.events`",
       "give it to logdiag with `--exit-code`"});
  // Ids and folds have no place there.
  ExpectNone(core, {"oom-silent-kill", "<details>", "|---|", "  \n"});
}

// Each section that a person would write for such an incident.
TEST(Report, TheFullReportHasTheWholeIncident) {
  ExpectAll(Full(SilentDeath()),
            {"- container start (L1): done",
             "- model load (L384): done",
             "- sampling (L398): **stopped here**",
             "- VAE decode: not reached",
             "- New start (L402), 10.500 s after the last line",
             "which leaves 0 to 8.550 s between that line and the death",
             "1.95 to 19.3 s",
             "Job: 121 frames at 704x704, 4 steps (L398).",
             "31 x 44 x 44 = 60,016 tokens",
             "whole host",
             "#### The pattern",
             "PyTorch raises a Python exception",
             "SIGKILL leaves nothing",
             "Fewer frames: 61 instead of 121",
             "512x512 instead of 704x704",
             "they make a RAM kill more likely",
             "Context windows",
             "`CUDA_LAUNCH_BLOCKING=1`",
             "`--debug-hang`",
             "comfyui_8188.prev.log",
             "#### Test plan",
             "RAM is proved",
             "code=$?",
             "#### Alternatives",
             "#### Action items",
             "To read: <https://docs.kernel.org",
             "memory/oom-silent-kill (likely)\n",
             "  ```sh\n  python main.py\n  echo $?\n  ```"});
}

TEST(Report, NamesTheExceptionAndItsPlace) {
  const std::string core = Core(Write(VramError()));
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
TEST(Report, TheLeadTellsWhatElseIsBroken) {
  Diagnosis d = VramError();
  d.findings.clear();
  EXPECT_EQ(Core(Write(d)).find("Not overcome"), std::string::npos);
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
  ExpectAll(Core(Write(d)),
            {"4 more failed in the same way before, the first in line 31. Not "
             "overcome either: most likely killed for host RAM (L55, 3 times). "
             "A later prompt (line 211) was accepted and is at work where the "
             "log ends."});
  d.findings[0].repaired = d.findings[2].repaired = true;
  d.timeline.works.back().state = WorkState::kExecuted;
  ExpectNone(Core(Write(d)),
             {"in the same way", "Not overcome", "later prompt"});
}

// It is named as a title names it, by its own values, with its first step.
TEST(Report, WhatElseIsBrokenHasItsNameAndCure) {
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

TEST(Report, WhatAnIdleServerSaysAgainAndAgainHasAStep) {
  Diagnosis d = Healthy();
  d.outcome = "ready";
  Finding flood;
  flood.cause = "memory/vram-oom";
  flood.quote.line = 30;
  flood.last_line = 90;
  flood.count = 61;
  flood.cure = "read-evidence";
  d.findings = {flood};
  ExpectAll(Core(Write(d)),
            {"# The GPU ran out of memory, 61 times (L30 to L90); the server "
             "is ready\n",
             "## Do now\n\n1. Read the kill counter of the container. Run "
             "`cat /sys/fs/cgroup/memory.events`."});
}

// A title has no room for a long message: its last clause, or its two ends.
TEST(Report, ALongMessageIsMadeFitForATitle) {
  const std::string caller =
      "An error occurred when the operation was called for the third time";
  const struct {
    std::string message;
    std::string title;
  } kCases[] = {
      {"Short: and whole", "`Short: and whole`"},
      {caller + ": Unsupported header 'x-sum'", "`Unsupported header 'x-sum'`"},
      {caller + ". Did you mean: 'header_of_x'?", " ... "},
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
TEST(Report, CodeOfAnUnpackedTracebackHasNoLine) {
  Diagnosis d = VramError();
  ASSERT_TRUE(d.exception && d.exception->place);
  d.exception->place->code = "walrus()";
  d.exception->place->log_line = 204;
  d.exception->line = 208;
  ExpectAll(Core(Write(d)), {"  205 | walrus()"});
  d.exception->line = 204;
  ExpectNone(Core(Write(d)), {"walrus()"});
}

// What runs at the top of a file has no name.
TEST(Report, AModuleIsNoFunction) {
  Diagnosis d = VramError();
  d.exception->place->function = "<module>";
  ExpectAll(Core(Write(d)), {"device 0` (`pack-a/nodes.py`, line 12)"});
}

// Other exceptions of a start that never gets ready may be of its packs.
TEST(Report, TheLeadOfALoopTellsWhatElseEndsIt) {
  Diagnosis d = VramError();
  d.outcome = "crash-loop";
  Finding other;
  other.cause = "memory/oom-silent-kill";
  other.quote.line = 55;
  other.exception = Exception{"ImportError", "undefined symbol: x", 55};
  d.findings = {other};
  EXPECT_EQ(Core(Write(d)).find("Not overcome"), std::string::npos);
  d.findings[0].stops_start = true;
  ExpectAll(Core(Write(d)),
            {"Not overcome either: most likely killed for host RAM (L55)."});
}

TEST(Report, TheLogsOwnAdviceIsQuotedAsCode) {
  Diagnosis d = VramError();
  EXPECT_EQ(Write(d).find("The log itself advises"), std::string::npos);
  d.advice = {
      {208, 0, std::nullopt, "Please set `X=1` | <b>" + std::string(900, 'y')},
      {209, 0, std::nullopt, "try less"},
      {210, 0, std::nullopt, "a third one has no room"}};
  const std::string core = Core(Write(d));
  ExpectAll(core, {"The log itself advises (as printed, not checked):\n\n"
                   "```text\n  208 | Please set `X=1` | <b>yyy",
                   "\n  209 | try less\n```\n"});
  ExpectNone(core, {std::string(300, 'y'), "third"});
}

TEST(Report, AllReasonsOfARefusalAreTold) {
  Diagnosis d = VramError();
  const auto refuse = [&](const char* node, std::uint64_t line,
                          const char* reason) {
    d.incident->refusals.push_back({node, {line, 0, std::nullopt, reason}});
  };
  refuse("Loader 4", 90, "Value not in list: ckpt_name: 'a' not in []");
  // One reason is the title's.
  EXPECT_EQ(Write(d).find("as printed:"), std::string::npos);
  refuse("(prompt)", 91, "Required input is missing: images");
  refuse("Preview 61", 92, "Required input is missing: images");
  refuse("Preview 64", 93, "Required input is missing: images");
  ExpectAll(Core(Write(d)),
            {"The reasons, as printed:\n\n"
             "- `Loader 4`: `Value not in list: ckpt_name: 'a' not in []` "
             "(L90)\n"
             "- `Preview 61`, `Preview 64`: `Required input is missing: "
             "images` (L91)\n"});
}

TEST(Report, TheSameJobsEarlierFateIsTold) {
  Diagnosis d = VramError();
  d.facts["same_job_failed"] = {"31", 31};
  FailureSummary before;
  before.cause = "memory/oom-silent-kill";
  before.quote.line = 31;
  d.failures = {before};
  ExpectAll(Core(Write(d)), {"The same job had failed before (L31: most likely "
                             "killed for host RAM)."});
  d.facts["passed_job"] = {"81 frames at 832x480", 44};
  ExpectAll(Core(Write(d)), {"; `81 frames at 832x480` finished (L44)."});
}

TEST(Report, WhatToFindOutDependsOnWhereItRan) {
  Diagnosis d = Healthy();
  d.outcome = "cut";
  ExpectAll(Core(Write(d)), {"If the pod is dead"});
  d.machines = {"amd", "windows", "own-machine"};
  ExpectAll(Core(Write(d)), {"Event Viewer"});
  d.machines = {"own-machine"};
  ExpectAll(Core(Write(d)), {"dmesg"});
  ExpectNone(Core(Write(d)), {"pod"});
}

TEST(Report, ALikelyHeadlineSaysSo) {
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

TEST(Report, HealthyIsShort) {
  const std::string core = Core(Write(Healthy()));
  ExpectAll(core,
            {"# Completed: 2 of 2 prompts finished\n",
             "The work that was asked for is finished.", "GPU `NVIDIA L40S`"});
  ExpectNone(core, {"## ", "Likely", "Established"});
}

TEST(Report, FailedPacksLeadAReadyServer) {
  Diagnosis d = Healthy();
  d.outcome = "ready";
  Finding finding;
  finding.cause = "unknown";
  finding.quote.line = 40;
  finding.pack = "alpha";
  finding.exception = Exception{.type = "ImportError", .message = "no beta"};
  d.findings = {finding, finding};
  d.findings[1].pack = "gamma";
  const std::string core = Core(Write(d));
  ExpectAll(core, {"# Ready, but 2 node packs failed to load\n",
                   "- `alpha`: `no beta`.", "- `gamma`: "});
}

TEST(Report, UnknownShowsLastLinesAndWhatToFindOut) {
  const std::string core = Core(Write(UnknownCrash()));
  ExpectAll(core, {"# Crash in log line 412, cause unknown\n",
                   "**Cause unknown.**", "during VAE decode",
                   "1. The log from the start of the container"});
}

TEST(Report, ForeignConcludesNothing) {
  const std::string report = Write(Foreign());
  ExpectAll(report, {"does not look like a ComfyUI or pod log"});
  ExpectNone(report, {"Established", "Nothing failed", "How the verdict"});
}

TEST(Report, PartialIsSaidFirst) {
  Diagnosis d = VramError();
  d.coverage.partial = true;
  d.coverage.partial_why = "read error";
  const std::string report = Write(d);
  EXPECT_LT(report.find("**Partial:** the input could not be read to its end "
                        "(`read error`)."),
            report.find("**Established.**"));
}

// Outside fences and code spans no byte of a hostile log is left.
TEST(Report, HostileTextStaysInFencesAndSpans) {
  const std::string report = Full(Hostile());
  ExpectNone(report, {"hf_abc", "\x1b", "\xff", "\n</details><script>"});
  // Of our own beyond ASCII is only what stands for a backtick.
  constexpr std::string_view kLooksLikeBacktick = "\u02cb";
  std::string ascii = report;
  for (std::size_t at = 0;
       (at = ascii.find(kLooksLikeBacktick, at)) != std::string::npos;) {
    ascii.replace(at, kLooksLikeBacktick.size(), "'");
  }
  for (const char c : ascii) {
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << int{c};
  }
  std::string fence;
  std::size_t begin = 0;
  while (begin < report.size()) {
    const std::size_t end = report.find('\n', begin);
    const std::string line = report.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t ticks =
        std::min(line.find_first_not_of('`'), line.size());
    if (!fence.empty()) {
      if (line == fence) fence.clear();
      continue;
    }
    if (ticks >= 3 && line.find_first_of(" `", ticks) == std::string::npos) {
      fence = line.substr(0, ticks);
      continue;
    }
    // Every hostile word that is left stands inside a span.
    const std::size_t script = line.find("<script>");
    if (script != std::string::npos) {
      EXPECT_NE(line.rfind('`', script), std::string::npos) << line;
    }
  }
  EXPECT_TRUE(fence.empty());
}

TEST(Report, RedactionCanBeTurnedOff) {
  const std::string report =
      WriteMarkdown(Hostile(), SampleCatalogue(), {.redact = false});
  ExpectAll(report, {"hf_abcdefghij0123456789"});
  ExpectNone(report, {"hidden:"});
}

TEST(Report, FileHeadingMovesTheOthersDown) {
  const std::string report =
      WriteMarkdown(VramError(), SampleCatalogue(), {.file_heading = true});
  EXPECT_EQ(report.find("# `/data/logs/pod-17.log`\n\n## Failed job"), 0u);
  ExpectAll(report, {"\n### Do now"});
}

TEST(Report, LongTimelineDropsItsMiddle) {
  Diagnosis d = VramError();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    d.timeline.milestones.push_back({i, std::nullopt, 1, 1, "sampling",
                                     "prompt-failed", std::to_string(i)});
  }
  d.timeline.milestones_dropped = 7;
  ExpectAll(Full(d), {"(47 events left out)", "      1  prompt failed: 1\n",
                      "    100  prompt failed: 100\n"});
}

TEST(Report, LongTimelineKeepsTheVerdictsLine) {
  Diagnosis d = VramError();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    d.timeline.milestones.push_back({i * 5, std::nullopt, 1, 1, "sampling",
                                     "prompt-failed", std::to_string(i * 5)});
    d.timeline.milestones.push_back(
        {i * 5 + 1, std::nullopt, 1, 1, "sampling", "phase", "bar"});
  }
  const std::string report = Write(d);
  // Its line is 208; what is next to it is shown, too.
  ExpectAll(report,
            {"      5  prompt failed: 5\n", "    ...  (",
             "    205  prompt failed: 205\n    210  prompt failed: 210\n",
             "    500  prompt failed: 500\n"});
  ExpectNone(report, {"sampling: bar", "    100  "});
}

TEST(Report, OfALineTheStrongestSaysEnough) {
  Diagnosis d = VramError();
  d.evidence.push_back({d.incident->quote, {"it speaks of memory"}, 27});
  ExpectNone(Write(d), {"it speaks of memory", "It speaks of memory"});
  ExpectAll(Full(d), {"t speaks of memory"});
}

TEST(Report, ALongMessageEndsWithASentence) {
  Diagnosis d = VramError();
  d.exception->message =
      "There is no room for 2 GiB. " + std::string(200, 'x') + ". More of it.";
  ExpectAll(Core(Write(d)), {"OutOfMemoryError: There is no room for 2 GiB.`"});
}

TEST(Report, SaysWhereFlagsGo) {
  Diagnosis d = VramError();
  Catalogue catalogue = SampleCatalogue();
  catalogue.texts["flags.teapot"] = "Flags go into the lid.";
  catalogue.remedies[0].text = "Add `--lid` to the start command.";
  d.remedies = {catalogue.remedies[0].id.str()};
  const auto write = [&] { return WriteMarkdown(d, catalogue, {}); };
  ExpectNone(write(), {"Flags go into the lid."});
  d.machines = {"teapot"};
  ExpectAll(write(), {"Flags go into the lid."});
  catalogue.remedies[0].text = "Wait.";
  ExpectNone(write(), {"Flags go into the lid."});
}

TEST(Report, WorkWithoutAnEndIsCounted) {
  Diagnosis d = Healthy();
  d.timeline.counts.prompts = 5;
  d.timeline.counts.executed = 3;
  d.timeline.counts.failed = 1;
  ExpectAll(Write(d),
            {"# 3 of 5 prompts finished, 1 failed, 1 without an end"});
}

TEST(Report, SameEventsInARowAreOneRow) {
  Diagnosis d = VramError();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    d.timeline.milestones.push_back(
        {i, std::nullopt, 1, 1, "sampling", "prompt-start", ""});
  }
  ExpectAll(Write(d), {"      1  prompt begins (x100)\n"});
}

TEST(Report, StaysSmallEnoughForATicket) {
  Diagnosis d = SilentDeath();
  const std::string wide(400, 'w');
  for (std::uint64_t i = 1; i <= 120; ++i) {
    d.timeline.milestones.push_back(
        {i, 0, 1, 1, "sampling", "prompt-failed", wide});
    Finding finding;
    finding.cause = "unknown";
    finding.quote = {i, i, 0, wide};
    finding.pack = wide + std::to_string(i);
    d.findings.push_back(finding);
    d.evidence.push_back({{i, i, 0, wide}, {wide}, 3});
  }
  for (int i = 0; i < 12; ++i) d.rivals.push_back(d.rivals[0]);
  for (Rival& rival : d.rivals) rival.against = d.evidence;
  const std::string report = Write(d);
  EXPECT_LE(report.size(), 6'000u);
  EXPECT_LE(Core(report).size(), 2'000u);
  EXPECT_LE(Full(d).size(), 30'000u);
  ExpectAll(report, {"**Likely", "1. Read the kill counter", "> "});
  const std::string slack =
      WriteMarkdown(d, SampleCatalogue(), {.target = Target::kSlack});
  EXPECT_LE(slack.size(), 2'900u);
}

TEST(Report, FoldsAreForThoseWhoHaveThem) {
  const auto write = [](Target target) {
    return WriteMarkdown(SilentDeath(), SampleCatalogue(), {.target = target});
  };
  EXPECT_GT(Count(write(Target::kGithub), "<details>"), 3u);
  for (const Target target : {Target::kAny, Target::kJira, Target::kLinear,
                              Target::kSlack, Target::kPlain}) {
    ExpectNone(write(target), {"<details>", "<summary>"});
  }
}

TEST(Report, TextForATerminalSaysTheSame) {
  const std::string text = WriteText(VramError(), SampleCatalogue(), {});
  ExpectAll(text, {"Failed job: the GPU ran out of memory", "Do now",
                   "1. Run it with", "> 208 | torch.OutOfMemoryError"});
  ExpectNone(text, {"\x1b", "**", "##", "```"});
}

TEST(Report, IssueAnswersTheForm) {
  const std::string issue = WriteIssue(VramError(), SampleCatalogue(), {});
  ExpectAll(issue, {"## Actual behaviour", "## Expected behaviour",
                    "## Steps to reproduce", "The node `Loader` runs.",
                    "## Debug log", "torch.OutOfMemoryError"});
}

TEST(Report, SameInputSameBytes) {
  for (const auto& [name, diagnosis] : AllSamples()) {
    const std::string report = Full(diagnosis);
    EXPECT_EQ(report, Full(diagnosis)) << name;
    EXPECT_EQ(report.back(), '\n') << name;
    EXPECT_EQ(report.find("\n\n\n"), std::string::npos) << name;
    // A value that nobody knew would show as a lone question mark.
    if (name == "silent-death" || name == "healthy") {
      ExpectNone(report, {" ? ", " ?."});
    }
  }
}

TEST(Report, AnEmptyDiagnosisOrCatalogueIsNoTrouble) {
  EXPECT_FALSE(Write(Diagnosis{}).empty());
  for (const auto& [name, diagnosis] : AllSamples()) {
    EXPECT_FALSE(WriteMarkdown(diagnosis, Catalogue{}, {}).empty()) << name;
  }
}

// Every outcome, confidence, phase and milestone has its words.
TEST(Texts, AreComplete) {
  const auto& texts = SampleCatalogue().texts;
  for (const char* outcome :
       {"crash-loop", "silent-restart", "startup-failure", "crash", "hang",
        "error", "degraded", "interrupted", "slow", "completed", "ready",
        "cut"}) {
    EXPECT_TRUE(texts.contains("outcome." + std::string(outcome) + ".title"));
    EXPECT_TRUE(texts.contains("outcome." + std::string(outcome) + ".summary"));
  }
  for (const char* event : {"container-start",
                            "process-start",
                            "ready",
                            "restart-announced",
                            "prompt-start",
                            "prompt-executed",
                            "prompt-failed",
                            "prompt-rejected",
                            "prompt-interrupted",
                            "phase",
                            "model-load",
                            "sampling",
                            "stopped",
                            "died",
                            "silent-end",
                            "import-failed",
                            "step-failed",
                            "worker-died",
                            "job-failed",
                            "gap",
                            "log-end",
                            "hang",
                            "interrupt-request"}) {
    EXPECT_TRUE(texts.contains("milestone." + std::string(event))) << event;
  }
}

TEST(Texts, AreAscii) {
  for (const auto& [key, text] : SampleCatalogue().texts) {
    for (const char c : text) {
      EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << key.view();
    }
  }
}

}  // namespace
}  // namespace logdiag
