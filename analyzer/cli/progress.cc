// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/progress.h"

#include <unistd.h>

#include <cstdio>

#include "analyzer/cli/catalogue.h"

namespace logdiag {
namespace {

constexpr std::chrono::milliseconds kFirst(1000);
constexpr std::chrono::milliseconds kEvery(200);

}  // namespace

Progress::Progress(const std::string& name, bool quiet)
    : name_(Plain(name)),
      enabled_(!quiet && isatty(STDERR_FILENO) != 0),
      next_(std::chrono::steady_clock::now() + kFirst) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void Progress::Show(std::uint64_t bytes) {
  if (!enabled_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kEvery;
  shown_ = true;
  std::fprintf(stderr, "\r\x1b[K%s: %llu MiB read", name_.c_str(),
               static_cast<unsigned long long>(bytes >> 20));
}

}  // namespace logdiag
