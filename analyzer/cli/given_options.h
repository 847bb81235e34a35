// SPDX-License-Identifier: Apache-2.0
// Options for what the user knows and the log does not say.
#ifndef LOGDIAG_CLI_GIVEN_OPTIONS_H_
#define LOGDIAG_CLI_GIVEN_OPTIONS_H_

#include <CLI/App.hpp>

#include "analyzer/model/given.h"
#include "analyzer/model/hardware.h"

namespace logdiag {

void AddGiven(CLI::App* app, Given* given);

// Tells of a card that is given and not known: no rule about memory knows its
// size then.
void TellUnknownCard(const Given& given, const Hardware& hardware);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_GIVEN_OPTIONS_H_
