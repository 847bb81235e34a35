# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary: flags, exit codes, streams, patterns of one's own.

Usage: cli_test.py LOGDIAG SOURCE_DIR
"""

import json
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import unittest

import yaml

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
CRASH = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"
HEALTHY = SOURCE / "fixtures/runs/healthy-day/pod.log"


def run(*args, stdin=b""):
    return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                          capture_output=True, timeout=60, check=False)


CAUSES = sorted((SOURCE / "patterns/causes").rglob("*.yaml"))


class Reports(unittest.TestCase):
    def test_markdown_is_the_default(self):
        done = run(CRASH)
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith(b"# "))
        self.assertEqual(done.stderr, b"")

    def test_json(self):
        report = json.loads(run("--format", "json", CRASH).stdout)
        self.assertEqual(report["schema"], "logdiag.report/2")
        self.assertEqual(report["cause"], "memory/oom-silent-kill")
        self.assertEqual(report["outcome"], "silent-restart")

    def test_evidence_lines_are_those_of_the_file(self):
        report = json.loads(run("--format", "json", CRASH).stdout)
        data = CRASH.read_bytes()
        lines = data.split(b"\n")
        checked = 0
        for evidence in report["evidence"]:
            if "line" not in evidence or "offset" not in evidence:
                continue
            offset = evidence["offset"]
            self.assertEqual(data[:offset].count(b"\n") + 1, evidence["line"])
            head = evidence["text"][:20].encode()
            self.assertIn(head, lines[evidence["line"] - 1])
            checked += 1
        self.assertGreater(checked, 0)

    def test_standard_input(self):
        log = CRASH.read_bytes()
        by_name = json.loads(run("--format", "json", CRASH).stdout)
        for args in ((), ("-",)):
            report = json.loads(run("--format", "json", *args,
                                    stdin=log).stdout)
            self.assertEqual(report["cause"], by_name["cause"])
            self.assertEqual(report["source"]["path"], "-")

    def test_several_files(self):
        done = run("--format", "json", CRASH, HEALTHY)
        rows = [json.loads(row) for row in done.stdout.splitlines()]
        self.assertEqual([row["outcome"] for row in rows],
                         ["silent-restart", "completed"])
        markdown = run(CRASH, HEALTHY).stdout.decode()
        # Both are called pod.log; their folders tell them apart.
        for log in (CRASH, HEALTHY):
            self.assertEqual(markdown.count(f"# `{log}`\n"), 1)

    def test_same_bytes_every_time(self):
        self.assertEqual(run(CRASH).stdout, run(CRASH).stdout)


class ExitCodes(unittest.TestCase):
    def test_bad_option(self):
        done = run("--no-such-flag")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--no-such-flag", done.stderr)

    def test_help_and_version(self):
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        self.assertGreaterEqual(done.stdout.count(b"  logdiag "), 2)
        self.assertRegex(run("--version").stdout, rb"^logdiag \d+\.\d+\.\d+")

    def test_missing_file(self):
        done = run("/no/such/pod.log")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"/no/such/pod.log", done.stderr)
        self.assertEqual(done.stdout, b"")

    def test_messages_hold_no_control_bytes(self):
        """Names of files, words of the command line, ids of patterns."""
        evil = "a\x1b[31m\x07\u202eb\nlogdiag: c"
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder) / evil
            bad.mkdir()
            markers = bad / "markers/a.yaml"
            markers.parent.mkdir()
            markers.write_text("markers: [{id: \"\\e[31m\", role: note}]")
            empty = bad / "empty.log"
            empty.write_bytes(b"")
            (bad / "stray.yaml").write_text("a: b")
            for words, code in (
                    ([evil], 3), ([empty], 3), ([bad], 0), (["--" + evil], 2),
                    (["--format", evil, HEALTHY], 2),
                    (["--lang", evil, HEALTHY], 2),
                    (["--gpu", evil, "--vram", evil, HEALTHY], 2),
                    (["--patterns", bad, HEALTHY], 2),
                    (["--patterns", bad / "no", HEALTHY], 2),
                    (["explain", evil, HEALTHY], 2),
                    (["patterns", "lint", bad], 2),
                    (["patterns", "show", evil], 2),
                    (["-o", bad / "no/a.md", HEALTHY], 2)):
                with self.subTest(words):
                    done = run(*words)
                    self.assertEqual(done.returncode, code, done.stderr)
                    self.assertNotEqual(done.stderr, b"")
                    self.assertNotRegex(done.stderr.decode("utf-8"),
                                        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")
                    self.assertNotRegex(done.stderr, rb"(?m)^logdiag: c")

    def test_directory_empty_and_binary(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run(folder).returncode, 3)
            empty = pathlib.Path(folder) / "empty.log"
            empty.write_bytes(b"")
            self.assertEqual(run(empty).returncode, 3)
            wide = pathlib.Path(folder) / "wide.log"
            for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-32-le"):
                wide.write_bytes("got prompt\n".encode(encoding) * 50)
                self.assertEqual(run(wide).returncode, 0)

    def test_a_pasted_log_says_so(self):
        """As Markdown, in words, and for machines; other logs say nothing."""
        log = (SOURCE / "fixtures/gpu/arch-no-kernel-image/pod.log").read_bytes()
        for text, pasted in ((log, False), (b"```\n" + log + b"\n```\n", True)):
            report = json.loads(run("--format", "json", "-", stdin=text).stdout)
            self.assertEqual(report["coverage"].get("pasted", False), pasted)
            self.assertEqual(report["confidence"] == "possible", pasted)
            for lang, words in (("en", b"between fences"), ("ca", b"tanques")):
                shown = run("--format", "md", "--lang", lang, "-", stdin=text)
                self.assertEqual(words in shown.stdout, pasted)

    def test_a_crowded_line_is_counted(self):
        words = [sample for path in (SOURCE / "patterns").rglob("*.yaml")
                 for row in (yaml.safe_load(path.read_text()) or {}).get(
                     "messages", []) for sample in row["samples"]]
        self.assertGreater(len(words), 500)
        crowded = HEALTHY.read_bytes() + " ".join(words).encode() + b"\n"
        for text, count in ((HEALTHY.read_bytes(), 0), (crowded, 1)):
            report = json.loads(run("--format", "json", "-", stdin=text).stdout)
            self.assertEqual(report["coverage"].get("crowded_lines", 0), count)
            shown = run("--format", "md", "--full", "-", stdin=text).stdout
            self.assertEqual(b"parts of too many: 1." in shown, count == 1)

    def test_bad_file_does_not_stop_the_others(self):
        done = run("--format", "json", "/no/such.log", HEALTHY)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(json.loads(done.stdout)["outcome"], "completed")

    def test_fail_on(self):
        self.assertEqual(run("--fail-on", "error", CRASH).returncode, 1)
        self.assertEqual(run("--fail-on", "error", HEALTHY).returncode, 0)
        self.assertEqual(run("--fail-on", "nonsense", CRASH).returncode, 2)

    def test_terminal_on_stdin_gets_usage(self):
        parent, child = pty.openpty()
        try:
            done = subprocess.run([LOGDIAG], stdin=child, capture_output=True,
                                  timeout=20, check=False)
        finally:
            os.close(parent)
            os.close(child)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"logdiag pod.log", done.stderr)

    def test_closed_pipe_is_quiet(self):
        command = f"'{LOGDIAG}' '{CRASH}' '{CRASH}' '{CRASH}' | head -c 10"
        done = subprocess.run(["bash", "-c", "set -o pipefail; " + command],
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.stderr, b"")


OWN = SOURCE / "tests/cli/own_cause"
OWN_FIXTURE = OWN / "fixtures/workflow/frobnicator-jam"


class OwnPatterns(unittest.TestCase):
    """A new cause is one YAML file and one fixture folder: no C++."""

    def diagnose(self, log, *args):
        return json.loads(run("--format", "json", *args,
                              OWN_FIXTURE / log).stdout)

    def test_one_file_adds_a_cause(self):
        case = yaml.safe_load((OWN_FIXTURE / "case.yaml").read_text())
        without = self.diagnose("pod.log")
        self.assertNotEqual(without["cause"], case["cause"])
        report = self.diagnose("pod.log", "--patterns", OWN)
        self.assertEqual(report["outcome"], case["outcome"])
        self.assertEqual(report["cause"], case["cause"])
        self.assertEqual(report["confidence"], case["confidence"])
        self.assertIn(case["evidence_lines"][0],
                      [item.get("line") for item in report["evidence"]])
        self.assertEqual(report["remedies"][0]["id"], "update-node-pack")
        near = self.diagnose("near-miss.log", "--patterns", OWN)
        self.assertEqual(near["cause"], case["near_miss"]["cause"])

    def test_error_names_file_line_and_column(self):
        path = "causes/workflow/frobnicator-jam.yaml"
        text = (OWN / path).read_text().replace("outcomes: [error]",
                                                "outcomes: [eror]")
        with tempfile.TemporaryDirectory() as folder:
            broken = pathlib.Path(folder) / path
            broken.parent.mkdir(parents=True)
            broken.write_text(text)
            done = run("--patterns", folder, OWN_FIXTURE / "pod.log")
        self.assertEqual(done.returncode, 2)
        self.assertIn(path.encode() + b":7:12: ", done.stderr)
        self.assertIn(b'did you mean "error"', done.stderr)
        self.assertEqual(done.stdout, b"")

    def test_files_that_nobody_reads_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = pathlib.Path(folder)
            (mine / "markers").mkdir()
            (mine / "marker").mkdir()
            (mine / "fixtures").mkdir()
            for name in ("markers/a.yaml", "marker/b.yaml", "c.yml",
                         "fixtures/d.yaml", ".e.yaml", "README.md"):
                (mine / name).write_text("markers: []")
            done = run("--patterns", folder, CRASH)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(
                done.stderr.decode(),
                "logdiag: not read, as they are in no folder of patterns: "
                f"{folder}/c.yml, {folder}/marker/b.yaml\n")
            self.assertEqual(run("-q", "--patterns", folder, CRASH).stderr, b"")
            done = run("patterns", "lint", folder)
            self.assertEqual(done.returncode, 2)

    def test_what_is_built_in_is_replaced_only_on_purpose(self):
        cause = (SOURCE / "patterns/causes/memory/vram-oom.yaml").read_text()
        with tempfile.TemporaryDirectory() as folder:
            mine = pathlib.Path(folder) / "causes/memory/vram-oom.yaml"
            mine.parent.mkdir(parents=True)
            mine.write_text(cause)
            done = run("--patterns", folder, CRASH)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"vram-oom.yaml:2:1: the cause", done.stderr)
            self.assertIn(b'add "replaces: true"', done.stderr)
            mine.write_text(cause + "replaces: true\n")
            done = run("--patterns", folder, CRASH)
            self.assertEqual(done.returncode, 0)
            self.assertIn(b"replaced: cause memory/vram-oom", done.stderr)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertEqual(run("-q", "--patterns", folder, CRASH).stderr, b"")

    def test_a_file_adds_evidence_to_a_built_in_cause(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = pathlib.Path(folder) / "evidence/mine.yaml"
            mine.parent.mkdir()
            mine.write_text("evidence: [{cause: memory/vram-oom, weight: -2,"
                            " when: {outcome: hang}, says: mine it is}]\n")
            shown = run("--patterns", folder, "patterns", "show",
                        "memory/vram-oom")
            self.assertIn(b"mine it is", shown.stdout)
            self.assertEqual(run("patterns", "lint", folder).returncode, 0)


WEBUI = """Version: v1.10.1
Launching Web UI with arguments: --listen
Traceback (most recent call last):
  File "/workspace/stable-diffusion-webui/launch.py", line 48, in <module>
    main()
torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 3.52 GiB. GPU 0 \
has a total capacity of 23.64 GiB of which 311.25 MiB is free.
"""


class Dialects(unittest.TestCase):
    """What helps one program only is not offered to another."""

    def remedies_after(self, start):
        with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
            log.write(start + WEBUI)
            log.flush()
            report = json.loads(run("--format", "json", log.name).stdout)
        self.assertEqual(report["cause"], "memory/vram-oom")
        return [remedy["id"] for remedy in report["remedies"]]

    def test_remedies_fit_the_program_that_ran(self):
        here = self.remedies_after("")
        self.assertIn("smaller-job", here)
        self.assertNotIn("free-vram-first", here)
        both = self.remedies_after("** ComfyUI startup time: 2025-02-03\n")
        self.assertIn("free-vram-first", both)


class Catalogue(unittest.TestCase):
    def test_list_names_every_cause(self):
        done = run("patterns", "list")
        named = [row.split()[0] for row in done.stdout.decode().splitlines()]
        written = [f"{path.parent.name}/{path.stem}" for path in
                   sorted((SOURCE / "patterns/causes").rglob("*.yaml"))]
        self.assertEqual(named, sorted(written))

    def test_show(self):
        shown = run("patterns", "show", "memory/vram-oom").stdout.decode()
        self.assertIn("causes/memory/vram-oom.yaml:2:1", shown)
        self.assertIn("settles it", shown)
        done = run("patterns", "show", "memory/vram-ooom")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'did you mean "memory/vram-oom"?', done.stderr)

    def test_explain(self):
        words = ("explain", "memory/oom-silent-kill", CRASH)
        first = run(*words).stdout.decode()
        told = run(*words, "--full").stdout.decode()
        self.assertIn("--full tells of them", first)
        self.assertNotIn("--full tells of them", told)
        self.assertLess(first.count("\n"), told.count("\n"))
        self.assertRegex(told, r"(?m)^  \* \+\d+ dB +L76 .*transformer blocks")
        self.assertIn("needs fact: oom_killed", told)
        rival = run("explain", "memory/vram-oom", CRASH).stdout.decode()
        self.assertIn("Verdict of the log: memory/oom-silent-kill", rival)
        healthy = run("explain", "memory/vram-oom", HEALTHY).stdout.decode()
        self.assertIn("Nothing failed", healthy)
        self.assertEqual(run("explain", "no/cause", CRASH).returncode, 2)
        self.assertEqual(run("explain", "memory/vram-oom", CRASH,
                             HEALTHY).returncode, 2)
        foreign = run("explain", "memory/vram-oom",
                      SOURCE / "fixtures/foreign/kafka-broker/pod.log")
        self.assertIn(b"does not look like", foreign.stdout)


class Given(unittest.TestCase):
    """What the user knows decides, and is shown as given."""

    def verdict(self, *args, log=CRASH):
        report = json.loads(run("--format", "json", *args, log).stdout)
        return report["outcome"], report["cause"], report["confidence"]

    def test_exit_code_decides_a_silent_death(self):
        # As the first process of a container, an abort ends with 139, too.
        self.assertEqual(self.verdict("--exit-code", 139),
                         ("silent-restart", "process/segfault", "likely"))
        self.assertEqual(self.verdict("--exit-code", 134)[1], "process/abort")
        self.assertEqual(self.verdict("--exit-code", 143)[1],
                         "process/sigterm-pod-stopped")

    def test_oom_killed_decides_a_silent_death(self):
        self.assertEqual(
            self.verdict("--oom-killed", "yes"),
            ("silent-restart", "memory/host-ram-oom", "established"))
        self.assertNotEqual(self.verdict("--oom-killed", "no")[1],
                            "memory/host-ram-oom")

    def test_what_is_given_is_shown_as_given(self):
        report = json.loads(run("--format", "json", "--exit-code", 139,
                                CRASH).stdout)
        given = [item for item in report["evidence"] if item.get("given")]
        self.assertEqual(len(given), 1)
        self.assertNotIn("line", given[0])
        markdown = run("--exit-code", 139, CRASH).stdout.decode()
        self.assertIn("(given on the command line)", markdown)

    def test_card_and_limit_replace_what_the_log_says(self):
        facts = json.loads(run("--format", "json", "--gpu", "NVIDIA L40S",
                               "--vram", "48GB", "--ram-limit", "62 GiB",
                               CRASH).stdout)["facts"]
        self.assertEqual(facts["gpu"], "NVIDIA L40S")
        self.assertEqual(facts["vram_mb"], 49152)
        self.assertEqual(facts["cgroup_ram_mb"], 63488)

    def test_time_of_collection_proves_a_hang(self):
        log = CRASH.read_bytes().split(b"\n")
        with tempfile.NamedTemporaryFile() as cut:
            # Up to the open bar, which is the last sign of life.
            cut.write(b"\n".join(log[:82]) + b"\n")
            cut.flush()
            self.assertEqual(self.verdict(log=cut.name)[0], "cut")
            soon = self.verdict("--collected-at", "2025-10-23T16:30:00Z",
                                log=cut.name)
            self.assertEqual(soon[0], "cut")
            late = self.verdict("--collected-at", "2025-10-23T18:30:00Z",
                                log=cut.name)
            self.assertEqual(late[:2], ("hang", "hang/hang-sampling"))
            killed = self.verdict("--exit-code", 137, log=cut.name)
            self.assertEqual(killed[0], "crash")
            self.assertTrue(killed[1].startswith("memory/"))

    def test_nonsense_is_refused(self):
        for args in (("--exit-code", "900"), ("--exit-code", "x"),
                     ("--oom-killed", "maybe"), ("--ram-limit", "much"),
                     ("--vram", "24"), ("--vram", "-1GB"),
                     ("--collected-at", "yesterday")):
            with self.subTest(args):
                done = run(*args, CRASH)
                self.assertEqual(done.returncode, 2)
                self.assertIn(args[0].encode(), done.stderr)


class Memory(unittest.TestCase):
    def test_memory_does_not_grow_with_the_log(self):
        """16 times the log, the same peak (within 20 %)."""
        day = HEALTHY.read_bytes()
        # A sanitizer keeps freed memory for a while; that is not ours.
        environment = dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=0:"
                           "thread_local_quarantine_size_kb=0")

        def peak(copies):
            with tempfile.NamedTemporaryFile() as log:
                for _ in range(copies):
                    log.write(day + b"\n")
                log.flush()
                code = ("import resource,subprocess,sys;"
                        "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
                        "print(resource.getrusage("
                        "resource.RUSAGE_CHILDREN).ru_maxrss)")
                done = subprocess.run(
                    [sys.executable, "-c", code, LOGDIAG, log.name],
                    capture_output=True, timeout=300, check=True,
                    env=environment)
                return int(done.stdout)

        per_mib = max(1, (1 << 20) // len(day))
        small, large = peak(per_mib), peak(16 * per_mib)
        self.assertLess(large, 1.2 * small)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
