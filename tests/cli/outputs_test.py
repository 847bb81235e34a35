# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary with -o and in the formats for machines.

Usage: outputs_test.py LOGDIAG SOURCE_DIR
"""

import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
CRASH = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"
HEALTHY = SOURCE / "fixtures/runs/healthy-day/pod.log"
DAY = SOURCE / "fixtures/runs/mixed-day/pod.log"
FORMATS = (".md", ".html", ".txt", ".json", ".ndjson", ".sarif", ".xml")


class InFolder(unittest.TestCase):
    """Each test has a folder of its own, in which the binary runs."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def run_in(self, *args, stdin=b"", before=None):
        return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                              capture_output=True, timeout=120, check=False,
                              cwd=self.folder, preexec_fn=before)

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def read(self, name):
        return (self.folder / name).read_text("utf-8")


class Files(InFolder):
    def test_two_at_once(self):
        done = self.run_in("-o", "a.md", "--output", "b.json", CRASH)
        self.assertEqual(done.returncode, 0)
        self.assertEqual((done.stdout, done.stderr), (b"", b""))
        self.assertEqual(self.names(), ["a.md", "b.json"])
        self.assertEqual(self.read("a.md"),
                         self.run_in("--format", "md", CRASH).stdout.decode())
        self.assertEqual(json.loads(self.read("b.json"))["cause"],
                         "memory/oom-silent-kill")

    def test_every_format_is_what_format_prints(self):
        names = {".md": "md", ".txt": "text", ".xml": "junit"}
        for extension in FORMATS:
            format_name = names.get(extension, extension[1:])
            printed = self.run_in("--format", format_name, CRASH)
            done = self.run_in("-o", "report" + extension, CRASH)
            self.assertEqual(done.returncode, 0, extension)
            self.assertEqual(self.read("report" + extension),
                             printed.stdout.decode(), extension)

    def test_format_asks_for_standard_output_too(self):
        done = self.run_in("-o", "a.md", "--format", "json", CRASH)
        self.assertEqual(json.loads(done.stdout)["outcome"], "silent-restart")
        self.assertEqual(self.names(), ["a.md"])

    def test_upper_case_and_the_mode_of_a_new_file(self):
        self.run_in("-o", "A.JSON", CRASH, before=lambda: os.umask(0o027))
        self.assertEqual((self.folder / "A.JSON").stat().st_mode & 0o777, 0o640)

    def test_refused_names(self):
        for name, word in (("report", b".sarif"), ("report.yaml", b".sarif"),
                           ("report.pdf", b".html"), (".json", b".sarif"),
                           ("no/such/folder/a.md", b"No such file")):
            with self.subTest(name):
                done = self.run_in("-o", "good.md", "-o", name, CRASH)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(
                    done.stderr.startswith(b"logdiag: " + name.encode() +
                                           b": "), done.stderr)
                self.assertIn(word, done.stderr)
                self.assertEqual(done.stdout, b"")
                self.assertEqual(self.names(), [])

    def test_the_log_itself_is_safe(self):
        (self.folder / "log.txt").write_bytes(CRASH.read_bytes())
        done = self.run_in("-o", "./log.txt", "log.txt")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"is the log itself", done.stderr)
        self.assertEqual((self.folder / "log.txt").read_bytes(),
                         CRASH.read_bytes())

    def test_given_twice_and_no_ordinary_file(self):
        self.assertEqual(self.run_in("-o", "a.md", "-o", "a.md",
                                     CRASH).returncode, 2)
        os.mkfifo(self.folder / "c.md")
        done = self.run_in("-o", "c.md", CRASH)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"no ordinary file", done.stderr)

    def test_a_form_goes_into_the_file(self):
        done = self.run_in("--issue", "-o", "issue.md", CRASH)
        self.assertEqual((done.returncode, done.stdout), (0, b""))
        form = (self.folder / "issue.md").read_bytes()
        self.assertEqual(form, self.run_in("--issue", CRASH).stdout)

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_unwritable_folder(self):
        self.folder.chmod(0o500)
        done = self.run_in("-o", "a.md", CRASH)
        self.folder.chmod(0o700)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"a.md: cannot be written", done.stderr)

    def test_no_half_file_is_left(self):
        """What was there stays, and nothing else is left behind."""
        (self.folder / "a.json").write_text("old")

        def small_files_only():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
            # Python ignores SIGXFSZ and hands that on.

        done = self.run_in("-o", "a.json", CRASH, before=small_files_only)
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"logdiag: a.json: cannot be written: ", done.stderr)
        self.assertEqual(self.names(), ["a.json"])
        self.assertEqual(self.read("a.json"), "old")

    def test_without_a_report_there_is_no_file(self):
        done = self.run_in("-o", "a.sarif", "/no/such/pod.log")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(self.names(), [])

    def test_exit_code_of_fail_on(self):
        done = self.run_in("--fail-on", "error", "-o", "a.sarif", CRASH)
        self.assertEqual(done.returncode, 1)
        run = json.loads(self.read("a.sarif"))["runs"][0]
        self.assertEqual(run["invocations"][0]["exitCode"], 1)


class SeveralLogs(InFolder):
    LOGS = (CRASH, "/no/such/pod.log", HEALTHY, DAY)

    def setUp(self):
        super().setUp()
        args = [item for extension in FORMATS
                for item in ("-o", "all" + extension)]
        self.done = self.run_in(*args, *self.LOGS)

    def test_one_document_each(self):
        self.assertEqual(self.done.returncode, 3)
        self.assertEqual(self.names(), sorted("all" + e for e in FORMATS))

    def test_json_is_a_line_each(self):
        rows = [json.loads(row) for row in self.read("all.json").splitlines()]
        self.assertEqual([row["outcome"] for row in rows],
                         ["silent-restart", "completed", "silent-restart"])
        self.assertEqual(len({row["id"] for row in rows}), 3)
        for row in rows:
            self.assertRegex(row["tool"]["version"], r"^\d+\.\d+\.\d+$")
            self.assertRegex(row["tool"]["patterns"], r"^[0-9a-f]{16}$")

    def test_records_of_all_one_after_another(self):
        records = [json.loads(row) for row in
                   self.read("all.ndjson").splitlines()]
        ends = [i for i, record in enumerate(records)
                if record["type"] == "end"]
        self.assertEqual(len(ends), 3)
        begin = 0
        for end in ends:
            self.assertEqual(records[begin]["type"], "report")
            self.assertEqual(sum(records[end]["records"].values()), end - begin)
            self.assertEqual(len({record["id"] for record in
                                  records[begin:end + 1]}), 1)
            begin = end + 1

    def test_sarif_is_a_run_each(self):
        document = json.loads(self.read("all.sarif"))
        self.assertEqual(document["version"], "2.1.0")
        self.assertEqual(len(document["runs"]), 3)

    def test_junit_is_a_suite_each(self):
        root = xml.etree.ElementTree.fromstring(self.read("all.xml"))
        self.assertEqual(root.tag, "testsuites")
        self.assertEqual(len(root), 3)
        for suite in root:
            for what, count in (("testcase", "tests"),
                                ("testcase/failure", "failures"),
                                ("testcase/skipped", "skipped")):
                self.assertEqual(len(suite.findall(what)),
                                 int(suite.get(count)))

    def test_people_see_a_heading_each(self):
        headings = re.findall(r"^# `.*/pod\.log`$", self.read("all.md"), re.M)
        self.assertEqual(len(set(headings)), 3)


class Identity(InFolder):
    def test_id_does_not_depend_on_the_path(self):
        (self.folder / "copy.log").write_bytes(CRASH.read_bytes())
        ids = {json.loads(self.run_in("--format", "json", log).stdout)["id"]
               for log in (CRASH, "copy.log", "./copy.log")}
        piped = self.run_in("--format", "json", stdin=CRASH.read_bytes())
        ids.add(json.loads(piped.stdout)["id"])
        self.assertEqual(len(ids), 1)

    def test_patterns_of_ones_own_are_told(self):
        own = SOURCE / "tests/cli/own_cause"
        report = json.loads(self.run_in("--format", "json", "--patterns", own,
                                        CRASH).stdout)
        self.assertRegex(report["tool"]["patterns"], r"^[0-9a-f]{16}\+local$")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
