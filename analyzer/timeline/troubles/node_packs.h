// SPDX-License-Identifier: Apache-2.0
// Which failed import a missing node belongs to.
#ifndef LOGDIAG_TIMELINE_TROUBLES_NODE_PACKS_H_
#define LOGDIAG_TIMELINE_TROUBLES_NODE_PACKS_H_

#include <string_view>
#include <vector>

#include "analyzer/model/timeline.h"

namespace logdiag {

// True if a node type of this name may come from the pack whose import failed:
// one of the names (of the pack, or of a file in the traceback of its import)
// holds the other, letters and digits only, without the words that all packs
// share ("comfyui", "nodes").
bool MayComeFrom(std::string_view node, const Failure& import);

// For each refused or failed prompt that names an unknown node (a capture
// `node` of one of its lines): adds the lines of the import failure it comes
// from, and names the pack.
void LinkMissingNodes(std::vector<Failure>* failures);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_NODE_PACKS_H_
