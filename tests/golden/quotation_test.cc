// SPDX-License-Identifier: Apache-2.0
// What a program quotes is no evidence: the samples of all markers and
// messages, in a log that is well, as somebody's words.

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWell =
    "** ComfyUI startup time: 2026-07-03 18:21:03.196\n"
    "Total VRAM 24564 MB, total RAM 64318 MB\n"
    "pytorch version: 2.7.1+cu128\n"
    "Starting server\n"
    "To see the GUI go to: http://0.0.0.0:8188\n"
    "got prompt\n"
    "Requested to load Flux\n"
    "loaded completely 9.5e+25 11350.067 True\n"
    "100%|##########| 20/20 [00:10<00:00,  1.97it/s]\n"
    "Prompt executed in 12.34 seconds\n";

void AddSamples(const fs::path& file, const char* table,
                std::vector<std::string>* samples) {
  for (const YAML::Node& row : YAML::LoadFile(file.string())[table]) {
    for (const YAML::Node& sample : row["samples"]) {
      samples->push_back(sample.as<std::string>());
    }
  }
}

std::vector<std::string> AllSamples() {
  const fs::path patterns = fs::path(LOGDIAG_SOURCE_DIR) / "patterns";
  std::vector<std::string> samples;
  for (const auto& entry : fs::recursive_directory_iterator(patterns)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".yaml") continue;
    const std::string folder = path.parent_path().filename().string();
    const std::string name = path.filename().string();
    if (folder == "messages") AddSamples(path, "messages", &samples);
    if (folder == "markers" || name.starts_with("markers")) {
      AddSamples(path, "markers", &samples);
    }
  }
  return samples;
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    if (c == '\n' || c == '\t') {
      escaped += c == '\n' ? "\\n" : "\\t";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// How somebody's words come into a log.
struct Quoting {
  const char* name;
  const char* before;
  const char* after;
  bool escaped = false;
};

constexpr Quoting kQuotings[] = {
    {"PromptInQuotes", "[ShowText] prompt: \"a poster that says ", ", neon\""},
    {"PromptBare", "[INFO] [prompt-logger] positive=", ""},
    {"PromptInWords", "Prompt: a film still, the screen says ", ""},
    {"NodeTitleInQuotes", "Executing node 12 \"", "\" (KSampler)"},
    {"NodeTitle", "[Node 12] ", ""},
    {"Title", "node title: ", ""},
    {"FileName", "[SaveImage] saved /workspace/out/", "_00001_.png"},
    {"FileNameAlone", "Saving output/", ".mp4"},
    {"Json", "{\"positive\": \"", "\", \"seed\": 1}", true},
    {"JsonWorkflow",
     "{\"12\": {\"class_type\": \"CLIPTextEncode\", \"inputs\": {\"text\": \"",
     "\", \"clip\": [\"4\", 1]}}}", true},
    {"MarkdownQuote", "> ", ""},
    {"MarkdownTable", "| step | ", " |"},
    {"MarkdownList", "- `", "`"},
    {"MarkdownCode", "The log says `", "` and then stops."},
    {"MarkdownFence", "```\n", "\n```"},
};

// What holds a backtick stands between two in Markdown.
std::string Mark(std::string_view mark, std::string_view sample) {
  std::string out;
  for (const char c : mark) {
    out += c;
    if (c == '`' && sample.find('`') != sample.npos &&
        mark.find("```") == mark.npos) {
      out += c;
    }
  }
  return out;
}

std::string Quoted(const Quoting& quoting, std::string_view sample) {
  return Mark(quoting.before, sample) +
         (quoting.escaped ? Escaped(sample) : std::string(sample)) +
         Mark(quoting.after, sample) + "\n";
}

bool IsWell(const std::string& quotations) {
  const Diagnosis diagnosis = DiagnoseText(std::string(kWell) + quotations);
  return diagnosis.outcome == "completed" && diagnosis.cause == "none";
}

class QuotationTest : public ::testing::TestWithParam<Quoting> {};

TEST_P(QuotationTest, OfAnySampleChangesNoVerdict) {
  const std::vector<std::string> samples = AllSamples();
  ASSERT_GT(samples.size(), 2000U);
  // Few enough that what one of them does is not drowned by the others.
  constexpr std::size_t kTogether = 40;
  for (std::size_t i = 0; i < samples.size(); i += kTogether) {
    const std::size_t end = std::min(i + kTogether, samples.size());
    std::string all;
    for (std::size_t k = i; k < end; ++k) all += Quoted(GetParam(), samples[k]);
    if (IsWell(all)) continue;
    for (std::size_t k = i; k < end; ++k) {
      EXPECT_TRUE(IsWell(Quoted(GetParam(), samples[k]))) << samples[k];
    }
    ADD_FAILURE() << "samples " << i << " to " << end;
  }
}

INSTANTIATE_TEST_SUITE_P(AllQuotings, QuotationTest,
                         ::testing::ValuesIn(kQuotings),
                         [](const ::testing::TestParamInfo<Quoting>& quoting) {
                           return std::string(quoting.param.name);
                         });

// The net catches something: the same words as a program prints them.
TEST(Quotation, ProgramsOwnWordsStillCount) {
  EXPECT_FALSE(
      IsWell("got prompt\n/start.sh: line 7:    21 Killed          "
             "        python3 main.py\n"));
  EXPECT_FALSE(IsWell("got prompt\nFatal Python error: Segmentation fault\n"));
  EXPECT_FALSE(
      IsWell("got prompt\n{\"error\": \"CUDA out of memory. Tried to allocate "
             "2.00 GiB.\"}\n"));
  EXPECT_FALSE(
      IsWell("got prompt\n!!! Exception during processing !!! CUDA "
             "error: out of memory\n"));
}

constexpr std::string_view kDied =
    "** ComfyUI startup time: 2026-07-03 18:21:03.196\n"
    "Total VRAM 24564 MB, total RAM 64318 MB\n"
    "Starting server\n"
    "got prompt\n"
    "Requested to load Flux\n"
    "!!! Exception during processing !!! CUDA error: no kernel image is "
    "available for execution on the device\n"
    "Traceback (most recent call last):\n"
    "  File \"/app/nodes.py\", line 7, in boil\n"
    "    return x + 1\n"
    "RuntimeError: CUDA error: no kernel image is available for execution on "
    "the device\n"
    "Prompt executed in 1.00 seconds\n";

// Somebody chose these lines: read, but nothing is certain.
TEST(Quotation, APastedLogIsAtMostPossible) {
  const std::string log(kDied);
  const Diagnosis whole = DiagnoseText(log);
  ASSERT_EQ(whole.cause, "gpu/gpu-arch-unsupported");
  ASSERT_EQ(whole.confidence, Confidence::kEstablished);
  const std::string kPastes[] = {
      "```\n" + log + "```\n",
      "```text\n" + log,
      "~~~\n" + log + "~~~\n",
      "# My pod died\n\nWhat is it?\n\n```\n" + log + "```\n\nThanks!\n",
      "Hello all,\nit died again\nwhat can I do?\nhere:\n\n```\n" + log +
          "```\n",
      "It says\nRuntimeError: CUDA error: no kernel image is available\n```\n" +
          log + "```\n",
  };
  for (const std::string& paste : kPastes) {
    const Diagnosis diagnosis = DiagnoseText(paste);
    EXPECT_EQ(diagnosis.cause, whole.cause) << paste;
    EXPECT_EQ(diagnosis.confidence, Confidence::kPossible) << paste;
    EXPECT_TRUE(diagnosis.coverage.pasted) << paste;
  }
}

TEST(Quotation, ALogThatQuotesAFenceIsNoPaste) {
  const Diagnosis diagnosis =
      DiagnoseText("```\nhello\n```\n" + std::string(kDied));
  EXPECT_EQ(diagnosis.confidence, Confidence::kEstablished);
  EXPECT_FALSE(diagnosis.coverage.pasted);
}

// What a fence interrupts was printed before it.
TEST(Quotation, AFenceTakesNoTracebackWithIt) {
  EXPECT_FALSE(
      IsWell("got prompt\nTraceback (most recent call last):\n"
             "  File \"/app/nodes.py\", line 7, in boil\n    raise x\n"
             "RuntimeError: the kettle is empty\n```\nhello\n```\n"));
}

// A fence that is never closed hides nothing that follows.
TEST(Quotation, OpenFenceHidesNothing) {
  EXPECT_FALSE(
      IsWell("got prompt\n```\n/start.sh: line 7:    21 Killed      "
             "            python3 main.py\n"));
}

}  // namespace
}  // namespace logdiag
