// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a log, from its bytes to a report in every format.
#include "analyzer/analyze.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "analyzer/diagnose/explain.h"
#include "analyzer/knowledge/language.h"
#include "analyzer/support/hash.h"
#include "reports/catalogue_report.h"
#include "reports/report.h"
#include "tests/fuzz/built_in.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

// No limit of ours, which count characters and give way to long rows, but what
// no report for people may come near.
constexpr std::size_t kMostBytes = 120'000;

// Choices that depend on the input alone.
class Dice {
 public:
  explicit Dice(std::string_view input) : state_(input.size() + 1) {
    for (const char c : input) state_ = (state_ ^ Byte(c)) * 1099511628211u;
  }
  std::size_t Below(std::size_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((state_ >> 33) % count);
  }

 private:
  static std::uint64_t Byte(char c) { return static_cast<unsigned char>(c); }
  std::uint64_t state_;
};

bool IsUtf8(std::string_view text) {
  // The library's own parser: one that is not ours.
  return nlohmann::json::accept(nlohmann::json(text).dump(
             -1, ' ', false, nlohmann::json::error_handler_t::replace)) &&
         [&] {
           try {
             (void)nlohmann::json(text).dump();
             return true;
           } catch (const nlohmann::json::type_error&) {
             return false;
           }
         }();
}

void CheckText(const std::string& text, bool colour = false) {
  Require(!text.empty() && text.back() == '\n', "a report ends in a line feed");
  Require(IsUtf8(text), "a report is UTF-8");
  const bool clean = std::all_of(text.begin(), text.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t' ||
           (colour && c == '\x1b');
  });
  Require(clean, "a report holds no control bytes");
}

void CheckProse(const std::string& text, bool colour = false) {
  CheckText(text, colour);
  Require(text.size() <= kMostBytes, "a report has a bound");
}

void CheckRows(const std::string& rows) {
  CheckText(rows);
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t end = rows.find('\n', at);
    Require(nlohmann::json::accept(rows.substr(at, end - at)),
            "each row is JSON");
    at = end + 1;
  }
}

const Language& Catalan() {
  static const Language* const language =
      new Language(LoadBuiltInLanguage("ca").value());
  return *language;
}

Given GivenBy(Dice* dice) {
  Given given;
  if (dice->Below(4) > 0) return given;
  if (dice->Below(2) > 0) given.exit_code = static_cast<int>(dice->Below(256));
  if (dice->Below(2) > 0) given.oom_killed = dice->Below(2) > 0;
  if (dice->Below(2) > 0) given.gpu = "NVIDIA GeForce RTX 4090";
  if (dice->Below(2) > 0) given.vram_mb = dice->Below(200'000);
  if (dice->Below(2) > 0) given.ram_limit_mb = dice->Below(2'000'000);
  return given;
}

void Write(const Diagnosis& diagnosis, Dice* dice) {
  ReportOptions options;
  options.redact = dice->Below(4) > 0;
  options.full = dice->Below(2) > 0;
  options.file_heading = dice->Below(2) > 0;
  options.target = static_cast<Target>(dice->Below(7));
  options.language = dice->Below(4) > 0 ? nullptr : &Catalan();
  options.width = 40 + dice->Below(100);
  CheckProse(WriteMarkdown(diagnosis, BuiltIn(), options));
  CheckProse(WriteIssue(diagnosis, BuiltIn(), options));
  CheckProse(WriteText(diagnosis, BuiltIn(), options));
  const std::string json =
      WriteJson(diagnosis, BuiltIn(), options, dice->Below(2) > 0);
  CheckText(json);
  Require(nlohmann::json::accept(json), "JSON is JSON");
  CheckRows(WriteNdjson(diagnosis, BuiltIn(), options));
  Require(nlohmann::json::accept(WriteSarifRun(diagnosis, BuiltIn(), options)),
          "SARIF is JSON");
  Require(IsUtf8(WriteJUnitSuite(diagnosis, BuiltIn(), options)),
          "JUnit is UTF-8");
  options.colour = true;
  CheckProse(WriteText(diagnosis, BuiltIn(), options), true);
  const auto& causes = BuiltIn().causes;
  CheckText(WriteExplanation(
      BuiltIn(),
      Explain(BuiltIn(), diagnosis, causes[dice->Below(causes.size())]),
      options.redact, options.full));
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const std::string_view log = TextOf(data, size);
  Dice dice(log);
  constexpr std::size_t kChunks[] = {1, 7, 61, 4096, LineReader::kChunkBytes};
  AnalyzeOptions options;
  options.chunk_bytes = kChunks[dice.Below(std::size(kChunks))];
  options.given = GivenBy(&dice);
  const auto source = FromMemory(log);
  const Result<Diagnosis> diagnosis =
      Analyze(source.get(), "pod.log", BuiltIn(), options);
  if (!diagnosis.ok()) {
    Require(!diagnosis.error().message.empty(), "a refusal says why");
    return 0;
  }
  Require(diagnosis.value().source.bytes == size, "a log is read to its end");
  Require(!diagnosis.value().outcome.empty(), "there is a verdict");
  Write(diagnosis.value(), &dice);
  return 0;
}
