# SPDX-License-Identifier: Apache-2.0
"""Runs shellcheck over every shell script of the tree.

Usage: shellcheck_test.py SOURCE_DIR
"""

import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77  # SKIP_RETURN_CODE
SHEBANG = re.compile(rb"^#!\s*/(?:usr/)?bin/(?:env )?(?:ba|da)?sh\b")
# Not sources; .git may be a file.
LEFT_OUT = {"build", ".git"}
# One of each kind; where they are not found, nothing else was looked for either.
LEAST = {"logdiag.sh", "test.sh", ".ci/run", "scripts/prepare.sh",
         "packaging/collect.sh", "packaging/comfyui/start.sh",
         "packaging/github/report.sh"}


def is_shell(path):
    if path.suffix == ".sh":
        return True
    if path.suffix:
        return False
    with path.open("rb") as file:
        return SHEBANG.match(file.read(80)) is not None


def scripts_of(source):
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if parts[0] not in LEFT_OUT and path.is_file() and is_shell(path):
            yield path.relative_to(source)


def check(source, script):
    command = ["shellcheck", "--external-sources"]
    with (source / script).open("rb") as file:
        if not file.read(2) == b"#!":
            # What is sourced names no shell and uses none of its variables.
            command += ["--shell=bash", "--exclude=SC2034"]
    return subprocess.run([*command, script], cwd=source,
                          check=False).returncode == 0


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    if shutil.which("shellcheck") is None:
        print("SKIPPED, no script was checked: shellcheck is not installed")
        return SKIPPED
    scripts = list(scripts_of(source))
    missing = LEAST - {script.as_posix() for script in scripts}
    if missing:
        print(f"not found: {' '.join(sorted(missing))}")
    faulty = [script for script in scripts if not check(source, script)]
    print(f"{len(scripts)} scripts, {len(faulty)} with faults")
    return 1 if faulty or missing else 0


if __name__ == "__main__":
    sys.exit(main())
