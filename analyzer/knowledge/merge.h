// SPDX-License-Identifier: Apache-2.0
// Puts what was read into a catalogue, and checks what one file cannot show.
#ifndef LOGDIAG_KNOWLEDGE_MERGE_H_
#define LOGDIAG_KNOWLEDGE_MERGE_H_

#include <vector>

#include "analyzer/knowledge/hardware_reader.h"
#include "analyzer/knowledge/source_files.h"
#include "analyzer/knowledge/table_reader.h"
#include "analyzer/model/catalogue.h"

namespace logdiag {

// What a load has read.
struct Additions {
  Catalogue rows;
  std::vector<AddedEvidence> evidence;
  HardwareReader hardware;
};

// Moves `added` into `catalogue`. A row whose id is known there replaces the
// known one if it says so, which is noted in Catalogue::replaced, and is an
// error otherwise. Whatever is named must then exist. Errors go to those of
// `files`.
void MergeInto(Additions added, SourceFiles* files, Catalogue* catalogue);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_MERGE_H_
