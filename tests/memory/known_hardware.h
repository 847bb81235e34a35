// SPDX-License-Identifier: Apache-2.0
// What patterns/hardware of the source tree holds.
#ifndef LOGDIAG_TESTS_MEMORY_KNOWN_HARDWARE_H_
#define LOGDIAG_TESTS_MEMORY_KNOWN_HARDWARE_H_

#include <string>
#include <string_view>

#include "analyzer/model/budget.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

inline constexpr double kGib = 1024;  // MiB

// Read once. A file with an error fails the test.
const Hardware& KnownHardware();

// A job of one known model.
Job JobFor(std::string_view model, int width, int height, int frames,
           std::string_view dtype);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_MEMORY_KNOWN_HARDWARE_H_
