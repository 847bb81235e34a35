// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/collect.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "analyzer/cli/catalogue.h"

namespace logdiag {

// Scripts of packaging/, written into a source by the build.
extern const char kCollectScript[];
extern const char kStartScript[];

int RunCollect(const Options& options) {
  if (!options.collect_run) {
    return Print(kCollectScript) ? kExitOk : kExitPartial;
  }
  // As an argument: what the script calls could read from its standard input.
  std::vector<std::string> words = {"sh", "-c", kCollectScript,
                                    "logdiag collect"};
  words.insert(words.end(), options.collect_arguments.begin(),
               options.collect_arguments.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv("/bin/sh", arguments.data());
  PrintError({"/bin/sh", std::strerror(errno)});
  return kExitUsage;
}

int RunStartScript() { return Print(kStartScript) ? kExitOk : kExitPartial; }

}  // namespace logdiag
