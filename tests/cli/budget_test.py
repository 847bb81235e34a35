# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary: `logdiag budget`, and the budget of a report.

Usage: budget_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import subprocess
import sys
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
CRASH = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"


def run(*args):
    return subprocess.run([LOGDIAG, *map(str, args)], capture_output=True,
                          timeout=60, check=False)


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

    def test_cards_as_people_write_them(self):
        for typed, device in (("H100 80GB", "H100 80GB HBM3"),
                              ("rtx 4090", "GeForce RTX 4090"),
                              ("A100-80G", "A100-SXM4-80GB"),
                              ("RTX A6000", "RTX A6000"),
                              ("4090", "GeForce RTX 4090"),
                              ("H200", "NVIDIA H200")):
            with self.subTest(typed):
                budget = self.budget(*JOB[:-1], typed)
                self.assertEqual(budget["job"]["gpu"], device)
        for typed in ("A100", "RTX 4090 48GB"):  # which, and none such
            done = run("budget", *JOB[:-1], typed)
            self.assertEqual(done.returncode, 2)
        budget = self.budget(*JOB[:-1], "RTX 4090 48GB", "--vram", "48GB")
        self.assertEqual(self.sampling(budget)["fit"], "fits")

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
        report = run("--full", CRASH).stdout.decode()
        section = report[report.index("### Memory budget"):]
        section = section[:section.index("\n### ")]
        self.assertLess(section.index("Host RAM"), section.index("Card, by"))
        self.assertIn("| 121 frames at 704x704 |", section)
        self.assertIn("1. ", section[section.index("What to change"):])
        self.assertIn("#### Test plan", report)
        self.assertNotIn("later version", report)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
