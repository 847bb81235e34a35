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
        self.assertEqual(report["schema"], "logdiag.report/1")
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
        self.assertEqual(markdown.count("# `pod.log`\n"), 2)

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

    def test_directory_empty_and_binary(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run(folder).returncode, 3)
            empty = pathlib.Path(folder) / "empty.log"
            empty.write_bytes(b"")
            self.assertEqual(run(empty).returncode, 3)
            wide = pathlib.Path(folder) / "wide.log"
            wide.write_bytes("got prompt\n".encode("utf-16-le") * 50)
            done = run(wide)
            self.assertEqual(done.returncode, 3)
            self.assertIn(b"UTF-16", done.stderr)

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


def folder_of(files):
    """A temporary folder with these files, {path: text}."""
    folder = tempfile.TemporaryDirectory()
    for path, text in files.items():
        file = pathlib.Path(folder.name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


CAUSE = "causes/kitchen/kettle-dry.yaml"
MARKERS = "markers/kitchen.yaml"
REMEDIES = "remedies/kitchen.yaml"
CASE = "fixtures/kitchen/dry/case.yaml"
SOUND = {
    MARKERS: """markers:
  - id: kettle-dry
    role: symptom
    literal: kettle ran dry
    regex: 'kettle ran dry after (?P<minutes>\\d+) min'
    samples: ['kettle ran dry after 5 min']
    nots: ['kettle ran dry']
""",
    CAUSE: """id: kitchen/kettle-dry
title: the kettle is dry
summary: The kettle ran dry[ after {minutes} min].
explain: Nobody filled it.
outcomes: [error]
evidence:
  - when: {marker: [kettle-dry]}
    weight: 30
    why: Only a kettle says so.
    says: the kettle says so
remedies: [fill-kettle]
""",
    REMEDIES: """remedies:
  - id: fill-kettle
    text: Fill the kettle.
""",
    CASE: """why: a dry kettle
outcome: error
cause: kitchen/kettle-dry
near_miss: {why: it is full, outcome: error, cause: unknown}
""",
    "fixtures/kitchen/dry/pod.log": "kettle ran dry after 5 min\n",
    "fixtures/kitchen/dry/near-miss.log": "kettle ran\n",
    "texts/en.yaml": "texts:\n  outcome.error.title: Failed\n",
}

# What is broken, in which file, by which change, where it is told, and how.
BROKEN = [
    ("not YAML", CAUSE, "outcomes: [error]", "outcomes: [error", "",
     "cannot read this YAML"),
    ("unknown key", CAUSE, "title:", "titel:", ":2:1",
     'did you mean "title"?'),
    ("regex that does not compile", MARKERS, "(?P<minutes>", "(?P<minutes",
     ":5:12", "not a valid RE2 pattern"),
    ("sample that does not match", MARKERS, "after 5 min", "after five min",
     ":6:15", "sample"),
    ("not line that matches", MARKERS, "nots: ['kettle ran dry']",
     "nots: ['kettle ran dry after 3 min']", ":7:12", "must not"),
    ("heavy weight without a reason", CAUSE,
     "    why: Only a kettle says so.\n", "", ":7:5", 'add "why"'),
    ("two voices", CAUSE, "    weight: 30\n",
     "    weight: 30\n    excludes: true\n", ":7:5", "needs one of"),
    ("unknown remedy", CAUSE, "remedies: [fill-kettle]",
     "remedies: [fil-kettle]", ":11:12", 'did you mean "fill-kettle"?'),
    ("unknown marker", CAUSE, "marker: [kettle-dry]", "marker: [kettle-dri]",
     ":7:21", 'did you mean "kettle-dry"?'),
    ("id that is not the path", CAUSE, "id: kitchen/kettle-dry",
     "id: kitchen/kettle", ":1:5", "make them equal"),
    ("no fixture", CASE, "cause: kitchen/kettle-dry", "cause: unknown", "",
     'no fixture shows "kitchen/kettle-dry"'),
    ("near miss with the same verdict", CASE, "outcome: error, cause: unknown",
     "outcome: error, cause: kitchen/kettle-dry", ":4:12",
     "it must have another"),
    ("symptom that nobody asks for", CAUSE, "marker: [kettle-dry]",
     "bar: open", "", 'no cause asks for the symptom "kettle-dry"'),
    ("remedy that nobody names", CAUSE, "remedies: [fill-kettle]\n", "", "",
     'no cause names the remedy "fill-kettle"'),
]


class Lint(unittest.TestCase):
    def test_the_patterns_of_the_project_are_sound(self):
        done = run("patterns", "lint", SOURCE / "patterns")
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(),
                         f" {len(CAUSES)} causes, ")

    def test_a_cause_of_ones_own_is_sound(self):
        self.assertEqual(run("patterns", "lint", OWN).returncode, 0)

    def test_a_sound_folder_passes(self):
        with folder_of(SOUND) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, 0)

    def test_broken_folders_fail_where_they_are_broken(self):
        for name, path, old, new, place, words in BROKEN:
            with self.subTest(name):
                self.assertEqual(SOUND[path].count(old), 1)
                files = dict(SOUND)
                files[path] = files[path].replace(old, new)
                with folder_of(files) as folder:
                    done = run("patterns", "lint", folder)
                told = done.stderr.decode()
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, told)
                if place:
                    self.assertIn(path + place + ": ", told)
                    self.assertRegex(told, r"\n +\| *\^\n")

    def test_a_fixture_needs_its_near_miss(self):
        files = dict(SOUND)
        del files["fixtures/kitchen/dry/near-miss.log"]
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"near-miss.log", done.stderr)

    def test_every_language_has_the_same_texts(self):
        files = dict(SOUND, **{"texts/ca.yaml": "texts:\n  other: Altre\n"})
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'"outcome.error.title" is missing', done.stderr)
        self.assertIn(b'en.yaml has no text "other"', done.stderr)

    def test_no_folder_or_none_of_patterns(self):
        self.assertEqual(run("patterns", "lint", "/no/such").returncode, 2)
        done = run("patterns", "lint", SOURCE / "scripts")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"holds no markers", done.stderr)

    def test_verdicts_of_fixtures_must_exist(self):
        files = dict(SOUND)
        files[CASE] = files[CASE].replace("outcome: error\n",
                                          "outcome: banana\n")
        with folder_of(files) as folder:
            done = run("patterns", "lint", folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'no outcome "banana"', done.stderr)


class Catalogue(unittest.TestCase):
    def test_list_names_every_cause(self):
        done = run("patterns", "list")
        named = [row.split()[0] for row in done.stdout.decode().splitlines()]
        written = [f"{path.parent.name}/{path.stem}" for path in
                   sorted((SOURCE / "patterns/causes").rglob("*.yaml"))]
        self.assertEqual(named, sorted(written))

    def test_show(self):
        shown = run("patterns", "show", "memory/vram-oom").stdout.decode()
        self.assertIn("causes/memory/vram-oom.yaml:1:1", shown)
        self.assertIn("settles it", shown)
        done = run("patterns", "show", "memory/vram-ooom")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'did you mean "memory/vram-oom"?', done.stderr)

    def test_explain(self):
        told = run("explain", "memory/oom-silent-kill", CRASH).stdout.decode()
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
        self.assertEqual(self.verdict("--exit-code", 139),
                         ("silent-restart", "process/segfault", "established"))
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


JOB = ("--model", "wan2.2-i2v-14b", "--dtype", "fp8", "--size", "704x704",
       "--frames", "121", "--gpu", "RTX 4090")


class Budget(unittest.TestCase):
    def budget(self, *args):
        done = run("budget", "--format", "json", *args)
        self.assertEqual(done.stderr, b"")
        return json.loads(done.stdout)

    def sampling(self, budget):
        return next(p for p in budget["phases"] if p["phase"] == "sampling")

    def test_the_job_of_the_incident(self):
        budget = self.budget(*JOB)
        self.assertEqual(budget["schema"], "logdiag.budget/1")
        self.assertEqual(budget["job"]["asked"]["tokens"], 60016)
        need = self.sampling(budget)["need_mib"]
        # 19.0 to 25.4 GiB, within 0.3.
        self.assertAlmostEqual(need["low"] / 1024, 19.0, delta=0.3)
        self.assertAlmostEqual(need["high"] / 1024, 25.4, delta=0.3)
        self.assertEqual(self.sampling(budget)["fit"], "cannot-tell")
        self.assertGreaterEqual(len(budget["table"]), 3)
        self.assertEqual(len(budget["table"][0]["cards"]), 3)
        self.assertIn("frames", [o["knob"] for o in budget["offers"]])

    def test_block_swap_moves_weights_from_the_card_to_ram(self):
        kept = self.budget(*JOB)
        swapped = self.budget(*JOB, "--block-swap", 40)
        self.assertLess(self.sampling(swapped)["need_mib"]["high"],
                        self.sampling(kept)["need_mib"]["high"] - 10000)
        self.assertGreater(swapped["ram"]["need_mib"]["low"],
                           kept["ram"]["need_mib"]["low"] + 10000)
        self.assertEqual(self.sampling(swapped)["fit"], "fits")

    def test_ram_limit(self):
        self.assertEqual(self.budget(*JOB)["ram"]["fit"], "cannot-tell")
        self.assertEqual(
            self.budget(*JOB, "--ram-limit", "8GB")["ram"]["fit"],
            "does-not-fit")
        self.assertEqual(
            self.budget(*JOB, "--ram-limit", "256GB")["ram"]["fit"], "fits")

    def test_sizes_that_the_model_does_not_take(self):
        done = run("budget", "--model", "wan2.2-i2v-14b", "--size", "480x360",
                   "--frames", "60", "--gpu", "RTX 4090")
        self.assertEqual(done.returncode, 0)
        told = done.stdout.decode()
        for size in ("57 frames at 480x352", "61 frames at 480x368"):
            self.assertIn(size, told)

    def test_wrong_input_is_told_and_refused(self):
        for args, words in (
                (("--model", "wan2.2-i2v-14bb"), "did you mean"),
                (("--model", "nothing-like-it"), "models.yaml"),
                (("--dtype", "fp9"), "did you mean fp8"),
                (("--gpu", "RTX 4099"), "did you mean RTX 4090"),
                (("--gpu", "abacus"), "--vram"),
                (("--size", "704x"), "704x704"),
                (("--size", "1000000000x1"), "no size"),
                (("--frames", "0"), "between 1 and"),
                (("--frames", "1000000000"), "between 1 and"),
                (("--block-swap", "-3"), "between 0 and")):
            with self.subTest(args):
                given = dict(zip(JOB[::2], JOB[1::2]))
                given[args[0]] = args[1]
                flat = [f"{name}={value}" for name, value in given.items()]
                done = run("budget", *flat)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                self.assertIn(words, done.stderr.decode())
        done = run("budget")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--model is needed", done.stderr)

    def test_a_report_has_the_table_the_what_ifs_and_ram_first(self):
        report = run(CRASH).stdout.decode()
        section = report[report.index("## Memory budget"):]
        section = section[:section.index("\n## ")]
        self.assertLess(section.index("Host RAM"), section.index("Card, by"))
        self.assertIn("| 121 frames at 704x704 |", section)
        self.assertIn("1. ", section[section.index("What to change"):])
        self.assertIn("### Test plan", report)
        self.assertNotIn("later version", report)


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
