// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/follow_options.h"

#include <CLI/CLI.hpp>
#include <string>

#include "analyzer/cli/follow.h"
#include "analyzer/cli/hook.h"

namespace logdiag {

void AddFollow(CLI::App* app, Options* options) {
  app->add_flag("--follow", options->follow,
                "Go on reading what is written, and tell each incident at "
                "once; Ctrl-C gives the report");
  app->add_option("--on-incident", options->on_incident,
                  "With --follow: run this for each incident, which it gets "
                  "as JSON on its standard input")
      ->option_text("PROGRAM");
}

void RefuseFollow(const CLI::App& app, const Options& options) {
  if (!options.follow) {
    if (app.count("--on-incident") == 0) return;
    throw CLI::ValidationError("--on-incident", "is for --follow alone");
  }
  const auto refuse = [](const std::string& why) {
    throw CLI::ValidationError("--follow", why);
  };
  if (!app.get_subcommands().empty()) refuse("is for reports alone");
  if (options.files.size() > 1) refuse("takes one log");
  if (app.count("--collected-at") > 0) {
    refuse("knows the time; leave --collected-at out");
  }
  if (app.count("--max-bytes") > 0) {
    refuse("reads on without a limit; leave --max-bytes out");
  }
  if (options.format && !CanFollowIn(*options.format)) {
    refuse("prints md, text, json or ndjson; -o writes the others at the end");
  }
  if (app.count("--on-incident") == 0) return;
  const std::string why = WhyNotRunnable(options.on_incident);
  if (!why.empty()) {
    throw CLI::ValidationError("--on-incident",
                               "\"" + options.on_incident + "\" " + why);
  }
}

}  // namespace logdiag
