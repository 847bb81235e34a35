# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary on folders and lists of logs, and merges what it sums up.

Usage: survey_test.py LOGDIAG SOURCE_DIR
"""

import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

import jsonschema

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
CRASH = (SOURCE / "fixtures/memory/incident-wan-i2v/pod.log").read_bytes()
REFUSED = (SOURCE / "fixtures/model/missing-checkpoint/pod.log").read_bytes()
WELL = (SOURCE / "fixtures/runs/healthy-day/pod.log").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
HOSTS = 6
BAD_HOST = "node-4"
NAMES = ["--name-tells", "{host}/{pod}.log"]


def schema(name):
    return json.loads((SOURCE / "reports/data" / name).read_text("utf-8"))


class Fleet(unittest.TestCase):
    """Six hosts with eight pods each; on one of them all but two fail."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.holder.name)
        cls.logs = []
        for number in range(HOSTS * 8):
            host, pod = divmod(number, 8)
            name = f"node-{host}"
            log = WELL
            if name == BAD_HOST and pod < 6:
                log = CRASH
            elif number == 1:
                log = REFUSED
            path = cls.root / "fleet" / name / f"pod-{pod}.log"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(log)
            cls.logs.append(path)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def setUp(self):
        own = tempfile.TemporaryDirectory()
        self.addCleanup(own.cleanup)
        self.folder = pathlib.Path(own.name)

    def run_it(self, *args, stdin=b"", code=0):
        done = subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                              capture_output=True, timeout=300, check=False,
                              cwd=self.root)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def summaries(self, *args):
        out, _ = self.run_it("--format", "summary", *args)
        return out.splitlines(keepends=True)

    def test_the_bad_host_is_in_the_title(self):
        out, err = self.run_it("fleet", *NAMES)
        self.assertEqual(err, "")
        self.assertRegex(out, r"\A# 7 of 48 logs failed; `host node-4` stands")
        self.assertIn("6 of 6 failures (Killed without a word, most often for "
                      "host RAM) are of `host node-4`, which 8 of 48 logs "
                      "have.", out)
        for log in self.logs:
            self.assertIn(f"`{log.relative_to(self.root)}`", out)
        # What failed stands first.
        rows = re.findall(r"^\| `fleet/(node-\d)/", out, re.M)
        self.assertEqual(rows[1:7], [BAD_HOST] * 6)

    def test_threads_change_nothing(self):
        one, _ = self.run_it("fleet", *NAMES, "--threads", 1)
        many, _ = self.run_it("fleet", *NAMES, "--threads", 7)
        self.assertEqual(one, many)

    def test_every_format_and_language(self):
        for form in ("html", "text", "json"):
            out, _ = self.run_it("fleet", "--format", form)
            self.assertIn("48", out)
        out, _ = self.run_it("fleet", "--lang", "ca", *NAMES)
        self.assertIn("# 7 de 48 registres han fallat", out)
        self.assertNotRegex(out, r"failed|Where|Hours")

    def test_json_is_as_its_schema_says(self):
        out, _ = self.run_it("fleet", *NAMES, "--format", "json")
        report = json.loads(out)
        jsonschema.validate(report, schema("fleet.schema.json"))
        self.assertEqual((report["logs"], report["failed"]), (48, 7))
        place = report["concentrations"][0]
        self.assertEqual((place["trait"], place["value"]), ("host", BAD_HOST))

    def test_summaries_are_as_their_schema_says(self):
        lines = self.summaries("fleet", *NAMES)
        self.assertEqual(len(lines), 48)
        for line in lines:
            jsonschema.validate(json.loads(line), schema("summary.schema.json"))
            self.assertLessEqual(len(line.encode()), 1024)
        # Equal logs of different pods are different ones.
        self.assertEqual(len({json.loads(line)["id"] for line in lines}), 48)
        self.assertEqual([json.loads(line)["log"] for line in lines],
                         [str(log.relative_to(self.root)) for log in self.logs])

    def test_merging_knows_no_order_no_tree_and_no_doubles(self):
        lines = self.summaries("fleet", *NAMES)
        whole, _ = self.run_it("fleet", *NAMES, "--format", "json")
        parts = []
        for number, part in enumerate((lines[:20], lines[15:], lines[::-3])):
            path = self.folder / f"{number}.ndjson"
            path.write_text("".join(part), "utf-8")
            parts.append(path)
        report, _ = self.run_it("merge", *parts, "--format", "json")
        self.assertEqual(json.loads(report), json.loads(whole))
        again, _ = self.run_it("merge", *parts[::-1], parts[0], "--format", "json")
        self.assertEqual(report, again)
        tree = self.folder / "tree.ndjson"
        tree.write_text(self.run_it("merge", *parts[1:], "--format", "summary")[0])
        leaf = parts[0].read_bytes()
        of_tree, _ = self.run_it("merge", tree, "-", "--format", "json", stdin=leaf)
        self.assertEqual(report, of_tree)

    def test_shards_are_the_whole(self):
        whole = self.summaries("fleet")
        parts = [self.summaries("fleet", "--shard", f"{i}/3") for i in (1, 2, 3)]
        self.assertTrue(all(parts))
        self.assertEqual(sorted(sum(parts, [])), sorted(whole))

    def test_lists_that_end_in_another_way(self):
        names = b"fleet/node-4/pod-0.log"
        for list_, args in ((names + b"\0" + names + b"\0", []),
                            (names + b"\n", ["-0"]), (b"", []), (b"\n", [])):
            self.run_it("--files-from", "-", *args, stdin=list_, code=3)
        self.run_it("--files-from", "-", stdin=names + b"\r\n")

    def test_lists_of_files(self):
        names = [str(log) for log in self.logs[:3]]
        for option, end in (([], "\n"), (["-0"], "\0")):
            out, _ = self.run_it("--files-from", "-", *option, "--format",
                                 "summary", stdin=end.join(names).encode())
            self.assertEqual(len(out.splitlines()), 3)

    def test_a_folder_may_hold_what_is_no_log(self):
        mixed = self.folder / "mixed"
        mixed.mkdir()
        (mixed / "a.log").write_bytes(CRASH)
        self.run_it(mixed / "a.log", "-o", mixed / "a.md")
        out, err = self.run_it(mixed)
        self.assertIn("1 of 1 logs failed", out)
        self.assertIn("a.md", err)
        (mixed / "a.log").unlink()
        self.run_it(mixed, code=3)

    def test_what_is_no_log_stops_nothing(self):
        mixed = self.folder / "mixed"
        mixed.mkdir()
        (mixed / "a.log").write_bytes(CRASH)
        for number in range(12):
            (mixed / f"image-{number:02}.png").write_bytes(PNG)
        (mixed / ".hidden").write_bytes(CRASH)
        self.run_it("--table", *sorted(mixed.glob("*")), code=3)
        out, err = self.run_it(mixed)
        self.assertIn("1 of 1 logs failed", out)
        self.assertIn("12 files were not read", out)
        self.assertEqual(err.count("PNG"), 10)
        self.assertIn("2 more files could not be read", err)

    def test_pages_go_into_a_folder(self):
        pages = self.folder / "pages"
        self.run_it("fleet/node-4", "-o", f"{pages}/")
        names = sorted(path.name for path in pages.iterdir())
        self.assertEqual(names[0], "fleet_node-4_pod-0.log.md")
        self.assertEqual(len(names), 8)
        alone, _ = self.run_it("fleet/node-4/pod-0.log")
        self.assertEqual((pages / names[0]).read_text("utf-8"), alone)

    def test_the_page_of_one_log_goes_into_a_folder(self):
        pages = self.folder / "page"
        self.run_it("fleet/node-4/pod-0.log", "-o", f"{pages}/")
        self.assertEqual([path.name for path in pages.iterdir()],
                         ["fleet_node-4_pod-0.log.md"])

    def test_pages_of_failures_follow(self):
        out, _ = self.run_it("fleet/node-4", "--full")
        self.assertEqual(out.count("\n# Perhaps: ComfyUI restarted by itself"), 6)

    def test_no_pages_behind_data_or_a_whole_page(self):
        data, _ = self.run_it("fleet", "--full", "--format", "json")
        self.assertEqual(json.loads(data)["failed"], 7)
        page, _ = self.run_it("fleet", "--full", "--format", "html")
        self.assertTrue(page.endswith("</html>\n"))

    def test_what_an_archive_holds_besides_is_told(self):
        archive = self.folder / "pods.tar"
        with tarfile.open(archive, "w") as tar:
            for name, data in (("a.log", CRASH), ("last.png", PNG)):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        _, err = self.run_it(archive, "--table")
        self.assertIn("last.png: left out", err)

    def test_reports_in_files(self):
        out, _ = self.run_it("fleet", "-o", self.folder / "fleet.html", "-o",
                             self.folder / "fleet.ndjson")
        self.assertEqual(out, "")
        self.assertIn("7 of 48",
                      (self.folder / "fleet.html").read_text("utf-8"))
        lines = (self.folder / "fleet.ndjson").read_text("utf-8").splitlines()
        self.assertEqual(len(lines), 48)

    def test_a_stream_and_a_file_at_once(self):
        out, _ = self.run_it("fleet", "--format", "summary", "-o",
                             self.folder / "s.ndjson")
        self.assertEqual(sorted(out.splitlines()), sorted(
            (self.folder / "s.ndjson").read_text("utf-8").splitlines()))

    def test_formats_that_one_page_on_many_logs_lacks(self):
        for args in (["fleet", "-o", "t.xml"], ["fleet", "-o", "t.sarif"],
                     ["merge", "-o", "t.sarif", "x"],
                     ["merge", "--format", "junit", "x"],
                     ["merge", "-o", "pages/", "x"]):
            _, err = self.run_it(*args, code=2)
            self.assertRegex(err, "written to|writes")

    def test_a_merge_can_fail_a_job(self):
        bad, good = self.folder / "bad.ndjson", self.folder / "good.ndjson"
        bad.write_text("".join(self.summaries("fleet/node-4")))
        good.write_text("".join(self.summaries("fleet/node-1")))
        self.run_it("merge", "--fail-on", "error", bad, code=1)
        self.run_it("merge", "--fail-on", "error", good)

    def test_a_baseline_without_a_summary(self):
        (self.folder / "none.ndjson").write_text("")
        (self.folder / "now.ndjson").write_text(
            "".join(self.summaries("fleet/node-4")), "utf-8")
        self.run_it("merge", "--baseline", "none.ndjson", "now.ndjson", code=3)

    def test_no_report_without_the_baseline(self):
        part = self.folder / "part.ndjson"
        part.write_text("".join(self.summaries("fleet/node-4")))
        out, err = self.run_it("merge", part, "--baseline", "none.ndjson", code=3)
        self.assertEqual(out, "")
        self.assertIn("none.ndjson", err)

    def test_names_that_tell_nothing_are_told(self):
        _, err = self.run_it("fleet", "--name-tells", "{host}/{pod}.txt")
        self.assertIn("fits 0 of 48 names", err)

    def test_since_the_baseline(self):
        before = self.folder / "before.ndjson"
        before.write_text("".join(self.summaries("fleet/node-0", *NAMES)))
        now = self.folder / "now.ndjson"
        now.write_text("".join(self.summaries("fleet/node-4", *NAMES)))
        out, _ = self.run_it("merge", now, "--baseline", before)
        self.assertRegex(out, r"\| new \| `Perhaps: ComfyUI restarted.*\| 0 \| 6 \|")
        self.assertRegex(out, r"\| gone \| .*\| 1 \| 0 \|")

    def test_lines_that_are_no_summaries_are_told(self):
        part = self.folder / "part.ndjson"
        lines = self.summaries("fleet/node-1")
        part.write_text("".join(lines) + "no summary\n" * 7)
        out, err = self.run_it("merge", part, code=4)
        self.assertIn("# 8 logs, none of which failed", out)
        self.assertIn("part.ndjson:9: left out: this is no JSON object", err)
        self.assertIn("2 more lines were left out", err)
        _, err = self.run_it("merge", stdin=b"", code=3)
        self.assertIn("--format summary", err)

    def test_names_of_files_are_never_more_than_text(self):
        hostile = self.folder / "hostile"
        hostile.mkdir()
        names = ["a|b.log", "c`d.log", "e\nf.log", "<script>g.log",
                 "[h](javascript:1).log", "i\x1b[31m.log", "\u202ej.log"]
        for name in names:
            (hostile / name).write_bytes(CRASH)
        out, _ = self.run_it(hostile, "--name-tells", "{pod}.log")
        rows = re.findall(r"^\| `[^`]*\.log` \| Silent restart \|", out, re.M)
        self.assertEqual(len(rows), len(names))
        self.assertNotRegex(out, "[\x1b\u202e]")
        page, _ = self.run_it(hostile, "--format", "html")
        self.assertNotIn("<script", page)
        self.assertIn("&lt;script&gt;g.log", page)

    def test_mistakes_are_told(self):
        for args, words in (
                (["fleet", "--shard", "4/3"], "is no part"),
                (["fleet", "--name-tells", "pod.log"], "names no traits"),
                (["fleet", "--name-tells", "{Host}"], "names no traits"),
                ([self.logs[0], "--shard", "1/2"], "is for many logs"),
                (["fleet", "--follow"], "takes one log"),
                (["fleet", "--incident", "1"], "is for one log"),
                (["explain", "memory/vram-oom", "fleet"], "reads no folder"),
                ([self.logs[0], "-0"], "is for --files-from")):
            _, err = self.run_it(*args, code=2)
            self.assertIn(words, err)
        _, err = self.run_it("nowhere/", code=3)
        self.assertIn("nowhere", err)
        empty = self.folder / "empty"
        empty.mkdir()
        _, err = self.run_it(empty, code=3)
        self.assertIn("there is no file in this folder", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
