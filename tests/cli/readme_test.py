# SPDX-License-Identifier: Apache-2.0
"""The sample of a report in README.md is what logdiag writes, byte for byte.

Usage: readme_test.py LOGDIAG SOURCE_DIR    (LOGDIAG_BLESS=1 pastes it anew)
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
LOG = "fixtures/memory/incident-wan-i2v/pod.log"
SAMPLE = re.compile(r"(?<=^````markdown\n).*?(?=^````$)", re.M | re.S)


class Readme(unittest.TestCase):
    def test_sample(self):
        done = subprocess.run([LOGDIAG, LOG], capture_output=True, text=True,
                              timeout=60, check=True, cwd=SOURCE)
        begins = done.stdout[:done.stdout.index("\n## Or else")]
        path = SOURCE / "README.md"
        text = path.read_text()
        self.assertIn(LOG, text)
        if os.environ.get("LOGDIAG_BLESS") == "1":
            text = SAMPLE.sub(lambda _: begins, text)
            path.write_text(text)
        self.assertEqual(SAMPLE.findall(text), [begins])

    def test_length(self):
        lines = (SOURCE / "README.md").read_text().count("\n")
        self.assertLessEqual(lines, 120)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
