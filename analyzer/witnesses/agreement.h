// SPDX-License-Identifier: Apache-2.0
// Whether the files of a pod bear out what they come to together.
#ifndef LOGDIAG_WITNESSES_AGREEMENT_H_
#define LOGDIAG_WITNESSES_AGREEMENT_H_

#include "analyzer/model/diagnosis.h"

namespace logdiag {

// How sure they allow one to be of `diagnosis`: `most`, unless another file
// proves another cause, which is told in `sources`, or all that settles it are
// lines whose time is not known.
Confidence MostSure(const Diagnosis& diagnosis, Confidence most,
                    CaseSources* sources);

}  // namespace logdiag

#endif  // LOGDIAG_WITNESSES_AGREEMENT_H_
