// SPDX-License-Identifier: Apache-2.0
#include "analyzer/memory/job.h"

#include <algorithm>
#include <string_view>

#include "analyzer/memory/card_name.h"
#include "analyzer/memory/match.h"
#include "analyzer/memory/sizes.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr double kLargestSide = 16384;
constexpr double kLargestFrames = 20000;
constexpr double kLargestMib = 16.0 * 1024 * 1024;  // 16 TiB

class FactReader {
 public:
  FactReader(const Facts& facts, Job* job) : facts_(facts), job_(job) {}

  // The fact, noted as read; nullptr if it is not there or was stated before
  // the line `since`.
  const Fact* Find(std::string_view name, std::uint64_t since = 0) {
    const auto found = facts_.find(name);
    if (found == facts_.end()) return nullptr;
    const Fact& fact = found->second;
    if (!fact.given && fact.line < since) return nullptr;
    job_->facts.insert_or_assign(std::string(name), fact);
    return &fact;
  }

  // A number from 0 to `largest`; nullopt if there is none.
  std::optional<double> Number(std::string_view name, double largest,
                               std::uint64_t since = 0) {
    const Fact* fact = Find(name, since);
    if (fact == nullptr) return std::nullopt;
    const std::optional<double> number = ReadNumber(fact->value);
    if (!number || !(*number >= 0) || *number > largest) {
      job_->facts.erase(std::string(name));
      return std::nullopt;
    }
    return number;
  }
  std::optional<double> Mib(std::string_view name, std::uint64_t since = 0) {
    return Number(name, kLargestMib, since);
  }
  int Whole(std::string_view name, double largest, std::uint64_t since = 0) {
    return static_cast<int>(Number(name, largest, since).value_or(0));
  }
  std::string Text(std::string_view name) {
    const Fact* fact = Find(name);
    return fact == nullptr ? "" : fact->value;
  }

 private:
  const Facts& facts_;
  Job* job_;
};

std::uint64_t LineOf(const Fact* fact) {
  return fact == nullptr ? 0 : fact->line;
}

// False if the log states no size that a job can have.
bool ReadSize(FactReader* reader, Job* job) {
  job->width = reader->Whole("width", kLargestSide);
  job->height = reader->Whole("height", kLargestSide);
  job->frames = reader->Whole("frames", kLargestFrames);
  if (job->width == 0 || job->height == 0 || job->frames == 0) return false;
  const std::uint64_t line = LineOf(reader->Find("frames"));
  job->steps = reader->Whole("steps", 1e6, line);
  job->windows = std::max(1, reader->Whole("windows", 1e6, line));
  if (const auto gib = reader->Number("peak_gb", 1e4, line)) {
    job->peak_mib = *gib * kMibPerGib;
  }
  if (const auto gib = reader->Number("reserved_gb", 1e4, line)) {
    job->reserved_mib = *gib * kMibPerGib;
  }
  return true;
}

// The number of tokens is printed just before the size, or with it; one that
// does not go with the size is of another job.
void ReadTokens(FactReader* reader, const Hardware& hardware, Job* job) {
  const auto tokens = reader->Number("tokens", 1e8);
  if (!tokens || *tokens < 1) return;
  for (const std::string& id : job->models) {
    const DiffusionModel* model = hardware.FindModel(id);
    if (model == nullptr) continue;
    const double expected = CorrectedSize(hardware, *model, *job).tokens;
    if (*tokens > expected / 2 && *tokens < expected * 2) {
      job->tokens = tokens;
      return;
    }
  }
  job->facts.erase("tokens");
}

// Block swap and patches, as stated since the model was loaded.
void ReadPlacement(FactReader* reader, Job* job) {
  const std::uint64_t loaded = LineOf(reader->Find("model"));
  if (const auto count = reader->Number("swapped_blocks", 1000, loaded)) {
    job->swapped_blocks = static_cast<int>(*count);
  }
  job->cpu_blocks_mib = reader->Mib("cpu_blocks_mb", loaded);
  job->gpu_blocks_mib = reader->Mib("gpu_blocks_mb", loaded);
  job->lora_patches = reader->Number("lora_patches", 1e5, loaded).value_or(0);
  if (const Fact* fact = reader->Find("non_blocking", loaded)) {
    job->non_blocking = fact->value == "True";
  }
}

// Words of a command line, which may be written as a list: ['--novram', ...].
std::vector<std::string> FlagsIn(std::string_view line) {
  constexpr std::string_view kAround = " \t,'\"[]";
  std::vector<std::string> flags;
  while (!line.empty()) {
    const std::size_t end = line.find_first_of(kAround);
    if (end != 0) flags.emplace_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return flags;
}

// A printed state goes before the flags that ask for one.
Placement ReadPlacementRule(FactReader* reader, const Hardware& hardware) {
  const std::string state = reader->Text("vram_state");
  const std::vector<std::string> flags = state.empty()
                                             ? FlagsIn(reader->Text("flags"))
                                             : std::vector<std::string>();
  for (const VramRule& rule : hardware.vram_states) {
    const auto asked = [&flags](const std::string& flag) {
      return std::find(flags.begin(), flags.end(), flag) != flags.end();
    };
    if (rule.state != state &&
        std::none_of(rule.flags.begin(), rule.flags.end(), asked)) {
      continue;
    }
    if (rule.weights == "none") return Placement::kNone;
    if (rule.weights == "all") return Placement::kAll;
  }
  return Placement::kPlaced;
}

// Only a wrapper's sampler prints lines that tell the family of its model;
// without them ComfyUI's own nodes sampled what was loaded.
void ReadPath(FactReader* reader, const Hardware& hardware, Job* job) {
  if (reader->Find("model_family") != nullptr) {
    job->path = CodePath::kWrapper;
    return;
  }
  job->path = CodePath::kNative;
  job->offloaded_mib = reader->Mib("offloaded_mb");
  job->placement = ReadPlacementRule(reader, hardware);
}

// A log prints the name of the device; a person may give any.
std::string NameOfDevice(const Hardware& hardware, const Fact* fact) {
  if (fact == nullptr) return "";
  const GpuCard* card =
      fact->given ? CardNamed(hardware, fact->value) : nullptr;
  return card == nullptr ? fact->value : DeviceName(*card);
}

void ReadMachine(FactReader* reader, const Hardware& hardware, Job* job) {
  job->gpu = NameOfDevice(hardware, reader->Find("gpu"));
  job->vram_mib = reader->Mib("vram_mb");
  if (job->vram_mib && *job->vram_mib < 1) job->vram_mib.reset();
  job->ram_limit_mib = reader->Mib("cgroup_ram_mb");
  ReadPath(reader, hardware, job);
}

void Take(const DiffusionModel* model, KnownFrom from, Job* job) {
  if (model == nullptr || !job->models.empty()) return;
  job->models = {model->id};
  job->model_from = from;
}

void TakeDtype(std::string dtype, KnownFrom from, Job* job) {
  if (dtype.empty() || !job->dtype.empty()) return;
  job->dtype = std::move(dtype);
  job->dtype_from = from;
}

void Take(const SizeMatch& match, KnownFrom from, Job* job) {
  Take(match.model, from, job);
  // A size tells the type for its own model only.
  if (match.model == nullptr || job->models[0] != match.model->id) return;
  TakeDtype(match.dtype, from, job);
}

// Several models have blocks of one size: a model that is known by name keeps
// it, and takes only the type.
void FindByBlocks(FactReader* reader, const Hardware& hardware, Job* job) {
  const DiffusionModel* known =
      job->models.empty() ? nullptr : hardware.FindModel(job->models[0]);
  const std::uint64_t loaded = LineOf(reader->Find("model"));
  if (const auto all = reader->Mib("total_blocks_mb", loaded)) {
    Take(MatchBlocks(hardware, *all, known), KnownFrom::kBlocks, job);
  }
  const int count = job->swapped_blocks.value_or(0);
  if (job->cpu_blocks_mib && count > 0) {
    Take(MatchBlock(hardware, *job->cpu_blocks_mib / count, known),
         KnownFrom::kBlocks, job);
  }
}

void FindByClass(FactReader* reader, const std::vector<std::string>& work,
                 const Hardware& hardware, Job* job) {
  const std::optional<double> loaded = reader->Mib("loaded_mb");
  const double offloaded = reader->Mib("offloaded_mb").value_or(0);
  for (const std::string& item : work) {
    if (!loaded) break;
    Take(MatchWeights(hardware, item, *loaded + offloaded), KnownFrom::kWeights,
         job);
  }
  for (const std::string& item : work) {
    Take(MatchClass(hardware, item), KnownFrom::kClass, job);
  }
}

// Some variants stand for several models. Any other that nobody knows is none
// of the usual ones, so nothing is guessed for it.
void FindByFamily(FactReader* reader, const Hardware& hardware, Job* job) {
  const std::string family = reader->Text("model_family");
  const std::string variant = reader->Text("model");
  if (!job->models.empty() || family.empty()) return;
  for (const FamilyGuess& guess : hardware.assume.families) {
    const bool fits =
        variant.empty()
            ? guess.variants.empty()
            : std::find(guess.variants.begin(), guess.variants.end(),
                        variant) != guess.variants.end();
    if (guess.family != family || !fits) continue;
    job->models = guess.models;
    job->model_from = KnownFrom::kFamily;
    return;
  }
}

void FindModel(FactReader* reader, const std::vector<std::string>& work,
               const Hardware& hardware, Job* job) {
  const std::string name = reader->Text("model");
  Take(MatchModel(hardware, name), KnownFrom::kName, job);
  TakeDtype(MatchDtype(hardware, name), KnownFrom::kName, job);
  FindByBlocks(reader, hardware, job);
  FindByClass(reader, work, hardware, job);
  FindByFamily(reader, hardware, job);
  // ComfyUI prints it of its own loads only.
  if (job->path != CodePath::kNative) return;
  TakeDtype(MatchDtype(hardware, reader->Text("weights_dtype")),
            KnownFrom::kStated, job);
}

}  // namespace

std::optional<Job> JobOf(const Facts& facts,
                         const std::vector<std::string>& work,
                         const Hardware& hardware) {
  Job job;
  FactReader reader(facts, &job);
  if (!ReadSize(&reader, &job)) return std::nullopt;
  ReadMachine(&reader, hardware, &job);
  ReadPlacement(&reader, &job);
  FindModel(&reader, work, hardware, &job);
  ReadTokens(&reader, hardware, &job);
  return job;
}

}  // namespace logdiag
