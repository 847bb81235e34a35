# SPDX-License-Identifier: Apache-2.0
"""Fails on files that belong to nobody: leftovers of editors, merges and runs.

Usage: stray_files.py SOURCE_DIR
       stray_files.py --self-test
"""

import fnmatch
import pathlib
import subprocess
import sys
import tempfile

# Nowhere in the repository.
LEFTOVERS = ["*.orig", "*.rej", "*~", "*.bak", "*.swp", "*.swo", "*.tmp",
             "*.o", "*.pyc", "a.out", "out.txt", "err.txt", "nohup.out",
             "core", "core.*", "vgcore.*", "perf.data*", ".DS_Store",
             "Thumbs.db"]
# A log is a fixture, or it is what somebody looked at.
LOG_HOMES = ("fixtures/", "tests/")

# What a folder may hold, by the ends of its files' names.
KNOWN = {
    "analyzer": [".h", ".cc", "CMakeLists.txt", ".md"],
    "packaging": [".sh", ".yaml", ".yml", ".md", "Dockerfile", ".dockerignore"],
    "patterns": [".yaml", ".json", ".md", ".tsv"],
    "reports": [".h", ".cc", ".json", ".yaml", ".css", "CMakeLists.txt", ".md"],
    "tests": [".h", ".cc", ".py", ".mjs", ".tsv", ".yaml", ".json", ".log",
              "CMakeLists.txt", ".md", ".txt", ".bin", "deep/run"],
}


def breach_of(path):
    """What is wrong with a file of the repository; None if nothing is."""
    name = path.rsplit("/", 1)[-1]
    for pattern in LEFTOVERS:
        if fnmatch.fnmatchcase(name, pattern):
            return f"a leftover ({pattern})"
    if name.endswith(".log") and not path.startswith(LOG_HOMES):
        return f"a log outside of {' and '.join(LOG_HOMES)}"
    top = path.split("/", 1)[0]
    if top in KNOWN and not path.endswith(tuple(KNOWN[top])):
        return f"{top}/ holds {' '.join(KNOWN[top])} only"
    return None


def tracked(root):
    """The files that git knows; empty where there is no repository."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"], capture_output=True,
        check=False)
    if listed.returncode != 0:
        return set()
    return set(filter(None, listed.stdout.decode("utf-8").split("\0")))


def present(root):
    """The files that lie in the folders with known contents."""
    return {file.relative_to(root).as_posix()
            for top in KNOWN for file in (root / top).rglob("*")
            if not file.is_dir()}


def find_breaches(root):
    paths = sorted(tracked(root) | present(root))
    breaches = [f"{path}: {breach}" for path in paths
                if (breach := breach_of(path)) is not None]
    return len(paths), breaches


# A file, whether git knows it, whether it is a breach.
CASES = [
    ("analyzer/scan/a.cc", False, False),
    ("analyzer/CMakeLists.txt", False, False),
    ("analyzer/scan/notes.txt", False, True),
    ("analyzer/scan/a.cc.orig", False, True),
    ("analyzer/scan/a.cc~", True, True),
    ("analyzer/scan/a", False, True),
    ("packaging/docker/Dockerfile", False, False),
    ("packaging/docker/Dockerfile.dockerignore", False, False),
    ("packaging/a.tar.gz", False, True),
    ("patterns/causes/a.yaml", False, False),
    ("patterns/hardware/gpus.tsv", False, False),
    ("patterns/schema/a.json", False, False),
    ("patterns/README.md", False, False),
    ("patterns/causes/a.yml", False, True),
    ("patterns/causes/a.yaml.rej", False, True),
    ("patterns/causes/a.py", False, True),
    ("reports/a.cc", False, False),
    ("reports/a.log", False, True),
    ("reports/out.txt", False, True),
    ("tests/cli/a_test.py", False, False),
    ("tests/render/a.mjs", False, False),
    ("tests/render/node_modules/a/a.js", False, True),
    ("tests/cli/fixtures/pod.log", False, False),
    ("tests/fuzz/corpus/archives/cut.gz.bin", False, False),
    ("tests/deep/run", True, False),
    ("tests/deep/a.sh", True, True),
    ("tests/cli/__pycache__/a.cpython-311.pyc", False, True),
    ("tests/nohup.out", False, True),
    ("tests/.a.cc.swp", False, True),
    ("fixtures/memory/oom/pod.log", True, False),
    ("fixtures/memory/oom/err.txt", True, True),
    ("README.md", True, False),
    ("scripts/a.sh", True, False),
    ("a.out", True, True),
    ("run.log", True, True),
    ("scripts/run.log", True, True),
    # What git does not know outside of the known folders is nobody's concern.
    ("run.log", False, False),
    ("build/a.out", False, False),
]


def self_test():
    failures = 0
    for path, known, breach in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("a\n", encoding="utf-8")
            subprocess.run(["git", "init", "-q", folder], check=True)
            if known:
                subprocess.run(["git", "-C", folder, "add", "-f", path],
                               check=True)
            _, found = find_breaches(pathlib.Path(folder))
        good = (len(found) == 1 and found[0].startswith(f"{path}: ")
                if breach else not found)
        if not good:
            failures += 1
            print(f"{path}: expected breach={breach}, found {found}")
    print(f"{len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    count, breaches = find_breaches(pathlib.Path(sys.argv[1]))
    print("\n".join(breaches))
    print(f"{count} files, {len(breaches)} breaches")
    # Nothing read means the wrong folder, not a clean one.
    return 1 if breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
