# SPDX-License-Identifier: Apache-2.0
"""Compares pairs of logs of which it is known what is different.

Usage: compare_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
WELL = (SOURCE / "fixtures/runs/healthy-day/pod.log").read_text("utf-8")
DAY = SOURCE / "fixtures/runs/mixed-day/pod.log"

# What is changed, and what the page says first of it.
PAIRS = {
    "PyTorch": (r"pytorch version: 2\.8\.0\+cu128",
                "pytorch version: 2.9.1+cu128",
                "PyTorch, `2.8.0+cu128` before and `2.9.1+cu128` now"),
    "CUDA": (r"pytorch version: 2\.8\.0\+cu128", "pytorch version: 2.8.0+cu126",
             "CUDA of PyTorch, `cu128` before and `cu126` now"),
    "card": ("NVIDIA H100 80GB HBM3", "NVIDIA A100-SXM4-80GB",
             "GPU, `NVIDIA H100 80GB HBM3` before and `NVIDIA A100-SXM4-80GB` now"),
    "RAM": ("total RAM 2063937 MB", "total RAM 257610 MB",
            "RAM of the host (not the pod's limit), MB, `2063937` before and "
            "`257610` now"),
    "ComfyUI": (r"(ComfyUI [vV]ersion: v?)0\.3\.68", r"\g<1>0.3.71",
                "ComfyUI, `0.3.68` before and `0.3.71` now"),
    "Python": (r"Python version: 3\.12\.3", "Python version: 3.11.9",
               "Python, `3.12.3` before and `3.11.9` now"),
    "attention": ("Using pytorch attention$", "Using sage attention",
                  "Attention, `pytorch` before and `sage` now"),
    "VRAM state": ("NORMAL_VRAM", "LOW_VRAM",
                   "VRAM state, `NORMAL_VRAM` before and `LOW_VRAM` now"),
    "image": (r"CUDA Version 12\.8\.1", "CUDA Version 12.6.3",
              "CUDA of the image, `12.8.1` before and `12.6.3` now"),
    "allocator": (": cudaMallocAsync", ": native",
                  "Allocator, `cudaMallocAsync` before and `native` now"),
}


class Pairs(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def compare(self, good, bad, *args, code=0):
        (self.folder / "good.log").write_text(good, "utf-8")
        (self.folder / "bad.log").write_text(bad, "utf-8")
        done = subprocess.run([LOGDIAG, "compare", "good.log", "bad.log", *args],
                              cwd=self.folder, capture_output=True, timeout=120,
                              check=False)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode()

    def test_what_was_changed_stands_first(self):
        for what, (before, now, first) in PAIRS.items():
            with self.subTest(what):
                changed, count = re.subn(before, now, WELL, flags=re.M)
                self.assertGreater(count, 0)
                out = self.compare(WELL, changed)
                self.assertIn(f"Look here first: {first}.", out)
                back = self.compare(changed, WELL)
                self.assertIn("Look here first: " + first.split(",")[0], back)

    def test_the_same_log_twice(self):
        out = self.compare(WELL, WELL)
        self.assertIn("# Nothing that both logs tell is different", out)
        self.assertNotIn("Look here", out)

    def test_what_one_log_tells_stands_apart(self):
        silent = "\n".join(line for line in WELL.splitlines()
                           if "Python version" not in line) + "\n"
        out = self.compare(silent, WELL)
        self.assertIn("# Nothing that both logs tell is different", out)
        self.assertRegex(out, r"What only one of them tells\n\n.*\n.*\n"
                              r"\| Python \| not told \| ")

    def test_the_wrong_way_round(self):
        failed = DAY.read_text("utf-8")
        hint = "the other way round"
        self.assertIn(hint, self.compare(failed, WELL))
        self.assertNotIn(hint, self.compare(WELL, failed))

    def test_slower_steps_of_the_same_work(self):
        def slow(match):
            return f"{float(match[1]) / 3:.2f}it/s]"
        out = self.compare(WELL, re.sub(r"(\d+\.\d+)it/s\]", slow, WELL))
        self.assertRegex(out, r"A step takes (2\.9|3\.0|3\.1) times as long")
        self.assertNotIn("times as", self.compare(WELL, DAY.read_text("utf-8")))

    def test_a_pack_that_fails_now(self):
        line = "2025-11-13T07:58:10.8 Cannot import"
        healthy = WELL.replace(" (IMPORT FAILED)", "")
        healthy = "\n".join(row for row in healthy.splitlines()
                            if "Marigold" not in row or "seconds" in row) + "\n"
        self.assertNotIn(line, healthy)
        out = self.compare(healthy, WELL)
        self.assertIn("`ComfyUI-Marigold` fails to load now, and did not before.",
                      out)

    def test_data_and_other_formats(self):
        changed = WELL.replace("2.8.0+cu128", "2.9.1+cu128")
        data = json.loads(self.compare(WELL, changed, "--format", "json"))
        self.assertEqual(data["schema"], "logdiag.comparison/1")
        self.assertEqual([row["fact"] for row in data["differences"]], ["torch"])
        self.assertEqual(data["differences"][0]["bad"]["value"], "2.9.1+cu128")
        for form in ("html", "text"):
            self.assertIn("2.9.1", self.compare(WELL, changed, "--format", form))
        self.assertIn("Mireu primer això",
                      self.compare(WELL, changed, "--lang", "ca"))

    def test_files_and_what_it_does_not_write(self):
        changed = WELL.replace("2.8.0+cu128", "2.9.1+cu128")
        printed = self.compare(WELL, changed)
        self.assertEqual(self.compare(WELL, changed, "-o", "c.md"), "")
        self.assertEqual((self.folder / "c.md").read_text("utf-8"), printed)
        for args in (["-o", "c.sarif"], ["--format", "sarif"],
                     ["--fail-on", "error"], ["--format", "summary"]):
            self.compare(WELL, changed, *args, code=2)

    def test_two_logs_are_needed(self):
        for files in ([], ["good.log"], ["good.log"] * 3):
            (self.folder / "good.log").write_text(WELL, "utf-8")
            done = subprocess.run([LOGDIAG, "compare", *files], cwd=self.folder,
                                  capture_output=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 2, done.stdout)
        (self.folder / "good.log").write_text(WELL, "utf-8")
        done = subprocess.run([LOGDIAG, "compare", "good.log", "none.log"],
                              cwd=self.folder, capture_output=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
