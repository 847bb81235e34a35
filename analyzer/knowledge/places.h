// SPDX-License-Identifier: Apache-2.0
// Where in a line a program prints what a marker looks for, as its samples show.
#ifndef LOGDIAG_KNOWLEDGE_PLACES_H_
#define LOGDIAG_KNOWLEDGE_PLACES_H_

#include "analyzer/model/catalogue.h"

namespace logdiag {

// Sets Marker::midline, Marker::in_data and Marker::markup of the markers that have samples,
// which is those that were read from files, by `catalogue->quotations`.
void PlaceMarkers(Catalogue* catalogue);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_PLACES_H_
