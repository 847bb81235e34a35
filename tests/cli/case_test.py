# SPDX-License-Identifier: Apache-2.0
"""Several files of one pod, one report.

Usage: case_test.py LOGDIAG SOURCE_DIR
"""

import datetime
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
POD = (SOURCE / "fixtures/memory/incident-wan-i2v/pod.log").read_bytes().decode()
# The last line of the process that dies without a word, and the next start.
LAST = datetime.datetime(2025, 10, 23, 16, 28, 8, 204000)
NEXT = datetime.datetime(2025, 10, 23, 16, 28, 13)
DEATH = datetime.datetime(2025, 10, 23, 16, 28, 10, 100000)
STAMP = re.compile(r"2025-10-23T16:\d\d:\d\d\.\d+Z ?")


def iso(time, zone="Z"):
    return time.strftime("%Y-%m-%dT%H:%M:%S") + zone


def seconds(count):
    return datetime.timedelta(seconds=count)


def kernel(lines, time=DEATH, how="ctime", boot=None):
    """Lines as the kernel's log has them, 10 ms apart."""
    out = []
    for number, line in enumerate(lines):
        at = time + datetime.timedelta(milliseconds=10 * number)
        if how == "ctime":
            stamp = at.strftime("[%a %b %d %H:%M:%S %Y] ")
        elif how == "short":
            stamp = at.strftime("%b %d %H:%M:%S node7 kernel: ")
        elif how == "short-iso":
            stamp = at.strftime("%Y-%m-%dT%H:%M:%S+0000 node7 kernel: ")
        else:
            stamp = f"[{(at - boot).total_seconds():12.6f}] "
        out.append(stamp + line)
    return "\n".join(out) + "\n"


OOM = ["python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, "
       "oom_score_adj=0",
       "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=docker-6b1f"
       ",mems_allowed=0,oom_memcg=/docker/6b1f,task_memcg=/docker/6b1f,"
       "task=python3,pid=4242,uid=0",
       "Memory cgroup out of memory: Killed process 4242 (python3) "
       "total-vm:212345678kB, anon-rss:65000000kB, file-rss:1000kB, "
       "shmem-rss:0kB, UID:0 pgtables:140000kB oom_score_adj:0"]
SEGFAULT = ["python3[4242]: segfault at 10 ip 00007f21a3c0d4e1 sp "
            "00007ffd5c1b2a70 error 4 in libtorch_cuda.so[7f21a0000000+5000000]"]
XID = ["NVRM: Xid (PCI:0000:41:00): 79, pid='<unknown>', name=<unknown>, GPU "
       "has fallen off the bus."]


def inspect(code, killed, ended=DEATH, status="exited"):
    return json.dumps([{
        "Id": "6b1f0e2d7a93", "State": {
            "Status": status, "Running": status == "running",
            "OOMKilled": killed, "Pid": 0, "ExitCode": code,
            "StartedAt": "2025-10-23T16:27:03.1Z", "FinishedAt": iso(ended)},
        "HostConfig": {"Memory": 66571993088}}], indent=4)


def events(code, killed, ended=DEATH):
    out = "2025-10-23T16:27:03.000000000Z container start 6b1f0e2d7a93 (image=x)\n"
    if killed:
        out += iso(ended, ".0Z") + " container oom 6b1f0e2d7a93 (image=x)\n"
    return out + (iso(ended, ".1Z") + " container die 6b1f0e2d7a93 "
                  f"(execDuration=66, exitCode={code}, image=x)\n")


def pod_json(code, reason, ended=DEATH):
    return json.dumps({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "comfy-0"},
        "status": {"containerStatuses": [{
            "lastState": {"terminated": {
                "exitCode": code, "finishedAt": iso(ended), "reason": reason}},
            "restartCount": 1, "state": {"running": {"startedAt": iso(NEXT)}}}]}},
        indent=4)


def pod_yaml(code, reason, ended=DEATH):
    return ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: comfy-0\nstatus:\n"
            "  containerStatuses:\n  - lastState:\n      terminated:\n"
            f"        exitCode: {code}\n        finishedAt: \"{iso(ended)}\"\n"
            f"        reason: {reason}\n    restartCount: 1\n")


def description(code, reason, ended=DEATH):
    at = ended.strftime("%a, %d %b %Y %H:%M:%S +0000")
    return ("Name:             comfy-0\nNamespace:        default\n"
            "Containers:\n  comfy:\n    State:          Running\n"
            "      Started:      Thu, 23 Oct 2025 16:28:12 +0000\n"
            f"    Last State:     Terminated\n      Reason:       {reason}\n"
            f"      Exit Code:    {code}\n      Finished:     {at}\n")


def counters(kills):
    return (f"low 0\nhigh 0\nmax 31\noom {kills}\noom_kill {kills}\n")


def platform(stop):
    return ("2025-10-23T16:27:00Z create container team/comfy:1.4\n"
            "2025-10-23T16:27:02Z start container for team/comfy:1.4: begin\n"
            f"{iso(stop)} stop container 6b1f0e2d7a93\n"
            "2025-10-23T16:28:12Z start container for team/comfy:1.4: begin\n")


RAM = "memory/host-ram-oom"
# What settles a silent death, by the file that does.
SETTLE = {
    "kernel-ctime": (kernel(OOM), RAM),
    "kernel-short": (kernel(OOM, how="short"), RAM),
    "kernel-short-iso": (kernel(OOM, how="short-iso"), RAM),
    "inspect": (inspect(137, True), RAM),
    "events": (events(137, True), RAM),
    "pod-json": (pod_json(137, "OOMKilled"), RAM),
    "pod-yaml": (pod_yaml(137, "OOMKilled"), RAM),
    "describe": (description(137, "OOMKilled"), RAM),
    "counters": (counters(1), RAM),
    "segfault": (kernel(SEGFAULT), "process/segfault"),
    "xid": (kernel(XID), "gpu/xid-gpu-fault"),
    "platform": (platform(DEATH), "process/sigterm-pod-stopped"),
}
# What was at another time, or says nothing of it.
SILENT = {
    "kernel-yesterday": kernel(OOM, DEATH - datetime.timedelta(days=1)),
    "inspect-later": inspect(0, False, NEXT + seconds(3600)),
    "inspect-before": inspect(137, True, DEATH - seconds(3600)),
    "inspect-running": inspect(0, False, datetime.datetime(1, 1, 1), "running"),
    "events-before": events(137, True, DEATH - seconds(900)),
    "pod-before": pod_json(137, "OOMKilled", DEATH - seconds(7200)),
    "counters-zero": counters(0),
    "counters-of-the-next-start": counters(1),
    "postgres": "CONTAINER ID   IMAGE      COMMAND   CREATED     STATUS     NAMES\n"
                "5d1e0c77ab12   postgres   \"run\"     1 year ago   Exited (139) "
                "5 weeks ago   db\n"
                "6b1f0e2d7a93   comfy      \"run\"     1 day ago   Up 2 hours   "
                "comfy\n",
    "platform-before": platform(DEATH - seconds(600)),
}
# Two files that state one end differently.
CONTRARY = {
    "cause": (kernel(SEGFAULT), description(137, "OOMKilled")),
    "code": (inspect(139, False), pod_json(137, "Error")),
    "killed": (inspect(137, False), description(137, "OOMKilled")),
    "killed-events": (inspect(137, False), events(137, True)),
    "yaml": (pod_yaml(139, "Error"), description(137, "Error")),
    "both": (inspect(139, False), pod_yaml(137, "OOMKilled")),
}


class Cases(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, **files):
        for name, text in files.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(text.encode())

    def run_it(self, *args, code=0):
        done = subprocess.run([LOGDIAG, *map(str, args)], cwd=self.folder,
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def case(self, *args):
        return json.loads(self.run_it("--case", "--format", "json",
                                      *(args or ["."]))[0])

    @staticmethod
    def file_of(data, label):
        return next(file for file in data["case"]["files"]
                    if file["label"] == label)

    def test_the_log_alone_does_not_settle_it(self):
        self.write(pod_log=POD)
        data = self.case()
        self.assertEqual(data["case"]["alone"]["confidence"], "possible")
        self.assertEqual(data["confidence"], "possible")


class Settled(Cases):
    def test_each_witness_settles_it(self):
        cut = POD[:POD.index("2025-10-23T16:28:13.007")]
        for base, log in (("restarted", POD), ("cut", cut)):
            for what, (text, cause) in SETTLE.items():
                # A counter begins at 0 with a container.
                if base == "restarted" and what == "counters":
                    continue
                with self.subTest(f"{base}, {what}"):
                    self.write(pod_log=log, witness_txt=text)
                    data = self.case()
                    self.assertEqual((data["cause"], data["confidence"]),
                                     (cause, "established"))
                    self.assertTrue(self.file_of(data, "witness.txt")["speaks"])
                    self.assertNotEqual(data["case"]["alone"]["confidence"],
                                        "established")

    def test_evidence_has_its_file_and_line(self):
        self.write(pod_log=POD, kernel_txt=kernel(OOM), inspect_json=inspect(
            137, True))
        page, _ = self.run_it("--case", ".")
        self.assertRegex(page, r"> +kernel\.txt:2 \| oom-kill:constraint=")
        self.assertIn("Log line kernel.txt:3, 2025-10-23 16:28:10", page)
        self.assertIn("docker inspect", page)
        self.assertNotRegex(page, r"\bL\d+\b|[Ll]og line \d")
        for form in ("html", "text", "junit", "sarif", "ndjson"):
            self.run_it("--case", "--format", form, ".")
        html, _ = self.run_it("--case", "--format", "html", ".")
        self.assertIn(">kernel.txt:3<", html)
        catalan, _ = self.run_it("--case", "--lang", "ca", ".")
        self.assertIn("kernel.txt:3", catalan)

    def test_spans_lead_to_the_lines(self):
        self.write(pod_log=POD, kernel_txt=kernel(OOM))
        data = self.case()
        spans = data["case"]["spans"]
        for evidence in data["evidence"]:
            span = [s for s in spans if s["line"] <= evidence["line"]][-1]
            text = (self.folder / span["file"]).read_text("utf-8").split("\n")
            line = text[span["file_line"] + evidence["line"] - span["line"] - 1]
            self.assertIn(evidence["text"][:40], line)


class Silent(Cases):
    def test_what_was_at_another_time_makes_nothing_surer(self):
        for what, text in SILENT.items():
            with self.subTest(what):
                self.write(pod_log=POD, witness_txt=text)
                data = self.case()
                self.assertEqual(data["cause"], "memory/oom-silent-kill")
                self.assertEqual(data["confidence"], "possible")

    def test_a_container_that_runs_again_has_the_code_of_no_end(self):
        self.write(pod_log=POD, one_txt=inspect(0, True, DEATH, "running"))
        data = self.case()
        self.assertNotIn("exit_code", data["facts"])
        self.assertEqual((data["cause"], data["confidence"]),
                         (RAM, "established"))

    def test_contradictions_are_shown_and_not_believed(self):
        for what, (one, other) in CONTRARY.items():
            with self.subTest(what):
                self.write(pod_log=POD, one_txt=one, other_txt=other)
                data = self.case()
                self.assertTrue(data["case"]["contradictions"])
                self.assertNotEqual(data["confidence"], "established")
                page, _ = self.run_it("--case", ".")
                self.assertIn("What the files do not agree on", page)
                self.assertRegex(page, r"\(one\.txt:\d+\).*\(other\.txt:\d+\)")

    def test_what_the_user_says_decides(self):
        self.write(pod_log=POD, one_txt=inspect(137, True))
        data = self.case("--oom-killed", "no", "--exit-code", "139", ".")
        self.assertNotEqual(data["cause"], RAM)


class Clocks(Cases):
    """The kernel's lines, or a copy of the log, by a clock of their own."""

    def local_copy(self, offset):
        """ComfyUI-Manager's file of the same start, with a line more."""
        out = []
        for line in POD.split("\n")[:83]:
            stamp = STAMP.match(line)
            if not stamp:
                continue
            at = datetime.datetime.fromisoformat(stamp[0][:23]) + offset
            body = line[stamp.end():]
            if body.strip() and "0/3" not in body:
                out.append(at.strftime("[%Y-%m-%d %H:%M:%S.") +
                           f"{at.microsecond // 1000:03}] {body}")
        at = LAST + seconds(1) + offset
        out.append(at.strftime("[%Y-%m-%d %H:%M:%S.000] ") +
                   "RuntimeWarning: a line that only the file has")
        return "\n".join(out) + "\n"

    def offset_of(self, data, label):
        file = self.file_of(data, label)
        return file["clock_fit"], file["offset_s"]

    def test_copies_in_another_zone_or_late(self):
        for off in (7200, -25200, 37, -180, 19800, 1):
            with self.subTest(off):
                self.write(pod_log=POD, comfyui_log=self.local_copy(seconds(off)))
                data = self.case()
                fit, offset = self.offset_of(data, "comfyui.log")
                self.assertEqual(fit, "shared")
                self.assertAlmostEqual(offset, -off, delta=1)
                # The prompt is there once, and the line more is in its place.
                self.assertEqual(data["counts"]["prompts"], 1)
                self.assertEqual(data["counts"]["sessions"], 2)

    def test_the_kernels_clock(self):
        for days in (0, 3, 41, 200):
            with self.subTest(days):
                boot = DEATH - datetime.timedelta(days=days, seconds=5000)
                at = DEATH - seconds(60)
                epoch = at.replace(tzinfo=datetime.timezone.utc).timestamp()
                audit = kernel([f"audit: type=1400 audit({epoch:.3f}:77): "
                                "apparmor=\"STATUS\" operation=\"profile_load\""],
                               at, "monotonic", boot)
                self.write(pod_log=POD,
                           kernel_txt=audit + kernel(OOM, DEATH, "monotonic",
                                                     boot))
                data = self.case()
                fit, offset = self.offset_of(data, "kernel.txt")
                self.assertEqual(fit, "stated")
                true = boot.replace(tzinfo=datetime.timezone.utc).timestamp()
                self.assertAlmostEqual(offset, true, delta=1)
                self.assertEqual((data["cause"], data["confidence"]),
                                 (RAM, "established"))

    def test_a_clock_that_nothing_sets(self):
        boot = DEATH - datetime.timedelta(days=3)
        self.write(pod_log=POD, kernel_txt=kernel(OOM, DEATH, "monotonic", boot))
        data = self.case()
        self.assertEqual(self.offset_of(data, "kernel.txt")[0], "unknown")
        self.assertEqual(data["confidence"], "likely")

    def test_logs_without_clocks(self):
        lines = [STAMP.sub("", line) for line in POD.split("\n")]
        self.write(comfyui_log="\n".join(lines[84:]),
                   comfyui_prev_log="\n".join(lines[:83]) + "\n",
                   inspect_json=inspect(137, True))
        data = self.case()
        self.assertEqual(data["counts"]["sessions"], 2)


class Files(Cases):
    def test_an_archive_is_a_case(self):
        with tarfile.open(self.folder / "bundle.tar.gz", "w:gz") as archive:
            for name, text in (("pod/docker-log.txt", POD),
                               ("pod/kernel.txt", kernel(OOM)),
                               ("pod/docker-inspect.json", inspect(137, True)),
                               ("pod/nvidia-smi.txt", "nvidia-smi is not here\n")):
                entry = tarfile.TarInfo(name)
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
        data = self.case("bundle.tar.gz")
        self.assertEqual((data["cause"], data["confidence"]),
                         (RAM, "established"))
        self.assertEqual(self.file_of(data, "nvidia-smi.txt")["role"], "witness")
        self.assertEqual(self.file_of(data, "docker-log.txt")["role"], "main")

    def test_what_cannot_be_used_is_told(self):
        self.write(pod_log=POD, empty_log="")
        (self.folder / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
        data = self.case()
        for label in ("empty.log", "shot.png"):
            file = self.file_of(data, label)
            self.assertEqual(file["role"], "left-out")
            self.assertTrue(file["what"])

    def test_what_is_of_no_pod_is_left_out(self):
        self.write(pod_log=POD, torch_txt=(
            "Traceback (most recent call last):\n"
            '  File "<string>", line 1, in <module>\n'
            "ModuleNotFoundError: No module named 'torch'\n"))
        data = self.case()
        self.assertEqual(self.file_of(data, "torch.txt")["role"], "left-out")
        self.assertEqual(data["cause"], "memory/oom-silent-kill")

    def test_a_pipe_is_a_file_of_it(self):
        self.write(pod_log=POD)
        done = subprocess.run(
            [LOGDIAG, "--case", "--format", "json", "pod.log", "-"],
            input=kernel(OOM).encode(), cwd=self.folder, capture_output=True,
            timeout=60, check=False)
        self.assertEqual(json.loads(done.stdout)["cause"], RAM)

    def test_a_failure_of_another_day_is_another_case(self):
        self.write(pod_log=POD, old_log=POD.replace("2025-10-23", "2025-10-20"))
        data = self.case()
        self.assertEqual(self.file_of(data, "old.log")["role"], "left-out")
        self.assertEqual(data["counts"]["sessions"], 2)

    def test_no_log_at_all(self):
        self.write(inspect_json=inspect(137, True))
        _, err = self.run_it("--case", ".", code=3)
        self.assertIn("there is no log among these files", err)

    def test_names_are_never_more_than_text(self):
        evil = "a`b*c<i>|d.txt"
        self.write(pod_log=POD)
        (self.folder / evil).write_text(kernel(OOM), "utf-8")
        page, _ = self.run_it("--case", ".")
        self.assertIn("a-b-c-i--d.txt:3", page)

    def test_what_does_not_go_together(self):
        self.write(pod_log=POD)
        for words in (["--follow"], ["--table"], ["--session", "1"],
                      ["--incident", "1"], ["--files-from", "x"]):
            self.run_it("--case", *words, "pod.log", code=2)

    def test_a_log_that_shows_the_card_is_a_log(self):
        box = ("| NVIDIA-SMI 550.127.05    Driver Version: 550.127.05 |\n")
        self.write(pod_log="2025-10-23T16:27:00.000000000Z " + box + POD)
        self.assertEqual(self.file_of(self.case(), "pod.log")["role"], "main")

    def test_what_was_named_and_cannot_be_read_is_told(self):
        self.write(pod_log=POD)
        _, err = self.run_it("--case", "pod.log", "nosuch.log", code=3)
        self.assertIn("nosuch.log: left out: no such file", err)

    def test_names_are_redacted(self):
        home = self.folder / "home/alice/logs"
        home.mkdir(parents=True)
        (home / "pod.log").write_bytes(POD.encode())
        for form in ("md", "json"):
            out, _ = self.run_it("--case", "--format", form, home)
            self.assertNotIn("alice", out)

    def test_places_of_sarif_are_those_of_the_files(self):
        self.write(pod_log=POD, kernel_txt=kernel(OOM))
        data = json.loads(self.run_it("--case", "--format", "sarif", ".")[0])
        places = {(p["physicalLocation"]["artifactLocation"]["uri"],
                   p["physicalLocation"]["region"]["startLine"])
                  for p in data["runs"][0]["results"][0]["locations"]}
        self.assertTrue(places <= {(uri, line) for uri in ("kernel.txt", "pod.log")
                                   for line in range(1, 150)}, places)

    def test_the_page_says_which_file_adds_nothing(self):
        self.write(pod_log=POD, inspect_json=SILENT["inspect-before"])
        page, _ = self.run_it("--case", ".")
        self.assertRegex(page, r"`\./inspect\.json` \| docker inspect \|")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
