// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/scanner.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace logdiag {
namespace {

Marker MarkerOfRole(std::string id, Role role, std::string literal,
                    std::string regex = "") {
  Marker marker;
  marker.id = std::move(id);
  marker.role = role;
  marker.literals = {std::move(literal)};
  marker.regex = std::move(regex);
  return marker;
}

Catalogue ScannerCatalogue() {
  Catalogue catalogue;
  catalogue.markers = {
      MarkerOfRole("queued", Role::kPromptQueued, "got prompt"),
      MarkerOfRole("executed", Role::kPromptExecuted, "Prompt executed in",
                   R"(Prompt executed in (?P<duration>[0-9.]+) seconds)"),
      MarkerOfRole("oom", Role::kSymptom, "CUDA out of memory"),
      MarkerOfRole("failed", Role::kPromptFailed, "!!! Exception during"),
      MarkerOfRole("start", Role::kProcessStart, "Total VRAM "),
      MarkerOfRole("tip", Role::kNote, "Kernel errors may"),
  };
  return catalogue;
}

// "id@line" of markers, "bar@line done/total", "traceback@line types".
std::vector<std::string> Describe(const Catalogue& catalogue,
                                  const std::vector<Event>& events) {
  std::vector<std::string> lines;
  for (const Event& event : events) {
    const std::string at = "@" + std::to_string(event.line);
    if (const auto* hit = std::get_if<MarkerHit>(&event.what)) {
      lines.push_back(catalogue.markers.at(hit->marker).id + at);
    } else if (const auto* bar = std::get_if<ProgressBar>(&event.what)) {
      lines.push_back("bar" + at + " " + std::to_string(bar->done) + "/" +
                      std::to_string(bar->total) + (bar->open ? " open" : ""));
    } else {
      std::string text = "traceback" + at;
      for (const Raised& raised : std::get<Traceback>(event.what).chain) {
        text += " " + raised.type;
      }
      lines.push_back(text);
    }
  }
  return lines;
}

std::vector<std::string> ScanWith(const Catalogue& catalogue,
                                  std::shared_ptr<const ScanIndex> index,
                                  const std::vector<std::string>& bodies,
                                  bool last_unterminated) {
  Scanner scanner(&catalogue, std::move(index));
  std::vector<Event> events;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    Record record;
    record.body = bodies[i];
    record.line = i + 1;
    record.unterminated = last_unterminated && i + 1 == bodies.size();
    scanner.Scan(record, &events);
  }
  scanner.Finish(&events);
  return Describe(catalogue, events);
}

std::vector<std::string> ScanAll(const std::vector<std::string>& bodies,
                                 bool last_unterminated = false) {
  const Catalogue catalogue = ScannerCatalogue();
  const std::vector<std::string> alone =
      ScanWith(catalogue, nullptr, bodies, last_unterminated);
  // Who scans many logs keeps the index; the second of them sees no trace of
  // the first.
  const auto index = MakeScanIndex(catalogue);
  for (int log = 0; log < 2; ++log) {
    EXPECT_EQ(ScanWith(catalogue, index, bodies, last_unterminated), alone);
  }
  return alone;
}

using Lines = std::vector<std::string>;

const char kTracebackStart[] = "Traceback (most recent call last):";
const char kFrame[] = "  File \"/app/run.py\", line 4, in run";
const char kDirectCause[] =
    "The above exception was the direct cause of the following exception:";

TEST(ScannerTest, EventsByTable) {
  const struct {
    const char* what;
    Lines bodies;
    Lines events;
  } kCases[] = {
      {"nothing", {"", "hello", "50% done | maybe"}, {}},
      {"glued markers",
       {"Prompt executed in 0.00 secondsgot prompt"},
       {"executed@1", "queued@1"}},
      {"text glued to a bar",
       {"\r  0%|     | 0/3 [00:00<?, ?it/s]got prompt"},
       {"bar@1 0/3 open", "queued@1"}},
      {"a bar that learns nothing", {"0it [00:00, ?it/s]"}, {"bar@1 0/0"}},
      {"a whole failure",
       {"!!! Exception during processing !!! CUDA out of memory",
        kTracebackStart, kFrame, "    raise Error('CUDA out of memory')",
        "torch.OutOfMemoryError: CUDA out of memory. Tried 2 GiB",
        "Kernel errors may be late", "Prompt executed in 3.0 seconds"},
       {"failed@1", "oom@1", "oom@5", "traceback@5 torch.OutOfMemoryError",
        "tip@6", "executed@7"}},
      {"what is held back comes first when the chain goes on",
       {kTracebackStart, kFrame, "RuntimeError: CUDA error",
        "Kernel errors may be late", kDirectCause, kTracebackStart, kFrame,
        "OSError: x"},
       {"tip@4", "traceback@8 RuntimeError OSError"}},
      {"another thread speaks between frames",
       {kTracebackStart, kFrame, "got prompt", "    code()", kFrame,
        "OSError: x"},
       {"queued@3", "traceback@6 OSError"}},
      {"a new process cuts a traceback",
       {kTracebackStart, kFrame, "Total VRAM 1 MB"},
       {"traceback@1 ", "start@3"}},
      {"a bar ends a message",
       {kTracebackStart, kFrame, "OSError: x",
        "\r 50%|#| 1/2 [00:01<00:01, 1s/it]", kDirectCause},
       {"traceback@3 OSError", "bar@4 1/2"}},
      {"a message of many lines",
       {"start\nTraceback (most recent call last):\n  File \"/a.py\", line 1, "
        "in f\n    got prompt()\nOSError: got prompt\nend"},
       {"queued@1", "traceback@1 OSError"}},
      {"an escaped traceback",
       {R"({"error": "Traceback (most recent call last):\n  File \"/a.py\", )"
        R"(line 1, in f\n    g()\nKeyError: 'x'\n", "next": "got prompt"})"},
       {"traceback@1 KeyError", "queued@1"}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ScanAll(c.bodies), c.events) << c.what;
  }
}

TEST(ScannerTest, AnOpenBarAtTheEndOfTheLog) {
  EXPECT_EQ(ScanAll({"\r  0%|     | 0/3 [00:00<?, ?it/s]"}, true),
            Lines{"bar@1 0/3 open"});
}

TEST(ScannerTest, SaysWhatItUnderstands) {
  const Catalogue catalogue = ScannerCatalogue();
  Scanner scanner(&catalogue);
  std::vector<Event> events;
  const struct {
    const char* body;
    bool understood;
  } kRecords[] = {{"who knows", false},      {"got prompt", true},
                  {kTracebackStart, true},   {kFrame, true},
                  {"    some(code)", true},  {"OSError: x", true},
                  {"what is this", false},   {kFrame, true},
                  {"Total VRAM 1 MB", true}, {"", false}};
  for (const auto& r : kRecords) {
    Record record;
    record.body = r.body;
    EXPECT_EQ(scanner.Scan(record, &events), r.understood) << r.body;
  }
}

TEST(ScannerTest, EventsCarryTheirRecord) {
  const Catalogue catalogue = ScannerCatalogue();
  Scanner scanner(&catalogue);
  Record record;
  record.body = "noise\rgot prompt now";
  record.line = 12;
  record.offset = 3456;
  record.time_ns = 789;
  record.source = Source::kSupervisor;
  std::vector<Event> events;
  scanner.Scan(record, &events);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].line, 12U);
  EXPECT_EQ(events[0].offset, 3456U);
  EXPECT_EQ(events[0].time_ns, 789);
  EXPECT_EQ(events[0].source, Source::kSupervisor);
  EXPECT_EQ(events[0].text, "got prompt now");
}

TEST(ScannerTest, AHugeBarIsAFewEvents) {
  std::string body;
  for (int i = 0; i < 3000; ++i) {
    body += "\r 10%|#   | " + std::to_string(i) + "/5000 [00:01<00:09, 1it/s]";
  }
  EXPECT_EQ(ScanAll({body}), Lines{"bar@1 2999/5000"});
}

// Pieces of everything the scanner knows, in any order and cut anywhere.
std::string RandomBody(std::mt19937* random) {
  static constexpr std::string_view kPieces[] = {
      "Traceback (most recent call last):",
      "  File \"/a.py\", line 1, in f",
      "  + Exception Group Traceback (most recent call last):",
      "  | ",
      "    code()",
      "OSError: x",
      "During handling of the above exception, "
      "another exception occurred:",
      "Fatal Python error: Aborted",
      "Current thread 0x1 (most recent call first):",
      "Exception in thread T:",
      "got prompt",
      "Prompt executed in 1.0 seconds",
      "CUDA out of memory",
      "\r 10%|##  | 1/10 [00:01<00:09, 1.0it/s]",
      "0it [00:00, ?it/s]",
      "\\n",
      "\n",
      "\r",
      "\"",
      "%|",
      "\xff\xfe",
      "| 1/2 [",
      "9999999999999999",
      "Total VRAM ",
      "    +------ 1 ------"};
  std::string body;
  const std::size_t count = (*random)() % 8;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view piece = kPieces[(*random)() % std::size(kPieces)];
    const bool cut = (*random)() % 4 == 0;
    body += piece.substr(0, cut ? (*random)() % piece.size() : piece.npos);
    if ((*random)() % 8 == 0) body += static_cast<char>((*random)() % 256);
  }
  return body;
}

TEST(ScannerTest, SurvivesAnything) {
  const Catalogue catalogue = ScannerCatalogue();
  std::mt19937 random(99);
  for (int round = 0; round < 200; ++round) {
    Scanner scanner(&catalogue);
    std::vector<Event> events;
    for (std::uint64_t line = 1; line <= 60; ++line) {
      const std::string body = RandomBody(&random);
      Record record;
      record.body = body;
      record.line = line;
      record.unterminated = random() % 5 == 0;
      scanner.Scan(record, &events);
    }
    scanner.Finish(&events);
    for (const Event& event : events) {
      ASSERT_LE(event.text.size(), kMaxEventText);
      ASSERT_GE(event.line, 1U);
      ASSERT_LE(event.line, 60U);
    }
  }
}

TEST(ScannerTest, SurvivesRandomBytes) {
  const Catalogue catalogue = ScannerCatalogue();
  Scanner scanner(&catalogue);
  std::mt19937 random(1234);
  std::vector<Event> events;
  for (int i = 0; i < 3000; ++i) {
    std::string body(random() % 200, '\0');
    for (char& c : body) c = static_cast<char>(random() % 256);
    Record record;
    record.body = body;
    record.line = 1;
    scanner.Scan(record, &events);
  }
  scanner.Finish(&events);
  SUCCEED();
}

}  // namespace
}  // namespace logdiag
