// SPDX-License-Identifier: Apache-2.0
// Files that tell the state of a pod and are no logs, as patterns/witnesses/
// describes them.
#ifndef LOGDIAG_MODEL_WITNESS_KIND_H_
#define LOGDIAG_MODEL_WITNESS_KIND_H_

#include <vector>

#include "analyzer/model/known_text.h"

namespace logdiag {

// What a line of a witness states.
struct WitnessFact {
  KnownText fact;       // name in Diagnosis::facts
  KnownText regex;      // of a line
  KnownText value;      // "" = what the group `value` took
  bool bytes = false;   // that is a number of bytes, and the fact is in MiB
  bool of_end = false;  // of how the process ended, and not of the pod

  bool operator==(const WitnessFact&) const = default;
};

// A kind of file that tells the state of a pod and is no log
// (support/witness_match.h).
struct WitnessKind {
  KnownText id;
  KnownText name;                // "docker inspect"
  std::vector<KnownText> signs;  // each matches one of its lines
  KnownText begins;     // line that begins what is stated of one end; "" = the
                        // line that matches `ended` is the last of it
  KnownText ended;      // line with the time at which it ended (group `time`)
  KnownText runs;       // line that says that it runs now; both may be empty
  bool is_log = false;  // its lines are read in the order of time, too
  std::vector<WitnessFact> facts;
  std::vector<KnownText> samples;  // whole small files of it
  KnownText origin;

  bool operator==(const WitnessKind&) const = default;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_WITNESS_KIND_H_
