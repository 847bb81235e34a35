// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace logdiag {
namespace {

// Wider text is hard to read.
constexpr std::size_t kMaxWidth = 110;

bool OnTerminal() { return isatty(STDOUT_FILENO) != 0; }

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool WantsColour(Colour colour) {
  if (colour != Colour::kAuto) return colour == Colour::kAlways;
  if (!Environment("NO_COLOR").empty()) return false;
  const std::string_view force = Environment("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return OnTerminal() && Environment("TERM") != "dumb";
}

std::size_t Width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return ReportOptions().width;
  }
  return std::min<std::size_t>(size.ws_col, kMaxWidth);
}

}  // namespace

Format FormatOf(const Options& options) {
  if (options.format) return *options.format;
  return OnTerminal() ? Format::kText : Format::kMarkdown;
}

ReportOptions ForOutput(const Options& options) {
  ReportOptions report;
  report.redact = options.redact;
  report.file_heading = options.files.size() > 1;
  report.full = options.full;
  report.target = options.target;
  report.colour = WantsColour(options.colour);
  report.width = Width();
  return report;
}

}  // namespace logdiag
