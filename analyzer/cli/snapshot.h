// SPDX-License-Identifier: Apache-2.0
// A copy of the whole process that answers one question and is gone.
#ifndef LOGDIAG_CLI_SNAPSHOT_H_
#define LOGDIAG_CLI_SNAPSHOT_H_

#include <optional>
#include <string>

namespace logdiag {

// What is read of a log so far is spread over all stages, down to half a line.
// The copy can bring each of them to its end as if the log ended here, and the
// original goes on as if nothing had been asked. The kernel copies only what
// either of them writes to.
class Snapshot {
 public:
  enum class Side { kOriginal, kCopy };

  // Forks. In the original it returns when the copy has answered; then answer()
  // has what it said, or nothing if it could not.
  Side Take();
  bool is_copy() const { return to_original_ >= 0; }
  const std::optional<std::string>& answer() const { return answer_; }

  // Ends the copy.
  [[noreturn]] void Answer(const std::string& answer) const;

 private:
  int to_original_ = -1;
  std::optional<std::string> answer_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_SNAPSHOT_H_
