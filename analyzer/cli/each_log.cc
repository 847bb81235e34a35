// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/each_log.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/analyze.h"
#include "analyzer/cli/exit_code.h"
#include "analyzer/cli/progress.h"
#include "analyzer/cli/selection.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/support/hash.h"

namespace logdiag {
namespace {

// Hashes what is read through it.
class HashedSource : public OverSource {
 public:
  using OverSource::OverSource;
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    auto got = source_->Read(buffer, size);
    if (got.ok()) hash_.Add({buffer, got.value()});
    return got;
  }
  std::string Hash() const { return std::to_string(hash_.value()); }

 private:
  RunningHash hash_;
};

const Given& GivenOf(const LogReader& reader) {
  return reader.given == nullptr ? reader.options.given : *reader.given;
}

void TellIfNotCollected(const std::string& name, const Diagnosis& diagnosis,
                        const LogReader& reader) {
  const Given& given = GivenOf(reader);
  if (given.collected_at.empty() || diagnosis.facts.contains("collected_at")) {
    return;
  }
  reader.complain({name,
                   "--collected-at says nothing about this log: it is not "
                   "after its end, or the log has no calendar clock"});
}

// Diagnoses one log of `file`; nullopt, and a complaint, if it cannot.
std::optional<Diagnosis> Diagnosed(const std::string& file,
                                   const Logs::Log& log,
                                   const LogReader& reader, LogFound* found) {
  LogSource named;
  named.path = file;
  named.member = log.member;
  std::optional<Progress> progress;
  AnalyzeOptions options;
  options.given = GivenOf(reader);
  options.scan_index = reader.scan_index;
  if (reader.progress) {
    progress.emplace(named.Name(), reader.options.quiet);
    options.on_progress = [&](std::uint64_t bytes) { progress->Show(bytes); };
  }
  HashedSource hashed(log.source);
  ByteSource* const source = reader.hash ? &hashed : log.source;
  Result<Diagnosis> diagnosis =
      AnalyzeSelected(source, named.Name(), reader.catalogue, reader.options,
                      std::move(options));
  if (!diagnosis.ok()) {
    reader.complain(diagnosis.error());
    return std::nullopt;
  }
  if (reader.hash) found->hash = hashed.Hash();
  diagnosis.value().source.path = named.path;
  diagnosis.value().source.member = named.member;
  TellIfNotCollected(named.Name(), diagnosis.value(), reader);
  return std::move(diagnosis).value();
}

// Tells of what was not read; the exit code of the file as a whole.
int Finished(const std::string& file, const Logs& logs, bool any, int code,
             const LogReader& reader) {
  if (logs.error()) {
    reader.complain(
        {file, "the rest of it was not read: " + logs.error()->message});
  }
  if (any) return logs.whole() ? code : WorseCode(code, kExitPartial);
  if (logs.is_archive()) {
    reader.complain(
        {file, "there is no log in this archive; give one that has one"});
  }
  return kExitInput;
}

int ForEach(const std::string& file, Result<std::unique_ptr<Logs>> opened,
            const LogReader& reader, const UseOfLog& use) {
  if (!opened.ok()) {
    reader.complain(opened.error());
    return kExitInput;
  }
  Logs& logs = *opened.value();
  int code = kExitOk;
  std::size_t used = 0;
  for (;;) {
    const std::optional<Logs::Log> log = logs.Next();
    for (const Error& error : logs.TakeLeftOut()) reader.complain(error);
    if (!log) return Finished(file, logs, used > 0, code, reader);
    if (used == reader.most_logs) {
      reader.complain({file, "there are more logs in it, which were not read"});
      return WorseCode(code, kExitPartial);
    }
    LogFound found;
    found.of_archive = logs.is_archive();
    const std::optional<Diagnosis> diagnosis =
        Diagnosed(file, *log, reader, &found);
    if (!diagnosis) continue;
    ++used;
    code = WorseCode(code, use(*diagnosis, found));
    if (!diagnosis->coverage.partial) continue;
    reader.complain(ReadInPart(*diagnosis));
    code = WorseCode(code, kExitPartial);
  }
}

}  // namespace

Error ReadInPart(const Diagnosis& diagnosis) {
  return {diagnosis.source.Name(),
          "read only in part: " + diagnosis.coverage.partial_why};
}

InputOptions InputOf(const LogReader& reader) {
  InputOptions input;
  input.max_bytes = reader.options.max_bytes;
  input.stop = reader.stop;
  return input;
}

int ForEachLog(const std::string& file, const LogReader& reader,
               const UseOfLog& use) {
  return ForEach(file, Logs::Open(file, InputOf(reader)), reader, use);
}

int ForEachLogOf(std::string_view text, const LogReader& reader,
                 const UseOfLog& use) {
  constexpr const char* kName = "text";
  return ForEach(kName, Logs::Of(FromMemory(text), kName, InputOf(reader)),
                 reader, use);
}

}  // namespace logdiag
