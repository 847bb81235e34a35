// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/workers.h"

#include <utility>

namespace logdiag {
namespace {

// Files that may be read before the one that is to be given.
constexpr std::size_t kAhead = 64;

}  // namespace

Workers::Workers(const std::vector<SurveyFile>& files, const Surveyor& surveyor,
                 std::size_t threads, const std::atomic<bool>* stop)
    : files_(files), surveyor_(surveyor), stop_(stop) {
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

Workers::~Workers() {
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Surveyed> Workers::Next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    return given_ == files_.size() || done_.contains(given_) ||
           idle_ == threads_.size();
  });
  const auto found = done_.find(given_);
  if (found == done_.end()) return std::nullopt;
  Surveyed surveyed = std::move(found->second);
  done_.erase(found);
  ++given_;
  changed_.notify_all();
  return surveyed;
}

void Workers::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] {
      return next_ == files_.size() || next_ < given_ + kAhead || *stop_;
    });
    if (next_ == files_.size() || *stop_) break;
    const std::size_t mine = next_++;
    lock.unlock();
    Surveyed surveyed = surveyor_.Read(files_[mine]);
    lock.lock();
    done_.emplace(mine, std::move(surveyed));
    changed_.notify_all();
  }
  ++idle_;
  changed_.notify_all();
}

}  // namespace logdiag
