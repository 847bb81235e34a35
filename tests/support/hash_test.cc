// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(Hash, ShortHashIsFnv1a) {
  // Figures of the authors of FNV.
  EXPECT_EQ(ShortHash(""), "cbf29ce484222325");
  EXPECT_EQ(ShortHash("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(ShortHash("foobar"), "85944171f73967e8");
}

TEST(Hash, ContentIdIsAUuidOfVersion5) {
  const std::string id = ContentId("report");
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(id[14], '5') << id;
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
  EXPECT_EQ(id, ContentId("report"));
  EXPECT_NE(id, ContentId("Report"));
  EXPECT_NE(ContentId(""), ContentId(std::string(1, '\0')));
}

}  // namespace
}  // namespace logdiag
