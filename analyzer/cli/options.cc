#include "analyzer/cli/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

namespace logdiag {
namespace {

constexpr const char* kDescription =
    "Says what went wrong in the log of a ComfyUI pod, why, and what to do.\n"
    "Reads RunPod, Docker, Kubernetes, journald, ComfyUI-Manager and plain "
    "console logs.";

constexpr const char* kFooter =
    "Examples:\n"
    "  logdiag pod.log > diagnosis.md        a report to paste into a ticket\n"
    "  docker logs -t comfy 2>&1 | logdiag   from a pipe\n"
    "  logdiag --format json pod.log | jq -r .cause\n"
    "\n"
    "Exit codes: 0 reported, 1 a finding reached --fail-on, 2 bad command "
    "line\n"
    "or pattern file, 3 input missing, unreadable, empty or not text,\n"
    "4 partial report.";

}  // namespace

bool ReadOptions(int argc, char** argv, Options* options, int* exit_code) {
  CLI::App app(kDescription, "logdiag");
  app.footer(kFooter);
  app.set_version_flag("--version", "logdiag " LOGDIAG_VERSION);
  app.add_option("FILE", options->files,
                 "Logs to read; - or nothing is standard input");
  const std::map<std::string, Format> formats = {{"md", Format::kMarkdown},
                                                 {"json", Format::kJson}};
  app.add_option("--format", options->format, "md (default) or json")
      ->transform(CLI::CheckedTransformer(formats))
      ->option_text("md|json");
  const std::map<std::string, FailOn> levels = {{"error", FailOn::kError},
                                                {"warning", FailOn::kWarning},
                                                {"finding", FailOn::kFinding}};
  app.add_option("--fail-on", options->fail_on,
                 "Exit with 1 if the outcome is that bad")
      ->transform(CLI::CheckedTransformer(levels))
      ->option_text("error|warning|finding");
  app.add_option("--patterns", options->pattern_dirs,
                 "Add the markers, causes and remedies of a folder; repeatable")
      ->option_text("DIR")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_flag("-q,--quiet", options->quiet, "No progress on stderr");
  bool no_redact = false;
  app.add_flag("--no-redact", no_redact,
               "Show secrets, home names and public addresses as logged");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    *exit_code = code == 0 ? kExitOk : kExitUsage;
    return false;
  }
  options->redact = !no_redact;
  if (options->files.empty()) {
    if (isatty(STDIN_FILENO) != 0) {
      std::cerr << app.help();
      *exit_code = kExitUsage;
      return false;
    }
    options->files.push_back("-");
  }
  return true;
}

}  // namespace logdiag
