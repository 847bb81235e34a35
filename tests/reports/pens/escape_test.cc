// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/escape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace logdiag {
namespace {

struct EscapeCase {
  std::string in;
  std::string out;
};

TEST(CodeSpan, HoldsAnything) {
  const EscapeCase cases[] = {
      {"", ""},
      {"   ", ""},
      {"KSampler", "`KSampler`"},
      {"a`b", "`a\u02cbb`"},
      {"`a", "`\u02cba`"},
      {"``", "`\u02cb\u02cb`"},
      {"two\nlines", "`two lines`"},
      {"tab\there\r\n", "`tab here`"},
      {std::string("nul\0", 4), "`nul\\x00`"},
      {"<b>|@x", "`<b>|@x`"},
  };
  for (const EscapeCase& c : cases) EXPECT_EQ(CodeSpan(c.in), c.out) << c.in;
}

TEST(EscapeProse, LeavesPlainWordsAlone) {
  for (const char* text :
       {"the GPU ran out of memory", "step 0/3, 24081 MB (70.5 %)",
        "it isn't there: \"x\" and 'y'; why?", "1234567 bytes", "well-known",
        "a - b"}) {
    EXPECT_EQ(EscapeProse(text), text);
  }
}

TEST(EscapeProse, PutsMarkupIntoCode) {
  const EscapeCase cases[] = {
      {"see @team now", "see `@team` now"},
      {"fixes #12.", "fixes `#12`."},
      {"<script>alert</script>", "`<script>alert</script>`"},
      {"**bold** _it_", "`**bold**` `_it_`"},
      {"(foo_bar.py)", "(`foo_bar.py`)"},
      {"[a](http://x)", "`[a](http://x)`"},
      {"a|b", "`a|b`"},
      {"https://e.org/x, ok", "`https://e.org/x`, ok"},
      {"--lowvram set", "`--lowvram` set"},
      {"at 9fceb02d0ae5", "at `9fceb02d0ae5`"},
      {"GH-12", "`GH-12`"},
      {"C:\\x &amp; $y$", "`C:\\x` `&amp`; `$y$`"},
      {"WWW.evil/a and wWw.b/c", "`WWW.evil/a` and `wWw.b/c`"},
      {"HTTPS://evil/a", "`HTTPS://evil/a`"},
      {"7. a 7. b", "`7.` a 7. b"},
      {"12) a", "`12)` a"},
      {"7.5 GB of 12", "7.5 GB of 12"},
      {"===", "`===`"},
      {"- a", "`-` a"},
      {"read_it(x) (see a_b)", "`read_it(x)` (see `a_b`)"},
      {"echo $?", "echo `$?`"},
      {"![x](y)", "`![x](y)`"},
  };
  for (const EscapeCase& c : cases) EXPECT_EQ(EscapeProse(c.in), c.out) << c.in;
}

TEST(EscapeProse, KeepsBalancedSpansAndTamesOthers) {
  const EscapeCase cases[] = {
      {"run `python main.py` now", "run `python main.py` now"},
      {"a ` b", "a `\u02cb` b"},
      {"x ``` <i>", "x `\u02cb\u02cb\u02cb` `<i>`"},
      {"`<b>` ok", "`<b>` ok"},
      {"`a``b`", "`a``b`"},
      {"see`x`", "see`x`"},
      {"`a`@b", "`a` `@b`"},
      {"see main.py.", "see `main.py`."},
      {"(huggingface.co)", "(`huggingface.co`)"},
      {"e.g. 2.5, v0.3", "e.g. 2.5, v0.3"},
  };
  for (const EscapeCase& c : cases) EXPECT_EQ(EscapeProse(c.in), c.out) << c.in;
}

// Outside code spans nothing is left that could be markup.
TEST(EscapeProse, NothingActiveOutsideSpans) {
  const std::string alphabet = "`<@#a *|\\_[";
  for (std::size_t i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = i; n > 0; n /= alphabet.size()) {
      text += alphabet[n % alphabet.size()];
    }
    const std::string out = EscapeProse(text);
    std::size_t at = 0;
    while (at < out.size()) {
      if (out[at] != '`') {
        ASSERT_EQ(std::string("<@#*|\\_[").find(out[at]), std::string::npos)
            << text << " -> " << out;
        ++at;
        continue;
      }
      const std::size_t ticks =
          std::min(out.find_first_not_of('`', at), out.size()) - at;
      std::size_t end = at + ticks;
      for (;;) {
        end = out.find('`', end);
        ASSERT_NE(end, std::string::npos) << text << " -> " << out;
        const std::size_t run =
            std::min(out.find_first_not_of('`', end), out.size()) - end;
        end += run;
        if (run == ticks) break;
      }
      at = end;
    }
  }
}

TEST(EscapeProse, CutsLongText) {
  const std::string out = EscapeProse(std::string(1000, 'a'), 100);
  EXPECT_EQ(out, std::string(100, 'a') + " ... (+900 chars)");
}

TEST(TableCell, EscapesPipes) {
  EXPECT_EQ(TableCell("`a|b` |\nc"), "`a\\|b` \\| c");
}

}  // namespace
}  // namespace logdiag
