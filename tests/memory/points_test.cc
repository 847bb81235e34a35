// SPDX-License-Identifier: Apache-2.0
// How well the budget tells what jobs took and whether they ran, over collected
// points, beside two other ways to tell. Prints its figures as a table.
#include "tests/memory/points.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "analyzer/memory/phases.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/memory/spread.h"
#include "analyzer/memory/weights.h"
#include "tests/memory/known_hardware.h"

namespace logdiag {
namespace {

// MiB that a way to tell expects of a point.
using Method = std::function<double(const Point&)>;

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half]
                                : (values[half - 1] + values[half]) / 2;
}

double TokensOfPoint(const Point& point) {
  return TokensOf(KnownHardware(), *point.model, point.job);
}

double WeightsOfPoint(const Point& point, const std::optional<Room>& room) {
  return Resident(KnownHardware(), *point.model, point.job, room).central;
}

// The peak of 14B and 1.3B Wan, with the swapped blocks known. Those of the lab
// are judged apart: figures were fitted to all of them.
bool IsPeak(const Point& point) {
  return point.kind == "peak" && !point.lab && point.tier == "A" &&
         point.phase == "sampling" && point.model->id != "wan-2.2-5b" &&
         (point.job.swapped_blocks || point.job.gpu_blocks_mib);
}

double OwnK(const Point& point) {
  return (*point.peak_mib - WeightsOfPoint(point, std::nullopt)) /
         UnitMib(*point.model, TokensOfPoint(point));
}

double Ours(const Point& point) {
  return NeedOfSampling(KnownHardware(), *point.model, point.job, point.room)
      .Total()
      .central;
}

Method OneK(double k) {
  return [k](const Point& point) {
    return WeightsOfPoint(point, point.room) +
           k * UnitMib(*point.model, TokensOfPoint(point));
  };
}

// ComfyUI's own estimate, with the weights that are known to be there.
Method ComfyUi(int batches) {
  return [batches](const Point& point) {
    return WeightsOfPoint(point, point.room) +
           batches * point.model->comfy_k *
               UnitMib(*point.model, TokensOfPoint(point));
  };
}

// A rule of thumb: 14 GiB of weights, and 0.15 GiB a frame of 704x704.
double RuleOfThumb(const Point& point) {
  const double area = point.job.width * point.job.height / (704.0 * 704.0);
  return (14 + 0.15 * point.job.frames * area) * kGib;
}

struct Errors {
  double mean_gib = 0;        // absolute
  double median_percent = 0;  // absolute
  double bias_gib = 0;
};

Errors ErrorsOf(const std::vector<const Point*>& points, const Method& method) {
  Errors errors;
  std::vector<double> percent;
  for (const Point* point : points) {
    const double off = method(*point) - *point->peak_mib;
    errors.mean_gib += std::abs(off) / kGib;
    errors.bias_gib += off / kGib;
    percent.push_back(100 * std::abs(off) / *point->peak_mib);
  }
  const auto n = static_cast<double>(std::max<std::size_t>(1, points.size()));
  errors.mean_gib /= n;
  errors.bias_gib /= n;
  errors.median_percent = Median(percent);
  return errors;
}

Errors PrintErrors(const char* name, const std::vector<const Point*>& points,
                   const Method& method) {
  const Errors errors = ErrorsOf(points, method);
  std::printf("  %-38s n %2zu  mean %5.2f GiB  median %5.1f %%  bias %+5.2f\n",
              name, points.size(), errors.mean_gib, errors.median_percent,
              errors.bias_gib);
  return errors;
}

struct Score {
  int said[4] = {};
  int ran[4] = {};

  double RightShare() const {  // of "fits" and "tight"
    const int all = said[0] + said[1];
    return all == 0 ? 0 : static_cast<double>(ran[0] + ran[1]) / all;
  }
};

Score ScoreOf(const char* name, const std::vector<const Point*>& points) {
  constexpr const char* kNames[] = {"fits", "tight", "cannot tell",
                                    "does not fit"};
  const Hardware& hardware = KnownHardware();
  Score score;
  for (const Point* point : points) {
    const Spread need =
        NeedOfSampling(hardware, *point->model, point->job, point->room)
            .Total();
    const auto fit = static_cast<std::size_t>(
        FitOfSampling(hardware, *point->model, need, point->room));
    ++score.said[fit];
    score.ran[fit] += point->ran ? 1 : 0;
  }
  std::printf("  %-32s n %3zu:", name, points.size());
  for (std::size_t i = 0; i < 4; ++i) {
    std::printf(" %s %d (%d ran)", kNames[i], score.said[i], score.ran[i]);
  }
  std::printf("; fits or tight right: %.0f %%\n", 100 * score.RightShare());
  return score;
}

class PointsTest : public testing::Test {
 protected:
  std::vector<const Point*> Where(
      const std::function<bool(const Point&)>& holds) const {
    std::vector<const Point*> chosen;
    for (const Point& point : points_) {
      if (holds(point)) chosen.push_back(&point);
    }
    return chosen;
  }

  const std::vector<Point> points_ = ReadPoints(KnownHardware());
};

TEST_F(PointsTest, HeldOutPeaks) {
  const auto fit_half =
      Where([](const Point& p) { return IsPeak(p) && !p.held_out; });
  const auto held_out =
      Where([](const Point& p) { return IsPeak(p) && p.held_out; });
  ASSERT_EQ(held_out.size(), 19U);
  std::vector<double> ks;
  for (const Point* point : fit_half) ks.push_back(OwnK(*point));
  const double k = Median(ks);
  std::printf("Peaks of the held-out half (k of the other half: %.1f)\n", k);
  const Errors fitted =
      PrintErrors("this model, k of the other half", held_out, OneK(k));
  const Errors shipped =
      PrintErrors("this model, k as shipped", held_out, Ours);
  PrintErrors("ComfyUI, batch 1, true weights", held_out, ComfyUi(1));
  PrintErrors("ComfyUI, batch 2, true weights", held_out, ComfyUi(2));
  const Errors thumb =
      PrintErrors("14 GiB and 0.15 a frame", held_out, RuleOfThumb);
  EXPECT_LE(fitted.mean_gib, 1.8);
  EXPECT_LE(fitted.median_percent, 8);
  EXPECT_LE(shipped.mean_gib, 1.8);
  EXPECT_GT(thumb.mean_gib, 4 * fitted.mean_gib);
}

TEST_F(PointsTest, PeaksLieWithinTheRange) {
  const auto peaks = Where(IsPeak);
  int likely = 0;
  int possible = 0;
  for (const Point* point : peaks) {
    const double k = OwnK(*point);
    const Spread& range = LiveTensors(*point->model, point->job.path);
    likely += k >= range.low && k <= range.high ? 1 : 0;
    possible += k >= range.floor && k <= range.ceiling ? 1 : 0;
  }
  std::printf("k from low to high: %d of %zu; floor to ceiling: %d\n", likely,
              peaks.size(), possible);
  EXPECT_GE(likely * 10, static_cast<int>(peaks.size()) * 7);
  EXPECT_GE(possible * 10, static_cast<int>(peaks.size()) * 9);
}

// Of each code path, what was measured beside the figures of that path and
// beside the ones for a job whose path is not known.
TEST_F(PointsTest, LabPeaks) {
  const auto sampled = [](const Point& p) {
    return p.lab && p.phase == "sampling";
  };
  const Method pathless = [](const Point& point) {
    return NeedOfSampling(KnownHardware(), *point.model, point.job, point.room,
                          &point.model->k)
        .Total()
        .central;
  };
  std::printf("Peaks of the lab\n");
  const struct {
    const char* name;
    CodePath path;
    std::size_t rows;
    double mean_gib;
  } kPaths[] = {{"ComfyUI's own nodes", CodePath::kNative, 29, 0.3},
                {"wrapper", CodePath::kWrapper, 5, 0.15}};
  for (const auto& c : kPaths) {
    const auto rows = Where(
        [&](const Point& p) { return sampled(p) && p.job.path == c.path; });
    EXPECT_EQ(rows.size(), c.rows) << c.name;
    const Errors errors = PrintErrors(c.name, rows, Ours);
    const Errors before =
        PrintErrors("  with k of an unknown path", rows, pathless);
    EXPECT_LE(errors.mean_gib, c.mean_gib) << c.name;
    EXPECT_LE(errors.mean_gib, before.mean_gib) << c.name;
  }
  // A later job may find the VAE of the one before still on the card.
  constexpr double kHeldMib = 300;
  for (const Point* point : Where(sampled)) {
    const Spread need =
        NeedOfSampling(KnownHardware(), *point->model, point->job, point->room)
            .Total();
    EXPECT_LE(*point->peak_mib, need.high + kHeldMib) << point->source;
    EXPECT_GE(*point->peak_mib, need.low - 5) << point->source;
  }
}

TEST_F(PointsTest, LabDecodes) {
  const auto rows =
      Where([](const Point& p) { return p.lab && p.phase == "vae-decode"; });
  ASSERT_EQ(rows.size(), 30U);
  const auto need = [](const Point& point) {
    Spread all = NeedOfVae(KnownHardware(), *point.model, point.job);
    const double held = KnownHardware().FindVae(point.model->vae)->weights;
    return Spread{all.floor - held, all.low - held, all.central - held,
                  all.high - held, all.ceiling - held};
  };
  const Errors errors =
      PrintErrors("VAE decode of the lab", rows,
                  [&](const Point& point) { return need(point).central; });
  EXPECT_LE(errors.median_percent, 4);
  for (const Point* point : rows) {
    EXPECT_GE(*point->peak_mib, need(*point).low * 0.995) << point->source;
    EXPECT_LE(*point->peak_mib, need(*point).high) << point->source;
  }
}

// The cards of the lab had room to spare, so that "fits" would be right of all
// its rows and tell nothing.
TEST_F(PointsTest, Verdicts) {
  const auto all = [](const Point& p) { return p.room.has_value() && !p.lab; };
  const auto stated = [](const Point& p) {
    return p.room.has_value() && p.dtype_stated && !p.lab &&
           (p.runtime.starts_with("comfy") || p.runtime == "wrapper");
  };
  std::printf("Verdicts\n");
  ScoreOf("all", Where(all));
  const Score score = ScoreOf("ComfyUI, dtype stated", Where(stated));
  const Score held =
      ScoreOf("the same, held-out half",
              Where([&](const Point& p) { return stated(p) && p.held_out; }));
  ScoreOf("the same, both halves, no peaks",
          Where([&](const Point& p) { return stated(p) && p.kind != "peak"; }));
  EXPECT_GE(score.RightShare(), 0.85);
  EXPECT_GE(held.RightShare(), 0.85);
  EXPECT_EQ(score.ran[3], 0);
  // It must say something of a good part of them.
  EXPECT_GE(score.said[0] + score.said[1], 30);
}

}  // namespace
}  // namespace logdiag
