// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/same_job.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/job_facts.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// A job as markers name it: "161 frames at 832x480".
struct Size {
  std::int64_t frames = 0;
  std::int64_t pixels = 0;  // of a frame

  bool operator==(const Size&) const = default;
};

// Reads jobs; nothing for work that names no size.
class SizeReader {
 public:
  std::optional<Size> Read(std::string_view item) const {
    if (!regex_) return std::nullopt;
    const auto captures = regex_->Find(item);
    if (!captures) return std::nullopt;
    Size size{0, 1};
    for (const auto& [name, value] : *captures) {
      const auto figure =
          static_cast<std::int64_t>(ReadNumber(value).value_or(0));
      if (name == "frames") {
        size.frames = figure;
      } else {
        size.pixels *= figure;
      }
    }
    return size;
  }

 private:
  std::string why_;
  std::optional<Regex> regex_ = Regex::Compile(
      R"(^(?P<frames>\d{1,6}) frames\b.* at (?P<width>\d{1,5})x(?P<height>\d{1,5})$)",
      &why_);
};

struct SizedJob {
  Size size;
  std::string name;
};

std::optional<SizedJob> JobOf(const std::vector<std::string>& work,
                              const SizeReader& reader) {
  for (const std::string& item : work) {
    if (const auto size = reader.Read(item)) return SizedJob{*size, item};
  }
  return std::nullopt;
}

bool IsSmaller(const Size& size, const Size& other) {
  return size != other && size.frames <= other.frames &&
         size.pixels <= other.pixels;
}

}  // namespace

void AddSameJob(const Timeline& timeline, const Failure& failure,
                Facts* facts) {
  const SizeReader reader;
  const auto failed = JobOf(failure.work, reader);
  if (!failed) return;
  for (const Failure& earlier : timeline.failures) {
    const auto job = JobOf(earlier.work, reader);
    if (!job || job->size != failed->size || earlier.prompt == 0 ||
        earlier.prompt == failure.prompt ||
        earlier.last_line >= failure.first_line) {
      continue;
    }
    Fact fact;
    fact.value = std::to_string(earlier.quote.line);
    fact.line = earlier.quote.line;
    fact.offset = earlier.quote.offset;
    fact.text = earlier.quote.text;
    facts->insert_or_assign(std::string(kSameJobFailed), fact);
  }
  std::optional<Size> largest;
  for (const Work& work : timeline.works) {
    const auto job = JobOf(work.work, reader);
    if (!job || work.state != WorkState::kExecuted ||
        !IsSmaller(job->size, failed->size) ||
        (largest && !IsSmaller(*largest, job->size))) {
      continue;
    }
    largest = job->size;
    Fact fact;
    fact.value = job->name;
    fact.line = work.end_line;
    facts->insert_or_assign(std::string(kPassedJob), fact);
  }
}

}  // namespace logdiag
