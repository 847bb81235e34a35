// SPDX-License-Identifier: Apache-2.0
#include "tests/reports/sample_diagnoses.h"

#include <gtest/gtest.h>

#include "analyzer/knowledge/loader.h"
#include "reports/report.h"

namespace logdiag {
namespace {

constexpr std::int64_t kMs = 1'000'000;
// 2025-11-04T09:12:00Z.
constexpr std::int64_t kBase = 1'762'247'520'000 * kMs;

Cause SilentKill() {
  Cause cause;
  cause.id = "memory/oom-silent-kill";
  cause.title = "most likely killed for host RAM";
  cause.explain = "The kernel sends SIGKILL;\nnothing is printed after it.";
  cause.confirm = {"cat /sys/fs/cgroup/memory.events: oom_kill above 0"};
  cause.references = {"https://docs.kernel.org/admin-guide/cgroup-v2.html"};
  return cause;
}

Cause VramOom() {
  Cause cause;
  cause.id = "memory/vram-oom";
  cause.title = "the GPU ran out of memory";
  cause.explain = "The allocator refused a block in phase {phase}.";
  return cause;
}

Catalogue MakeCatalogue() {
  Catalogue catalogue;
  const auto errors = AddDirectory(LOGDIAG_SOURCE_DIR "/reports", &catalogue);
  for (const Error& error : errors) ADD_FAILURE() << error.ToString();
  PatternFolders folders;
  folders.secrets = LOGDIAG_SOURCE_DIR "/patterns/secrets";
  EXPECT_TRUE(AddFolders(folders, &catalogue).empty());
  catalogue.causes = {SilentKill(), VramOom()};
  Remedy fewer;
  fewer.action = "less-work";
  fewer.id = "fewer-frames";
  fewer.text = "Run it with {fewer_frames} frames.";
  fewer.risk = "none";
  fewer.check = "\"Prompt executed in\" follows the bar at 100%.";
  Remedy read;
  read.action = "collect-evidence";
  read.id = "read-evidence";
  read.text = "Read the kill counter of the container.";
  read.command = "cat /sys/fs/cgroup/memory.events";
  Remedy script;
  script.action = "retry";
  script.id = "exit-code-script";
  script.text = "Start it as a child of a script.";
  script.command = "python main.py\necho $?";
  script.risk = "restarts ComfyUI";
  catalogue.remedies = {fewer, read, script};
  return catalogue;
}

Quote At(std::uint64_t line, std::int64_t ms, std::string text) {
  return {line, line * 100, kBase + ms * kMs, std::move(text)};
}

Milestone Stone(std::uint64_t line, std::int64_t ms, std::string phase,
                std::string event, std::string detail = "") {
  return {line,
          kBase + ms * kMs,
          1,
          1,
          std::move(phase),
          std::move(event),
          std::move(detail)};
}

Diagnosis Base() {
  Diagnosis d;
  d.source.path = "/data/logs/pod-17.log";
  d.source.bytes = 51'234;
  d.source.lines = 412;
  d.source.clock = "utc";
  d.source.clock_resolution_ns = 1;
  d.source.envelopes = {"runpod"};
  d.coverage.lines = 412;
  d.coverage.records = 400;
  d.coverage.understood = 300;
  d.timeline.counts = {1, 1, 2, 2, 0, 0};
  return d;
}

}  // namespace

const Catalogue& SampleCatalogue() {
  static const Catalogue catalogue = MakeCatalogue();
  return catalogue;
}

Diagnosis SilentDeath() {
  Diagnosis d = Base();
  d.outcome = "silent-restart";
  d.cause = "memory/oom-silent-kill";
  d.confidence = Confidence::kLikely;
  d.posterior = 0.74;
  d.phase = "sampling";
  d.summary = {"The process vanished at step 0/4."};
  d.values = {{"gap", "10.5"}, {"bar", "0/4"}};
  d.facts = {{"gpu", {"NVIDIA GeForce RTX 4090", 12}},
             {"vram_mb", {"24081", 13}},
             {"ram_mb", {"515540", 13}},
             {"frames", {"121", 398}},
             {"width", {"704", 398}},
             {"height", {"704", 398}},
             {"steps", {"4", 398}}};
  d.timeline.counts = {2, 2, 1, 0, 0, 0};
  d.timeline.processes.resize(2);
  d.timeline.processes[0].number = 1;
  d.timeline.processes[0].first_line = 9;
  d.timeline.processes[0].start_seen = true;
  d.timeline.processes[1].number = 2;
  d.timeline.processes[1].first_line = 402;
  Work prompt;
  prompt.number = 1;
  prompt.queued_line = 380;
  prompt.phases = {{"model-load", 384, kBase + 5'000 * kMs},
                   {"sampling", 398, kBase + 60'000 * kMs}};
  d.timeline.works = {prompt};
  Failure f;
  f.kind = FailureKind::kSilence;
  f.prompt = 1;
  f.process = 1;
  f.session = 1;
  f.phase = "sampling";
  f.first_line = 380;
  f.last_line = 399;
  f.quote = At(399, 60'010, "\r  0%|          | 0/4 [00:00<?, ?it/s]");
  f.work = {"WanVideoModel", "121 frames at 704x704"};
  f.context = {At(397, 59'000, "Loading block weights"),
               At(398, 60'000, "Sampling 121 frames at 704x704 with 4 steps"),
               f.quote};
  f.bar = ProgressBar{};
  f.bar->total = 4;
  f.bar->open = true;
  f.bar_line = 399;
  f.restart_gap_s = 10.5;
  f.same_point_deaths = 1;
  d.incident = f;
  d.evidence = {{f.context[1], {"it died in sampling, weights in memory"}, 6},
                {f.quote, {"the bar was left open at 0/4"}, 5},
                {At(402, 70'510, "== CUDA =="), {"a start follows"}, 0}};
  Rival crash;
  crash.cause = "process/segfault";
  crash.confidence = Confidence::kPossible;
  crash.supporting = {{Quote{}, {"a crash leaves no line either"}, 11}};
  Rival vram;
  vram.cause = "memory/vram-oom";
  vram.against = {{Quote{}, {"no exception was printed"}, -20}};
  d.rivals = {crash, vram};
  d.remedies = {"read-evidence", "fewer-frames", "no-such-remedy"};
  d.later = {"exit-code-script"};
  d.suppressed = {{"lower-vram", {"it moves weights into RAM"}}};
  d.findings = {{"environment/custom-node-import-failed",
                 At(40, 900, "IMPORT FAILED: packs/alpha"), false, 2, "alpha"}};
  d.timeline.milestones = {
      Stone(1, 0, "container-start", "container-start"),
      Stone(9, 800, "comfyui-startup", "process-start"),
      Stone(380, 4'000, "prompt-validation", "prompt-start"),
      Stone(384, 5'000, "model-load", "phase", "Requested to load WAN21"),
      Stone(398, 60'000, "sampling", "phase", "Sampling 121 frames"),
      Stone(399, 60'010, "sampling", "silent-end")};
  d.timeline.tail = {At(412, 90'000, "Starting server")};
  return d;
}

Diagnosis VramError() {
  Diagnosis d = Base();
  d.outcome = "error";
  d.cause = "memory/vram-oom";
  d.confidence = Confidence::kEstablished;
  d.posterior = 0.99;
  d.phase = "sampling";
  d.summary = {"PyTorch could not get {requested} on the GPU.",
               {{"requested", "1.17 GiB"}}};
  d.exception =
      Exception{"torch.OutOfMemoryError",
                "Allocation on device 0",
                208,
                Frame{"/c/custom_nodes/pack-a/nodes.py", 12, "load", 207},
                "pack-a",
                "Loader"};
  d.source.clock = "none";
  d.source.clock_resolution_ns = 0;
  d.timeline.counts = {1, 1, 3, 2, 1, 0};
  Failure f;
  f.process = 1;
  f.session = 1;
  f.phase = "sampling";
  f.last_line = 210;
  f.quote = {208, 20'800, std::nullopt,
             "torch.OutOfMemoryError: Allocation on device 0"};
  d.incident = f;
  d.evidence = {{f.quote, {"the allocator names the GPU"}, 60}};
  d.remedies = {"fewer-frames"};
  return d;
}

Diagnosis Healthy() {
  Diagnosis d = Base();
  d.outcome = "completed";
  d.cause = "none";
  d.confidence = Confidence::kEstablished;
  d.facts = {{"gpu", {"NVIDIA L40S", 12}}};
  d.timeline.milestones = {Stone(30, 500, "idle", "ready")};
  d.timeline.tail = {At(412, 90'000, "Prompt executed in 31.20 seconds")};
  return d;
}

Diagnosis UnknownCrash() {
  Diagnosis d = Base();
  d.outcome = "crash";
  d.cause = "unknown";
  d.phase = "vae-decode";
  d.source.clock = "local";
  d.source.clock_resolution_ns = kMs;
  Failure f;
  f.process = 1;
  f.session = 1;
  f.phase = "vae-decode";
  f.last_line = 412;
  for (std::uint64_t line = 401; line <= 412; ++line) {
    f.context.push_back(At(line, 0, "step " + std::to_string(line)));
  }
  d.incident = f;
  return d;
}

Diagnosis Foreign() {
  Diagnosis d;
  d.source.path = "-";
  d.source.bytes = 90;
  d.source.lines = 3;
  d.source.clock = "none";
  d.outcome = "cut";
  d.cause = "none";
  d.foreign = true;
  d.coverage.lines = 3;
  d.coverage.records = 3;
  return d;
}

Diagnosis Hostile() {
  const std::string evil =
      "\x1b[31m```\n</details><script>x</script> @team #12 [a](b) | `t` "
      "hf_abcdefghij0123456789ABCDEFGHIJ0123 \xff\xfe" +
      std::string("\0end", 4);
  Diagnosis d = VramError();
  d.summary = {"It says {what}.", {{"what", evil}}};
  d.exception->message = evil;
  d.exception->place->file = evil;
  d.exception->place->function = evil;
  d.incident->quote.text = evil;
  d.incident->node = evil;
  d.incident->work = {evil};
  d.evidence[0].quote.text = evil;
  d.evidence[0].says = {"it says {what}", {{"what", evil}}};
  d.facts = {{"gpu", {evil, 3}}, {"flags", {"--token=another01", 4}}};
  d.rivals = {{"process/segfault",
               Confidence::kPossible,
               0.3,
               {},
               {{d.incident->quote, {"{what}", {{"what", evil}}}, -5}}}};
  d.findings = {{"unknown", d.incident->quote, false, 1, evil}};
  d.timeline.milestones = {Stone(5, 0, "sampling", "died", evil)};
  d.coverage.unknown_examples = {d.incident->quote};
  d.coverage.partial = true;
  d.coverage.partial_why = evil;
  return d;
}

std::vector<std::pair<std::string, Diagnosis>> AllSamples() {
  return {{"silent-death", SilentDeath()}, {"vram-error", VramError()},
          {"healthy", Healthy()},          {"unknown", UnknownCrash()},
          {"foreign", Foreign()},          {"hostile", Hostile()}};
}

std::string SampleReport(const Diagnosis& diagnosis) {
  return WriteMarkdown(diagnosis, SampleCatalogue(), {});
}

}  // namespace logdiag
