// SPDX-License-Identifier: Apache-2.0
// Where in a line a program prints what a marker looks for, as its samples
// show.
#ifndef LOGDIAG_KNOWLEDGE_PLACES_H_
#define LOGDIAG_KNOWLEDGE_PLACES_H_

#include "analyzer/model/catalogue.h"

namespace logdiag {

// Sets Marker::named of all markers, and by `catalogue->quotations` where those
// that have samples, which were read from files, are printed: Marker::midline,
// Marker::in_data and Marker::markup.
void PlaceMarkers(Catalogue* catalogue);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_PLACES_H_
