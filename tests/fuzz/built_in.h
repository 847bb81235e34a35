// SPDX-License-Identifier: Apache-2.0
#ifndef LOGDIAG_TESTS_FUZZ_BUILT_IN_H_
#define LOGDIAG_TESTS_FUZZ_BUILT_IN_H_

#include "analyzer/knowledge/loader.h"
#include "analyzer/model/catalogue.h"

namespace logdiag {

// What is built in; loaded once.
inline const Catalogue& BuiltIn() {
  static const Catalogue* const catalogue =
      new Catalogue(LoadBuiltIn().value());
  return *catalogue;
}

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_FUZZ_BUILT_IN_H_
