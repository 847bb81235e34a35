// SPDX-License-Identifier: Apache-2.0
// What the user knows and the log does not say. It decides over the log.
#ifndef LOGDIAG_MODEL_GIVEN_H_
#define LOGDIAG_MODEL_GIVEN_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"

namespace logdiag {

struct Given {
  std::optional<int> exit_code;    // of the process that the incident is about
  std::optional<bool> oom_killed;  // the platform's or kernel's own flag
  bool ended = false;  // that process ended, in an order that is not known
  // When the log was taken, nanoseconds since 1970: in UTC, if the zone was
  // given, and by the digits of the clock on the wall.
  std::optional<std::int64_t> collected_at_ns;
  std::optional<std::int64_t> collected_wall_ns;
  std::string collected_at;  // as it was written; "" = not given
  // How long nothing came, by whoever watched the log; needs no clock in it.
  std::optional<std::int64_t> quiet_ns;
  std::string gpu;                            // "" = not given
  std::optional<std::uint64_t> vram_mb;       // MiB
  std::optional<std::uint64_t> ram_limit_mb;  // MiB, of the container

  // When the log was taken, by a clock of this kind that last said `last_ns`;
  // nullopt if that cannot be compared.
  std::optional<std::int64_t> CollectedAt(
      Clock clock, std::optional<std::int64_t> last_ns) const {
    std::optional<std::int64_t> at;
    if (clock == Clock::kUtc) at = collected_at_ns;
    if (clock == Clock::kLocal) at = collected_wall_ns;
    if (!quiet_ns || !last_ns) return at;
    const std::int64_t watched = *last_ns + *quiet_ns;
    return at ? std::max(*at, watched) : watched;
  }
};

// The exit code that a shell tells, of a number as people give it: -9 is how
// Python and supervisors write a signal.
inline int ExitCodeOf(int number) {
  constexpr int kShellBase = 128;
  return number < 0 ? kShellBase - number : number;
}

// Facts that only the user gives; pattern files may ask for them.
inline constexpr std::array<std::string_view, 3> kGivenFacts = {
    "exit_code", "oom_killed", "collected_at"};

// Puts what is given over `facts`: exit_code, oom_killed, gpu, vram_mb and
// cgroup_ram_mb. collected_at is a fact only where it can be compared.
inline void PutGiven(const Given& given, Facts* facts) {
  const auto put = [&](std::string_view name, std::string value) {
    Fact fact;
    fact.value = std::move(value);
    fact.given = true;
    facts->insert_or_assign(std::string(name), std::move(fact));
  };
  if (given.exit_code) put("exit_code", std::to_string(*given.exit_code));
  if (given.oom_killed) put("oom_killed", *given.oom_killed ? "yes" : "no");
  if (!given.gpu.empty()) put("gpu", given.gpu);
  if (given.vram_mb) put("vram_mb", std::to_string(*given.vram_mb));
  if (given.ram_limit_mb) {
    put("cgroup_ram_mb", std::to_string(*given.ram_limit_mb));
  }
}

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_GIVEN_H_
