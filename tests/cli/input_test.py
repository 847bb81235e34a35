# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary on what is packed, cut, endless, no log, or stopped.

Usage: input_test.py LOGDIAG SOURCE_DIR
"""

import array
import bz2
import fcntl
import gzip
import io
import json
import lzma
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import termios
import time
import unittest
import zipfile

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
CRASH = (SOURCE / "fixtures/memory/incident-wan-i2v/pod.log").read_bytes()
HEALTHY = (SOURCE / "fixtures/runs/healthy-day/pod.log").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100)


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


class InFolder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, data):
        (self.folder / name).write_bytes(data)
        return name

    def run_in(self, *args, stdin=b""):
        return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                              capture_output=True, timeout=120, check=False,
                              cwd=self.folder)

    def reports(self, *args, code=0, stdin=b""):
        """The reports, each as JSON, and what was said on stderr."""
        done = self.run_in("--format", "ndjson", *args, stdin=stdin)
        self.assertEqual(done.returncode, code, done.stderr)
        rows = [json.loads(row) for row in done.stdout.splitlines()]
        return ([row for row in rows if row["type"] == "report"],
                done.stderr.decode())


class Packed(InFolder):
    def test_a_packed_log_keeps_its_name_and_its_report(self):
        plain, _ = self.reports(self.write("pod.log", CRASH))
        for data in (gzip.compress(CRASH), bz2.compress(CRASH),
                     lzma.compress(CRASH)):
            # The name does not matter.
            packed, said = self.reports(self.write("pod.txt", data))
            self.assertEqual(said, "")
            self.assertEqual(packed[0]["source"]["path"], "pod.txt")
            self.assertEqual(packed[0]["id"], plain[0]["id"])
            piped, _ = self.reports(stdin=data)
            self.assertEqual(piped[0]["id"], plain[0]["id"])

    def test_each_log_of_an_archive_has_a_report(self):
        members = (("logs/pod.log", CRASH), ("shot.png", PNG),
                   ("logs/empty.log", b""), ("b/pod.log.gz",
                                             gzip.compress(HEALTHY)))
        for data in (zipped(*members), tarred(*members),
                     tarred(*members, mode="w:gz"),
                     tarred(*members, mode="w:xz")):
            name = self.write("bundle", data)
            reports, said = self.reports(name)
            self.assertEqual([r["source"]["path"] for r in reports],
                             ["bundle:logs/pod.log", "bundle:b/pod.log.gz"])
            self.assertEqual([r["outcome"] for r in reports],
                             ["silent-restart", "completed"])
            self.assertEqual(said, "logdiag: bundle:shot.png: left out: "
                                   "this is no log but a PNG image\n")
            piped, _ = self.reports(stdin=data)
            self.assertEqual([r["id"] for r in piped],
                             [r["id"] for r in reports])
            markdown = self.run_in(name).stdout.decode()
            for heading in ("# `bundle:logs/pod.log`\n",
                            "# `bundle:b/pod.log.gz`\n"):
                self.assertIn(heading, markdown)
        self.assertEqual(list(self.folder.iterdir()), [self.folder / "bundle"])

    def test_explain_tells_of_each(self):
        name = self.write("two.zip", zipped(("a", CRASH), ("b", HEALTHY)))
        told = self.run_in("explain", "memory/oom-silent-kill", name)
        self.assertEqual(told.returncode, 0)
        self.assertEqual(told.stdout.count(b"memory/oom-silent-kill"),
                         self.run_in("explain", "memory/oom-silent-kill", "-",
                                     stdin=CRASH).stdout.count(
                                         b"memory/oom-silent-kill") +
                         self.run_in("explain", "memory/oom-silent-kill", "-",
                                     stdin=HEALTHY).stdout.count(
                                         b"memory/oom-silent-kill"))

    def test_an_archive_without_a_log(self):
        for data in (zipped(), zipped(("shot.png", PNG)), tarred(("a", b""))):
            done = self.run_in(self.write("bundle.zip", data))
            self.assertEqual(done.returncode, 3)
            self.assertEqual(done.stdout, b"")
            self.assertIn(b"bundle.zip: there is no log in this archive",
                          done.stderr)

    def test_an_archive_in_an_archive_is_named(self):
        name = self.write("outer.zip", zipped(
            ("inner.zip", zipped(("a.log", CRASH))), ("b.log", HEALTHY)))
        reports, said = self.reports(name)
        self.assertEqual(len(reports), 1)
        self.assertIn("outer.zip:inner.zip: left out: it holds a zip archive",
                      said)

    def test_links_are_not_followed(self):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
                entry = tarfile.TarInfo("link.log")
                entry.type, entry.linkname = kind, "/etc/hostname"
                archive.addfile(entry)
        self.assertEqual(self.run_in(self.write("a.tar",
                                                out.getvalue())).returncode, 3)


class Partial(InFolder):
    def partial(self, name, *words):
        reports, said = self.reports(name, code=4)
        self.assertEqual(len(reports), 1)
        why = reports[0]["coverage"]["partial_why"]
        for word in words:
            self.assertIn(word, why)
        path = reports[0]["source"]["path"]
        self.assertIn(f"logdiag: {path}: read only in part: {why}\n", said)
        self.assertIn(words[0], self.run_in(name).stdout.decode())
        return reports[0]

    def test_cut_and_damaged(self):
        data = gzip.compress(CRASH * 20)
        name = self.write("cut.gz", data[:-2000])
        self.partial(name, "the gzip data ends too soon, cut at byte "
                     f"{len(data) - 2000:,}")
        damaged = bytearray(data)
        damaged[len(data) // 2] ^= 0xff
        self.partial(self.write("bad.gz", bytes(damaged)),
                     "the gzip data is damaged at byte ")
        cut = tarred(("pod.log", CRASH))[:3000]
        self.partial(self.write("cut.tar", cut),
                     "the archive is damaged or cut at byte 3,000")

    @staticmethod
    def begun(process, path):
        """Whether the process has read the first bytes of the file."""
        table = pathlib.Path(f"/proc/{process.pid}")
        for link in (table / "fd").iterdir():
            if os.path.realpath(link) == str(path.resolve()):
                where = (table / "fdinfo" / link.name).read_text()
                return int(re.search(r"pos:\s*(\d+)", where)[1]) > 0
        return False

    def test_a_file_that_becomes_shorter(self):
        # Longer than one read, which a pipe in between would hide.
        path = self.folder / "pod.log"
        data = HEALTHY * (1 + (64 << 20) // len(HEALTHY))
        path.write_bytes(data)
        process = subprocess.Popen(
            [LOGDIAG, "--format", "json", path], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        while process.poll() is None and not self.begun(process, path):
            time.sleep(0.001)
        os.truncate(path, 1 << 20)
        out, said = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 4, said)
        self.assertRegex(json.loads(out)["coverage"]["partial_why"],
                         f"became shorter while it was read: [0-9,]+ of "
                         f"{len(data):,} bytes")

    def test_max_bytes(self):
        for data in (CRASH, gzip.compress(CRASH)):
            reports, _ = self.reports("--max-bytes", "5000",
                                      self.write("pod.log", data), code=4)
            self.assertEqual(reports[0]["source"]["bytes"], 5000)
            self.assertIn("more than --max-bytes allows; stopped at byte 5,000",
                          reports[0]["coverage"]["partial_why"])
        self.reports("--max-bytes", "1MB", "pod.log")
        name = self.write("two.zip", zipped(("a", CRASH), ("b", HEALTHY)))
        reports, said = self.reports("--max-bytes", "5000", name, code=4)
        self.assertEqual(len(reports), 1)
        self.assertIn("two.zip: the rest of it was not read: ", said)
        for word in ("0", "-1", "much", "1XB", ""):
            self.assertEqual(self.run_in("--max-bytes", word,
                                         name).returncode, 2)

    def test_a_bomb_ends(self):
        # A line of 100 MB again and again: more than 1,000 times its size.
        inner = lzma.compress(b"a" * (100 << 20))
        reports, _ = self.reports(self.write("bomb.xz", inner), code=4)
        self.assertIn("more than 1,000 times its size; stopped at byte ",
                      reports[0]["coverage"]["partial_why"])

    def test_a_bad_one_does_not_stop_the_others(self):
        cut = gzip.compress(CRASH * 20)[:-2000]
        reports, said = self.reports(
            self.write("a.gz", cut), self.write("b.png", PNG), "missing.log",
            self.write("c.log", HEALTHY), code=3)
        self.assertEqual([r["source"]["path"] for r in reports],
                         ["a.gz", "c.log"])
        self.assertEqual(said.count("\n"), 3)


class NoLog(InFolder):
    def refused(self, data, *words):
        done = self.run_in(self.write("a.log", data))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stdout, b"")
        self.assertTrue(done.stderr.startswith(b"logdiag: a.log: "))
        for word in words:
            self.assertIn(word.encode(), done.stderr)

    def test_what_it_is(self):
        self.refused(PNG, "a PNG image")
        self.refused(b"SQLite format 3\0" + bytes(80), "an SQLite database")
        self.refused(b"\x7fELF\2\1\1" + bytes(9) + b"\4\0\x3e\0", "core dump")
        self.refused(b"%PDF-1.7\n%\xe2\xe3\n", "a PDF document")
        self.refused(gzip.compress(b"GGUF\3\0\0\0" + bytes(90)), "a GGUF model")
        self.refused("ERROR 42 IN STEP 7, RUN STOPPED. AGAIN. ".encode("cp500"),
                     "EBCDIC", "iconv")

    def test_bytes_that_are_no_text(self):
        self.refused(random.Random(1).randbytes(200_000), "not text")
        for data in (bytes(100), bytes(1 << 20), (bytes(64) + b"\n") * 20):
            self.refused(data, "nothing but NUL bytes")
        with open("/dev/urandom", "rb") as endless:
            done = subprocess.run([LOGDIAG], stdin=endless, check=False,
                                  capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 3)
        with open("/dev/zero", "rb") as endless:
            done = subprocess.run([LOGDIAG, "--max-bytes", "64MB"],
                                  stdin=endless, check=False,
                                  capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 3)

    def test_a_hole_does_not_hide_the_log(self):
        plain, _ = self.reports(self.write("a.log", CRASH))
        middle = CRASH.index(b"\n", len(CRASH) // 2) + 1
        for data in (bytes(4096) + CRASH,
                     CRASH[:middle] + bytes(1 << 20) + CRASH[middle:],
                     CRASH + bytes(4096)):
            holed, said = self.reports(self.write("a.log", data))
            self.assertEqual(said, "")
            for key in ("outcome", "cause", "confidence"):
                self.assertEqual(holed[0][key], plain[0][key])
            self.assertEqual(holed[0]["coverage"]["nul_bytes"],
                             len(data) - len(CRASH))
            self.assertEqual(holed[0]["source"]["bytes"], len(data))
            for item in holed[0]["evidence"]:
                if "offset" in item:
                    offset = item["offset"]
                    line = data[offset:data.index(b"\n", offset)]
                    self.assertNotIn(b"\0", line)
                    self.assertIn(item["text"][:10].encode(), line)
            full = self.run_in("--full", "a.log").stdout.decode()
            self.assertIn(f"{len(data) - len(CRASH):,}", full)


class Signals(InFolder):
    def start(self, *args):
        """Feeds a log through a pipe that stays open."""
        process = subprocess.Popen(
            [LOGDIAG, "--format", "json", "-", *args], cwd=self.folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        process.stdin.write(CRASH)
        process.stdin.flush()
        self.wait_until_taken(process)
        return process

    def wait_until_taken(self, process):
        """Once it has taken all that was fed it waits for more."""
        while self.queued(process.stdin.fileno()) > 0:
            time.sleep(0.01)
        time.sleep(0.3)

    @staticmethod
    def queued(descriptor):
        size = array.array("i", [0])
        fcntl.ioctl(descriptor, termios.FIONREAD, size)
        return size[0]

    def test_what_was_read_is_reported(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start()
            process.send_signal(number)
            out, said = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 4)
            report = json.loads(out)
            self.assertEqual(report["cause"], "memory/oom-silent-kill")
            self.assertEqual(report["source"]["bytes"], len(CRASH))
            why = f"stopped by a signal at byte {len(CRASH):,}"
            self.assertEqual(report["coverage"]["partial_why"], why)
            self.assertIn(why.encode(), said)

    def test_files_behind_it_are_named(self):
        process = self.start(self.write("next.log", HEALTHY))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4)
        self.assertIn(b"next.log: not read, as a signal stopped the run", said)

    def test_the_second_signal_ends_it(self):
        # Nobody reads what it writes, so that it cannot end by itself.
        read_end, write_end = os.pipe()
        self.addCleanup(os.close, read_end)
        os.set_blocking(write_end, False)
        try:
            while True:
                os.write(write_end, bytes(65536))
        except BlockingIOError:
            os.set_blocking(write_end, True)
        process = subprocess.Popen(
            [LOGDIAG, "--full", "-"], stdin=subprocess.PIPE, stdout=write_end,
            stderr=subprocess.DEVNULL)
        os.close(write_end)
        process.stdin.write(CRASH)
        process.stdin.flush()
        self.wait_until_taken(process)
        process.send_signal(signal.SIGINT)
        with self.assertRaises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=20), -signal.SIGTERM)
        process.stdin.close()

    def test_an_ignored_signal_stays_ignored(self):
        process = subprocess.Popen(
            [LOGDIAG, "--format", "json"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        process.stdin.write(CRASH)
        process.stdin.flush()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        out, _ = process.communicate(input=b"one line more\n", timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(json.loads(out)["source"]["bytes"], len(CRASH) + 14)


class Memory(InFolder):
    def test_memory_does_not_grow_with_what_is_unpacked(self):
        def peak(name):
            code = ("import resource,subprocess,sys;"
                    "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
                    "print(resource.getrusage("
                    "resource.RUSAGE_CHILDREN).ru_maxrss)")
            done = subprocess.run(
                [sys.executable, "-c", code, LOGDIAG, self.folder / name],
                capture_output=True, timeout=300, check=True,
                env=dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=0:"
                         "thread_local_quarantine_size_kb=0"))
            return int(done.stdout)

        times = max(1, (1 << 20) // len(HEALTHY))
        small = self.write("small.gz", gzip.compress(HEALTHY * times))
        large = self.write("large.gz", gzip.compress(HEALTHY * times * 16))
        self.assertLess(peak(large), 1.2 * peak(small))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
