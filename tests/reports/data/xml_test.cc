// SPDX-License-Identifier: Apache-2.0
#include "reports/data/xml.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

TEST(XmlText, IsFitForXml) {
  const struct {
    const char* name;
    std::string text;
    std::string xml;
  } kCases[] = {
      {"nothing", "", ""},
      {"words", "prompt 3 failed", "prompt 3 failed"},
      {"markup", "<a b=\"c\">&amp;</a>",
       "&lt;a b=&quot;c&quot;&gt;&amp;amp;&lt;/a&gt;"},
      {"the end of a CDATA section", "]]>", "]]&gt;"},
      {"lines and tabs stay", "a\n\tb", "a\n\tb"},
      {"control characters",
       std::string("a\0b\x01\x1b[31m\r\x7f"
                   "c",
                   12),
       "ab[31mc"},
      {"letters beyond ASCII", "b\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80",
       "b\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"},
      {"no UTF-8",
       "a\xFF\xC3(\xE2\x82"
       "b",
       "a(b"},
      {"surrogates",
       "a\xED\xA0\x80"
       "b",
       "ab"},
      {"no characters",
       "a\xEF\xBF\xBE\xEF\xBF\xBF"
       "b",
       "ab"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(XmlText(test.text), test.xml) << test.name;
  }
}

}  // namespace
}  // namespace logdiag
