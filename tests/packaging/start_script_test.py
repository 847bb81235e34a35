# SPDX-License-Identifier: Apache-2.0
"""Runs packaging/comfyui/start.sh under each shell with a program that ends in
many ways, and reads the kept log with the real binary.

Usage: start_script_test.py LOGDIAG SOURCE_DIR
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
SCRIPT = SOURCE / "packaging/comfyui/start.sh"
FAKE = SOURCE / "tests/packaging/fake_comfyui.py"
SHELLS = {"dash": ["dash"], "busybox": ["busybox", "sh"], "bash": ["bash"]}
STAMPED = re.compile(rb"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z ")
EVENTS = "low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\n"


class Start(unittest.TestCase):
    shell = ["sh"]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.logs = self.folder / "logs"
        self.cgroup = self.folder / "cgroup"
        self.cgroup.mkdir()
        self.count("memory.events", EVENTS)
        self.count("memory.max", "68719476736\n")
        self.count("memory.peak", "1234567\n")
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        # Of the machine that the test runs on, nothing is told.
        self.command("dmesg", "exit 1")
        self.command("nvidia-smi", "exit 9")

    def count(self, name, text):
        (self.cgroup / name).write_text(text)

    def command(self, name, text):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def environment(self, **more):
        return {**os.environ, "COMFYUI_LOG_DIR": str(self.logs),
                "CGROUP_ROOT": str(self.cgroup), "TMPDIR": str(self.folder),
                "PATH": f"{self.bin}:{os.environ['PATH']}", **more}

    def begin(self, *how, **more):
        return subprocess.Popen(
            [*self.shell, str(SCRIPT), sys.executable, str(FAKE), *how],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, env=self.environment(**more),
            # Whoever runs this in the background ignores it, and a shell that
            # is born so cannot hear it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def run_it(self, *how, **more):
        program = self.begin(*how, **more)
        out, err = program.communicate(timeout=60)
        return program.returncode, out, err

    def wait_for(self, text, start=1):
        log = self.logs / "comfyui-pod.log"
        for _ in range(150):
            if (log.exists() and text in log.read_bytes() and
                    len(list(self.logs.glob("*.log"))) == start):
                return
            time.sleep(0.1)
        self.fail(f"{text} did not come into {log}")

    def log(self, number=None):
        name = f"comfyui-pod.{number}.log" if number else "comfyui-pod.log"
        return (self.logs / name).read_bytes()

    def verdict(self, log, *args):
        done = subprocess.run([LOGDIAG, "--format", "json", *args],
                              input=log, capture_output=True, timeout=60,
                              check=True)
        report = json.loads(done.stdout)
        return report["outcome"], report["cause"], report["confidence"]


class Ends(Start):
    """The code is handed on and kept, and logdiag reads it."""

    def test_kill_for_memory(self):
        code, out, _ = self.run_it("oom", str(self.cgroup))
        self.assertEqual(code, 137)
        log = self.log()
        self.assertIn(b"memory.max 68719476736 (65536 MB)\n", log)
        self.assertIn(b"memory.peak 1234567\n", log)
        self.assertIn(b"before this start: 0 low, 0 high, 7 max, 1 oom, "
                      b"2 oom_kill\n", log)
        self.assertIn(b"during this start: 0 low, 0 high, 805 max, 2 oom, "
                      b"1 oom_kill\n", log)
        self.assertIn(b"by SIGKILL\n", log)
        self.assertIn(b"ComfyUI exited with code 137\n", log)
        self.assertEqual(self.verdict(log),
                         ("crash", "memory/host-ram-oom", "established"))
        # The container's own log has the same, without stamps.
        self.assertEqual(self.verdict(out)[:2],
                         ("crash", "memory/host-ram-oom"))

    def test_kill_of_another_process(self):
        """The count has risen, but it was not this program that was killed."""
        code, _, _ = self.run_it("other-oom", str(self.cgroup))
        self.assertEqual(code, 1)
        self.assertIn(b"1 oom_kill\n", self.log())
        self.assertNotIn(b"killed for memory", self.log())

    def test_kill_by_another(self):
        """Kills for memory that were counted before are not this one's."""
        code, _, _ = self.run_it("signal", "9")
        self.assertEqual(code, 137)
        self.assertIn(b"start.sh: killed for memory: no\n", self.log())
        self.assertEqual(self.verdict(self.log())[:2],
                         ("crash", "process/killed-unknown"))

    def test_counters_of_version_1(self):
        for name in ("memory.events", "memory.max", "memory.peak"):
            (self.cgroup / name).unlink()
        folder = self.cgroup / "memory"
        folder.mkdir()
        (folder / "memory.failcnt").write_text("5\n")
        (folder / "memory.limit_in_bytes").write_text("9223372036854771712\n")
        (folder / "memory.max_usage_in_bytes").write_text("99\n")
        (folder / "memory.oom_control").write_text(
            "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n")
        self.run_it("signal", "9")
        log = self.log()
        self.assertIn(b"before this start: 5 failcnt, 1 oom_kill\n", log)
        self.assertIn(b"during this start: 0 failcnt, 0 oom_kill\n", log)
        self.assertIn(b"memory.limit_in_bytes max\n", log)
        self.assertIn(b"memory.max_usage_in_bytes 99\n", log)
        self.assertIn(b"killed for memory: no\n", log)

    def test_without_counters(self):
        for path in self.cgroup.iterdir():
            path.unlink()
        code, _, _ = self.run_it("signal", "9")
        self.assertEqual(code, 137)
        self.assertNotIn(b"killed for memory", self.log())

    def test_native_crash(self):
        code, _, _ = self.run_it("signal", str(int(signal.SIGSEGV)))
        self.assertEqual(code, 139)
        # Python's fault handler is switched on.
        self.assertIn(b"Fatal Python error: Segmentation fault", self.log())
        self.assertIn(b"by SIGSEGV\n", self.log())
        self.assertEqual(self.verdict(self.log()),
                         ("crash", "process/segfault", "established"))

    def test_error_of_the_program(self):
        code, _, _ = self.run_it("exit", "3")
        self.assertEqual(code, 3)
        self.assertIn(b"ComfyUI exited with code 3\n", self.log())
        self.assertEqual(self.verdict(self.log())[0], "crash")

    def test_finished(self):
        code, _, _ = self.run_it("finish", "0")
        self.assertEqual(code, 0)
        self.assertIn(b"ComfyUI exited with code 0\n", self.log())
        self.assertEqual(self.verdict(self.log())[:2], ("completed", "none"))

    def test_no_such_program(self):
        done = subprocess.run(
            [*self.shell, str(SCRIPT), "no-such-program"],
            capture_output=True, env=self.environment(), timeout=60,
            check=False)
        self.assertEqual(done.returncode, 127)
        self.assertIn(b"no-such-program", self.log())
        self.assertIn(b"the program exited with code 127\n", self.log())

    def test_the_kernel_and_the_card_are_asked(self):
        old, new = "[ 1.0] Xid: of yesterday", "[ 2.0] NVRM: Xid (PCI:0): 79"
        self.command("dmesg", f"echo '{old}'; [ ! -e '{self.folder}/later' ] "
                     f"|| echo '{new}'; touch '{self.folder}/later'")
        self.command("nvidia-smi", "echo card: \"$@\"")
        self.run_it("exit", "1")
        log = self.log().decode()
        self.assertNotIn(old, log)
        self.assertIn(f"start.sh: {new}\n", log)
        self.assertIn("card: --query-gpu=name,memory.total,driver_version", log)
        self.assertIn("card: --query-gpu=memory.used,memory.total", log)


class Stops(Start):
    """A stop reaches the program, and the log says that there was one."""

    def stop(self, how, number):
        program = self.begin(how)
        self.wait_for(b"1/4")
        program.send_signal(number)
        return program

    def test_interrupt(self):
        program = self.stop("wait", signal.SIGINT)
        program.communicate(timeout=30)
        self.assertEqual(program.returncode, 0)
        self.assertIn(b"asked to stop by SIGINT", self.log())
        self.assertIn(b"Stopped server\n", self.log())

    def test_terminate(self):
        program = self.stop("wait", signal.SIGTERM)
        program.communicate(timeout=30)
        self.assertEqual(program.returncode, 143)
        self.assertIn(b"asked to stop by SIGTERM", self.log())
        self.assertEqual(self.verdict(self.log()),
                         ("interrupted", "process/sigterm-pod-stopped",
                          "established"))

    def test_terminate_all(self):
        """A stop of the whole group ends the program, not who keeps its log."""
        program = self.begin("polite")
        self.wait_for(b"1/4")
        os.killpg(program.pid, signal.SIGTERM)
        program.communicate(timeout=30)
        self.assertEqual(program.returncode, 0)
        self.assertIn(b"last words\n", self.log())

    def test_deaf_program_is_killed_by_the_platform(self):
        program = self.stop("deaf", signal.SIGTERM)
        self.wait_for(b"asked to stop by SIGTERM")
        self.assertIsNone(program.poll())
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=30)
        # The last line tells of the stop, though nobody was left to add one.
        self.assertIn(b"asked to stop by SIGTERM",
                      self.log().splitlines()[-1])
        self.assertEqual(self.verdict(self.log()),
                         ("interrupted", "process/sigterm-pod-stopped",
                          "established"))


class Log(Start):
    def test_each_line_has_a_stamp(self):
        _, out, _ = self.run_it("flood")
        lines = self.log().split(b"\n")
        self.assertEqual(lines.pop(), b"")
        self.assertGreater(len(lines), 2000)
        bare = []
        for line in lines:
            self.assertRegex(line, STAMPED)
            bare.append(STAMPED.sub(b"", line))
        self.assertIn(b"line 1999 of a flood", bare)
        self.assertIn(b"long " + b"x" * 20000 + b" end", bare)
        self.assertIn(b"nothing ? and \xff\xfe bytes", bare)
        self.assertEqual(bare, out.split(b"\n")[:-1])
        numbers = [line for line in bare if line.startswith(b"line ")]
        self.assertEqual(numbers, [f"line {n} of a flood".encode()
                                   for n in range(2000)])

    def test_an_open_bar_is_there_before_its_line_ends(self):
        program = self.begin("wait")
        try:
            self.wait_for(b"0/4 [00:00<?, ?it/s]\r 25%|##5       | 1/4")
            self.assertFalse(self.log().endswith(b"\n"))
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            program.communicate(timeout=30)

    def test_killed_with_its_script(self):
        """As when the whole container goes: the next start says so, and the
        count of an earlier kill convicts nobody."""
        self.run_it("oom", str(self.cgroup))
        program = self.begin("wait")
        self.wait_for(b"1/4", start=2)
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=30)
        self.run_it("finish", "0")
        self.assertIn(b"the log before this one has no end", self.log())
        *_, bar, end, _ = self.log(1).split(b"\n")
        self.assertIn(b"start.sh: this log has no end", end)
        # When it ended nobody knows, least of all the next start.
        self.assertEqual(STAMPED.match(end)[0], STAMPED.match(bar)[0])
        # Before a job of the new start is done, which would repair it all.
        now = self.log().split(b"got prompt")[0]
        for log in (self.log(1), self.log(1) + now,
                    self.log(2) + self.log(1) + now):
            outcome, _, confidence = self.verdict(log)
            self.assertEqual(outcome, "crash")
            self.assertNotEqual(confidence, "established")

    def test_a_second_start_in_the_same_folder(self):
        """It runs its program, and leaves the log of the first alone."""
        first = self.begin("wait")
        try:
            self.wait_for(b"1/4")
            code, out, err = self.run_it("finish", "0")
        finally:
            os.killpg(first.pid, signal.SIGKILL)
            first.communicate(timeout=30)
        self.assertEqual(code, 0)
        self.assertIn(b"Prompt executed", out)
        self.assertIn(f"process {first.pid} writes".encode(), err)
        self.assertNotIn(b"Prompt executed", self.log())
        # Its number is free again, and nobody's.
        self.run_it("finish", "0")
        self.assertIn(b"Prompt executed", self.log())

    def test_help_is_no_start(self):
        self.run_it("finish", "0")
        before = self.log()
        for word, code in (("--help", 0), ("-h", 0), ("--listen", 2)):
            done = subprocess.run(
                [*self.shell, str(SCRIPT), word], capture_output=True,
                env=self.environment(), timeout=60, check=False)
            self.assertEqual(done.returncode, code)
            self.assertIn(b"usage: sh start.sh", done.stdout + done.stderr)
        self.assertEqual(self.log(), before)

    def test_rotation(self):
        for code in range(1, 6):
            self.run_it("exit", str(code), COMFYUI_LOG_KEEP="3")
        names = sorted(path.name for path in self.logs.glob("*.log"))
        self.assertEqual(names, ["comfyui-pod.1.log", "comfyui-pod.2.log",
                                 "comfyui-pod.log"])
        for number, code in ((None, 5), (1, 4), (2, 3)):
            self.assertIn(f"exited with code {code}\n".encode(),
                          self.log(number))

    def test_keep_one_and_nonsense(self):
        self.run_it("exit", "1", COMFYUI_LOG_KEEP="1")
        self.run_it("exit", "2", COMFYUI_LOG_KEEP="1")
        self.assertEqual(len(list(self.logs.glob("*.log"))), 1)
        for keep in ("0", "-1", "many", "010"):
            code, _, err = self.run_it("exit", "0", COMFYUI_LOG_KEEP=keep)
            self.assertEqual(code, 2)
            self.assertIn(b"COMFYUI_LOG_KEEP", err)

    def test_folder_that_cannot_be_written(self):
        """The program matters more than its log."""
        # /proc takes neither files nor folders of anybody, not even of root.
        for logs in ("/proc/no/logs", "/proc"):
            code, out, err = self.run_it("exit", "4", COMFYUI_LOG_DIR=logs)
            self.assertEqual(code, 4)
            self.assertIn(f"cannot write {logs}".encode(), err)
            self.assertIn(b"set COMFYUI_LOG_DIR", err)
            self.assertIn(b"ComfyUI exited with code 4\n", out)

    def test_nothing_is_left_in_the_temporary_folder(self):
        self.run_it("exit", "0")
        self.assertEqual(list(self.folder.glob("start.*")), [])


class Waits(Start):
    """Takes seconds each, so it runs under one shell only."""

    def test_a_child_that_stays_does_not_hold_it_up(self):
        program = self.begin("leave")
        began = time.monotonic()
        self.assertEqual(program.wait(timeout=30), 0)
        self.assertLess(time.monotonic() - began, 20)
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=30)
        self.assertIn(b"exited with code 0\n", self.log())

    def test_a_card_that_does_not_answer(self):
        """The end is written down before the card is waited for."""
        self.command("nvidia-smi", "case \"$*\" in *name*) ;; "
                     f"*) touch '{self.folder}/asked'; sleep 60 ;; esac")
        program = self.begin("exit", "5")
        self.wait_for(b"exited with code 5\n")
        began = time.monotonic()
        program.communicate(timeout=60)
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual(program.returncode, 5)
        self.assertTrue((self.folder / "asked").exists())
        self.assertIn(b"nvidia-smi failed, or gave no answer", self.log())


def load_tests(loader, _tests, _pattern):
    """Each test under each shell; of bash, only what has to do with jobs and
    signals, where it differs most."""
    suite = loader.loadTestsFromTestCase(Waits)
    for name, command in SHELLS.items():
        for case in (Ends, Stops, Log) if name != "bash" else (Stops,):
            kind = type(f"{case.__name__}_{name}", (case,), {"shell": command})
            if shutil.which(command[0]) is None:
                kind = unittest.skip(f"{command[0]} is not installed")(kind)
            suite.addTests(loader.loadTestsFromTestCase(kind))
    return suite


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
