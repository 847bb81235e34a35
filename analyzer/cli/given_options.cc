// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/given_options.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/option_kinds.h"
#include "analyzer/memory/card_name.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {
namespace {

// "2026-01-31T06:30"
constexpr std::size_t kDateTimeBytes = 16;

// Linux has no more.
constexpr int kLastSignal = 64;

constexpr const char* kGivenGroup = "What you know and the log does not say";

void AddSize(CLI::App* app, const char* name, const char* help,
             std::optional<std::uint64_t>* target) {
  app->add_option_function<std::string>(
         name,
         [name, target](const std::string& text) {
           // As memory.max says it of a container without a limit.
           if (text == "max") return;
           *target = ReadSize(text);
           if (!*target) {
             throw CLI::ValidationError(
                 name, "\"" + text +
                           "\" is no size; write it as 24GB, 24564MB or "
                           "in bytes");
           }
         },
         help)
      ->option_text("SIZE")
      ->group(kGivenGroup);
}

}  // namespace

void AddGiven(CLI::App* app, Given* given) {
  app->add_option_function<int>(
         "--exit-code",
         [given](const int& code) { given->exit_code = ExitCodeOf(code); },
         "Exit code of the process that ended (docker inspect); -9 is 137")
      ->check(NumberWithin(-kLastSignal, 255))
      ->option_text("N")
      ->group(kGivenGroup);
  AddChoice<bool>(app, "--oom-killed",
                  "Whether it was killed for memory (OOMKilled, oom_kill)",
                  {{"yes", true}, {"no", false}},
                  [=](bool killed) { given->oom_killed = killed; },
                  {{"true", true}, {"false", false}, {"1", true}, {"0", false}})
      ->group(kGivenGroup);
  AddSize(app, "--ram-limit", "RAM limit of the container (memory.max)",
          &given->ram_limit_mb);
  app->add_option_function<std::string>(
         "--collected-at",
         [given](const std::string& text) {
           const std::optional<Stamp> stamp = ReadIsoStamp(text);
           if (!stamp || stamp->size != text.size()) {
             throw CLI::ValidationError(
                 "--collected-at",
                 "\"" + text +
                     "\" is no time; write it as 2026-01-31T06:30:00Z, "
                     "as `date -u +%FT%TZ` does");
           }
           given->collected_at_ns = stamp->time_ns;
           // A zone is what follows the seconds.
           given->collected_wall_ns =
               ReadIsoStamp(text.substr(0, std::min(text.find_first_of(
                                                        "Z+-", kDateTimeBytes),
                                                    text.size())))
                   ->time_ns;
           given->collected_at = text;
         },
         "When the log was taken, by the clock of the log: proves a hang at "
         "its end")
      ->option_text("TIME")
      ->group(kGivenGroup);
  app->add_option("--gpu", given->gpu, "The card")
      ->option_text("NAME")
      ->group(kGivenGroup);
  AddSize(app, "--vram", "Memory of the card", &given->vram_mb);
}

void TellUnknownCard(const Given& given, const Hardware& hardware) {
  if (given.gpu.empty() || given.vram_mb ||
      CardNamed(hardware, given.gpu) != nullptr) {
    return;
  }
  PrintError({"--gpu", "\"" + given.gpu +
                           "\" is no card that is known here, so nothing is "
                           "told from its size; `logdiag budget --list cards` "
                           "names them, or give --vram"});
}

}  // namespace logdiag
