# SPDX-License-Identifier: Apache-2.0
"""Packages from the npm registry, for tests that need them. Where there is no
npm, or no way to the registry, a test is skipped, and says why."""

import shutil
import subprocess
import sys

SKIPPED = 77  # SKIP_RETURN_CODE


def skip(why):
    print(f"SKIPPED, nothing was tested: {why}")
    sys.exit(SKIPPED)


def fetch(folder, packages, scripts=()):
    """Installs `packages` ("name@version") into `folder`, once, without running
    any script of theirs. `scripts` are put beside them, so that they find them.
    """
    if shutil.which("npm") is None:
        skip("npm is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    for script in scripts:
        shutil.copy(script, folder)
    mark = folder / "fetched"
    wanted = " ".join(packages)
    if mark.exists() and mark.read_text() == wanted:
        return
    done = subprocess.run(
        ["npm", "install", "--prefix", str(folder), "--no-save", "--no-audit",
         "--no-fund", "--ignore-scripts", *packages],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        skip(f"npm cannot fetch {wanted}: {lines[0]}")
    mark.write_text(wanted)
