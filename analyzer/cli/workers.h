// SPDX-License-Identifier: Apache-2.0
// Several threads that read the files of a survey.
#ifndef LOGDIAG_CLI_WORKERS_H_
#define LOGDIAG_CLI_WORKERS_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "analyzer/cli/surveyor.h"

namespace logdiag {

// Reads `files` and gives what they came to in their order. A few are read
// ahead, so that memory does not grow with their number.
class Workers {
 public:
  // All must outlive it.
  Workers(const std::vector<SurveyFile>& files, const Surveyor& surveyor,
          std::size_t threads, const std::atomic<bool>* stop);
  // Waits for what is being read.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Of the next file; nullopt behind the last one, and when `*stop` is set.
  std::optional<Surveyed> Next();

  // How many it gave.
  std::size_t given() const { return given_; }

 private:
  void Work();

  const std::vector<SurveyFile>& files_;
  const Surveyor& surveyor_;
  const std::atomic<bool>* stop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;   // file to be read
  std::size_t given_ = 0;  // files that Next() gave
  std::size_t idle_ = 0;   // threads that ended
  std::map<std::size_t, Surveyed> done_;
  std::vector<std::thread> threads_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_WORKERS_H_
