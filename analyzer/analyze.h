// SPDX-License-Identifier: Apache-2.0
// The whole pipeline: bytes in, diagnosis out.
#ifndef LOGDIAG_ANALYZE_H_
#define LOGDIAG_ANALYZE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "analyzer/input/byte_source.h"
#include "analyzer/input/line_reader.h"
#include "analyzer/log_stream.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "analyzer/model/given.h"
#include "analyzer/scan/scanner.h"
#include "analyzer/support/result.h"
#include "analyzer/timeline/timeline_builder.h"

namespace logdiag {

// Which records count, by line and by stamp, the bounds included. One without a
// stamp goes with the one before it; those before the first stamp are before
// `since`.
struct Window {
  std::uint64_t first_line = 1;
  std::uint64_t last_line = std::numeric_limits<std::uint64_t>::max();
  // Compared with UTC where the log states a zone, else with the digits of its
  // clock.
  std::optional<std::int64_t> since_ns;
  std::optional<std::int64_t> until_ns;

  bool timed() const { return since_ns || until_ns; }
  bool all() const {
    return !timed() && first_line == 1 &&
           last_line == std::numeric_limits<std::uint64_t>::max();
  }
};

struct AnalyzeOptions {
  std::size_t chunk_bytes = LineReader::kChunkBytes;
  Given given;  // what the user knows; decides over the log
  // What other files of the pod state: over what the log states if it is marked
  // as given, else only where the log states nothing.
  Facts stated;
  // No verdict is surer than this.
  Confidence most = Confidence::kEstablished;
  Window window;
  // Which failure of the story the diagnosis is about, by its index; nullopt,
  // or no function: the one that leads.
  std::function<std::optional<std::size_t>(const Story&)> choose;
  // Kept by who reads many logs with one catalogue; nullptr = made anew.
  std::shared_ptr<const ScanIndex> scan_index;
  // Called now and then with the bytes read so far; may be empty.
  std::function<void(std::uint64_t)> on_progress;
};

// Reads `source` to its end. `name` is what the report calls it. Error if there
// is nothing to read, or if it is not text; a read error in mid-file gives a
// partial diagnosis instead.
Result<Diagnosis> Analyze(ByteSource* source, const std::string& name,
                          const Catalogue& catalogue,
                          const AnalyzeOptions& options);

// The same of any records; all must outlive the call.
Result<Diagnosis> AnalyzeRecords(RecordStream* stream, const std::string& name,
                                 const Catalogue& catalogue,
                                 const AnalyzeOptions& options);

}  // namespace logdiag

#endif  // LOGDIAG_ANALYZE_H_
