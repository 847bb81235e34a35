# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary: `logdiag patterns lint` on sound and on broken folders.

Usage: lint_test.py LOGDIAG SOURCE_DIR
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
OWN = SOURCE / "tests/cli/own_cause"
CAUSES = sorted((SOURCE / "patterns/causes").rglob("*.yaml"))


def run(*args):
    return subprocess.run([LOGDIAG, *map(str, args)], capture_output=True,
                          timeout=60, check=False)


def folder_of(files):
    """A temporary folder with these files, {path: text}."""
    folder = tempfile.TemporaryDirectory()
    for path, text in files.items():
        file = pathlib.Path(folder.name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


CAUSE = "causes/kitchen/kettle-dry.yaml"
MARKERS = "markers/kitchen.yaml"
REMEDIES = "remedies/kitchen.yaml"
CASE = "fixtures/kitchen/dry/case.yaml"
SOUND = {
    MARKERS: """markers:
  - id: kettle-dry
    role: symptom
    literal: kettle ran dry
    regex: 'kettle ran dry after (?P<minutes>\\d+) min'
    samples: ['kettle ran dry after 5 min']
    nots: ['kettle ran dry']
""",
    CAUSE: """id: kitchen/kettle-dry
title: the kettle is dry
summary: The kettle ran dry[ after {minutes} min].
explain: Nobody filled it.
outcomes: [error]
evidence:
  - when: {marker: [kettle-dry]}
    weight: 30
    why: Only a kettle says so.
    says: the kettle says so
remedies: [fill-kettle]
""",
    REMEDIES: """remedies:
  - id: fill-kettle
    action: retry
    text: Fill the kettle.
""",
    CASE: """why: a dry kettle
outcome: error
cause: kitchen/kettle-dry
near_miss: {why: it is full, outcome: error, cause: unknown}
""",
    "fixtures/kitchen/dry/pod.log": "kettle ran dry after 5 min\n",
    "fixtures/kitchen/dry/near-miss.log": "kettle ran\n",
    "texts/en.yaml": "texts:\n  outcome.error.title: Failed\n",
}

# What is broken, in which file, by which change, where it is told, and how.
BROKEN = [
    ("not YAML", CAUSE, "outcomes: [error]", "outcomes: [error", "",
     "cannot read this YAML"),
    ("unknown key", CAUSE, "title:", "titel:", ":2:1",
     'did you mean "title"?'),
    ("regex that does not compile", MARKERS, "(?P<minutes>", "(?P<minutes",
     ":5:12", "not a valid RE2 pattern"),
    ("sample that does not match", MARKERS, "after 5 min", "after five min",
     ":6:15", "sample"),
    ("not line that matches", MARKERS, "nots: ['kettle ran dry']",
     "nots: ['kettle ran dry after 3 min']", ":7:12", "must not"),
    ("heavy weight without a reason", CAUSE,
     "    why: Only a kettle says so.\n", "", ":7:5", 'add "why"'),
    ("two voices", CAUSE, "    weight: 30\n",
     "    weight: 30\n    excludes: true\n", ":7:5", "needs one of"),
    ("unknown remedy", CAUSE, "remedies: [fill-kettle]",
     "remedies: [fil-kettle]", ":11:12", 'did you mean "fill-kettle"?'),
    ("unknown marker", CAUSE, "marker: [kettle-dry]", "marker: [kettle-dri]",
     ":7:21", 'did you mean "kettle-dry"?'),
    ("id that is not the path", CAUSE, "id: kitchen/kettle-dry",
     "id: kitchen/kettle", ":1:5", "make them equal"),
    ("no fixture", CASE, "cause: kitchen/kettle-dry", "cause: unknown", "",
     'no fixture shows "kitchen/kettle-dry"'),
    ("near miss with the same verdict", CASE, "outcome: error, cause: unknown",
     "outcome: error, cause: kitchen/kettle-dry", ":4:12",
     "it must have another"),
    ("symptom that nobody asks for", CAUSE, "marker: [kettle-dry]",
     "bar: open", "", 'no cause asks for the symptom "kettle-dry"'),
    ("summary with a value that nobody captures", CAUSE, "{minutes}",
     "{minuts}", ":3:36",
     "nothing fills {minuts}: it is neither a fact, nor a value of the report, "
     "nor a group of the markers that speak here; did you mean {minutes}?"),
    ("remedy with a value that nobody captures", REMEDIES, "Fill the kettle.",
     "Fill the {vessel}.", ":4:20", "nothing fills {vessel}"),
    ("evidence with a value that nobody captures", CAUSE, "says: the kettle says so",
     "says: the kettle says {hours}", ":10:27", "nothing fills {hours}"),
    ("remedy that nobody names", CAUSE, "remedies: [fill-kettle]\n", "", "",
     'no cause names the remedy "fill-kettle"'),
]


class Lint(unittest.TestCase):
    def test_the_patterns_of_the_project_are_sound(self):
        done = run("patterns", "lint", SOURCE / "patterns")
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(),
                         f" {len(CAUSES)} causes, ")

    def test_a_cause_of_ones_own_is_sound(self):
        self.assertEqual(run("patterns", "lint", OWN).returncode, 0)

    def test_a_sound_folder_passes(self):
        with folder_of(SOUND) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, 0)

    def test_broken_folders_fail_where_they_are_broken(self):
        for name, path, old, new, place, words in BROKEN:
            with self.subTest(name):
                self.assertEqual(SOUND[path].count(old), 1)
                files = dict(SOUND)
                files[path] = files[path].replace(old, new)
                with folder_of(files) as folder:
                    done = run("patterns", "lint", folder)
                told = done.stderr.decode()
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, told)
                if place:
                    self.assertIn(path + place + ": ", told)
                    self.assertRegex(told, r"\n +\| *\^\n")

    def test_a_fixture_needs_its_near_miss(self):
        files = dict(SOUND)
        del files["fixtures/kitchen/dry/near-miss.log"]
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"near-miss.log", done.stderr)

    def test_every_language_has_the_same_texts(self):
        files = dict(SOUND, **{"texts/ca.yaml": "texts:\n  other: Altre\n"})
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'"outcome.error.title" is missing', done.stderr)
        self.assertIn(b'"other" is not needed', done.stderr)

    def test_no_folder_or_none_of_patterns(self):
        self.assertEqual(run("patterns", "lint", "/no/such").returncode, 2)
        done = run("patterns", "lint", SOURCE / "scripts")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"holds no markers", done.stderr)

    def test_verdicts_of_fixtures_must_exist(self):
        files = dict(SOUND)
        files[CASE] = files[CASE].replace("outcome: error\n",
                                          "outcome: banana\n")
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'no outcome "banana"', done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
