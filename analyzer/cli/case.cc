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

// The files of the command line, and those below its folders.
std::vector<std::string> PathsOf(const LogReader& reader, int* code) {
  std::vector<std::string> paths;
  std::vector<Error> errors;
  for (const std::string& file : reader.options.files) {
    if (!IsFolder(file)) {
      paths.push_back(file);
      continue;
    }
    for (std::string& below : FilesBelow(file, &errors)) {
      paths.push_back(std::move(below));
    }
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
  InputOptions input;
  input.max_bytes = reader.options.max_bytes;
  input.stop = reader.stop;
  const auto diagnosis = AnalyzeCase(paths, reader.options.files.front(),
                                     reader.catalogue, options, input);
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
    code = kExitPartial;
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
