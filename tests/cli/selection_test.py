# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary on parts of a log: --since, --until, --session,
--incident.

Usage: selection_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import subprocess
import sys
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
# From 06:30:12 to 07:29 UTC; three starts, a silent one at its end.
DAY = SOURCE / "fixtures/runs/mixed-day/pod.log"
LINES = DAY.read_bytes().rstrip(b"\n").split(b"\n")


def run(*args, stdin=b""):
    return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                          capture_output=True, timeout=120, check=False)


def report(*args, log=DAY, stdin=b""):
    done = run("--format", "json", *args, log, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def stamp(number):
    return LINES[number - 1].split(b" ", 1)[0].decode()


class Time(unittest.TestCase):
    def test_until(self):
        """Of the time before the restart the out-of-memory leads."""
        got = report("--until", "2025-09-25T06:41:00Z")
        self.assertEqual(got["cause"], "memory/vram-oom")
        # Line numbers are those of the file, and what was left out counts.
        self.assertEqual(got["incidents"][0]["line"], 121)
        self.assertEqual(got["coverage"]["lines"], len(LINES))
        self.assertEqual(got["coverage"]["outside_lines"], len(LINES) - 123)
        self.assertIn(b"left out as asked",
                      run("--until", "2025-09-25T06:41:00Z", DAY).stdout)

    def test_bounds_are_inside(self):
        bounds = ("--since", stamp(87), "--until", stamp(123))
        got = report(*bounds)
        self.assertEqual(got["coverage"]["outside_lines"],
                         len(LINES) - (123 - 87 + 1))
        self.assertEqual([i["kind"] for i in got["incidents"]], ["exception"])

    def test_zones_and_days(self):
        whole = report()["coverage"]
        self.assertNotIn("outside_lines", whole)
        for way in (("--since", "2025-09-25"), ("--until", "2025-09-25"),
                    ("--since", "2025-09-25T06:30"),
                    ("--until", "2025-09-25 23:59:59")):
            self.assertEqual(report(*way)["coverage"], whole, way)
        self.assertEqual(
            report("--until", "2025-09-25T08:41:00+02:00")["coverage"],
            report("--until", "2025-09-25T06:41:00")["coverage"])

    def test_line_without_stamp_goes_with_the_one_before(self):
        log = b"\n".join([b"words of before", *LINES[:123], b"  and more",
                          *LINES[123:]]) + b"\n"
        got = report("--since", stamp(87), "--until", stamp(123), log="-",
                     stdin=log)
        self.assertEqual(got["coverage"]["outside_lines"],
                         len(LINES) + 2 - (123 - 87 + 2))
        self.assertEqual(got["incidents"][0]["line"], 122)

    def test_nothing_there_is_an_error(self):
        done = run("--since", "2025-09-26", DAY)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"no line of the log is in the part", done.stderr)
        done = run("--since", "2025-09-26", stdin=b"got prompt\nno stamp\n")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"no stamps with a date", done.stderr)

    def test_what_is_no_time_is_refused(self):
        for text in ("yesterday", "03:10", "2025-02-30", "2025-09-25T06:30:00x"):
            done = run("--since", text, DAY)
            self.assertEqual(done.returncode, 2, text)
            self.assertIn(b"is no time", done.stderr)
        done = run("--since", "2025-09-26", "--until", "2025-09-24", DAY)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"is before --since", done.stderr)


class Session(unittest.TestCase):
    def test_one_start_is_a_log(self):
        starts = report()["sessions"]
        for number in (1, 2):
            got = report("--session", number)
            self.assertEqual(got["counts"]["sessions"], 1, number)
            first = starts[[s["session"] for s in starts].index(number)]
            self.assertEqual(got["sessions"][0]["line"], first["line"])
            self.assertGreater(got["coverage"]["outside_lines"], 0)
        # The first ends with a restart that was announced.
        self.assertEqual(report("--session", 1)["cause"], "memory/vram-oom")
        self.assertNotEqual(report("--session", 3)["outcome"],
                            report()["outcome"])

    def test_what_is_not_there_is_an_error(self):
        done = run("--session", 4, DAY)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"there is no start 4; the log shows 3", done.stderr)
        done = run("--session", 1, stdin=DAY.read_bytes())
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"give it as a plain file", done.stderr)
        self.assertEqual(run("--session", 0, DAY).returncode, 2)


class Incident(unittest.TestCase):
    def test_every_one_can_lead(self):
        listed = report()["incidents"]
        self.assertGreater(len(listed), 3)
        for number, incident in enumerate(listed, 1):
            got = report("--incident", number)
            self.assertEqual(got["cause"], incident["cause"], number)
            self.assertEqual(got["outcome"], incident["outcome"], number)
            self.assertEqual(got["incidents"][0]["line"], incident["line"])
            self.assertEqual(len(got["incidents"]), len(listed))

    def test_from_a_pipe(self):
        got = report("--incident", 5, log="-", stdin=DAY.read_bytes())
        self.assertEqual(got["cause"], report("--incident", 5)["cause"])

    def test_what_is_not_there_is_an_error(self):
        done = run("--incident", 9, DAY)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"there is no incident 9; the log shows 5: "
                      b"1 (silence, line 206)", done.stderr)

    def test_is_no_part_of_following(self):
        done = run("--follow", "--incident", 1, DAY)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"leave --follow out", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
