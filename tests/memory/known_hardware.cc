// SPDX-License-Identifier: Apache-2.0
#include "tests/memory/known_hardware.h"

#include <gtest/gtest.h>

#include "analyzer/knowledge/loader.h"

namespace logdiag {

const Hardware& KnownHardware() {
  static const Hardware kKnown = [] {
    PatternFolders folders;
    folders.hardware = std::string(LOGDIAG_SOURCE_DIR) + "/patterns/hardware";
    Catalogue catalogue;
    for (const Error& error : AddFolders(folders, &catalogue)) {
      ADD_FAILURE() << error.ToString();
    }
    return catalogue.hardware;
  }();
  return kKnown;
}

Job JobFor(std::string_view model, int width, int height, int frames,
           std::string_view dtype) {
  Job job;
  job.models = {std::string(model)};
  job.model_from = KnownFrom::kStated;
  job.dtype = dtype;
  job.width = width;
  job.height = height;
  job.frames = frames;
  return job;
}

}  // namespace logdiag
