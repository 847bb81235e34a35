// SPDX-License-Identifier: Apache-2.0
// `logdiag mcp`: a server of the Model Context Protocol on standard input and
// output, for agents and editors.
#ifndef LOGDIAG_CLI_MCP_H_
#define LOGDIAG_CLI_MCP_H_

#include <atomic>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"

namespace logdiag {

// Answers until standard input ends or a signal comes. Returns an exit code.
int RunMcp(const Options& options, const Catalogue& catalogue,
           const std::atomic<bool>* stop);

}  // namespace logdiag

#endif  // LOGDIAG_CLI_MCP_H_
