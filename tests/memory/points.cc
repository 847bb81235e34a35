// SPDX-License-Identifier: Apache-2.0
#include "tests/memory/points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "analyzer/memory/match.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// Memory that is told in whole GiB is the size on the box.
std::optional<Room> RoomOf(const Hardware& hardware, const Row& row) {
  const GpuCard* card = MatchCard(hardware, row.at("gpu"));
  const bool flash = card == nullptr || card->flash;
  const double share = hardware.constants.usable_share;
  const std::string& told = row.at("vram_total_gib");
  if (told.empty()) {
    if (card == nullptr) return std::nullopt;
    return RoomOfCard(hardware, *card);
  }
  const double gib = std::stod(told);
  const double mib = gib * kGib;
  if (gib != std::floor(gib)) return Room{mib, share * mib, share * mib, flash};
  if (card != nullptr && std::abs(card->nominal_mib - mib) < 600) {
    return RoomOfCard(hardware, *card);
  }
  constexpr double kLeastShare = 0.967;
  return Room{kLeastShare * mib, share * kLeastShare * mib, share * mib, flash};
}

CodePath PathOf(const std::string& runtime) {
  if (runtime.starts_with("comfy")) return CodePath::kNative;
  return runtime == "wrapper" ? CodePath::kWrapper : CodePath::kUnknown;
}

Job JobOfRow(const Row& row) {
  Job job = JobFor(row.at("model"), std::stoi(row.at("width")),
                   std::stoi(row.at("height")), std::stoi(row.at("frames")),
                   row.at("dtype"));
  job.path = PathOf(row.at("runtime"));
  if (row.at("vram_state") == "NO_VRAM") job.placement = Placement::kNone;
  job.gpu = row.at("gpu");
  job.math_attention = row.at("attention") == "math";
  job.lora_patches = std::stod(row.at("lora_patches"));
  if (!row.at("block_swap").empty()) {
    job.swapped_blocks = std::stoi(row.at("block_swap"));
  }
  if (!row.at("gpu_blocks_mib").empty()) {
    job.gpu_blocks_mib = std::stod(row.at("gpu_blocks_mib"));
  }
  return job;
}

Point PointOfRow(const Hardware& hardware, const Row& row) {
  Point point;
  point.source = row.at("source");
  point.held_out = row.at("split") == "held-out";
  point.lab = row.at("split") == "lab";
  point.kind = row.at("kind");
  point.tier = row.at("tier");
  point.runtime = row.at("runtime");
  point.phase = row.at("phase");
  point.model = hardware.FindModel(row.at("model"));
  EXPECT_NE(point.model, nullptr) << row.at("model");
  point.dtype_stated = row.at("dtype_stated") == "yes";
  point.job = JobOfRow(row);
  point.room = RoomOf(hardware, row);
  point.ran = row.at("ran") == "yes";
  if (!row.at("peak_gib").empty()) {
    point.peak_mib = std::stod(row.at("peak_gib")) * kGib;
    // What the device shows holds the context, too.
    if (row.at("peak_kind") == "device") {
      *point.peak_mib -= hardware.constants.context_mib;
    }
  }
  return point;
}

}  // namespace

std::vector<Point> ReadPoints(const Hardware& hardware) {
  std::ifstream file(std::string(LOGDIAG_SOURCE_DIR) +
                     "/tests/memory/points.tsv");
  std::vector<Point> points;
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = Cells(line);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Cells(line);
    EXPECT_EQ(cells.size(), names.size()) << line;
    if (cells.size() != names.size()) continue;
    Row row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[names[i]] = cells[i];
    points.push_back(PointOfRow(hardware, row));
  }
  return points;
}

}  // namespace logdiag
