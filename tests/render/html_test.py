# SPDX-License-Identifier: Apache-2.0
"""HTML reports as a parser reads them: of all fixtures, and with hostile values
in every place of a log.

Usage: html_test.py LOGDIAG SOURCE_DIR [--slow]
--slow: a sanitized binary; fewer logs and values.
"""

import functools
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True

import hostile
from html_page import Page
from reports_of import reports_of
from vocabulary import Vocabulary

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
SLOW = "--slow" in sys.argv
FIXTURES = sorted((SOURCE / "fixtures").glob("*/*/pod.log"))[::2 if SLOW else 1]
EVERY = 10 if SLOW else 1
MOST_BYTES = 400_000


def page_of(options, files):
    done = subprocess.run([LOGDIAG, "--format", "html", *options,
                           *map(str, files)],
                          capture_output=True, timeout=600, check=True)
    return done.stdout.decode("utf-8")


def squeezed(text):
    """Words alone: without blanks, and without what marks Markdown."""
    # In Markdown a backtick within code is another letter.
    return re.sub(r"[\s*_`\u02cb\\|>.…]", "", re.sub(r"^(\d+\.|[-#]+) ", "", text))


@functools.cache
def fixtures():
    return Page(page_of([], FIXTURES))


class Fixtures(unittest.TestCase):
    maxDiff = None

    def test_a_page_is_made_of_what_is_allowed(self):
        self.assertEqual(fixtures().faults, [])
        self.assertEqual(len(fixtures().articles), len(FIXTURES))

    def test_the_core_says_what_the_markdown_says(self):
        wrong = []
        for log, article, report in zip(FIXTURES, fixtures().articles,
                                        reports_of(LOGDIAG, [], FIXTURES)):
            text = "\n".join(report.lines[1:])
            core = re.split(r"(?m)^#+ More$", text)[0]
            shown = squeezed(article.core)
            for line in re.sub(r"(?ms)^ *```.*?```$", "", core).splitlines():
                words = squeezed(re.sub(r"<(https?:[^>]*)>", r"\1", line))
                if words not in shown:
                    wrong.append(f"{log.parent.name}: {line}")
        self.assertEqual(wrong, [])

    def test_a_page_of_one_log_is_called_like_it(self):
        for log in FIXTURES[::40]:
            text = page_of([], [log])
            page = Page(text)
            self.assertEqual(page.faults, [], log)
            self.assertIn("<title>", text)
            self.assertEqual(
                squeezed(page.articles[0].title),
                squeezed(log.with_name("expected.md").read_text("utf-8")
                         .splitlines()[0].removeprefix("# ")))
            self.assertLess(len(text), MOST_BYTES)

    def test_every_failure_is_drawn(self):
        drawn = [log.parent.name for log, article
                 in zip(FIXTURES, fixtures().articles) if "svg" in article.tags]
        self.assertGreater(len(drawn), len(FIXTURES) * 0.8)

    def test_catalan(self):
        page = Page(page_of(["--lang", "ca"], FIXTURES[::8]))
        self.assertEqual(page.faults, [])
        self.assertTrue(all(any("línies" in text for text in article.prose)
                            for article in page.articles))


class Hostile(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.cases = hostile.cases(EVERY)
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, case in enumerate(cls.cases):
                files.append(pathlib.Path(folder) / case.file_name(number))
                files[-1].write_text(case.log(), encoding="utf-8", newline="")
                if case.position == "file-name":
                    case.value = files[-1].name
            cls.page = Page(page_of(["--full"], files))
        cls.vocabulary = Vocabulary(SOURCE)

    def test_values_make_no_elements(self):
        self.assertEqual(self.page.faults, [])
        self.assertEqual(len(self.page.articles), len(self.cases))

    def test_values_stand_in_code_and_nowhere_else(self):
        wrong = []
        for case, article in zip(self.cases, self.page.articles):
            if case.name:
                wrong += [f"{case.position}, {case.name}: {found}" for found in
                          self.vocabulary.borrowed(article.prose, case.value)]
        self.assertEqual(wrong, [])

    def test_values_reach_the_page(self):
        """Otherwise the tests above show nothing."""
        reached = {case.position for case, article
                   in zip(self.cases, self.page.articles)
                   if not case.name and "walrus" in case.value
                   and any("walrus" in text for text in article.code)}
        self.assertEqual(sorted(reached), hostile.POSITIONS)

    def test_nothing_invisible_is_left(self):
        for case, article in zip(self.cases, self.page.articles):
            found = re.findall("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
                               "\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f\U000e0000-"
                               "\U000e007f]", "".join(article.code +
                                                      article.prose))
            self.assertEqual(found, [], f"{case.position}, {case.name}")


class Sizes(unittest.TestCase):
    def test_a_long_line_and_many_prompts_stay_small(self):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "pod.log"
            rows = ["2025-01-01 00:00:00 ** ComfyUI startup time: x",
                    "2025-01-01 00:00:00 Starting server"]
            for number in range(2_000):
                clock = f"{number // 120 % 24:02}:{number // 2 % 60:02}"
                half = number % 2 * 30
                rows += [f"2025-01-01 {clock}:{half:02} got prompt",
                         f"2025-01-01 {clock}:{half + 9:02} Prompt executed "
                         f"in 9.00 seconds"]
            rows.append("2025-01-01 23:00:00 </style><script>" + "x" * 1_000_000)
            log.write_text("\n".join(rows), encoding="utf-8")
            text = page_of(["--full"], [log])
        self.assertEqual(Page(text).faults, [])
        self.assertLess(len(text), MOST_BYTES)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
