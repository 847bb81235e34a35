// SPDX-License-Identifier: Apache-2.0
// The phase that a stack tells.
#ifndef LOGDIAG_TIMELINE_LIVES_FRAME_PHASES_H_
#define LOGDIAG_TIMELINE_LIVES_FRAME_PHASES_H_

#include <array>
#include <optional>
#include <string>
#include <unordered_map>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/support/regex_cache.h"

namespace logdiag {

class FramePhases {
 public:
  // `catalogue` must outlive it. Rules are compiled on first need.
  explicit FramePhases(const Catalogue* catalogue)
      : catalogue_(catalogue), regexes_(&catalogue->regex_needs) {}

  // The phase in which the first exception of `traceback` was raised; "" if
  // its frames tell none.
  std::string PhaseOf(const Traceback& traceback);
  // The phase that a node type's name tells; "" if it tells none.
  std::string PhaseOfNode(const std::string& node);
  // Whether a frame of it is of a bystander.
  bool IsBystander(const Traceback& traceback);
  // Whether a frame of it is in code of ComfyUI or of a node pack.
  bool IsOwn(const Traceback& traceback);

 private:
  // nullopt: no rule matches the frame.
  std::optional<std::string> Match(const Frame& frame);
  // What a rule tells.
  enum class Tells { kPhase, kOwn, kBystander, kMachinery };
  static Tells TellsOf(const FrameRule& rule);
  // The first rule that matches, among those that tell that.
  const FrameRule* Matches(const Frame& frame, Tells what);
  bool AnyFrame(const Traceback& traceback, Tells what);

  // The same few frames stand in most stacks of a log; this many are kept.
  static constexpr std::size_t kMaxKnown = 512;

  const Catalogue* catalogue_;
  RegexCache regexes_;
  // By text of the frame: the rule that each of Tells found, or nullptr for
  // none.
  std::unordered_map<std::string,
                     std::array<std::optional<const FrameRule*>, 4>>
      known_;
};

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_LIVES_FRAME_PHASES_H_
