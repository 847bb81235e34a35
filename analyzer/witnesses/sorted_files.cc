// SPDX-License-Identifier: Apache-2.0
#include "analyzer/witnesses/sorted_files.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongestLabel = 40;
// All of them are open at once, and each is kept in mind.
constexpr std::size_t kMostLogs = 100;

// "kernel.txt" of "bundle.tar.gz:pod/kernel.txt", of letters that no format
// reads as more than letters; `taken` counts the labels of each name.
std::string LabelOf(const std::string& name,
                    std::map<std::string, std::size_t>* taken) {
  std::string label(BaseName(name));
  for (char& c : label) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       IsDigit(c) || c == '.' || c == '-';
    if (!plain) c = '-';
  }
  if (label.size() > kLongestLabel) {
    label = label.substr(label.size() - kLongestLabel);
  }
  const std::size_t number = ++(*taken)[label];
  return number == 1 ? label : label + "--" + std::to_string(number);
}

class Sorter {
 public:
  Sorter(const Catalogue& catalogue, const AnalyzeOptions& options,
         const InputOptions& input)
      : catalogue_(catalogue), options_(options), input_(input) {}

  SortedFiles Sort(const PodFiles& found) {
    for (const PodFile& file : found.files) Look(file);
    for (SourceFile file : found.left_out) {
      file.label = LabelOf(file.name, &labels_);
      sorted_.files.push_back(std::move(file));
    }
    return std::move(sorted_);
  }

 private:
  // Finds out what `file` is.
  void Look(const PodFile& file) {
    SourceFile source;
    source.name = file.name;
    source.label = LabelOf(file.name, &labels_);
    const std::size_t index = sorted_.files.size();
    auto testimony = TestimonyOf(file);
    const WitnessKind* kind = testimony.ok() ? testimony.value().kind : nullptr;
    LookAtLog(file, index, kind, &source);
    const bool is_log = source.role == SourceFile::Role::kLog;
    if (kind != nullptr && (!is_log || kind->is_log)) {
      if (!is_log) source.role = SourceFile::Role::kWitness;
      source.what = kind->name;
      Number(index, &testimony.value());
      sorted_.testimonies.push_back(std::move(testimony).value());
    }
    sorted_.files.push_back(std::move(source));
  }

  // Takes it as a log, or says in `source` why it is none. What looks like a
  // witness of `kind` is a log as well only if that kind is, or if a program
  // starts or works in it, whose log shows what it was shown.
  void LookAtLog(const PodFile& file, std::size_t index,
                 const WitnessKind* kind, SourceFile* source) {
    source->role = SourceFile::Role::kLeftOut;
    auto alone = Alone(file);
    if (!alone.ok()) {
      source->what = alone.error().message;
      return;
    }
    auto profile = ProfileOf(file);
    if (!profile.ok()) {
      source->what = profile.error().message;
      return;
    }
    const bool lives = Starts(alone.value()) || Works(alone.value());
    // Of a host's log few lines are known, and none need be.
    if (kind != nullptr
            ? !kind->is_log && !lives
            : alone.value().foreign && !profile.value().is_of_host()) {
      source->what = "nothing in it is known";
    } else if (sorted_.logs.size() == kMostLogs) {
      source->what = "there are too many logs for one case";
      source->unread = true;
    } else {
      source->role = SourceFile::Role::kLog;
      source->lines = alone.value().source.lines;
      sorted_.logs.push_back({&file,
                              index,
                              std::move(alone).value(),
                              std::move(profile).value(),
                              {}});
    }
  }

  Result<ClockProfile> ProfileOf(const PodFile& file) {
    auto reader = PodFileReader::Open(file, input_);
    if (!reader.ok()) return reader.error();
    LogStream stream(reader.value()->source(), file.name);
    return ClockProfile(&stream);
  }

  // With a kind of nullptr if it is none.
  Result<Testimony> TestimonyOf(const PodFile& file) {
    auto reader = PodFileReader::Open(file, input_);
    if (!reader.ok()) return reader.error();
    WitnessMatch match(&catalogue_.witnesses);
    LineReader lines(reader.value()->source());
    Line line;
    while (lines.Next(&line)) {
      if (match.hopeless()) return Testimony{};
      match.Look(line.text, line.number);
    }
    return match.Take().value_or(Testimony{});
  }

  Result<Diagnosis> Alone(const PodFile& file) {
    auto reader = PodFileReader::Open(file, input_);
    if (!reader.ok()) return reader.error();
    AnalyzeOptions options = options_;
    options.on_progress = nullptr;
    return logdiag::Analyze(reader.value()->source(), file.name, catalogue_,
                            options);
  }

  // The lines of a witness stand before those of the logs.
  void Number(std::size_t index, Testimony* testimony) {
    const auto number = [&](Facts* facts) {
      for (auto& [name, fact] : *facts) {
        sorted_.spans.push_back({sorted_.spans.size() + 1, index, fact.line});
        fact.line = sorted_.spans.size();
      }
    };
    number(&testimony->pod);
    for (Statement& end : testimony->ends) number(&end.facts);
  }

  const Catalogue& catalogue_;
  const AnalyzeOptions& options_;
  const InputOptions& input_;
  SortedFiles sorted_;
  std::map<std::string, std::size_t> labels_;
};

}  // namespace

bool Works(const Diagnosis& diagnosis) {
  return !diagnosis.timeline.works.empty();
}
bool Starts(const Diagnosis& diagnosis) {
  const auto& processes = diagnosis.timeline.processes;
  return std::any_of(processes.begin(), processes.end(),
                     [](const Process& one) { return one.start_seen; });
}

SortedFiles SortFiles(const PodFiles& found, const Catalogue& catalogue,
                      const AnalyzeOptions& options,
                      const InputOptions& input) {
  return Sorter(catalogue, options, input).Sort(found);
}

}  // namespace logdiag
