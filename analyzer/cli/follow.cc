// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/follow.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "analyzer/analyze.h"
#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/glance.h"
#include "analyzer/cli/live_log.h"
#include "analyzer/cli/terminal.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/input/file_kind.h"
#include "analyzer/input/followed_file.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// Error if the file is packed or no log at all; of pipes only reading tells.
Status IsPlain(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return Ok{};
  const auto source = OpenFile(path);
  if (!source.ok()) return source.error();
  std::array<char, kHeadBytes> head;
  const auto got = source.value()->ReadAt(0, head.data(), head.size());
  if (!got.ok()) return got.error();
  const FileKind kind = KindOf({head.data(), got.value()});
  if (kind.way == FileKind::Way::kPlain) return Ok{};
  return Error{path, "--follow reads text that is still written, and this is " +
                         (kind.way == FileKind::Way::kCompressed
                              ? std::string(CodecName(kind.codec))
                              : std::string(kind.what)) +
                         "; leave --follow out"};
}

class Follower {
 public:
  Follower(const Options& options, const Catalogue& catalogue,
           const ReportOptions& report, Hook* hook)
      : options_(options),
        catalogue_(catalogue),
        report_(report),
        hook_(hook),
        format_(FormatOf(options)) {
    report_.full = false;
    analyze_.given = options.given;
    analyze_.window = options.window;
    analyze_.choose = [this](const Story& story) { return Choose(story); };
  }

  std::optional<Diagnosis> Run(FollowedFile* file,
                               const std::atomic<bool>* stop) {
    const std::string& name = options_.files.front();
    LiveLog log(name, {file, hook_, stop,
                       [this](const Glance& glance) { return Take(glance); },
                       [this] { StateEnd(); }});
    log_ = &log;
    Result<Diagnosis> diagnosis = Analyze(&log, name, catalogue_, analyze_);
    if (log.snapshot().is_copy()) AnswerWith(diagnosis);
    if (!diagnosis.ok()) {
      PrintError(diagnosis.error());
      return std::nullopt;
    }
    if (any_ && !ForMachines()) Print("\n");
    return std::move(diagnosis).value();
  }

 private:
  // Called where the log ends: in each copy, and once in the original. It is
  // known there how long nothing came.
  void StateEnd() {
    const std::optional<std::int64_t> quiet_ns = log_->quiet_ns();
    if (!quiet_ns) return;
    const std::int64_t now = NowNs();
    analyze_.given.quiet_ns = quiet_ns;
    analyze_.given.collected_at_ns = now;
    analyze_.given.collected_at = FormatRfc3339(now, 1'000'000'000, true);
  }

  std::optional<std::size_t> Choose(const Story& story) {
    if (!log_->snapshot().is_copy()) return std::nullopt;
    const auto& failures = story.timeline.failures;
    const std::optional<std::size_t> next =
        told_.Next(failures, log_->at_end(), &glance_);
    if (story.hang_in_s) {
      glance_.again_s = std::min(*story.hang_in_s,
                                 glance_.again_s.value_or(*story.hang_in_s));
    }
    if (!next) log_->snapshot().Answer(glance_.Encode());
    glance_.told = KeyOf(failures[*next]);
    return next;
  }

  [[noreturn]] void AnswerWith(const Result<Diagnosis>& diagnosis) {
    // Whatever failed there is not what we know about, or it is no log yet.
    if (!diagnosis.ok() || diagnosis.value().foreign) {
      glance_.told.reset();
    } else if (glance_.told) {
      glance_.block = Block(diagnosis.value());
      glance_.json = WriteJson(diagnosis.value(), catalogue_, report_, false);
    }
    log_->snapshot().Answer(glance_.Encode());
  }

  bool ForMachines() const {
    return format_ == Format::kJson || format_ == Format::kNdjson;
  }

  std::string Block(const Diagnosis& diagnosis) const {
    switch (format_) {
      case Format::kText:
        return WriteText(diagnosis, catalogue_, report_);
      case Format::kJson:
        return WriteJson(diagnosis, catalogue_, report_, false);
      case Format::kNdjson:
        return WriteNdjson(diagnosis, catalogue_, report_);
      default:
        return WriteMarkdownCore(diagnosis, catalogue_, report_);
    }
  }

  // False if it could not be printed.
  bool Take(const Glance& glance) {
    told_.Take(glance);
    if (!glance.told) return true;
    const bool parted = std::exchange(any_, true) && !ForMachines();
    const std::string between = parted ? "\n" : "";
    hook_->Add(glance.json);
    return Print(between + glance.block);
  }

  const Options& options_;
  const Catalogue& catalogue_;
  ReportOptions report_;
  Hook* hook_;
  Format format_;
  AnalyzeOptions analyze_;
  LiveLog* log_ = nullptr;
  Told told_;
  Glance glance_;  // of the copy
  bool any_ = false;
};

}  // namespace

bool CanFollowIn(Format format) {
  switch (format) {
    case Format::kMarkdown:
    case Format::kText:
    case Format::kJson:
    case Format::kNdjson:
      return true;
    default:
      return false;
  }
}

std::optional<Diagnosis> Follow(const Options& options,
                                const Catalogue& catalogue,
                                const ReportOptions& report,
                                const std::atomic<bool>* stop, Hook* hook) {
  const std::string& name = options.files.front();
  const Status plain = IsPlain(name);
  if (!plain.ok()) {
    PrintError(plain.error());
    return std::nullopt;
  }
  auto file = FollowedFile::Open(name);
  if (!file.ok()) {
    PrintError(file.error());
    return std::nullopt;
  }
  return Follower(options, catalogue, report, hook)
      .Run(file.value().get(), stop);
}

}  // namespace logdiag
