// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/case.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "analyzer/support/text.h"
#include "analyzer/support/timestamp.h"
#include "analyzer/support/witness_match.h"
#include "analyzer/witnesses/agreement.h"
#include "analyzer/witnesses/clock_fit.h"
#include "analyzer/witnesses/merged_stream.h"
#include "analyzer/witnesses/pod_files.h"
#include "analyzer/witnesses/sorted_files.h"
#include "analyzer/witnesses/statements.h"

namespace logdiag {
namespace {

// With fewer lines in common, no line is taken for a copy.
constexpr std::uint64_t kCopies = 3;
// A log of which so much stands in the main one is a copy of it.
constexpr double kWholeCopy = 0.9;
// What ended in one night, by clocks of any two zones.
constexpr std::int64_t kOneNight_ns = 15 * 3600 * kNsPerSecond;
// A failure of another day is another case.
constexpr std::int64_t kOneDay_ns = 24 * 3600 * kNsPerSecond;
// So many reasons are told where there is no log.
constexpr std::size_t kMostTold = 5;

// A card that is lost, or a disk that stands, shows in the kernel's log minutes
// before a program dies of it, and never before it began or after it has
// started again.
constexpr std::int64_t kBeforeEnd_ns = 15 * 60 * kNsPerSecond;

class Case {
 public:
  Case(const Catalogue& catalogue, const AnalyzeOptions& options,
       const InputOptions& input)
      : catalogue_(catalogue), options_(options), input_(input) {}

  Result<Diagnosis> Analyze(const std::vector<std::string>& paths,
                            const std::string& name) {
    found_ = OpenPodFiles(paths, input_);
    SortedFiles sorted = SortFiles(found_, catalogue_, options_, input_);
    sources_.files = std::move(sorted.files);
    sources_.spans = std::move(sorted.spans);
    logs_ = std::move(sorted.logs);
    testimonies_ = std::move(sorted.testimonies);
    line_ = sources_.spans.size();
    if (logs_.empty()) {
      return Error{name, "there is no log among these files" + WhyNone()};
    }
    ChooseMain();
    LeaveStrangersOut();
    SetClocks();
    State();
    return Together(name);
  }

 private:
  SourceFile* FileOf(const PodLog& log) { return &sources_.files[log.index]; }

  std::string WhyNone() const {
    std::string why;
    std::size_t told = 0;
    for (const SourceFile& file : sources_.files) {
      if (++told > kMostTold) return why + "; ...";
      why += (told == 1 ? ": " : "; ") + file.name + ": " + file.what;
    }
    return why;
  }

  void ChooseMain() {
    std::optional<std::int64_t> newest_ns;
    for (const PodLog& log : logs_) {
      if (log.profile.dated()) {
        newest_ns = std::max(newest_ns, log.profile.last_ns());
      }
    }
    const auto rank = [&](const PodLog& log) {
      const bool recent = !newest_ns || !log.profile.dated() ||
                          *log.profile.last_ns() + kOneNight_ns >= *newest_ns;
      const bool works = Works(log.alone);
      const bool lives = works || !log.alone.timeline.processes.empty();
      // A host's journal may hold the lines of the container, too.
      return std::make_tuple(lives && !log.profile.tells_of_host(), recent,
                             works, lives, log.alone.incident.has_value(),
                             log.alone.coverage.understood);
    };
    const auto main = std::max_element(
        logs_.begin(), logs_.end(),
        [&](const PodLog& a, const PodLog& b) { return rank(a) < rank(b); });
    std::rotate(logs_.begin(), main, main + 1);
    PodLog& log = logs_.front();
    FileOf(log)->main = true;
    sources_.alone_cause = log.alone.cause;
    sources_.alone_confidence = log.alone.confidence;
    window_ = WindowOfEnd(log.alone);
  }

  // A text that shows no start, no work, nothing of a host and no line of the
  // main log need not be of this pod: a note, what a command printed.
  void LeaveStrangersOut() {
    const ClockProfile& main = logs_.front().profile;
    std::erase_if(logs_, [&](PodLog& log) {
      SourceFile* file = FileOf(log);
      if (file->main) return false;
      const std::uint64_t shared = main.SharedWith(log.profile);
      const bool of_other_day = IsOfOtherDay(log.profile);
      const bool stranger = file->what.empty() && !Works(log.alone) &&
                            !Starts(log.alone) &&
                            !log.profile.has_host_lines() && shared == 0;
      // Where no clock tells, a second copy would be a second life.
      const bool clocks =
          main.clock() != Clock::kNone && log.profile.clock() != Clock::kNone;
      const bool copy =
          !clocks &&
          static_cast<double>(shared) >=
              kWholeCopy * static_cast<double>(log.profile.distinct()) &&
          shared >= kCopies;
      log.alone = {};
      if (!stranger && !copy && !of_other_day) return false;
      file->role = SourceFile::Role::kLeftOut;
      file->what = of_other_day
                       ? "it ends a day or more before the main log begins, or "
                         "begins so long after its end"
                   : copy ? "nearly all of it stands in the main log, and no "
                            "clock tells the rest its place"
                          : "nothing in it shows that it is of this pod";
      return true;
    });
  }

  // A log that was there all the time is of any day.
  bool IsOfOtherDay(const ClockProfile& log) const {
    const ClockProfile& main = logs_.front().profile;
    return main.dated() && log.dated() &&
           (*log.last_ns() + kOneDay_ns < *main.first_ns() ||
            *log.first_ns() > *main.last_ns() + kOneDay_ns);
  }

  void SetClocks() {
    const ClockProfile& main = logs_.front().profile;
    FileOf(logs_.front())->fit = SourceFile::Fit::kSame;
    for (std::size_t at = 1; at < logs_.size(); ++at) {
      PodLog& log = logs_[at];
      if (main.last_ns() && main.clock() != Clock::kNoYear) {
        log.years = log.profile.SetYears(*main.last_ns());
      }
      const ClockProfile::Fit fit = main.FitOf(log.profile);
      SourceFile* file = FileOf(log);
      file->fit = fit.kind;
      file->offset_ns = fit.offset_ns;
      file->shared = fit.shared;
    }
  }

  void State() {
    Stated stated = StatedOf(testimonies_, window_);
    stated_ = std::move(stated.facts);
    unplaced_ = stated.unplaced;
    sources_.contradictions = std::move(stated.contradictions);
    // What the user says decides over what files say.
    Facts given;
    PutGiven(options_.given, &given);
    for (const auto& [name, fact] : given) stated_.erase(name);
  }

  AnalyzeOptions WithStated() const {
    AnalyzeOptions options = options_;
    options.stated = stated_;
    const bool any = !sources_.contradictions.empty();
    if (any || unplaced_) options.most = Confidence::kLikely;
    // What ended the last process of the log is part of its life.
    if (!window_.last) return options;
    const auto code = stated_.find("exit_code");
    if (code != stated_.end()) {
      const std::string& text = code->second.value;
      int number = 0;
      const auto [stop, error] =
          std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc()) options.given.exit_code = number;
    }
    const auto killed = stated_.find("oom_killed");
    if (killed != stated_.end()) {
      options.given.oom_killed = killed->second.value == "yes";
    }
    // Files that do not agree on how it ended agree that it ended.
    options.given.ended = std::any_of(
        sources_.contradictions.begin(), sources_.contradictions.end(),
        [](const Contradiction& one) { return one.stated.front().given; });
    return options;
  }

  Result<Diagnosis> Together(const std::string& name) {
    const AnalyzeOptions options = WithStated();
    const std::vector<LineSpan> spans = sources_.spans;
    auto diagnosis = Read(name, options);
    if (!diagnosis.ok()) return diagnosis;
    const Confidence most =
        MostSure(diagnosis.value(), options.most, &sources_);
    if (most < options.most) {
      AnalyzeOptions careful = options;
      careful.most = most;
      sources_.spans = spans;
      for (SourceFile& file : sources_.files) file.copies = file.outside = 0;
      diagnosis = Read(name, careful);
      if (!diagnosis.ok()) return diagnosis;
    }
    Note(&diagnosis.value());
    return diagnosis;
  }

  Result<Diagnosis> Read(const std::string& name,
                         const AnalyzeOptions& options) {
    std::vector<std::unique_ptr<PodFileReader>> readers;
    std::vector<std::unique_ptr<LogStream>> streams;
    std::vector<MergedPart> parts;
    const ClockProfile& main = logs_.front().profile;
    for (PodLog& log : logs_) {
      auto reader = PodFileReader::Open(*log.file, input_);
      if (!reader.ok()) return reader.error();
      readers.push_back(std::move(reader).value());
      streams.push_back(std::make_unique<LogStream>(
          readers.back()->source(), log.file->name, options.chunk_bytes));
      MergedPart part;
      part.stream = streams.back().get();
      part.file = FileOf(log);
      part.index = log.index;
      if (!part.file->main && main.SharedWith(log.profile) >= kCopies) {
        part.copies_of = &main;
      }
      part.years = log.years;
      part.first_ns = log.profile.first_ns();
      if (window_.from_ns && !part.file->main) {
        part.from_ns = *window_.from_ns - kBeforeEnd_ns;
        if (window_.begun_ns) {
          part.from_ns =
              std::max(*part.from_ns, *window_.begun_ns - kEndSlack_ns);
        }
        if (window_.to_ns) part.to_ns = *window_.to_ns + kEndSlack_ns;
        part.only_kernel = part.file->what.empty();
      }
      // Without clocks, what ran before stands before.
      const bool before = part.file->fit == SourceFile::Fit::kNone &&
                          Contains(part.file->label, ".prev");
      parts.insert(before ? parts.begin() : parts.end(), part);
    }
    MergedStream merged(std::move(parts), main.clock(), line_, &sources_.spans);
    return AnalyzeRecords(&merged, name, catalogue_, options);
  }

  // Which files speak for or against the verdict.
  void Note(Diagnosis* diagnosis) {
    const auto speaks = [&](std::uint64_t line) {
      const LineSpan* span = SpanOf(sources_, line);
      if (span != nullptr) sources_.files[span->file].speaks = true;
    };
    for (const auto* list : {&diagnosis->evidence, &diagnosis->against}) {
      for (const Evidence& evidence : *list) speaks(evidence.quote.line);
    }
    for (const auto& [name, fact] : diagnosis->facts) speaks(fact.line);
    for (const Contradiction& one : sources_.contradictions) {
      for (const Fact& fact : one.stated) speaks(fact.line);
    }
    if (diagnosis->incident) speaks(diagnosis->incident->quote.line);
    std::uint64_t lines = 0;
    for (const SourceFile& file : sources_.files) lines += file.lines;
    diagnosis->source.lines = lines;
    diagnosis->coverage.lines = lines;
    diagnosis->source.of_case = std::move(sources_);
  }

  const Catalogue& catalogue_;
  const AnalyzeOptions& options_;
  const InputOptions& input_;
  PodFiles found_;
  CaseSources sources_;
  std::vector<Testimony> testimonies_;
  std::vector<PodLog> logs_;
  EndWindow window_;
  Facts stated_;
  bool unplaced_ = false;  // see Stated
  std::uint64_t line_ = 0;
};

}  // namespace

Result<Diagnosis> AnalyzeCase(const std::vector<std::string>& paths,
                              const std::string& name,
                              const Catalogue& catalogue,
                              const AnalyzeOptions& options,
                              const InputOptions& input) {
  return Case(catalogue, options, input).Analyze(paths, name);
}

}  // namespace logdiag
