#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"
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

TEST(MarkdownReport, SilentDeathLeadsWithVerdictAndActions) {
  const std::string report = Write(SilentDeath());
  ExpectAll(
      report,
      {"# Silent restart: most likely killed for host RAM\n\n**Verdict:** "
       "`silent-restart`, `memory/oom-silent-kill` (confidence: likely).",
       "**Ended:** phase `sampling`, session 1 of 2, log line 399, 2025-11-04 "
       "09:13:00.010 UTC.",
       "**Lost:** 1 of 1 prompts; 0 finished.", "GPU `NVIDIA GeForce RTX 4090`",
       "1. Read the kill counter of the container. Run: `cat "
       "/sys/fs/cgroup/memory.events`. (`read-evidence`)",
       "2. Run it with 61 frames. Risk: none.",
       "- L399: the bar was left open at 0/4 (fair).",
       "> 399 |   0%|          | 0/4 [00:00<?, ?it/s]\n  ... |\n> 402 | == "
       "CUDA",
       "| `memory/vram-oom`: the GPU ran out of memory | no exception was",
       "`process/segfault` (possible)", "**not excluded**",
       "To settle it:\n\n- cat /sys/fs/cgroup/memory.events",
       "   ```text\n   python main.py\n   echo $?\n   ```",
       "Not here:\n\n- `lower-vram`: it moves weights into RAM."});
  EXPECT_LT(report.find("## Environment"), report.find("<details>"));
}

// Each section that a person would write for such an incident.
TEST(MarkdownReport, SilentDeathHasTheWholeIncident) {
  ExpectAll(Write(SilentDeath()),
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
             "### The pattern",
             "PyTorch raises a Python exception",
             "SIGKILL leaves nothing",
             "Fewer frames: 61 instead of 121",
             "512x512 instead of 704x704",
             "they make a RAM kill more likely",
             "Context windows",
             "`CUDA_LAUNCH_BLOCKING=1`",
             "`--debug-hang`",
             "comfyui_8188.prev.log",
             "### Test plan",
             "RAM is proved",
             "code=$?",
             "### Alternatives",
             "### Action items",
             "To read: <https://docs.kernel.org"});
}

TEST(MarkdownReport, LedgerStandsOnce) {
  const std::string report = Write(SilentDeath());
  EXPECT_EQ(Count(report, "memory/oom-silent-kill (likely)\n"), 1u);
  ExpectNone(report, {"<summary>Ledger"});
  ExpectAll(Write(VramError()),
            {"<summary>Ledger", "memory/vram-oom (established)"});
}

TEST(MarkdownReport, ErrorWithoutClock) {
  const std::string report = Write(VramError());
  ExpectAll(
      report,
      {"# Failed job: the GPU ran out of memory", "(confidence: established)",
       "no clock in this log", "(settles it)", "> 208 | torch.OutOfMemoryError",
       "1 of 3 prompts; 2 finished", "refused a block in phase sampling."});
  ExpectAll(report, {"### Test plan"});
  ExpectNone(report, {"### Why there is no error", "## What to collect"});
}

TEST(MarkdownReport, HealthyIsShort) {
  const std::string report = Write(Healthy());
  ExpectAll(report, {"# Completed\n", "**Verdict:** `completed`.",
                     "prompts finished: 2 of 2"});
  ExpectNone(report, {"## ", "confidence: "});
  const std::size_t details = report.find("<details>");
  ASSERT_NE(details, std::string::npos);
  EXPECT_LE(Count(report.substr(0, details), "\n"), 8u);
}

TEST(MarkdownReport, UnknownShowsLastLinesAndWhatToCollect) {
  const std::string report = Write(UnknownCrash());
  ExpectAll(report, {"# Crash: cause unknown", "phase `vae-decode`",
                     "(local time of the log)", "## What to collect next",
                     "  405 | step 405", "  412 | step 412"});
  ExpectNone(report, {"step 404", "## Do now", "confidence: "});
}

TEST(MarkdownReport, ForeignConcludesNothing) {
  const std::string report = Write(Foreign());
  ExpectAll(report, {"does not look like a ComfyUI or pod log"});
  ExpectNone(report, {"**Verdict", "## Do now", "cut", "How the verdict"});
}

TEST(MarkdownReport, PartialIsSaidFirst) {
  Diagnosis d = VramError();
  d.coverage.partial = true;
  d.coverage.partial_why = "read error";
  const std::string report = Write(d);
  EXPECT_LT(report.find("**Partial:** the input could not be read to its end "
                        "(read error)."),
            report.find("**Verdict:**"));
}

// Outside fences and code spans no byte of a hostile log is left.
TEST(MarkdownReport, HostileTextStaysInFencesAndSpans) {
  const std::string report = Write(Hostile());
  ExpectNone(report, {"hf_abc", "\x1b", "\xff", "\n</details><script>"});
  for (const char c : report) {
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << int{c};
  }
  EXPECT_EQ(Count(report, "\n<details>"), Count(report, "\n</details>"));
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
    if (ticks >= 3 && line.substr(ticks) == "text") {
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

TEST(MarkdownReport, RedactionCanBeTurnedOff) {
  const std::string report =
      WriteMarkdown(Hostile(), SampleCatalogue(), {.redact = false});
  ExpectAll(report,
            {"hf_abcdefghij0123456789ABCDEFGHIJ0123", "in this report: 0."});
}

TEST(MarkdownReport, FileHeadingMovesTheOthersDown) {
  const std::string report =
      WriteMarkdown(VramError(), SampleCatalogue(), {.file_heading = true});
  EXPECT_EQ(report.find("# `pod-17.log`\n\n## Failed job"), 0u);
  ExpectAll(report, {"\n### Do now"});
}

TEST(MarkdownReport, LongTimelineDropsItsMiddle) {
  Diagnosis d = VramError();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    d.timeline.milestones.push_back(
        {i, std::nullopt, 1, 1, "sampling", "prompt-start", ""});
  }
  d.timeline.milestones_dropped = 7;
  const std::string report = Write(d);
  EXPECT_EQ(Count(report, "prompt begins\n"), 59u);
  ExpectAll(report,
            {"(events: 107)", "(48 events left out)", "     100  sampling"});
}

TEST(MarkdownReport, StaysSmallEnoughForATicket) {
  Diagnosis d = SilentDeath();
  const std::string wide(400, 'w');
  for (std::uint64_t i = 1; i <= 120; ++i) {
    d.timeline.milestones.push_back(
        {i, 0, 1, 1, "sampling", "prompt-failed", wide});
    d.findings.push_back({"unknown", {i, i, 0, wide}, false, 1, wide});
    d.evidence.push_back({{i, i, 0, wide}, wide, 3});
  }
  for (int i = 0; i < 12; ++i) d.rivals.push_back(d.rivals[0]);
  for (Rival& rival : d.rivals) rival.against = d.evidence;
  const std::string report = Write(d);
  EXPECT_LE(report.size(), 30'000u);
  ExpectAll(report, {"**Verdict:**", "(`read-evidence`)", "> ",
                     "shortened to keep this report"});
}

TEST(MarkdownReport, TitleFitsATicket) {
  Catalogue catalogue = SampleCatalogue();
  catalogue.causes[1].title = std::string(30, 'a') + " " +
                              std::string(30, 'b') + " " + std::string(30, 'c');
  const std::string report = WriteMarkdown(VramError(), catalogue, {});
  EXPECT_EQ(report.substr(0, report.find('\n')),
            "# Failed job: " + std::string(30, 'a') + " " +
                std::string(30, 'b') + "...");
}

TEST(MarkdownReport, SameInputSameBytes) {
  for (const auto& [name, diagnosis] : AllSamples()) {
    const std::string report = Write(diagnosis);
    EXPECT_EQ(report, Write(diagnosis)) << name;
    EXPECT_EQ(report.back(), '\n') << name;
    EXPECT_EQ(report.find("\n\n\n"), std::string::npos) << name;
    // A value that nobody knew would show as a lone question mark.
    if (name == "silent-death" || name == "healthy") {
      ExpectNone(report, {" ? ", " ?."});
    }
  }
}

TEST(MarkdownReport, AnEmptyDiagnosisOrCatalogueIsNoTrouble) {
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
