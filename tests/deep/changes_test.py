# SPDX-License-Identifier: Apache-2.0
"""Whether each kind of change breaks what it expects when it should."""

import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import changes  # noqa: E402

TEXT = (b"2026-01-31T06:30:00.000000000Z Starting server\n"
        b"2026-01-31T06:30:01.000000000Z one\n"
        b"2026-01-31T06:30:02.000000000Z two\n"
        b"2026-01-31T06:30:03.000000000Z three\n"
        b"2026-01-31T06:30:04.000000000Z four\n"
        b"2026-01-31T06:30:05.000000000Z got prompt\n")


class Stand:
    """As metamorphic.Log."""

    def __init__(self, data=TEXT, outcome="error", cause="memory/vram-oom",
                 clock="utc", confidence="likely"):
        self.name, self.data, self.clock = "a/b/pod.log", data, clock
        self.outcome, self.cause = outcome, cause
        self.verdict = (outcome, cause)
        self.confidence, self.probability = confidence, 0.9
        self.evidence, self.cited = {6}, {1, 6}
        self.rows = [{"source": {}}]


BARE = b"".join(changes.bare(row) for row in changes.lines(TEXT))


def stand_for(kind):
    if isinstance(kind, changes.StampsAdded):
        return Stand(data=BARE, clock="none")
    return Stand()


class Kinds(unittest.TestCase):
    def test_each_changes_the_log(self):
        for kind in changes.KINDS:
            with self.subTest(kind=kind.name):
                log = stand_for(kind)
                self.assertTrue(kind.fits(log))
                data = kind.make(log, random.Random(1))
                self.assertIsNotNone(data)
                self.assertNotEqual(data, log.data)

    def test_the_same_verdict_breaks_nothing(self):
        for kind in changes.KINDS:
            with self.subTest(kind=kind.name):
                self.assertEqual(kind.breach(stand_for(kind), Stand()), "")

    def test_no_report_breaks_all_but_a_log_without_its_evidence(self):
        for kind in changes.KINDS:
            with self.subTest(kind=kind.name):
                broken = kind.breach(stand_for(kind), None)
                self.assertEqual(bool(broken), kind.name != "drop-evidence")

    def test_another_cause_breaks_all_but_what_takes_evidence_away(self):
        other = Stand(outcome="crash", cause="storage/disk-full")
        for kind in changes.KINDS:
            with self.subTest(kind=kind.name):
                broken = kind.breach(stand_for(kind), other)
                self.assertEqual(bool(broken), kind.name not in (
                    "drop-cited", "drop-evidence"))

    def test_less_evidence_makes_nobody_surer(self):
        kind = changes.DropEvidence()
        self.assertTrue(kind.breach(Stand(), Stand(confidence="established")))
        self.assertFalse(kind.breach(Stand(), Stand(confidence="possible")))

    def test_lines_of_the_report_are_not_loose(self):
        # Neither are their neighbours, nor a frame and what is around it.
        self.assertEqual(changes.loose_lines(Stand()), [2, 3])
        self.assertEqual(changes.loose_lines(
            Stand(data=TEXT.replace(b"Z two", b'Z   File "a.py"'))), [])

    def test_an_envelope_says_the_same(self):
        by_name = {kind.name: kind for kind in changes.KINDS}
        make = lambda name: by_name[name].make(Stand(), random.Random(1))
        self.assertTrue(make("json-file").startswith(
            b'{"log": "Starting server\\n", "stream": "stdout", "time": '
            b'"2026-01-31T06:30:00.000000000Z"}\n'))
        self.assertTrue(make("cri").startswith(
            b"2026-01-31T06:30:00.000000000Z stdout F Starting server\n"))
        self.assertTrue(make("journald").startswith(
            b"2026-01-31T06:30:00.000000+0000 pod comfyui[812]: Starting"))
        self.assertTrue(make("newest-first").startswith(
            b"2026-01-31T06:30:05.000000000Z got prompt\n"))
        self.assertTrue(make("twice-later").endswith(
            b"2026-02-01T06:30:05.000000000Z got prompt\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
