# SPDX-License-Identifier: Apache-2.0
"""Which system calls the real binary makes: it opens what it is given and what
loads it, talks to nobody, starts nothing.

Usage: syscalls_test.py LOGDIAG SOURCE_DIR [--sanitized]
"""

import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = str(pathlib.Path(sys.argv[1]).resolve())
SOURCE = pathlib.Path(sys.argv[2]).resolve()
SANITIZED = "--sanitized" in sys.argv
SKIPPED = 77  # SKIP_RETURN_CODE
LOG = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"
NEWEST_FIRST = SOURCE / "fixtures/envelopes/endpoint-export-newest-first/pod.log"

# "812 openat(AT_FDCWD, "/x", O_RDONLY) = 3"; what strace tells of signals and
# ends is no call.
CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed>)(.*)$")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')

# What opens or changes something by its name. Calls that only ask (stat,
# access, readlink) are not looked at.
OPENS = {"open", "openat", "openat2", "creat"}
CHANGES = {"rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir",
           "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat",
           "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat",
           "truncate", "ftruncate", "mknod", "mknodat", "utimensat"}
# Of these there may be none, whatever the arguments.
NEVER = {"socket", "socketpair", "connect", "bind", "listen", "accept",
         "accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg",
         "recvmmsg", "fork", "vfork", "ptrace", "kill", "tkill", "setuid",
         "setgid", "mount", "umount2", "chroot", "bpf", "io_uring_setup",
         "process_vm_readv", "process_vm_writev", "memfd_create", "setsid",
         "shmget", "init_module", "finit_module", "personality"}
# A sanitizer's runtime turns address randomisation off and on again.
SANITIZER = {"personality"}

# What the loader and the C library read of the system.
LOADER = re.compile(
    r"^(?:/etc/ld\.so\.(?:cache|preload)"
    r"|/(?:usr/)?lib(?:64|32)?/\S*\.so(?:\.[\d.]+)?(?:-\S*)?"
    r"|/usr/(?:lib|share)/locale/\S*|/usr/lib/\S*/gconv/\S*"
    r"|/usr/share/zoneinfo/\S*|/etc/localtime)$")
# ASan looks at its own process, and at the kernel's settings of memory.
OF_SANITIZER = re.compile(r"^/proc/(?:self|\d+)/|^/proc/sys/vm/|^/sys/")


def breaches(trace, may_read, may_write):
    """What the calls of a trace do beyond what they may."""
    found = []
    programs = 0
    for row in trace.splitlines():
        call = CALL.match(row)
        if call is None:
            continue
        name, rest = call[1], call[2]
        if name in NEVER and not (SANITIZED and name in SANITIZER):
            found.append(row)
        elif name in ("execve", "execveat"):
            programs += 1
        elif name in ("clone", "clone3") and "CLONE_THREAD" not in rest:
            found.append(row)
        elif name in ("mmap", "mprotect") and re.search(
                r"PROT_WRITE\|PROT_EXEC", rest):
            found.append(row)
        elif name in OPENS:
            path = PATH.search(rest)
            path = path[1] if path else ""
            writes = re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest)
            if writes and not may_write(path):
                found.append(row)
            elif not writes and not (
                    may_read(path) or LOADER.match(path)
                    or SANITIZED and OF_SANITIZER.match(path)):
                found.append(row)
        elif name in CHANGES:
            if not all(may_write(path) for path in PATH.findall(rest)):
                found.append(row)
    if programs != 1:
        found.append(f"{programs} programs were started")
    return found


class Calls(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def trace(self, *command, stdin=b""):
        out = self.folder.parent / f"{self.folder.name}.trace"
        self.addCleanup(out.unlink, missing_ok=True)
        done = subprocess.run(
            ["strace", "-f", "-qq", "-s", "4096", "-o", out,
             *map(str, command)], input=stdin, capture_output=True,
            timeout=300, check=False, cwd=self.folder,
            # The leak check traces its own process, which strace prevents.
            env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0", LC_ALL="C"))
        return out.read_text(errors="replace"), done

    def check(self, *args, reads=(), writes=(), stdin=b"", code=0):
        trace, done = self.trace(LOGDIAG, *args, stdin=stdin)
        self.assertEqual(done.returncode, code, done.stderr)
        reads = {str(path) for path in reads}
        # A report comes under a temporary name first.
        written = [re.compile(rf"(?:{re.escape(name)}|\.{re.escape(name)}\.\d+"
                              r"\.part)") for name in writes]
        found = breaches(trace, reads.__contains__, lambda path: any(
            name.fullmatch(path) for name in written))
        self.assertEqual(found, [])
        for path in reads:
            self.assertIn(f'"{path}"', trace)

    def test_a_file(self):
        self.check(LOG, reads=[LOG])
        self.check("--format", "sarif", "--lang", "ca", LOG, NEWEST_FIRST,
                   reads=[LOG, NEWEST_FIRST])

    def test_a_pipe(self):
        self.check("--full", stdin=LOG.read_bytes())

    def test_what_is_packed(self):
        packed = self.folder / "pod.log.gz"
        packed.write_bytes(gzip.compress(LOG.read_bytes()))
        self.check(packed, reads=[packed])

    def test_an_archive(self):
        packed = shutil.make_archive(str(self.folder / "logs"), "zip",
                                     LOG.parent, "pod.log")
        self.check("--format", "json", packed, reads=[packed])

    def test_outputs(self):
        self.check("-o", "out.md", "-o", "out.json", LOG, reads=[LOG],
                   writes=["out.md", "out.json"])

    def test_a_file_that_is_not_there(self):
        self.check("absent.log", reads=["absent.log"], code=3)

    def test_patterns_of_one_s_own(self):
        markers = self.folder / "own/markers"
        markers.mkdir(parents=True)
        (markers / "a.yaml").write_text(
            "markers:\n  - id: own-jam\n    role: symptom\n"
            "    literal: 'Frobnicator jammed'\n    says: it jammed\n"
            "    samples: ['Frobnicator jammed']\n")
        trace, done = self.trace(LOGDIAG, "--patterns", "own", LOG)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        # Folders below it are opened by their names alone.
        self.assertEqual(breaches(
            trace, lambda path: path == str(LOG) or not path.startswith("/"),
            lambda path: False), [])

    def test_other_commands(self):
        self.check("explain", "memory/vram-oom", LOG, reads=[LOG])
        self.check("patterns", "list")
        self.check("budget", "--model", "wan2.2-i2v-14b", "--dtype", "fp8",
                   "--size", "704x704", "--frames", "121", "--gpu", "RTX 4090")
        self.check("collect")
        self.check("completion", "bash")

    def test_another_program_is_caught(self):
        """The test itself: each kind of breach is found."""
        for code, call in (
                ("import socket; socket.socket()", "socket("),
                ("open('/etc/hostname')", '"/etc/hostname"'),
                ("open('new', 'w')", '"new"'),
                ("import os; os.mkdir('new')", "mkdir("),
                ("import subprocess; subprocess.run(['true'])",
                 "programs were started")):
            with self.subTest(code=code):
                trace, _ = self.trace(sys.executable, "-I", "-S", "-c", code)
                found = breaches(trace, lambda path: path != "/etc/hostname",
                                 lambda path: False)
                self.assertTrue(any(call in row for row in found), found)


def main():
    if shutil.which("strace") is None:
        print("SKIPPED, no call was looked at: strace is not installed")
        return SKIPPED
    tried = subprocess.run(["strace", "-o", os.devnull, "true"],
                           capture_output=True, check=False)
    if tried.returncode != 0:
        print("SKIPPED, no call was looked at: strace may not trace here: "
              + tried.stderr.decode(errors="replace"))
        return SKIPPED
    unittest.main(argv=[sys.argv[0], "-v"])


if __name__ == "__main__":
    sys.exit(main())
