// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/fixture.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "analyzer/analyze.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/support/regex.h"
#include "reports/report.h"

namespace logdiag {
namespace {

std::vector<std::string> OneOrMore(const YAML::Node& node) {
  if (node.IsSequence()) return node.as<std::vector<std::string>>();
  return {node.as<std::string>()};
}

Fixture ReadFixture(const std::filesystem::path& folder) {
  const YAML::Node node = YAML::LoadFile((folder / "case.yaml").string());
  Fixture fixture;
  fixture.folder = folder.string();
  fixture.name = folder.parent_path().filename().string() + "/" +
                 folder.filename().string();
  fixture.outcome = node["outcome"].as<std::string>();
  fixture.cause = node["cause"].as<std::string>();
  fixture.confidence = OneOrMore(node["confidence"]);
  fixture.phase = node["phase"].as<std::string>("");
  fixture.evidence_lines =
      node["evidence_lines"].as<std::vector<int>>(std::vector<int>());
  if (node["counts"]) {
    fixture.counts = node["counts"].as<std::map<std::string, int>>();
  }
  if (node["facts"]) {
    fixture.facts = node["facts"].as<std::map<std::string, std::string>>();
  }
  fixture.near_outcome = node["near_miss"]["outcome"].as<std::string>();
  fixture.foreign = node["foreign"].as<bool>(false);
  fixture.near_cause = node["near_miss"]["cause"].as<std::string>();
  return fixture;
}

}  // namespace

std::vector<Fixture> AllFixtures() {
  namespace fs = std::filesystem;
  std::vector<Fixture> fixtures;
  const fs::path root = fs::path(LOGDIAG_SOURCE_DIR) / "fixtures";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().filename() != "case.yaml") continue;
    fixtures.push_back(ReadFixture(entry.path().parent_path()));
  }
  std::sort(fixtures.begin(), fixtures.end(),
            [](const Fixture& a, const Fixture& b) { return a.name < b.name; });
  return fixtures;
}

std::string TestName(const std::string& name) {
  std::string shown = name;
  for (char& c : shown) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return shown;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const Catalogue& BuiltIn() {
  // Thousands of logs are read with it.
  static const Regex::Pool pool;
  static const Catalogue catalogue = [] {
    Result<Catalogue> loaded = LoadBuiltIn();
    return std::move(loaded).value();
  }();
  return catalogue;
}

Diagnosis DiagnoseText(std::string_view log, std::size_t chunk_bytes) {
  const std::unique_ptr<ByteSource> source = FromMemory(log);
  AnalyzeOptions options;
  options.chunk_bytes = chunk_bytes;
  Result<Diagnosis> diagnosis =
      Analyze(source.get(), "pod.log", BuiltIn(), options);
  return std::move(diagnosis).value();
}

std::string JsonOf(std::string_view log, std::size_t chunk_bytes) {
  return WriteJson(DiagnoseText(log, chunk_bytes), BuiltIn(), {}, true);
}

}  // namespace logdiag
