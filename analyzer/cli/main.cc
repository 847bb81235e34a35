// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/options.h"
#include "analyzer/cli/run.h"

int main(int argc, char** argv) {
  logdiag::Options options;
  int exit_code = 0;
  if (!logdiag::ReadOptions(argc, argv, &options, &exit_code)) {
    return exit_code;
  }
  return logdiag::Run(options);
}
