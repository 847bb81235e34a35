// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/traceback_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/scan/traceback_grammar.h"

namespace logdiag {
namespace {

using Lines = std::vector<std::string>;

struct ReadResult {
  std::vector<Event> events;
  std::vector<TracebackReader::Use> uses;

  const Traceback& At(std::size_t i) const {
    return std::get<Traceback>(events.at(i).what);
  }
};

// Reads lines numbered from 1; `seconds` is the time between two of them.
ReadResult ReadLines(const Lines& lines, std::int64_t seconds = 0) {
  TracebackReader reader;
  ReadResult result;
  Record record;
  for (const std::string& line : lines) {
    record.body = line;
    ++record.line;
    record.offset = record.line * 100;
    record.time_ns =
        seconds * 1'000'000'000 * static_cast<std::int64_t>(record.line);
    result.uses.push_back(reader.Read(line, record, &result.events));
  }
  reader.Cut(&result.events);
  return result;
}

std::vector<std::string> Types(const Traceback& traceback) {
  std::vector<std::string> types;
  for (const Raised& raised : traceback.chain) types.push_back(raised.type);
  return types;
}

const char kHeader[] = "Traceback (most recent call last):";
const char kHandling[] =
    "During handling of the above exception, another exception occurred:";
const char kCause[] =
    "The above exception was the direct cause of the following exception:";

std::string FrameLine(const std::string& name) {
  return "  File \"/app/" + name + ".py\", line 7, in " + name;
}

TEST(TracebackReaderTest, NamesOfTypesAreLimited) {
  for (const std::size_t size : {190U, 210U}) {
    const ReadResult result = ReadLines(
        {kHeader, FrameLine("a"), std::string(size, 'T') + "Error: no"});
    ASSERT_EQ(result.events.size(), 1U);
    const std::string type = size < 200 ? std::string(size, 'T') + "Error" : "";
    EXPECT_EQ(result.At(0).chain.back().type, type);
  }
}

TEST(TracebackReaderTest, AHeaderAloneStandsOnItsLine) {
  for (const std::string& header :
       {std::string("Fatal Python error: Segmentation fault"),
        std::string(kHeader)}) {
    const ReadResult result = ReadLines({"starting", header});
    ASSERT_EQ(result.events.size(), 1U) << header;
    EXPECT_EQ(result.At(0).first_line, 2U) << header;
    EXPECT_EQ(result.At(0).last_line, 2U) << header;
  }
}

TEST(TracebackReaderTest, ReadsASimpleOne) {
  const ReadResult result = ReadLines(
      {"starting", kHeader, FrameLine("outer"), "    inner(x)", "    ~~~~~^^^",
       FrameLine("inner"), "    raise ValueError('no')",
       "ValueError: no: not this", "back to work"});
  ASSERT_EQ(result.events.size(), 1U);
  const Traceback& traceback = result.At(0);
  EXPECT_EQ(traceback.first_line, 2U);
  EXPECT_EQ(traceback.last_line, 8U);
  EXPECT_TRUE(traceback.bare);
  EXPECT_EQ(traceback.thread, "");
  ASSERT_EQ(traceback.chain.size(), 1U);
  const Raised& raised = traceback.chain[0];
  EXPECT_EQ(raised.type, "ValueError");
  EXPECT_EQ(raised.message, "no: not this");
  EXPECT_EQ(raised.line, 8U);
  ASSERT_EQ(raised.last_frames.size(), 2U);
  EXPECT_EQ(raised.last_frames[1].file, "/app/inner.py");
  EXPECT_EQ(raised.last_frames[1].line, 7);
  EXPECT_EQ(raised.last_frames[1].function, "inner");
  EXPECT_EQ(result.events[0].line, 8U);
  EXPECT_EQ(result.events[0].offset, 800U);
  EXPECT_EQ(result.events[0].text, "ValueError: no: not this");
}

TEST(TracebackReaderTest, AMessageThatAnnouncesItsReasonHasIt) {
  const struct {
    Lines after;
    std::string message;
  } kCases[] = {
      {{"  ptxas fatal: no sm_120"}, "codegen error: ptxas fatal: no sm_120"},
      {{"", "ptxas fatal: no sm_120"}, "codegen error: ptxas fatal: no sm_120"},
      {{"of no use", "to anyone"}, "codegen error: of no use"},
      {{std::string(200, 'x')}, "codegen error:"},
      {{}, "codegen error:"},
  };
  for (const auto& test : kCases) {
    Lines lines = {kHeader, FrameLine("f"), "RuntimeError: codegen error:"};
    lines.insert(lines.end(), test.after.begin(), test.after.end());
    const ReadResult result = ReadLines(lines);
    ASSERT_EQ(result.events.size(), 1U);
    EXPECT_EQ(result.At(0).chain.at(0).message, test.message);
  }
}

TEST(TracebackReaderTest, AStampEndsAMessageThatHasNone) {
  TracebackReader reader;
  std::vector<Event> events;
  Record record;
  for (const std::string& line :
       {std::string(kHeader), FrameLine("f"), std::string("OSError: no")}) {
    ++record.line;
    reader.Read(line, record, &events);
  }
  EXPECT_TRUE(reader.awaits_more());
  ++record.line;
  record.time_ns = 1'000'000'000;
  reader.Read("on we go", record, &events);
  EXPECT_FALSE(reader.awaits_more());
  EXPECT_EQ(events.size(), 1U);
}

TEST(TracebackReaderTest, TellsSourceFromWords) {
  using Use = TracebackReader::Use;
  const ReadResult result = ReadLines(
      {"noise", "[ERROR] Traceback (most recent call last):", FrameLine("f"),
       "    raise RuntimeError('CUDA out of memory')", "    ^^^^^^^^^",
       "  [Previous line repeated 12 more times]", "RuntimeError: x", "",
       kCause, kHeader, FrameLine("g"), "OSError", "more"});
  EXPECT_EQ(
      result.uses,
      (std::vector<Use>{Use::kOther, Use::kMessage, Use::kSource, Use::kSource,
                        Use::kSource, Use::kSource, Use::kMessage, Use::kOther,
                        Use::kSource, Use::kMessage, Use::kSource,
                        Use::kMessage, Use::kOther}));
  ASSERT_EQ(result.events.size(), 1U);
  EXPECT_FALSE(result.At(0).bare);
  EXPECT_EQ(Types(result.At(0)), (Lines{"RuntimeError", "OSError"}));
}

TEST(TracebackReaderTest, ReadsChainsByTable) {
  const std::string frame = FrameLine("f");
  const struct {
    const char* what;
    Lines lines;
    std::vector<Lines> tracebacks;
  } kCases[] = {
      {"no blank lines",
       {kHeader, frame, "KeyError: 'a'", kHandling, kHeader, frame,
        "app.errors.LoadError: bad"},
       {{"KeyError", "app.errors.LoadError"}}},
      {"message of several lines before the link",
       {kHeader, frame, "RuntimeError: CUDA error: launch failure",
        "Kernel errors may be reported later.", "", "Compile with more checks.",
        "", kCause, "", kHeader, frame, "ValueError: x"},
       {{"RuntimeError", "ValueError"}}},
      {"two that are not linked",
       {kHeader, frame, "KeyError: 1", kHeader, frame, "ValueError: 2"},
       {{"KeyError"}, {"ValueError"}}},
      {"the end of the log", {kHeader, frame, "    code()"}, {{""}}},
      {"the end of the log within a chain",
       {kHeader, frame, "KeyError: 1", kHandling, kHeader, frame},
       {{"KeyError", ""}}},
      {"other threads' lines between frames",
       {kHeader, frame, "got prompt", "FETCH Data: 5/101", "    code()", frame,
        "Device: cuda:0", frame, "IndexError: list"},
       {{"IndexError"}}},
      {"another thread's line right before the exception",
       {kHeader, frame, "    code()", "Device: cuda:0", "IndexError: list"},
       {{"IndexError"}}},
      {"too many other lines",
       {kHeader, frame, "some words", "more words", "yet more words",
        "the last words", "IndexError: list"},
       {{""}, {"IndexError"}}},
      {"an exception line alone",
       {"RuntimeError: no room"},
       {{"RuntimeError"}}},
      {"anybody's words", {"Error: no room", "ERROR: no room"}, {}},
      {"a level name is no exception",
       {kHeader, frame, "WARNING: slow disk", frame, "OSError: x"},
       {{"OSError"}}},
      {"a bare exception",
       {kHeader, frame, "KeyboardInterrupt"},
       {{"KeyboardInterrupt"}}},
      {"a bare word is no exception", {kHeader, frame, "Killed"}, {{""}}},
      {"a rare dotted name",
       {kHeader, frame, "torch._dynamo.exc.Unsupported: call"},
       {{"torch._dynamo.exc.Unsupported"}}},
      {"a syntax error",
       {kHeader, frame, "  File \"/app/bad.py\", line 3",
        "    def f(:", "          ^", "SyntaxError: invalid syntax"},
       {{"SyntaxError"}}},
      {"every line behind the same prefix",
       {"[rank0]: Traceback (most recent call last):", "[rank0]: " + frame,
        "[rank0]:     code()", "[rank0]: OSError: x"},
       {{"OSError"}}},
      {"indented by another program",
       {"      Traceback (most recent call last):", "      " + frame,
        "          code()", "      ModuleNotFoundError: No module named 'x'"},
       {{"ModuleNotFoundError"}}},
      {"the log begins within it",
       {"    code()", frame, "    code()", "OSError: x"},
       {{"OSError"}}},
      {"a warning that shows its stack",
       {std::string(kHeader) + frame, "    code()", frame, "    code()", "a b",
        "c d", "e f", "g h"},
       {}},
      {"a frame on the line of the header",
       {std::string(kHeader) + frame, "    code()", "OSError: x"},
       {{"OSError"}}},
      {"frames alone are no traceback", {frame, "    code()", "done"}, {}},
      {"an exception group",
       {"  + Exception Group Traceback (most recent call last):",
        "  | " + frame, "  |     code()",
        "  | ExceptionGroup: two failed (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------",
        "    | Traceback (most recent call last):", "    | " + frame,
        "    | ValueError: a", "    +---------------- 2 ----------------",
        "    | Traceback (most recent call last):", "    | " + frame,
        "    | KeyError: b", "    +------------------------------------",
        kHeader, frame, "OSError: c"},
       {{"ValueError", "KeyError", "ExceptionGroup"}, {"OSError"}}},
  };
  for (const auto& c : kCases) {
    const ReadResult result = ReadLines(c.lines);
    std::vector<Lines> tracebacks;
    for (std::size_t i = 0; i < result.events.size(); ++i) {
      tracebacks.push_back(Types(result.At(i)));
    }
    EXPECT_EQ(tracebacks, c.tracebacks) << c.what;
  }
}

TEST(TracebackReaderTest, WhatComesLaterIsNotTheMessage) {
  const ReadResult result =
      ReadLines({kHeader, FrameLine("f"), "KeyError: 1", "words", kHandling,
                 kHeader, FrameLine("f"), "ValueError: 2"},
                5);
  ASSERT_EQ(result.events.size(), 2U);
  EXPECT_EQ(Types(result.At(0)), Lines{"KeyError"});
}

TEST(TracebackReaderTest, KeepsTheNameOfTheThread) {
  const ReadResult result =
      ReadLines({"Exception in thread Thread-5 (prompt_worker):", kHeader,
                 FrameLine("f"), "OSError: x"});
  ASSERT_EQ(result.events.size(), 1U);
  EXPECT_EQ(result.At(0).thread, "Thread-5 (prompt_worker)");
  EXPECT_EQ(ReadLines({"Exception in thread T-1:", "a", "b", "c", "d", kHeader,
                       FrameLine("f"), "OSError: x"})
                .At(0)
                .thread,
            "");
}

TEST(TracebackReaderTest, ReadsFatalErrors) {
  const ReadResult result =
      ReadLines({"Fatal Python error: Segmentation fault", "",
                 "Thread 0x00007f01 (most recent call first):",
                 "  File \"/app/other.py\", line 1 in wait", "",
                 "Current thread 0x00007f02 (most recent call first):",
                 "  File \"/app/kernel.py\", line 20 in attend",
                 "  File \"/app/model.py\", line 10 in forward",
                 "  File \"/app/main.py\", line 5 in run",
                 "  File \"/app/main.py\", line 99 in <module>", "",
                 "Extension modules: numpy.core, torch._C (total: 2)", "bye"});
  ASSERT_EQ(result.events.size(), 1U);
  ASSERT_EQ(result.At(0).chain.size(), 1U);
  const Raised& raised = result.At(0).chain[0];
  EXPECT_EQ(raised.type, "Fatal Python error");
  EXPECT_EQ(raised.message, "Segmentation fault");
  ASSERT_EQ(raised.last_frames.size(), 4U);
  EXPECT_EQ(raised.last_frames.back().function, "attend");
  EXPECT_EQ(raised.last_frames.back().line, 20);
  ASSERT_EQ(raised.first_frames.size(), 4U);
  EXPECT_EQ(raised.first_frames.front().function, "<module>");
}

TEST(TracebackReaderTest, KeepsFirstAndLastFrames) {
  Lines lines = {kHeader};
  for (int i = 0; i < 1000; ++i) {
    lines.push_back(FrameLine("f" + std::to_string(i)));
    lines.push_back("    call()");
  }
  lines.push_back("RecursionError: maximum recursion depth exceeded");
  const ReadResult result = ReadLines(lines);
  ASSERT_EQ(result.events.size(), 1U);
  const Raised& raised = result.At(0).chain.at(0);
  ASSERT_EQ(raised.first_frames.size(), 14U);
  EXPECT_EQ(raised.first_frames[13].function, "f13");
  ASSERT_EQ(raised.last_frames.size(), 6U);
  EXPECT_EQ(raised.last_frames[5].function, "f999");
}

TEST(TracebackReaderTest, AnEndlessChainIsBounded) {
  Lines lines;
  for (int i = 0; i < 500; ++i) {
    lines.insert(lines.end(), {kHeader, FrameLine("f"),
                               "E" + std::to_string(i) + "Error: x", kCause});
  }
  const ReadResult result = ReadLines(lines);
  ASSERT_EQ(result.events.size(), 1U);
  const Traceback& traceback = result.At(0);
  EXPECT_EQ(traceback.chain.size(), 16U);
  EXPECT_EQ(traceback.chain.front().type, "E0Error");
  EXPECT_EQ(traceback.chain.back().type, "E499Error");
}

TEST(ExceptionLine, NameBehindTheModuleOfAPack) {
  const struct {
    const char* text;
    const char* type;  // "" = no exception
  } kCases[] = {
      {"/srv/ComfyUI/custom_nodes/My-Pack.core.QuotaError: none left",
       "QuotaError"},
      {"D:\\ComfyUI\\custom_nodes\\My-Pack.core.SeatException: 3",
       "SeatException"},
      {"/srv/custom_nodes/My-Pack.QuotaError", "QuotaError"},
      {"torch.OutOfMemoryError: no", "torch.OutOfMemoryError"},
      {"/srv/ComfyUI/models/a.safetensors: not found", ""},
      {"/bin/sh: 1: x: not found", ""},
  };
  for (const auto& test : kCases) {
    const auto line = ReadExceptionLine(test.text);
    EXPECT_EQ(line ? std::string(line->type) : "", test.type) << test.text;
  }
}

}  // namespace
}  // namespace logdiag
