# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary on logs that are written while it reads them.

Usage: follow_test.py LOGDIAG SOURCE_DIR
"""

import datetime
import gzip
import json
import os
import pathlib
import re
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")
# With sanitizers on a busy machine.
PATIENCE = 60


def fixture(name, first, last):
    lines = (SOURCE / "fixtures" / name / "pod.log").read_bytes().split(b"\n")
    return b"\n".join(lines[first - 1:last]) + b"\n"


# A server that has become ready, what it does well, and what goes wrong.
START = fixture("runs/healthy-day", 1, 66)
DONE = fixture("runs/healthy-day", 67, 80)
OUT_OF_MEMORY = fixture("runs/mixed-day", 87, 123)
# As many good prompts as overcome a failure of another job.
OVERCOME = fixture("runs/healthy-day", 67, 94)
# Ends in the first step, in an open bar.
OPEN_BAR = fixture("memory/incident-wan-i2v", 57, 83).rstrip(b"\n")
OPEN_BAR = OPEN_BAR[:STAMP.search(OPEN_BAR, OPEN_BAR.rindex(b"\r")).start()]
RESTART = fixture("memory/incident-wan-i2v", 84, 147)


def time_of(stamp):
    return datetime.datetime.fromisoformat(
        stamp[:26].decode()).replace(tzinfo=datetime.timezone.utc)


def ago(seconds):
    return (datetime.datetime.now(datetime.timezone.utc) -
            datetime.timedelta(seconds=seconds))


def ending(log, end):
    """`log` with its stamps moved so that the last one is at `end`."""
    last = max(time_of(stamp) for stamp in STAMP.findall(log))

    def moved(match):
        at = time_of(match[0]) + (end - last)
        return at.strftime("%Y-%m-%dT%H:%M:%S.%f000Z").encode()

    return STAMP.sub(moved, log)


def unstamped(log):
    return STAMP.sub(b"", log).replace(b"\n ", b"\n")


def alive_in_group(group):
    """Those that are dead and wait for their parent are not."""
    alive = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has just ended
        if int(fields[2]) == group and fields[0] not in "ZX":
            alive.append(int(path.parent.name))
    return alive


class Following:
    """The binary at work; what it has written so far is in files."""

    def __init__(self, folder, *args, stdin=subprocess.DEVNULL):
        self.out = folder / "out"
        self.err = folder / "err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [LOGDIAG, "--follow", *map(str, args)], stdin=stdin,
                stdout=out, stderr=err, cwd=folder,
                preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                 signal.SIG_DFL))

    def titles(self):
        return re.findall(r"^# (.*)$", self.out.read_text("utf-8"), re.M)

    def wait_for(self, what, seconds=PATIENCE):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if what():
                return
            time.sleep(0.05)
        raise AssertionError("in vain: " + self.out.read_text("utf-8") +
                             self.err.read_text("utf-8"))

    def wait_for_titles(self, count):
        self.wait_for(lambda: len(self.titles()) >= count)

    def wait_for_error(self, words):
        self.wait_for(lambda: words in self.err.read_text("utf-8"))

    def wait_until_read(self, log):
        """It has all that is in the file, and waits for more."""
        def is_read():
            folder = pathlib.Path(f"/proc/{self.process.pid}")
            for link in folder.glob("fd/*"):
                try:
                    if os.readlink(link) != str(log):
                        continue
                    position = (folder / "fdinfo" / link.name).read_text()
                except FileNotFoundError:
                    continue  # closed since it was listed
                return f"pos:\t{os.path.getsize(log)}\n" in position
            return False

        self.wait_for(is_read)
        time.sleep(0.3)

    def finish(self, by=signal.SIGINT):
        if by is not None:
            self.process.send_signal(by)
        return self.process.wait(PATIENCE)

    def ticks(self):
        """User and system time, and how often it was woken."""
        pid = self.process.pid
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1]
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        woken = re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M)
        return sum(map(int, fields.split()[11:13])), int(woken[1])


class InFolder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.log = self.folder / "pod.log"

    def follow(self, *args, **how):
        following = Following(self.folder, *args, **how)
        self.addCleanup(following.process.wait)
        self.addCleanup(following.process.kill)
        return following

    def write(self, text, path=None):
        with (path or self.log).open("ab") as log:
            log.write(text)

    def program(self, name, body):
        path = self.folder / name
        path.write_text("#!/bin/sh\n" + body)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path


class Files(InFolder):
    def test_live_with_rotation(self):
        self.write(ending(START, ago(400)))
        run = self.follow(self.log)
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        run.wait_for_titles(1)
        self.assertIn("memory", run.titles()[0])
        # The writer holds on to the old file for a while.
        old = self.folder / "pod.log.1"
        self.log.rename(old)
        self.log.touch()
        self.write(ending(DONE, ago(200)), old)
        time.sleep(0.5)
        self.write(ending(OPEN_BAR, ago(100)))
        run.wait_for_error("pod.log: was replaced")
        self.write(b"\n" + ending(RESTART, ago(10)))
        run.wait_for_titles(2)
        self.assertIn("restart", run.titles()[1])
        time.sleep(1)
        self.assertEqual(len(run.titles()), 2)
        self.assertEqual(run.finish(), 0)
        titles = run.titles()
        self.assertEqual(len(titles), 3)
        self.assertEqual(titles[2], titles[1])
        # All that was read is one log, and the report on it is whole.
        lines = old.read_bytes().count(b"\n") + self.log.read_bytes().count(
            b"\n")
        report = run.out.read_text("utf-8")
        self.assertIn(f" of {lines}, ", report[report.rindex("\n# "):])
        self.assertIn(f"is line {old.read_bytes().count(bytes([10])) + 1} of",
                      run.err.read_text())

    def test_cut_in_place(self):
        self.write(ending(START, ago(400)) + b"an open line")
        run = self.follow("--format", "json", self.log)
        run.wait_until_read(self.log)
        os.truncate(self.log, 0)
        run.wait_for_error("was cut short")
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        run.wait_for(lambda: run.out.read_bytes().count(b"\n") == 1)
        self.assertEqual(run.finish(signal.SIGTERM), 0)
        block, report = (json.loads(text) for text in re.split(
            r"(?<=\})\n(?=\{)", run.out.read_text("utf-8")))
        self.assertEqual(block["cause"], "memory/vram-oom")
        self.assertEqual(report["cause"], "memory/vram-oom")
        self.assertEqual(report["source"]["lines"],
                         START.count(b"\n") + 1 + OUT_OF_MEMORY.count(b"\n"))

    def test_open_bar_hangs_at_the_threshold(self):
        """No step was made: 600 s prove it, of which the last few pass."""
        self.write(ending(START, ago(900)))
        run = self.follow(self.log)
        run.wait_until_read(self.log)
        self.write(ending(OPEN_BAR, ago(594)))
        time.sleep(3)
        self.assertEqual(run.titles(), [])
        run.wait_for_titles(1)
        block = run.out.read_text("utf-8")
        self.assertIn("0/3 [00:00<?, ?it/s]", block)
        self.assertIn("10 min", block)
        time.sleep(1.5)
        self.assertEqual(len(run.titles()), 1)
        self.assertEqual(run.finish(), 0)
        self.assertEqual(len(run.titles()), 2)

    def test_hang_of_a_log_without_clock(self):
        """The file's own time says since when nothing came."""
        self.write(unstamped(START + OPEN_BAR))
        run = self.follow(self.log)
        time.sleep(1.5)
        self.assertEqual(run.titles(), [])
        self.assertEqual(run.finish(), 0)
        self.assertNotIn("hang", run.out.read_text("utf-8").lower())
        then = time.time() - 1200
        os.utime(self.log, (then, then))
        run = self.follow("--format", "json", self.log)
        run.wait_for(lambda: b"\n" in run.out.read_bytes())
        block = json.loads(run.out.read_text("utf-8"))
        self.assertEqual(block["outcome"], "hang")
        self.assertEqual(run.finish(), 0)

    def test_what_was_overcome_before_is_not_told(self):
        self.write(ending(START, ago(400)) + ending(OUT_OF_MEMORY, ago(300)) +
                   ending(OVERCOME, ago(20)))
        run = self.follow(self.log)
        time.sleep(1.5)
        self.assertEqual(run.titles(), [])
        self.assertEqual(run.finish(), 0)
        self.assertEqual(len(run.titles()), 1)

    def test_idle_costs_nothing(self):
        self.write(ending(START + DONE, ago(400)))
        run = self.follow(self.log)
        time.sleep(1.5)
        before, woken_before = run.ticks()
        time.sleep(2)
        after, woken_after = run.ticks()
        self.assertLessEqual(after - before, 1)
        # Where the file system does not tell of all writes, once a second.
        self.assertLessEqual(woken_after - woken_before, 4)
        self.assertEqual(run.finish(), 0)

    def test_what_was_written_before_the_signal_counts(self):
        self.write(ending(START, ago(400)))
        run = self.follow(self.log)
        time.sleep(1)
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        self.assertEqual(run.finish(), 0)
        self.assertEqual(len(run.titles()), 2)
        self.assertIn("out of memory", run.titles()[0])

    def test_fail_on_counts_in_the_end(self):
        self.write(ending(START + OUT_OF_MEMORY, ago(300)))
        run = self.follow("--fail-on", "error", "-o", "end.json", self.log)
        run.wait_for_titles(1)
        self.assertFalse((self.folder / "end.json").exists())
        self.assertEqual(run.finish(), 1)
        end = json.loads((self.folder / "end.json").read_text("utf-8"))
        self.assertEqual(end["cause"], "memory/vram-oom")

    def test_packed_file_is_refused(self):
        self.log.write_bytes(gzip.compress(START))
        run = self.follow(self.log)
        self.assertEqual(run.finish(None), 3)
        self.assertIn("this is gzip", run.err.read_text("utf-8"))

    def test_missing_file(self):
        run = self.follow(self.log)
        self.assertEqual(run.finish(None), 3)
        self.assertIn("no such file", run.err.read_text("utf-8"))


class Pipes(InFolder):
    def test_open_pipe(self):
        run = self.follow(stdin=subprocess.PIPE)
        pipe = run.process.stdin
        pipe.write(ending(START, ago(400)) + ending(OUT_OF_MEMORY, ago(300)))
        pipe.flush()
        run.wait_for_titles(1)
        before, _ = run.ticks()
        time.sleep(2)
        self.assertLessEqual(run.ticks()[0] - before, 1)
        pipe.write(ending(OVERCOME, ago(20)))
        pipe.close()
        self.assertEqual(run.finish(None), 0)
        # The report: a later prompt went well, so the log ends well.
        self.assertEqual(len(run.titles()), 2)
        self.assertNotEqual(run.titles()[0], run.titles()[1])

    def test_last_incident_of_a_pipe_has_its_block(self):
        run = self.follow("--format", "ndjson", stdin=subprocess.PIPE)
        run.process.stdin.write(START + OUT_OF_MEMORY)
        run.process.stdin.close()
        self.assertEqual(run.finish(None), 0)
        records = [json.loads(line)
                   for line in run.out.read_text("utf-8").splitlines()]
        self.assertEqual(
            [r["cause"] for r in records if r["type"] == "report"],
            ["memory/vram-oom"] * 2)


    def test_it_ends_with_whoever_reads_it(self):
        log = self.folder / "pod.log"
        log.write_bytes(START + OUT_OF_MEMORY)
        with subprocess.Popen([LOGDIAG, "--follow", log],
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.wait(PATIENCE), 4)


class Hooks(InFolder):
    def test_gets_json(self):
        self.program("hook", 'cat > got.json; echo "$#" words; exit 0\n')
        self.write(ending(START, ago(400)))
        run = self.follow("--on-incident", "./hook", self.log)
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        run.wait_for_error("0 words")
        got = json.loads((self.folder / "got.json").read_text("utf-8"))
        self.assertEqual(got["schema"], "logdiag.report/2")
        self.assertEqual(got["cause"], "memory/vram-oom")
        self.assertEqual(run.finish(), 0)
        self.assertNotIn("words", run.out.read_text("utf-8"))

    def test_failure_is_told_and_stops_nothing(self):
        self.program("hook", "exit 3\n")
        self.write(ending(START, ago(400)))
        run = self.follow("--on-incident", "./hook", self.log)
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        run.wait_for_error("--on-incident ./hook: it failed with exit code 3")
        self.write(ending(OPEN_BAR + b"\n" + RESTART, ago(10)))
        run.wait_for_titles(2)
        self.assertEqual(run.finish(), 0)

    def test_hang_is_killed_and_stops_nothing(self):
        self.program("hook", "echo $$ >> pids; sleep 1000 & sleep 1000\n")
        self.write(ending(START, ago(400)))
        run = self.follow("--on-incident", self.folder / "hook", self.log)
        self.write(ending(OUT_OF_MEMORY, ago(300)))
        begun = time.monotonic()
        run.wait_for((self.folder / "pids").exists)
        self.write(ending(OPEN_BAR + b"\n" + RESTART, ago(10)))
        run.wait_for_titles(2)
        self.assertLess(time.monotonic() - begun, 25)
        run.wait_for_error("ran for more than 30 s and was killed")
        # The second incident waits for its turn; nothing of the first lives.
        run.wait_for(
            lambda: len((self.folder / "pids").read_text().split()) == 2)
        first = int((self.folder / "pids").read_text().split()[0])
        self.assertEqual(alive_in_group(first), [])
        run.process.kill()
        os.killpg(int((self.folder / "pids").read_text().split()[1]),
                  signal.SIGKILL)


class CommandLine(InFolder):
    def refused(self, *args):
        done = subprocess.run([LOGDIAG, *map(str, args)], check=False,
                              capture_output=True, timeout=PATIENCE,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr.decode()

    def test_what_contradicts_is_refused(self):
        self.write(START)
        self.assertIn("one log", self.refused("--follow", self.log, self.log))
        self.assertIn("-o writes",
                      self.refused("--follow", "--format", "sarif", self.log))
        self.assertIn("--collected-at", self.refused(
            "--follow", "--collected-at", "2026-01-31T06:30:00Z", self.log))
        self.assertIn("for --follow alone",
                      self.refused("--on-incident", "cat", self.log))
        self.assertIn("no program", self.refused(
            "--follow", "--on-incident", self.log, self.log))
        self.assertIn("no program in PATH", self.refused(
            "--follow", "--on-incident", "cat -u", self.log))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
