// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/live_log.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "analyzer/cli/catalogue.h"

namespace logdiag {
namespace {

using std::chrono::milliseconds;

// What belongs together is written within this time.
constexpr milliseconds kSettle{300};
// In a log that is never quiet for that long.
constexpr milliseconds kLongestBetweenLooks{2000};
// Of a pipe into which more is written all the time.
constexpr std::uint64_t kMostLate = 16 << 20;
// However soon something may have become an incident.
constexpr std::chrono::duration<double> kLeastAgain{0.5};
// Where nothing tells that there is more; as `tail -F`.
constexpr milliseconds kLookAgain{1000};

timespec ToTimespec(LiveLog::Clock::duration duration) {
  const auto left = std::max(duration, LiveLog::Clock::duration::zero());
  const auto ns =
      std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
  timespec time{};
  time.tv_sec = static_cast<time_t>(ns / 1'000'000'000);
  time.tv_nsec = static_cast<decltype(time.tv_nsec)>(ns % 1'000'000'000);
  return time;
}

template <typename T>
void Lower(std::optional<T> value, std::optional<T>* least) {
  if (value && (!*least || *value < **least)) *least = value;
}

}  // namespace

std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

LiveLog::LiveLog(std::string name, Parts parts)
    : name_(std::move(name)), parts_(std::move(parts)), arrived_ns_(NowNs()) {}

std::optional<std::int64_t> LiveLog::quiet_ns() const {
  if (parts_.file->ended()) return std::nullopt;
  const std::int64_t written = parts_.file->written_ns().value_or(arrived_ns_);
  return std::max<std::int64_t>(0, NowNs() - written);
}

std::optional<LiveLog::Clock::time_point> LiveLog::Due() const {
  std::optional<Clock::time_point> due = again_;
  if (news_ && live_) {
    Lower(std::optional(std::min(last_news_ + kSettle,
                                 news_since_ + kLongestBetweenLooks)),
          &due);
  }
  return due;
}

Result<std::size_t> LiveLog::Read(char* buffer, std::size_t size) {
  auto got = ReadNext(buffer, size);
  if (got.ok() && got.value() == 0) parts_.on_end();
  return got;
}

Result<std::size_t> LiveLog::ReadNext(char* buffer, std::size_t size) {
  for (;;) {
    if (snapshot_.is_copy() || at_end_) return std::size_t{0};
    parts_.hook->GoOn();
    const auto due = Due();
    // What was written before the signal is part of the log.
    const bool stop = *parts_.stop;
    if (useless_ || late_bytes_ > kMostLate) {
      End();
      continue;
    }
    if (due && !stop && Clock::now() >= *due) {
      Look();
      continue;
    }
    const auto got = parts_.file->Read(buffer, size);
    for (const std::string& notice : parts_.file->TakeNotices()) {
      PrintError({name_, notice});
    }
    if (!got.ok()) {
      at_end_ = true;
      return got;
    }
    if (got.value() > 0) {
      if (stop) late_bytes_ += got.value();
      last_news_ = Clock::now();
      if (!std::exchange(news_, true)) news_since_ = last_news_;
      arrived_ns_ = NowNs();
      return got;
    }
    live_ = true;
    if (stop || parts_.file->ended()) {
      End();
    } else {
      Wait();
    }
  }
}

void LiveLog::End() {
  at_end_ = true;
  if (!useless_) Look();
}

void LiveLog::Look() {
  news_ = false;
  again_.reset();
  for (;;) {
    if (snapshot_.Take() == Snapshot::Side::kCopy) return;
    const auto& answer = snapshot_.answer();
    const auto glance = answer ? Glance::Decode(*answer) : std::nullopt;
    if (!glance) {
      PrintError({name_,
                  "could not be looked at just now; the report at the "
                  "end has what happened"});
      return;
    }
    if (!parts_.take(*glance)) useless_ = true;
    if (glance->told && !useless_) continue;
    if (glance->again_s) {
      // A moment more: the copy looks at other clocks.
      const std::chrono::duration<double> again(*glance->again_s + 0.1);
      again_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                  std::max(again, kLeastAgain));
    }
    return;
  }
}

// What a signal is to tell must not come between looking for it and waiting.
void LiveLog::Wait() {
  sigset_t blocked;
  sigset_t usual;
  sigemptyset(&blocked);
  for (const int each : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&blocked, each);
  sigprocmask(SIG_BLOCK, &blocked, &usual);
  parts_.hook->GoOn();
  if (!*parts_.stop) {
    std::vector<pollfd> wanted;
    if (parts_.file->waits_on() >= 0) {
      wanted.push_back({parts_.file->waits_on(), POLLIN, 0});
    }
    parts_.hook->AddTo(&wanted);
    // Without events: whether whoever reads what is printed has left.
    wanted.push_back({STDOUT_FILENO, 0, 0});
    std::optional<Clock::time_point> until = Due();
    Lower(parts_.hook->deadline(), &until);
    if (parts_.file->must_look()) {
      Lower(std::optional(Clock::now() + kLookAgain), &until);
    }
    timespec timeout{};
    if (until) timeout = ToTimespec(*until - Clock::now());
    ppoll(wanted.data(), wanted.size(), until ? &timeout : nullptr, &usual);
    if ((wanted.back().revents & POLLERR) != 0) useless_ = true;
    parts_.file->Seen();
  }
  sigprocmask(SIG_SETMASK, &usual, nullptr);
}

}  // namespace logdiag
