// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/report.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

using Json = nlohmann::json;

std::string WriteSampleJson(const Diagnosis& diagnosis, bool pretty = true) {
  return WriteJson(diagnosis, SampleCatalogue(), {}, pretty);
}

TEST(JsonReport, SilentDeath) {
  const Json json = Json::parse(WriteSampleJson(SilentDeath()));
  EXPECT_EQ(json["schema"], "logdiag.report/2");
  EXPECT_EQ(json["source"]["clock_resolution"], "1ns");
  EXPECT_EQ(json["outcome"], "silent-restart");
  EXPECT_EQ(json["confidence"], "likely");
  EXPECT_EQ(json["facts"]["vram_mb"], 24081);
  EXPECT_EQ(json["facts"]["gpu"], "NVIDIA GeForce RTX 4090");
  EXPECT_EQ(json["fact_lines"]["frames"], 398);
  EXPECT_EQ(json["evidence"][0]["line"], 398);
  EXPECT_EQ(json["evidence"][0]["offset"], 39800);
  EXPECT_EQ(json["evidence"][1]["text"],
            "  0%|          | 0/4 [00:00<?, ?it/s]");
  EXPECT_EQ(json["rivals"][1]["against"][0]["says"],
            "no exception was printed");
  EXPECT_FALSE(json["rivals"][1]["against"][0].contains("line"));
  EXPECT_EQ(json["timeline"][4]["time"], "2025-11-04T09:13:00.000000000Z");
  ASSERT_EQ(json["remedies"].size(), 2u);
  EXPECT_EQ(json["remedies"][1]["text"], "Run it with 61 frames.");
  EXPECT_EQ(json["findings"][0]["count"], 2);
}

TEST(JsonReport, LeavesOutWhatIsNotKnown) {
  const Json json = Json::parse(WriteSampleJson(Foreign()));
  EXPECT_FALSE(json.contains("phase"));
  EXPECT_FALSE(json["source"].contains("clock_resolution"));
  EXPECT_TRUE(json["evidence"].empty());
  EXPECT_NE(json["summary"].get<std::string>().find("does not look like"),
            std::string::npos);
}

TEST(JsonReport, TimesCarryZOnlyForUtc) {
  Diagnosis d = SilentDeath();
  d.source.clock = "local";
  Json json = Json::parse(WriteSampleJson(d));
  EXPECT_EQ(json["timeline"][0]["time"], "2025-11-04T09:12:00.000000000");
  d.source.clock = "monotonic";
  json = Json::parse(WriteSampleJson(d));
  EXPECT_FALSE(json["timeline"][0].contains("time"));
}

TEST(JsonReport, NumbersThatAreNoneStayText) {
  Diagnosis d = Healthy();
  d.facts = {{"vram_mb", {"24 GB", 1}},
             {"frames", {"81", 2}},
             {"offloaded_mb", {"12.5", 3}},
             {"cuda", {"12.8", 4}}};
  const Json facts = Json::parse(WriteSampleJson(d))["facts"];
  EXPECT_EQ(facts["vram_mb"], "24 GB");
  EXPECT_EQ(facts["frames"], 81);
  EXPECT_EQ(facts["offloaded_mb"], 12.5);
  EXPECT_EQ(facts["cuda"], "12.8");
}

TEST(JsonReport, HostileTextIsValidAndRedacted) {
  const std::string text = WriteSampleJson(Hostile());
  const Json json = Json::parse(text);
  EXPECT_EQ(text.find("hf_abc"), std::string::npos);
  EXPECT_GE(json["coverage"]["redacted"].get<int>(), 2);
  const auto says = json["evidence"][0]["says"].get<std::string>();
  EXPECT_NE(says.find("\\xff"), std::string::npos) << says;
  EXPECT_EQ(says.find('\x1b'), std::string::npos);
}

TEST(JsonReport, OneLineUnlessPretty) {
  const std::string text = WriteSampleJson(SilentDeath(), false);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

// Writes a document for each sample into $LOGDIAG_JSON_DIR, for schema_test.py.
TEST(JsonDocuments, AreWritten) {
  const char* const directory = std::getenv("LOGDIAG_JSON_DIR");
  if (directory == nullptr) GTEST_SKIP() << "LOGDIAG_JSON_DIR is not set";
  for (const auto& [name, diagnosis] : AllSamples()) {
    std::ofstream out(std::string(directory) + "/" + name + ".json");
    out << WriteSampleJson(diagnosis);
    std::ofstream records(std::string(directory) + "/" + name + ".ndjson");
    records << WriteNdjson(diagnosis, SampleCatalogue(), {});
    EXPECT_TRUE(out.good() && records.good()) << name;
  }
}

}  // namespace
}  // namespace logdiag
