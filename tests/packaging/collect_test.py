# SPDX-License-Identifier: Apache-2.0
"""Runs packaging/collect.sh under each shell with made-up commands on PATH, and
reads what it has put into its archive.

Usage: collect_test.py LOGDIAG SOURCE_DIR
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
SCRIPT = SOURCE / "packaging/collect.sh"
CRASH = SOURCE / "fixtures/memory/bash-killed-137/pod.log"
SHELLS = {"dash": ["dash"], "busybox": ["busybox", "sh"], "bash": ["bash"]}

# Each line, and what must not be left of it.
SECRETS = [
    ("hf_AbCdEfGhIjKlMnOpQrStUv", "AbCdEfGh"),
    ("key sk-proj-abcdefghij0123456789 used", "abcdefghij"),
    ("remote: ghp_zyxwvutsrqponmlkjihg9876543210", "zyxwvut"),
    ("AWS AKIAZZZZYYYYXXXXWWWW", "ZZZZYYYY"),
    ("Authorization: Bearer qwertyuiop.asdfgh", "qwertyuiop"),
    ("curl -H 'authorization: bearer lowercase0123456789'", "lowercase01"),
    ("DB_PASSWORD=swordfish", "swordfish"),
    ("password: 'three small words'", "small"),
    ('{"access_token": "jsonvalue77"}', "jsonvalue77"),
    ("https://civitai.com/api/download/1?token=c0ffeec0ffee&type=x", "c0ffee"),
    ("git clone https://ann:opensesame@host/x.git", "opensesame"),
    ("main.py --civitai-token tok4711value --listen", "tok4711value"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n"
     "-----END OPENSSH PRIVATE KEY-----", "b3BlbnNz"),
]
# What looks alike and matters.
KEPT = ["Generating tokens: 12%|##", "tokenizer: umt5_xxl",
        "Memory cgroup out of memory: Killed process 77 (python3)",
        "the line after the keys"]

INSPECT = """[
    {
        "Id": "f00d",
        "State": {
            "Status": "exited",
            "Running": false,
            "OOMKilled": true,
            "Pid": 0,
            "ExitCode": 137,
            "FinishedAt": "2025-10-23T16:28:10.2Z"
        },
        "Config": {
            "Hostname": "f00d",
            "Env": [
                "MODE=plainvalue42",
                "BRACKETS=plainvalue42 ] }, \\"Env\\": [",
                "PATH=plainvalue42:/bin"
            ],
            "Cmd": [
                "python"
            ]
        }
    }
]
"""


class Collect(unittest.TestCase):
    shell = ["sh"]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bin = self.folder / "bin"
        self.out = self.folder / "out"
        self.tmp = self.folder / "tmp"
        for path in (self.bin, self.out, self.tmp):
            path.mkdir()
        self.command("dmesg", "exit 1")
        self.command("journalctl", "exit 1")
        self.command("nvidia-smi", "echo 'card of the test'")
        self.command("python", "echo python of the test")

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def command(self, name, text):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def docker(self, inspect=INSPECT, host="unix:///var/run/docker.sock"):
        shown = self.file("inspect.json", inspect)
        self.command("docker", f"""
            echo "$*" >>'{self.folder}/docker-calls'
            case $1 in
              context) echo '{host}' ;;
              inspect) cat '{shown}' ;;
              events) echo 'container oom f00d (image=x)' ;;
              logs) cat '{CRASH}' ;;
            esac""")

    def run_it(self, *args, script=None, **more):
        environment = {**os.environ, "TMPDIR": str(self.tmp),
                       "PATH": f"{self.bin}:{os.environ['PATH']}",
                       "COMFYUI_LOG_DIR": str(self.folder / "none"), **more}
        environment.pop("DOCKER_HOST", None)
        environment.update(more)
        command = ([*self.shell, "-s", "--"] if script else
                   [*self.shell, str(SCRIPT)])
        return subprocess.run(
            [*command, *map(str, args)], input=script, text=True,
            capture_output=True, cwd=self.folder, env=environment, timeout=120,
            check=False)

    def archive(self, *args, **more):
        """The files of the archive, by name."""
        done = self.run_it("-o", self.out, *args, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        path = pathlib.Path(done.stdout.strip())
        self.assertEqual(list(self.out.iterdir()), [path])
        self.assertEqual(path.stat().st_mode & 0o077, 0)
        self.assertEqual(list(self.tmp.iterdir()), [])
        with tarfile.open(path) as tar:
            return {pathlib.Path(item.name).name: tar.extractfile(item).read()
                    for item in tar.getmembers() if item.isfile()}

    def manifest(self, files):
        head, *rows = files["MANIFEST"].decode().splitlines()
        self.assertEqual(head, "file\tcommand\texit code\tbytes\tsha256")
        rows = [row.split("\t") for row in rows]
        self.assertEqual({len(row) for row in rows}, {5})
        return {row[0]: row[1:] for row in rows}


class Archive(Collect):
    def test_manifest_is_true(self):
        self.docker()
        self.command("nvidia-smi", "echo half an answer; exit 9")
        files = self.archive("comfy")
        manifest = self.manifest(files)
        self.assertEqual(set(manifest) | {"MANIFEST", "README.txt"},
                         set(files))
        for name, (_, _, size, digest) in manifest.items():
            self.assertEqual(int(size), len(files[name]), name)
            self.assertEqual(digest, hashlib.sha256(files[name]).hexdigest())
        self.assertEqual(manifest["nvidia-smi-q.txt"][:2],
                         ["nvidia-smi -q", "9"])
        self.assertEqual(manifest["date.txt"][:2], ["date -u", "0"])
        self.assertIn(b"half an answer", files["nvidia-smi.txt"])
        self.assertIn("coarse net", files["README.txt"].decode())
        for name in ("uname.txt", "free.txt", "df.txt", "meminfo.txt"):
            self.assertGreater(len(files[name]), 0, name)

    def test_what_is_not_here(self):
        """Steps whose command does not exist are recorded and stop nothing."""
        for name in ("nvidia-smi", "python"):
            (self.bin / name).unlink()
        tools = self.folder / "tools"
        tools.mkdir()
        for name in ("sh", "sed", "awk", "tr", "tail", "head", "wc", "date",
                     "mktemp", "mkdir", "rm", "cat", "sleep", "tar", "gzip"):
            (tools / name).symlink_to(shutil.which(name))
        if self.shell[0] != "sh":
            (tools / self.shell[0]).symlink_to(shutil.which(self.shell[0]))
        files = self.archive(PATH=f"{self.bin}:{tools}")
        manifest = self.manifest(files)
        self.assertEqual(manifest["nvidia-smi.txt"][1], "127")
        self.assertIn(b"nvidia-smi is not here", files["nvidia-smi.txt"])
        self.assertEqual(manifest["pip-list.txt"][1], "127")
        self.assertEqual(manifest["date.txt"][1], "0")
        # Without sha256sum there is none.
        self.assertEqual(manifest["date.txt"][3], "-")

    def test_memory_counters(self):
        group = self.file("cgroup/memory.events", "oom 1\noom_kill 1\n").parent
        (group / "memory.max").write_text("1024\n")
        (group / "memory").mkdir()
        (group / "memory/memory.failcnt").write_text("8\n")
        text = self.archive(CGROUP_ROOT=str(group))["cgroup.txt"].decode()
        for line in (f"{group}/memory.events: oom_kill 1",
                     f"{group}/memory.max: 1024",
                     f"{group}/memory/memory.failcnt: 8"):
            self.assertIn(line + "\n", text)

    def test_logs_of_comfyui(self):
        for name in ("comfyui.log", "comfyui.prev.log", "notes.txt"):
            self.file(f"ComfyUI/user/{name}", CRASH.read_text())
        self.file("kept/comfyui-pod.1.log", "one start\n")
        files = self.archive("-c", self.folder / "ComfyUI",
                             COMFYUI_LOG_DIR=str(self.folder / "kept"))
        self.assertIn("log-comfyui-pod.1.log", files)
        self.assertNotIn("log-notes.txt", files)
        done = subprocess.run(
            [LOGDIAG, "--format", "json"], input=files["log-comfyui.prev.log"],
            capture_output=True, timeout=60, check=True)
        direct = subprocess.run([LOGDIAG, "--format", "json", CRASH],
                                capture_output=True, timeout=60, check=True)
        found, meant = json.loads(done.stdout), json.loads(direct.stdout)
        self.assertEqual((found["outcome"], found["cause"]),
                         (meant["outcome"], meant["cause"]))
        self.assertNotEqual(found["cause"], "unknown")

    def test_from_standard_input(self):
        done = self.run_it("-o", self.out, script=SCRIPT.read_text())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(pathlib.Path(done.stdout.strip()).exists())


class Hidden(Collect):
    def test_secrets(self):
        text = "\n".join([line for line, _ in SECRETS] + KEPT) + "\n"
        shown = self.file("secrets.txt", text)
        for name in ("dmesg", "nvidia-smi", "python"):
            self.command(name, f"cat '{shown}'")
        self.docker()
        self.command("docker", f"cat '{shown}'; cat '{shown}' >&2")
        self.file("ComfyUI/user/comfyui.prev.log", text)
        files = self.archive("-c", self.folder / "ComfyUI", "comfy")
        self.assertIn("log-comfyui.prev.log", files)
        for name, data in files.items():
            for line, secret in SECRETS:
                self.assertNotIn(secret.encode(), data, f"{name}: {line}")
        for name in ("kernel.txt", "log-comfyui.prev.log", "docker-log.txt"):
            for line in KEPT:
                self.assertIn(line.encode(), files[name], name)

    def test_environment_of_the_container(self):
        self.docker()
        files = self.archive("comfy")
        for name, data in files.items():
            if name != "docker-log.txt":
                self.assertNotIn(b"plainvalue42", data, name)
        shown = json.loads(files["docker-inspect.json"])[0]
        self.assertEqual(shown["State"]["ExitCode"], 137)
        self.assertTrue(shown["State"]["OOMKilled"])
        self.assertEqual(shown["Config"]["Cmd"], ["python"])
        self.assertEqual([row.split("=")[0] for row in shown["Config"]["Env"]],
                         ["MODE", "BRACKETS", "PATH"])
        self.assertIn(b"container oom f00d", files["docker-events.txt"])

    def test_environment_that_is_written_in_another_way(self):
        self.docker('[{"Id": "f00d", "Config": {"Env":["A=plainvalue42"]}}]\n')
        files = self.archive("comfy")
        self.assertNotIn(b"plainvalue42", files["docker-inspect.json"])

    def test_a_secret_at_the_cut(self):
        """What is left of a line that was cut may be a secret without its
        name."""
        self.command("dmesg", "echo 'password=abcdefghijklmnopqrstuvwxyz'; "
                     "echo 'last line'")
        files = self.archive(COLLECT_BYTES="25")
        self.assertNotIn(b"uvwxyz", files["kernel.txt"])
        self.assertIn(b"last line", files["kernel.txt"])

    def test_options_may_follow_the_container(self):
        self.docker()
        target = self.folder / "there"
        target.mkdir()
        self.assertEqual(self.run_it("comfy", "-o", target).returncode, 0)
        self.assertEqual(len(list(target.glob("*.tar.gz"))), 1)

    def test_docker_on_another_machine_is_not_asked(self):
        for host, more in (("ssh://ann@host", {}),
                           ("unix:///x", {"DOCKER_HOST": "tcp://10.0.0.1:1"})):
            self.docker(host=host)
            files = self.archive("comfy", **more)
            self.assertNotIn("docker-inspect.json", files)
            self.assertEqual(self.manifest(files)["docker.txt"][1], "1")
            calls = (self.folder / "docker-calls").read_text().splitlines()
            self.assertEqual({call.split()[0] for call in calls}, {"context"})
            for path in self.out.iterdir():
                path.unlink()


class Bounds(Collect):
    def is_gone(self, pid):
        """Ended, whether or not init has asked how."""
        for _ in range(300):
            try:
                state = pathlib.Path(f"/proc/{pid}/stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                return True
            if state.rpartition(")")[2].split()[0] == "Z":
                return True
            time.sleep(0.1)
        return False

    def hang(self, last, **more):
        """With a card that hangs at the first question. The time allowed is
        one in which a busy machine still gets the command started."""
        mark = self.folder / "pid"
        self.command("nvidia-smi", f"[ -e '{mark}' ] && exit; echo begun; {last}")
        files = self.archive(COLLECT_SECONDS="4", **more)
        self.assertEqual(self.manifest(files)["nvidia-smi.txt"][1], "124")
        self.assertIn(b"ended after 4 s", files["nvidia-smi.txt"])
        self.assertTrue(self.is_gone(int(mark.read_text())))
        # What came before it and after it is there.
        self.assertGreater(len(files["uname.txt"]), 0)
        self.assertIn("pip-list.txt", files)
        return files

    def test_a_command_that_hangs(self):
        """What it has started is ended, too."""
        files = self.hang(f"sleep 300 & echo $! >'{self.folder}/pid'; wait")
        self.assertIn(b"begun", files["nvidia-smi.txt"])

    def test_a_command_that_hangs_where_there_is_no_timeout(self):
        tools = self.folder / "tools"
        tools.mkdir()
        for folder in ("/usr/bin", "/bin"):
            for path in pathlib.Path(folder).iterdir():
                link = tools / path.name
                if path.name != "timeout" and not link.is_symlink():
                    link.symlink_to(path)
        self.hang(f"echo $$ >'{self.folder}/pid'; exec sleep 300",
                  PATH=f"{self.bin}:{tools}")

    def test_a_command_that_never_stops_printing(self):
        self.command("dmesg", "exec yes endless")
        files = self.archive(COLLECT_SECONDS="1", COLLECT_BYTES="5000")
        self.assertEqual(self.manifest(files)["kernel.txt"][1], "124")
        self.assertLess(len(files["kernel.txt"]), 6000)

    def test_only_the_end_is_kept(self):
        self.command("dmesg", "seq 1 100000")
        text = self.archive(COLLECT_BYTES="3000")["kernel.txt"].decode()
        self.assertLess(len(text), 3200)
        self.assertTrue(text.startswith("[only the last 3000 bytes are kept]"))
        self.assertTrue(text.endswith("\n99999\n100000\n"))


class Errors(Collect):
    def test_folder_that_cannot_be_written(self):
        # /proc takes no files of anybody, not even of root.
        done = self.run_it("-o", "/proc")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot write /proc/", done.stderr)
        self.assertIn("-o /tmp", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(list(self.tmp.iterdir()), [])

    def case(self, *args, **more):
        """What logdiag makes of the archive."""
        self.archive(*args, CGROUP_ROOT=str(self.folder / "cgroup"),
                     COMFYUI_LOG_DIR=str(self.folder / "logs"), **more)
        archive = next(iter(self.out.iterdir()))
        done = subprocess.run(
            [LOGDIAG, "--case", "--format", "json", archive],
            capture_output=True, timeout=120, check=False)
        archive.unlink()
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_it_is_a_case(self):
        self.file("logs/comfyui-pod.log",
                  "Total VRAM 24081 MB, total RAM 257610 MB\ngot prompt\n"
                  "  5%|5         | 1/20 [00:01<00:19,  1.00s/it]")
        self.file("cgroup/memory.events", "oom 2\noom_kill 1\n")
        self.file("cgroup/memory.max", "66571993088\n")
        data = self.case()
        self.assertEqual((data["cause"], data["confidence"]),
                         ("memory/host-ram-oom", "established"))
        self.assertEqual(str(data["facts"]["cgroup_ram_mb"]), "63488")
        # A 0 may be that of a new container, and "max" is no limit.
        self.file("cgroup/memory.events", "oom 0\noom_kill 0\n")
        self.file("cgroup/memory.max", "max\n")
        data = self.case()
        self.assertNotEqual(data["confidence"], "established")
        self.assertNotIn("oom_killed", data["facts"])
        self.docker()
        self.assertEqual(str(self.case("comfy")["facts"]["exit_code"]), "137")
        self.docker(INSPECT.replace("exited", "running").replace(
            '"Running": false', '"Running": true'))
        self.assertNotIn("exit_code", self.case("comfy")["facts"])

    def test_no_folder_for_temporary_files(self):
        """The folder of the archive does, if it can be written."""
        self.archive(TMPDIR="/proc/no")
        done = self.run_it("-o", "/proc", TMPDIR="/proc/no")
        self.assertEqual(done.returncode, 3)
        self.assertIn("set TMPDIR", done.stderr)

    def test_bad_command_lines(self):
        for args, word in ((("-x",), "option"), (("-o",), "option"),
                           (("a", "b"), "one container"),
                           (("--", "-rf"), "no name of a container"),
                           (("a;b",), "no name of a container"),
                           (("$(id)",), "no name of a container")):
            with self.subTest(args):
                done = self.run_it(*args)
                self.assertEqual(done.returncode, 2)
                self.assertIn(word, done.stderr)
                self.assertIn("usage: ", done.stderr)
        done = self.run_it("-c", self.folder / "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere is no folder", done.stderr)
        done = self.run_it(COLLECT_SECONDS="soon")
        self.assertEqual(done.returncode, 2)
        self.assertIn("COLLECT_SECONDS", done.stderr)


# Each gathers several archives, in which no shell has a part of its own.
DEAR = {"test_it_is_a_case",
        "test_docker_on_another_machine_is_not_asked",
        "test_logs_of_comfyui", "test_environment_of_the_container"}


def load_tests(loader, _tests, _pattern):
    """Each test under each shell, the dear ones under the first. Of bash, only
    what has to do with jobs and signals, where it differs most."""
    suite = unittest.TestSuite()
    for name, command in SHELLS.items():
        cases = (Archive, Hidden, Bounds, Errors)
        for case in cases if name != "bash" else (Bounds, Errors):
            kind = type(f"{case.__name__}_{name}", (case,), {"shell": command})
            if shutil.which(command[0]) is None:
                kind = unittest.skip(f"{command[0]} is not installed")(kind)
            suite.addTests(
                kind(test) for test in loader.getTestCaseNames(kind)
                if command == next(iter(SHELLS.values())) or test not in DEAR)
    return suite


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
