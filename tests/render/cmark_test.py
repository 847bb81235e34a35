# SPDX-License-Identifier: Apache-2.0
"""Reports render as they were meant, whatever the log says.

Every report is read by cmark-gfm, GitHub's parser, and its tree compared with
what the pen wrote: no element may be born of a word of the log.

Usage: cmark_test.py LOGDIAG SOURCE_DIR [--slow]
--slow, for a binary with sanitizers, which takes ten times as long: a part of
the fixtures in each of the ways, and of the hostile values in each place.
"""

import functools
import pathlib
import shutil
import sys
import tempfile
import unittest

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True

import hostile
from cmark import GAP, reports
from faults import faults_of, invisible, sentences, unsafe_commands
from reports_of import reports_of
from vocabulary import Vocabulary

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
SLOW = "--slow" in sys.argv[3:]
EVERY = 6 if SLOW else 1

WAYS = ([], ["--full"], ["--for", "github"], ["--issue"], ["--lang", "ca"],
        ["--full", "--for", "gitlab", "--lang", "ca"])
FIXTURES = sorted((SOURCE / "fixtures").glob("*/*/pod.log"))
VOCABULARY = Vocabulary(SOURCE)


def folds(way):
    return "--for" in way


@functools.cache
def text_of(log):
    return log.read_text(encoding="utf-8", errors="replace")


def checked(report, way, log_text):
    faults = faults_of(report, folds(way))
    faults += [f"invisible: {mark}" for mark in invisible(report)]
    faults += [f"words of the log in a sentence: {words}" for words in
               VOCABULARY.borrowed(sentences(report.tree), log_text)]
    return faults


class Checks(unittest.TestCase):
    """What is looked for is found."""

    # Below a title, and what is said of it; folds are allowed.
    CASES = [
        ("some words, 1.2 GiB, `<b>` and <https://docs.example/a_b>", None),
        ("<details><summary>More</summary>\n\n- a\n\n</details>", None),
        ("| a |\n|---|\n| `b\\|c` |", None),
        ("a <b>b</b>", "HTML"),
        ("<details><summary>More</summary>\n\n- a", "fold is open"),
        ("<details><summary>*More*</summary>\n\n</details>", "HTML"),
        ("a\n===", "headings"),
        ("1) a", "list items"),
        ("a\n\n    b", "fences"),
        ("```text\na\n\n# b", "fence is open"),
        ("a | b\n--|--", "tables"),
        ("> a", "block_quote"),
        ("***", "thematic_break"),
        ("![a](https://evil.example)", "image"),
        ("~~a~~", "strikethrough"),
        ("see www.evil.example", "links"),
        ("[a](https://evil.example)", "other words"),
        ("[a]: https://evil.example", "not on the page"),
        ("_a_", "emphasis"),
        ("*a", "'*' in a sentence"),
        ("ask @team", "'@t' in a sentence"),
        ("like #12", "'#1' in a sentence"),
        ("since deadbeef1", "in a sentence"),
        ("a :fire: burns", "in a sentence"),
    ]

    def test_every_fault_is_seen(self):
        for text, fault in self.CASES:
            with self.subTest(text):
                found = faults_of(reports(f"# t\n\n{text}\n")[0], True)
                if fault is None:
                    self.assertEqual(found, [])
                else:
                    self.assertIn(fault, " ".join(found))

    def test_words_of_a_log_are_seen(self):
        for sentence, log, borrowed in (
                ("The process died.", "the process died", []),
                ("The walrus died.", "a walrus", ["walrus"]),
                ("Now run again and steps.", "run again and steps",
                 ["again and steps", "run again and"]),
                (f"Now {GAP}.", "run again and steps", [])):
            with self.subTest(sentence):
                self.assertEqual(
                    sorted(VOCABULARY.borrowed([sentence], log)), borrowed)

    def test_commands_of_two_words_are_seen(self):
        for code, value, unsafe in (
                ("logdiag --full a;b", "a;b", True),
                ("logdiag --full 'a;b'", "a;b", False),
                ("logdiag --full tusk", "tusk", False),
                ("logdiag --full tusk|", "tusk|evil", True)):
            with self.subTest(code):
                report = reports(f"# t\n\nSee `{code}`.\n")[0]
                self.assertEqual(bool(unsafe_commands(report, value)), unsafe)


class Fixtures(unittest.TestCase):
    maxDiff = None

    def check(self, way, logs):
        wrong = []
        for log, report in zip(logs, reports_of(LOGDIAG, way, logs)):
            wrong += [f"{log.parent.name}: {fault}"
                      for fault in checked(report, way, text_of(log))]
        self.assertEqual(wrong, [])

    def test_every_way_to_write_a_fixture(self):
        count = 0
        for number, way in enumerate(WAYS):
            logs = [log for row, log in enumerate(FIXTURES)
                    if not SLOW or row % (2 * len(WAYS)) == number]
            count += len(logs)
            with self.subTest(" ".join(way)):
                self.check(way, logs)
        self.assertGreaterEqual(count, len(FIXTURES) / 2 - len(WAYS))
        print(f"{count} reports of {len(FIXTURES)} fixtures", file=sys.stderr)

    def test_every_golden_report(self):
        """What one file alone gives: the tests of golden/ hold the binary to
        these bytes."""
        wrong = []
        for log in FIXTURES:
            golden = log.with_name("expected.md").read_text(encoding="utf-8")
            found = reports(golden)
            self.assertEqual(len(found), 1, log.parent.name)
            wrong += [f"{log.parent.name}: {fault}"
                      for fault in checked(found[0], [], text_of(log))]
        self.assertEqual(wrong, [])

    def test_files_of_one_run_stay_apart(self):
        """Each has a heading with its path, also below an open fold."""
        logs = FIXTURES[:2]
        for way in ([], ["--for", "github"], ["--issue"], ["--lang", "ca"]):
            with self.subTest(" ".join(way)):
                found = reports_of(LOGDIAG, way, logs)
                self.assertEqual(
                    [(report.tree.children[0].shape(),
                      report.tree.children[0].words()) for report in found],
                    [("heading1(code)", str(log)) for log in logs])


class HostileRun:
    """All cases rendered in one run of the binary."""

    def __init__(self, way):
        self.way = way
        self.cases = hostile.cases(EVERY)
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, case in enumerate(self.cases):
                files.append(pathlib.Path(folder) / case.file_name(number))
                files[-1].write_text(case.log(), encoding="utf-8", newline="")
                if case.position == "file-name":
                    case.value = files[-1].name
            self.reports = reports_of(LOGDIAG, way, files)

    def shapes(self, position):
        """The trees of the harmless values."""
        return {report.tree.shape() for case, report
                in zip(self.cases, self.reports)
                if case.position == position and not case.name}


@functools.cache
def hostile_runs():
    ways = [["--full", "--for", "github"], ["--issue"]]
    return [HostileRun(way) for way in (ways[:1] if SLOW else ways)]


class Hostile(unittest.TestCase):
    maxDiff = None

    def check(self, look):
        """Nothing may be found in any report of a hostile value."""
        for run in hostile_runs():
            with self.subTest(" ".join(run.way)):
                self.assertEqual(
                    [f"{case.position}, {case.name}: {found}"
                     for case, report in zip(run.cases, run.reports)
                     if case.name for found in look(run, case, report)], [])

    def test_values_stand_in_code_and_nowhere_else(self):
        self.check(lambda _, case, report: VOCABULARY.borrowed(
            sentences(report.tree), case.value))

    def test_values_make_no_markup(self):
        self.check(lambda run, _, report: faults_of(report, folds(run.way)))

    def test_values_leave_the_elements_as_they_are(self):
        def look(run, case, report):
            # A line that advises is known by that, and an exception's advice
            # is quoted in a fence of its own.
            if case.name == "an instruction":
                return
            if report.tree.shape() not in run.shapes(case.position):
                yield "other elements than with a harmless value"

        self.check(look)

    def test_invisible_characters_are_shown(self):
        self.check(lambda _, __, report: invisible(report))

    def test_commands_hold_no_more_than_a_word_of_the_log(self):
        self.check(lambda _, case, report: unsafe_commands(
            report, case.value))

    def test_every_place_reaches_the_report(self):
        """Otherwise the tests above show nothing."""
        run = hostile_runs()[0]
        reached = set()
        for case, report in zip(run.cases, run.reports):
            kind = ("code_block" if case.position in hostile.QUOTED_ONLY
                    else "code")
            if not case.name and "walrus" in case.value and any(
                    case.value in node.text for node in report.tree.all(kind)):
                reached.add(case.position)
        self.assertEqual(sorted(reached), hostile.POSITIONS)
        print(f"{len(run.cases)} values in {len(reached)} places",
              file=sys.stderr)


class CardOfTheCommandLine(unittest.TestCase):
    """--gpu is a user's word, and may be pasted from a log."""
    maxDiff = None

    def report(self, folder, value):
        log = pathlib.Path(folder) / "pod.log"
        log.write_text(hostile.Case("file-name", "", "").log(),
                       encoding="utf-8")
        return reports_of(LOGDIAG, ["--gpu", value], [log])[0]

    def test_it_stands_in_code(self):
        wrong = []
        with tempfile.TemporaryDirectory() as folder:
            shapes = {self.report(folder, twin).tree.shape()
                      for twin in ("walrus tusk", "12")}
            for name in (hostile.SHARPEST if SLOW else hostile.PAYLOADS):
                value = hostile.PAYLOADS[name]
                if "\0" in value:
                    continue
                report = self.report(folder, value)
                faults = faults_of(report, False)
                faults += [f"invisible: {mark}" for mark in invisible(report)]
                faults += VOCABULARY.borrowed(sentences(report.tree), value)
                if report.tree.shape() not in shapes:
                    faults.append("other elements")
                wrong += [f"{name}: {fault}" for fault in faults]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    if not shutil.which("cmark-gfm"):
        sys.exit("cmark-gfm is not installed (Debian: apt install cmark-gfm)")
    unittest.main(argv=[sys.argv[0], "-v"])
