// SPDX-License-Identifier: Apache-2.0
// What an agent or an editor can ask of `logdiag mcp`.
#ifndef LOGDIAG_CLI_MCP_TOOLS_H_
#define LOGDIAG_CLI_MCP_TOOLS_H_

#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "analyzer/cli/options.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/scan/scanner.h"

namespace logdiag {

class McpTools {
 public:
  // `options` hold what the command line said: limits, redaction. All must
  // outlive it.
  McpTools(const Options& options, const Catalogue& catalogue,
           const std::atomic<bool>* stop)
      : options_(options),
        catalogue_(catalogue),
        stop_(stop),
        scan_index_(MakeScanIndex(catalogue)) {}

  // The list of the tools, with the schemas of their arguments.
  static nlohmann::ordered_json List();

  struct Answer {
    std::string text;
    bool failed = false;  // `text` says why, for who asked
    bool known = true;    // false: there is no such tool
  };
  Answer Call(const std::string& tool, const nlohmann::json& arguments) const;

 private:
  Answer Diagnose(const nlohmann::json& arguments) const;
  Answer Settle(const nlohmann::json& arguments) const;
  Answer ExplainCause(const nlohmann::json& arguments) const;
  Answer Budget(const nlohmann::json& arguments) const;

  const Options& options_;
  const Catalogue& catalogue_;
  const std::atomic<bool>* stop_;
  std::shared_ptr<const ScanIndex> scan_index_;
};

}  // namespace logdiag

#endif  // LOGDIAG_CLI_MCP_TOOLS_H_
