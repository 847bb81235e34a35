// SPDX-License-Identifier: Apache-2.0
// A sentence of ours, and what the log puts into it. The two stay apart until
// a report is written, which shows what is the log's as such and may say what
// is ours in another language.
#ifndef LOGDIAG_MODEL_SENTENCE_H_
#define LOGDIAG_MODEL_SENTENCE_H_

#include <functional>
#include <map>
#include <string>

namespace logdiag {

struct Sentence {
  std::string pattern;  // of the catalogue, with {placeholders}
  // What its placeholders stand for, raw; those not here are the report's or
  // unknown.
  std::map<std::string, std::string, std::less<>> values = {};

  bool empty() const { return pattern.empty(); }
  bool operator==(const Sentence&) const = default;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_SENTENCE_H_
