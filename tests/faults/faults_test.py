# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary while calls of the C library go wrong (shim.cc).

Usage: faults_test.py LOGDIAG SHIM SOURCE_DIR
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

LOGDIAG, SHIM, SOURCE = (str(pathlib.Path(arg).resolve())
                         for arg in sys.argv[1:4])
LOG = pathlib.Path(SOURCE) / "fixtures/memory/incident-wan-i2v/pod.log"
NEWEST_FIRST = (pathlib.Path(SOURCE) /
                "fixtures/envelopes/endpoint-export-newest-first/pod.log")


def preload():
    """The shim, behind the sanitizer's library, which must come first."""
    needed = subprocess.run(["ldd", LOGDIAG], capture_output=True, text=True,
                            check=True).stdout
    asan = re.search(r"libasan\S* => (\S+)", needed)
    return f"{asan[1]}:{SHIM}" if asan else SHIM


PRELOAD = preload()


class Faults(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def run_with(self, *args, stdin=b"", struck=True, **faults):
        """A run; that a fault struck is a part of every test."""
        count = self.folder / "count"
        count.unlink(missing_ok=True)
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("FAULT_")}
        environment.update({"FAULT_" + name.upper(): str(value)
                            for name, value in faults.items()},
                           FAULT_COUNT=str(count), LD_PRELOAD=PRELOAD)
        done = subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                              capture_output=True, timeout=120, check=False,
                              cwd=self.folder, env=environment)
        self.assertNotIn(b"Sanitizer", done.stderr)
        self.assertGreaterEqual(done.returncode, 0, done.stderr)
        if struck:
            self.assertGreater(int(count.read_text()), 0, "no fault struck")
        return done

    def good(self, *args, stdin=b""):
        return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                              capture_output=True, timeout=120, check=True,
                              cwd=self.folder).stdout


class Reading(Faults):
    def test_what_is_interrupted_or_short_is_read_all_the_same(self):
        for log in (LOG, NEWEST_FIRST):
            plain = self.good(log)
            for how in ("eintr", "short"):
                with self.subTest(log=log.parent.name, how=how):
                    done = self.run_with(log, read=how, path=log)
                    self.assertEqual(done.stdout, plain)
                    self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_so_is_a_pipe(self):
        plain = self.good("-", stdin=LOG.read_bytes())
        for how in ("eintr", "short", "eagain"):
            with self.subTest(how=how):
                done = self.run_with("-", stdin=LOG.read_bytes(), read=how)
                self.assertEqual(done.stdout, plain)
                self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_a_disk_that_fails_in_mid_file_gives_a_partial_report(self):
        for byte in (1, 4095, 10_000):
            with self.subTest(byte=byte):
                done = self.run_with("--format", "json", LOG, path=LOG,
                                     read=f"eio:{byte}")
                self.assertEqual(done.returncode, 4, done.stderr)
                report = json.loads(done.stdout)
                self.assertEqual(report["source"]["bytes"], byte)
                self.assertTrue(report["coverage"]["partial"])
                said = f"Input/output error at byte {byte:,}\n"
                self.assertTrue(done.stderr.decode().endswith(said),
                                done.stderr)

    def test_one_that_fails_at_once_gives_none(self):
        done = self.run_with(LOG, read="eio:0", path=LOG)
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        self.assertIn(b"Input/output error at byte 0", done.stderr)

    def test_a_log_that_is_read_backwards_says_so_too(self):
        byte = NEWEST_FIRST.stat().st_size // 2
        # On the way to its end, and on the way back.
        for way in ("read", "pread"):
            with self.subTest(way=way):
                done = self.run_with(NEWEST_FIRST, path=NEWEST_FIRST,
                                     **{way: f"eio:{byte}"})
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn(f"at byte {byte:,}".encode(), done.stderr)

    def test_the_other_files_are_read(self):
        done = self.run_with("--format", "ndjson", LOG, NEWEST_FIRST, path=LOG,
                             read="eio:0")
        self.assertEqual(done.returncode, 3)
        rows = [json.loads(row) for row in done.stdout.splitlines()]
        self.assertEqual({row["path"] for row in rows}, {str(NEWEST_FIRST)})

    def test_no_descriptor_is_left(self):
        done = self.run_with(LOG, open="emfile", path=LOG)
        self.assertEqual((done.returncode, done.stdout), (3, b""))
        self.assertIn(b"Too many open files", done.stderr)

    def test_half_a_pattern_file_is_not_taken_for_a_whole_one(self):
        markers = self.folder / "own/markers"
        markers.mkdir(parents=True)
        file = markers / "a.yaml"
        row = ("  - id: own-{0}\n    role: symptom\n    literal: 'Frob {0}'\n"
               "    says: a frob\n    samples: ['Frob {0}']\n")
        file.write_text("markers:\n" + row.format("one") + row.format("two"))
        half = file.read_text().index("  - id: own-two")
        self.good("--patterns", "own", LOG)
        done = self.run_with("--patterns", "own", LOG, path=file,
                             read=f"eio:{half}")
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"a.yaml: cannot be read", done.stderr)
        for how in ("eintr", "short"):
            with self.subTest(how=how):
                done = self.run_with("--patterns", "own", LOG, path=file,
                                     read=how)
                self.assertEqual((done.returncode, done.stderr), (0, b""))


class Writing(Faults):
    def test_what_is_interrupted_or_short_is_written_whole(self):
        plain = self.good("--format", "json", LOG)
        for how in ("eintr", "short"):
            with self.subTest(how=how):
                done = self.run_with("-o", "out.json", LOG, write=how)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual((self.folder / "out.json").read_bytes(),
                                 plain)

    def test_a_full_disk_is_told_and_leaves_what_was_there(self):
        before = b"what was there\n"
        for fault in ({"write": "enospc:0"}, {"write": "enospc:1000"},
                      {"close": "enospc"}):
            with self.subTest(**fault):
                (self.folder / "out.json").write_bytes(before)
                done = self.run_with("-o", "out.json", LOG, **fault)
                self.assertEqual(done.returncode, 4)
                self.assertEqual(done.stderr, b"logdiag: out.json: cannot be "
                                 b"written: No space left on device\n")
                self.assertEqual((self.folder / "out.json").read_bytes(),
                                 before)
                left = {path.name for path in self.folder.iterdir()}
                self.assertEqual(left, {"out.json", "count"})

    def test_so_is_one_behind_standard_output(self):
        done = self.run_with(LOG, print="enospc")
        self.assertEqual(done.returncode, 4)
        self.assertEqual(done.stderr, b"logdiag: standard output: the report "
                         b"could not be written whole\n")

    def test_and_the_kernel_s_own(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LOGDIAG, str(LOG)], stdout=full,
                                  stderr=subprocess.PIPE, timeout=120,
                                  check=False)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"standard output: the report could not be written",
                      done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
