// SPDX-License-Identifier: Apache-2.0
// The errors of a load, as many as people read.
#ifndef LOGDIAG_KNOWLEDGE_ERROR_LIST_H_
#define LOGDIAG_KNOWLEDGE_ERROR_LIST_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/support/result.h"

namespace logdiag {

// "a.yaml" of "a.yaml:2:5"; a place without line and column stays as it is.
std::string_view FileOf(std::string_view where);

// What a pattern file says, as an error shows it: in quotes, and no longer than
// people read.
inline constexpr std::size_t kMaxQuoted = 80;  // bytes
std::string Quoted(std::string_view text);

class ErrorList {
 public:
  static constexpr std::size_t kMaxPerFile = 20;
  static constexpr std::size_t kMaxInAll = 500;

  // `errors` must outlive this.
  explicit ErrorList(std::vector<Error>* errors) : errors_(errors) {}

  // Keeps `error`, or counts it if its file, or the load, has enough of them.
  void Add(Error error);
  // True if what is added of that file would only be counted: the message need
  // not be worked out.
  bool IsFull(std::string_view where) const;
  // Adds how many were only counted. Call once, last.
  void TellRest();

  std::vector<Error>* errors() const { return errors_; }

 private:
  struct Count {
    std::size_t kept = 0;
    std::size_t left_out = 0;
  };

  std::vector<Error>* errors_;
  std::map<std::string, Count, std::less<>> of_file_;
  std::size_t kept_ = 0;
  std::size_t in_others_ = 0;  // of files of which none is kept
};

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_ERROR_LIST_H_
