# SPDX-License-Identifier: Apache-2.0
"""Each word of the page is there in every language, and none is left over.

Usage: words_test.py WEB_FOLDER"""

import json
import pathlib
import re
import sys
import unittest

WEB = pathlib.Path(sys.argv.pop())
LANGUAGES = {"en", "ca"}


def used():
    """The keys that page.html and page.js name."""
    html = (WEB / "page.html").read_text("utf-8")
    script = (WEB / "page.js").read_text("utf-8")
    return (set(re.findall(r'data-(?:word|label)="(\w+)"', html))
            | set(re.findall(r"\bsay\('(\w+)'", script))
            | set(re.findall(r"say\(\w+ \? '(\w+)' :", script))
            | set(re.findall(r"say\(\w+ \? '\w+' : '(\w+)'", script)))


class WordsTest(unittest.TestCase):

    def setUp(self):
        self.words = json.loads((WEB / "words.json").read_text("utf-8"))

    def test_none_is_missing_and_none_is_left_over(self):
        self.assertGreater(len(self.words), 20)
        self.assertEqual(used(), set(self.words))

    def test_each_language_says_it_with_the_same_values(self):
        for key, said in self.words.items():
            self.assertEqual(set(said), LANGUAGES, key)
            values = [sorted(re.findall(r"\{(\w+)\}", text))
                      for text in said.values()]
            self.assertEqual(values[0], values[1], key)
            self.assertTrue(all(text.strip() for text in said.values()), key)


if __name__ == "__main__":
    unittest.main()
