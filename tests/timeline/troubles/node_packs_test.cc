// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/node_packs.h"

#include <gtest/gtest.h>

#include "tests/timeline/script.h"

namespace logdiag {
namespace {

TEST(NodePacks, NamesThatBelongTogether) {
  const struct {
    const char* node;
    const char* pack;
    const char* file;
    bool related;
  } kCases[] = {
      {"ReActorFaceSwap", "ComfyUI-ReActor", "/p/__init__.py", true},
      {"CLIP_Interrogator", "some_pack", "/p/clip_interrogator.py", true},
      {"SeargePromptCombiner", "was-node-suite", "/p/WAS_Nodes.py", false},
      {"ImageUtilsPlus", "ComfyUI-Impact", "/p/utils.py", false},
      {"VAE", "vae", "/p/vae.py", false},
      {"", "ComfyUI-ReActor", "/p/x.py", false},
  };
  for (const auto& test : kCases) {
    Failure import;
    import.kind = FailureKind::kImport;
    import.pack = test.pack;
    import.traceback = MakeTraceback("ImportError", "x", "/c/nodes.py",
                                     "load_custom_node", test.file);
    EXPECT_EQ(MayComeFrom(test.node, import), test.related) << test.node;
  }
}

TEST(NodePacks, RefusedPromptGetsTheReasonOfTheImport) {
  Failure import;
  import.kind = FailureKind::kImport;
  import.pack = "ComfyUI-ReActor";
  import.first_line = 10;
  Event event;
  event.what = MarkerHit{1, {}};
  import.seen[1] = {1, 10, event};
  Failure refused;
  refused.kind = FailureKind::kRejected;
  refused.first_line = 50;
  event.what = MarkerHit{2, {{"node", "ReActorFaceSwap"}}};
  refused.seen[2] = {1, 50, event};
  std::vector<Failure> failures = {import, refused};
  LinkMissingNodes(&failures);
  EXPECT_EQ(failures[1].pack, "ComfyUI-ReActor");
  EXPECT_EQ(failures[1].node, "ReActorFaceSwap");
  EXPECT_EQ(failures[1].seen.count(1), 1u);
  // An import that fails after the refusal explains nothing.
  failures = {refused, import};
  failures[1].first_line = 90;
  LinkMissingNodes(&failures);
  EXPECT_EQ(failures[0].pack, "");
}

}  // namespace
}  // namespace logdiag
