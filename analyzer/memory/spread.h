// SPDX-License-Identifier: Apache-2.0
// Sums of figures that are not exact.
#ifndef LOGDIAG_MEMORY_SPREAD_H_
#define LOGDIAG_MEMORY_SPREAD_H_

#include "analyzer/model/hardware.h"

namespace logdiag {

inline Spread Flat(double x) { return {x, x, x, x, x}; }

// Three figures: floor is low, ceiling is high.
inline Spread Three(double low, double central, double high) {
  return {low, low, central, high, high};
}

inline Spread operator+(const Spread& a, const Spread& b) {
  return {a.floor + b.floor, a.low + b.low, a.central + b.central,
          a.high + b.high, a.ceiling + b.ceiling};
}

inline Spread operator*(const Spread& a, double x) {
  return {a.floor * x, a.low * x, a.central * x, a.high * x, a.ceiling * x};
}

}  // namespace logdiag

#endif  // LOGDIAG_MEMORY_SPREAD_H_
