// SPDX-License-Identifier: Apache-2.0
#include "reports/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/reports/expect_parts.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

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

TEST(Report, SilentDeathLeadsWithVerdictAndActions) {
  const std::string core = Core(SampleReport(SilentDeath()));
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
             "comfyui*.prev*.log",
             "#### Test plan",
             "RAM is proved",
             "code=$?",
             "#### Alternatives",
             "#### Action items",
             "To read: <https://docs.kernel.org",
             "memory/oom-silent-kill (likely)\n",
             "  ```sh\n  python main.py\n  echo $?\n  ```"});
}

TEST(Report, TheLogsOwnAdviceIsQuotedAsCode) {
  Diagnosis d = VramError();
  EXPECT_EQ(SampleReport(d).find("The log itself advises"), std::string::npos);
  d.advice = {
      {208, 0, std::nullopt, "Please set `X=1` | <b>" + std::string(900, 'y')},
      {209, 0, std::nullopt, "try less"},
      {210, 0, std::nullopt, "a third one has no room"}};
  const std::string core = Core(SampleReport(d));
  ExpectAll(core, {"The log itself advises (as printed, not checked):\n\n"
                   "```text\n  208 | Please set `X=1` | <b>yyy",
                   "\n  209 | try less\n```\n"});
  ExpectNone(core, {std::string(300, 'y'), "third"});
}

TEST(Report, WhatToFindOutDependsOnWhereItRan) {
  Diagnosis d = Healthy();
  d.outcome = "cut";
  ExpectAll(Core(SampleReport(d)), {"If the pod is dead"});
  d.machines = {"amd", "windows", "own-machine"};
  ExpectAll(Core(SampleReport(d)), {"Event Viewer"});
  d.machines = {"own-machine"};
  ExpectAll(Core(SampleReport(d)), {"dmesg"});
  ExpectNone(Core(SampleReport(d)), {"pod"});
}

TEST(Report, HealthyIsShort) {
  const std::string core = Core(SampleReport(Healthy()));
  ExpectAll(core,
            {"# Completed: 2 of 2 prompts finished\n",
             "The work that was asked for is finished.", "GPU `NVIDIA L40S`"});
  ExpectNone(core, {"## ", "Likely", "Established"});
}

TEST(Report, UnknownShowsLastLinesAndWhatToFindOut) {
  const std::string core = Core(SampleReport(UnknownCrash()));
  ExpectAll(core, {"# Crash in log line 412, cause unknown\n",
                   "**Cause unknown.**", "during VAE decode",
                   "1. Get the log from the start of the container"});
}

TEST(Report, ForeignConcludesNothing) {
  const std::string report = SampleReport(Foreign());
  ExpectAll(report, {"does not look like a ComfyUI or pod log"});
  ExpectNone(report, {"Established", "Nothing failed", "How the verdict"});
}

TEST(Report, PartialIsSaidFirst) {
  Diagnosis d = VramError();
  d.coverage.partial = true;
  d.coverage.partial_why = "read error";
  const std::string report = SampleReport(d);
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
  const std::string report = SampleReport(d);
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
  ExpectNone(SampleReport(d), {"it speaks of memory", "It speaks of memory"});
  ExpectAll(Full(d), {"t speaks of memory"});
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
  ExpectAll(SampleReport(d),
            {"# 3 of 5 prompts finished, 1 failed, 1 without an end"});
}

TEST(Report, SameEventsInARowAreOneRow) {
  Diagnosis d = VramError();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    d.timeline.milestones.push_back(
        {i, std::nullopt, 1, 1, "sampling", "prompt-start", ""});
  }
  ExpectAll(SampleReport(d), {"      1  prompt begins (x100)\n"});
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
  const std::string report = SampleReport(d);
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
  EXPECT_FALSE(SampleReport(Diagnosis{}).empty());
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
