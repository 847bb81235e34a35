# SPDX-License-Identifier: Apache-2.0
"""Runs the real binary: what it must not show, wherever that comes from.

Usage: secrets_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
CRASH = SOURCE / "fixtures/memory/vram-oom-native/pod.log"
TOKEN = "hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh"
RULES = """secrets:
  - id: kettle-key
    kind: token
    literal: ktl-
    regex: '(?P<keep>ktl-)(?P<secret>[a-z]{6,})'
    samples: [ktl-abcdef]
    lookalikes: [ktl-abc]
"""


def run(*args):
    done = subprocess.run([LOGDIAG, *map(str, args)], capture_output=True,
                          timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Secrets(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def reports(self, *args):
        return run(*args)[1] + run("--format", "json", *args)[1]

    def test_given_facts_and_names_of_files(self):
        log = self.write(f"home/ann/{TOKEN}.log", CRASH.read_text())
        shown = self.reports("--gpu", "card password=swordfish", log, CRASH)
        self.assertNotIn("AbCdEf", shown)
        self.assertNotIn("swordfish", shown)
        self.assertNotIn("home/ann", shown)
        self.assertIn("hf_...[redacted 34].log", shown)
        self.assertIn("card password=[redacted 9]", shown)

    def test_explain(self):
        log = self.write("pod.log", CRASH.read_text().replace(
            "Allocation on device", f"Allocation of {TOKEN} on device"))
        code, shown, _ = run("explain", "memory/vram-oom", log)
        self.assertEqual(code, 0)
        self.assertNotIn("AbCdEf", shown)

    def test_counts_by_kind(self):
        log = self.write("pod.log", f"token={TOKEN}\n" + CRASH.read_text())
        code, shown, _ = run("--format", "json", "--gpu", f"x {TOKEN}", log)
        self.assertEqual(code, 0)
        coverage = json.loads(shown)["coverage"]
        self.assertEqual(coverage["redacted"], 1)
        self.assertEqual(coverage["redacted_kinds"], {"token": 1})

    def test_no_redact_shows_them(self):
        shown = self.reports("--no-redact", "--gpu", f"x {TOKEN}", CRASH)
        self.assertIn(TOKEN, shown)
        self.assertNotIn("redacted_kinds", shown)

    def test_rules_of_ones_own(self):
        rules = self.write("own/secrets/kettle.yaml", RULES).parent.parent
        args = ("--gpu", "card ktl-abcdefgh", CRASH)
        self.assertIn("ktl-abcdefgh", self.reports(*args))
        shown = self.reports("--patterns", rules, *args)
        self.assertNotIn("ktl-abcdefgh", shown)
        self.assertIn("ktl-...[redacted 8]", shown)
        self.assertEqual(run("patterns", "lint", rules)[0], 0)

    def test_broken_rules_name_their_place(self):
        rules = self.write("own/secrets/kettle.yaml",
                           RULES.replace("[ktl-abc]", "[ktl-abcdef]"))
        code, _, errors = run("patterns", "lint", rules.parent.parent)
        self.assertEqual(code, 2)
        self.assertIn("kettle.yaml:7:18: the rule hides", errors)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
