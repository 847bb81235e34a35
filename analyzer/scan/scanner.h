// SPDX-License-Identifier: Apache-2.0
// Records -> events: markers found, progress bars and tracebacks read.
#ifndef LOGDIAG_SCAN_SCANNER_H_
#define LOGDIAG_SCAN_SCANNER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"

namespace logdiag {

// What of a catalogue is the same for each log that is scanned: worth keeping
// by who scans many. Immutable; safe to use from several threads.
class ScanIndex;
// `catalogue` must outlive it.
std::shared_ptr<const ScanIndex> MakeScanIndex(const Catalogue& catalogue);

class Scanner {
 public:
  // `catalogue` must outlive the scanner; `index` is one of it, or nullptr.
  // Regexes are compiled when a line first needs them.
  explicit Scanner(const Catalogue* catalogue,
                   std::shared_ptr<const ScanIndex> index = nullptr);
  ~Scanner();

  // Appends the events of `record`, in the order of the text. A traceback is
  // appended when the first record after its end shows that it is over, before
  // that record's own events. Markers of role note, fact or symptom in the
  // (at most 24) records after an exception line may be the rest of its
  // message: they are held back until a later record shows whether the
  // exception is the last of its chain, then appended, behind the traceback if
  // it is. Lines that quote source code (frames and what is under them) have
  // no events.
  // True if the record is understood: it has events or is part of a traceback.
  bool Scan(const Record& record, std::vector<Event>* events);
  // Appends what is still open at the end of the input.
  void Finish(std::vector<Event>* events);
  // Records that hold more than they are looked at for.
  std::uint64_t crowded_records() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_SCANNER_H_
