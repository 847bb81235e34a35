// SPDX-License-Identifier: Apache-2.0
// What a file that is no log states of a pod.
#ifndef LOGDIAG_SUPPORT_WITNESS_MATCH_H_
#define LOGDIAG_SUPPORT_WITNESS_MATCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/timeline.h"
#include "analyzer/support/lazy_regex.h"

namespace logdiag {

// What is stated of one end of a process, or of the pod as it is.
struct Statement {
  Facts facts;                           // with their lines
  std::optional<std::int64_t> ended_ns;  // UTC
};

struct Testimony {
  const WitnessKind* kind = nullptr;
  Facts pod;
  std::vector<Statement> ends;  // in the order of the file, at most kMostEnds
  bool runs = false;            // the process is said to run now
};

class WitnessMatch {
 public:
  // A file shows what it is within so many lines.
  static constexpr std::uint64_t kOpeningLines = 2000;
  // The last ones are kept: a pod that fails over and over has many.
  static constexpr std::size_t kMostEnds = 200;

  // `kinds` must outlive this.
  explicit WitnessMatch(const std::vector<WitnessKind>* kinds);

  // The next line, with its number from 1 on.
  void Look(std::string_view line, std::uint64_t number);
  // True once it can be no kind any more.
  bool hopeless() const { return states_.empty(); }
  // The first kind all of whose signs were seen; nullopt if none is.
  std::optional<Testimony> Take() const;

 private:
  struct Fact {
    const WitnessFact* rule;
    LazyRegex regex;
  };
  struct State {
    const WitnessKind* kind;
    std::vector<LazyRegex> signs;
    std::vector<bool> seen;
    LazyRegex begins;
    LazyRegex ended;
    LazyRegex runs;
    std::vector<Fact> facts;
    Statement open;
    Testimony told;

    bool shown() const {
      return std::find(seen.begin(), seen.end(), false) == seen.end();
    }
  };

  static void LookFor(std::string_view line, std::uint64_t number,
                      State* state);
  static void Close(State* state);

  std::vector<State> states_;
  std::uint64_t lines_ = 0;
};

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_WITNESS_MATCH_H_
