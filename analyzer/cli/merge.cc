// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/merge.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/input/line_reader.h"
#include "analyzer/input/logs.h"
#include "analyzer/support/text.h"
#include "reports/fleet/summary.h"
#include "reports/severity.h"

namespace logdiag {
namespace {

// Lines of a file that are no summaries; the others are counted.
constexpr std::uint64_t kMostRefused = 5;

// Adds the lines of `source`, which is called `name`.
int AddLines(const std::string& name, ByteSource* source, Fleet* fleet) {
  LineReader lines(source);
  Line line;
  std::uint64_t refused = 0;
  while (lines.Next(&line)) {
    if (line.text.empty()) continue;
    const Result<Summary> summary = ReadSummary(line.text);
    if (summary.ok()) {
      fleet->Add(summary.value());
    } else if (++refused <= kMostRefused) {
      PrintError({name + ":" + std::to_string(line.number),
                  "left out: " + summary.error().message});
    }
  }
  if (refused > kMostRefused) {
    PrintError({name, GroupDigits(refused - kMostRefused) +
                          " more lines were left out"});
  }
  if (lines.error()) {
    PrintError({name, "read only in part: " + lines.error()->message});
  }
  return refused > 0 || lines.error() ? kExitPartial : kExitOk;
}

int AddFile(const std::string& file, const Options& options, Fleet* fleet) {
  InputOptions input;
  input.max_bytes = options.max_bytes;
  Result<std::unique_ptr<Logs>> opened = Logs::Open(file, input);
  if (!opened.ok()) {
    PrintError(opened.error());
    return kExitInput;
  }
  Logs& logs = *opened.value();
  int code = kExitOk;
  while (const auto part = logs.Next()) {
    LogSource named;
    named.path = file;
    named.member = part->member;
    code = WorseCode(code, AddLines(named.Name(), part->source, fleet));
  }
  return logs.whole() ? code : WorseCode(code, kExitPartial);
}

Severity WorstOf(const Fleet& fleet) {
  Severity worst = Severity::kNone;
  for (const Fleet::Row* row : fleet.Rows()) {
    worst = std::max(worst, SeverityNamed(fleet.Text(row->severity)));
  }
  return worst;
}

}  // namespace

int WriteFleetOut(const Options& options, const Fleet& fleet,
                  const Catalogue& catalogue, const ReportOptions& report,
                  const FleetOptions& how) {
  return WriteOnePage(
      options, report, [&](Format format, const ReportOptions& written) {
        if (format != Format::kSummary && format != Format::kNdjson) {
          return WriteFleet(format, fleet, catalogue, written, how);
        }
        std::string lines;
        WriteSummaries(fleet, [&](std::string_view line) { lines += line; });
        return lines;
      });
}

int RunMerge(const Options& options, const Catalogue& catalogue,
             const ReportOptions& report) {
  Fleet fleet;
  Fleet baseline;
  int code = kExitOk;
  for (const std::string& file : options.files) {
    code = WorseCode(code, AddFile(file, options, &fleet));
  }
  for (const std::string& file : options.baseline) {
    const int read = AddFile(file, options, &baseline);
    // What is new cannot be told without it.
    if (read == kExitInput) return read;
    code = WorseCode(code, read);
  }
  if (!options.baseline.empty() && baseline.size() == 0) {
    PrintError({"--baseline",
                "there is no summary in it, so what is new "
                "cannot be told"});
    return kExitInput;
  }
  if (fleet.size() == 0) {
    PrintError({"",
                "there is no summary in what was given; write them with "
                "--format summary"});
    return kExitInput;
  }
  FleetOptions how;
  how.baseline = &baseline;
  if (options.full) how.logs = kListedLogs;
  if (options.fail_on != FailOn::kNever) {
    code = WorseCode(code, ExitCodeFor(WorstOf(fleet), options.fail_on));
  }
  return WorseCode(code, WriteFleetOut(options, fleet, catalogue, report, how));
}

}  // namespace logdiag
