// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/case.h"

#include <string>
#include <utility>
#include <vector>

#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/file_list.h"
#include "analyzer/witnesses/case.h"

namespace logdiag {
namespace {

std::vector<std::string> PathsOf(const LogReader& reader, int* code) {
  std::vector<Error> errors;
  std::vector<std::string> paths;
  for (SurveyFile& file : FilesOf(reader.options.files, &errors)) {
    paths.push_back(std::move(file.path));
  }
  for (const Error& error : errors) {
    reader.complain(error);
    *code = kExitPartial;
  }
  return paths;
}

}  // namespace

int RunCase(const LogReader& reader, const ReportOptions& report,
            Outputs* outputs) {
  int code = kExitOk;
  const std::vector<std::string> paths = PathsOf(reader, &code);
  AnalyzeOptions options;
  options.given = reader.options.given;
  options.window = reader.options.window;
  options.scan_index = MakeScanIndex(reader.catalogue);
  const auto diagnosis =
      AnalyzeCase(paths, reader.options.files.front(), reader.catalogue,
                  options, InputOf(reader));
  if (!diagnosis.ok()) {
    reader.complain(diagnosis.error());
    return kExitInput;
  }
  for (const SourceFile& file : diagnosis.value().source.of_case.files) {
    if (!file.unread) continue;
    reader.complain({file.name, "left out: " + file.what});
    code = WorseCode(code, kExitInput);
  }
  const Coverage& coverage = diagnosis.value().coverage;
  if (coverage.partial) {
    reader.complain(ReadInPart(diagnosis.value()));
    code = WorseCode(code, kExitPartial);
  }
  code = WorseCode(
      code, ExitCodeFor(SeverityOf(diagnosis.value()), reader.options.fail_on));
  ReportOptions how = report;
  how.file_heading = false;
  how.exit_code = code;
  if (!outputs->Add(diagnosis.value(), reader.catalogue, how) ||
      !outputs->Close()) {
    code = WorseCode(code, kExitPartial);
  }
  return code;
}

}  // namespace logdiag
