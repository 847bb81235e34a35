// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/terminal.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace logdiag {
namespace {

Document Sample() {
  Document document;
  document.title = TextSpan("A title");
  Spans text = TextSpan("Words that go on and on until the line is full of ");
  Append(CodeSpans("code that must not be torn apart"), &text);
  Append(TextSpan("."), &text);
  document.core = {{Heading{2, TextSpan("Do now")}},
                   {List{true, {{text, {}}}}},
                   {Excerpt{{{7, true, std::string(300, 'x')}}}}};
  document.parts = {{"p", TextSpan("Part"), {{Paragraph{TextSpan("more")}}}}};
  return document;
}

TEST(TerminalPen, FoldsWordsAndCutsLinesOfTheLog) {
  const std::string out = WriteTerminal(Sample(), {.width = 60});
  EXPECT_NE(out.find("\n   code that must not be torn apart.\n"),
            std::string::npos)
      << out;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 60u) << line;
  }
}

TEST(TerminalPen, ColourIsOptional) {
  EXPECT_EQ(WriteTerminal(Sample(), {}).find('\x1b'), std::string::npos);
  EXPECT_EQ(WriteTerminal(Sample(), {.colour = true}).find("\x1b[1mA"), 0u);
}

TEST(TerminalPen, TheCoreCanStandAlone) {
  EXPECT_EQ(WriteTerminal(Sample(), {.core_only = true}).find("Part"),
            std::string::npos);
  EXPECT_EQ(WriteTerminal(Sample(), {.file = "pod.log"}).find("pod.log\n"), 0u);
}

}  // namespace
}  // namespace logdiag
