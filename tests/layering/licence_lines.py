# SPDX-License-Identifier: Apache-2.0
"""Fails on a source file that does not name its licence where it begins.

Usage: licence_lines.py SOURCE_DIR
       licence_lines.py --self-test
"""

import pathlib
import re
import sys
import tempfile

LINE = "SPDX-License-Identifier: Apache-2.0"
# What begins a comment, by the end or the whole of a file's name. JSON has no
# comments, and tables and documents are none of the sources.
MARKS = {".h": "//", ".cc": "//", ".py": "#", ".sh": "#", ".cmake": "#",
         ".yaml": "#", ".yml": "#", ".js": "//", ".mjs": "//",
         "CMakeLists.txt": "#", "Dockerfile": "#"}
# Examples of logs and of patterns, and what is not ours or not kept.
NOT_SOURCES = ("fixtures/", "tests/cli/own_cause/", "build/", ".git/")
# Lines that tools look for at the very top.
TOOL_LINE = re.compile(
    r"#!|# yaml-language-server:|# syntax=|#.*coding[:=] *[-\w]")


def mark_of(file, path):
    """The comment mark of a source file; None if it is none."""
    if path.startswith(NOT_SOURCES) or "/node_modules/" in f"/{path}":
        return None
    for end, mark in MARKS.items():
        if file.name == end or file.suffix == end:
            return mark
    # A script without an extension.
    if file.suffix == "":
        with file.open("rb") as opened:
            return "#" if opened.read(2) == b"#!" else None
    return None


def place_of(lines):
    """Where the line belongs: on top, or below what tools look for there."""
    place = 0
    while place < len(lines) and TOOL_LINE.match(lines[place]):
        place += 1
    return place


def sources(root):
    """Each source file with its path and its comment mark."""
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_symlink() or not file.is_file():
            continue
        if (mark := mark_of(file, path)) is not None:
            yield file, path, mark


def find_breaches(root):
    breaches, count = [], 0
    for file, path, mark in sources(root):
        count += 1
        lines = file.read_text(encoding="utf-8").splitlines()
        place = place_of(lines)
        if lines[place:place + 1] != [f"{mark} {LINE}"]:
            breaches.append(f'{path}:{place + 1}: expected "{mark} {LINE}"')
        elif place_of(lines[place + 1:]) > 0:
            breaches.append(f"{path}:{place + 2}: must stand above the licence")
    return count, breaches


# A file, its text with @ for the words of the line, whether it is a breach;
# None: not looked at.
CASES = [
    ("analyzer/a.cc", "// @\n// What it is.\n", False),
    ("analyzer/a.cc", "// What it is.\n", True),
    ("analyzer/a.cc", "// What it is.\n// @\n", True),
    ("analyzer/a.cc", "\n// @\n", True),
    ("analyzer/a.cc", "# @\n", True),
    ("analyzer/a.cc", "// @ OR MIT\n", True),
    ("analyzer/a.h", "", True),
    ("CMakeLists.txt", "# @\n", False),
    ("CMakeLists.txt", "project(a)\n", True),
    ("cmake/a.cmake", "", True),
    ("tests/a.py", '# @\n"""What it is."""\n', False),
    ("tests/a.py", "# -*- coding: utf-8 -*-\n# @\n", False),
    ("a.sh", "#!/bin/sh\n# @\n", False),
    ("a.sh", "# @\n#!/bin/sh\n", True),
    ("a.sh", "#!/bin/sh\n\n# @\n", True),
    ("scripts/a", "#!/usr/bin/env python3\n# @\n", False),
    ("scripts/a", "#!/usr/bin/env python3\n", True),
    ("scripts/a", "what it is\n", None),
    ("patterns/a.yaml", "# @\nid: a\n", False),
    ("patterns/a.yaml", "id: a\n", True),
    ("patterns/a.yaml", "# yaml-language-server: $schema=a\n# @\n", False),
    ("patterns/a.yaml", "# @\n# yaml-language-server: $schema=a\n", True),
    ("packaging/Dockerfile", "# syntax=docker/dockerfile:1\n# @\n", False),
    ("packaging/action.yml", "name: a\n", True),
    ("patterns/schema/a.json", "{}\n", None),
    ("patterns/a.tsv", "a\n", None),
    ("README.md", "a\n", None),
    ("fixtures/a/b/case.yaml", "a: b\n", None),
    ("tests/cli/own_cause/a.yaml", "a: b\n", None),
    ("build/release/a.cc", "a\n", None),
]


def self_test():
    failures = 0
    for path, text, breach in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("@", LINE), encoding="utf-8")
            count, found = find_breaches(pathlib.Path(folder))
        good = (count == (0 if breach is None else 1)
                and len(found) == (1 if breach else 0)
                and all(row.startswith(f"{path}:") for row in found))
        if not good:
            failures += 1
            print(f"{path}: {text!r}: expected breach={breach}, found {found}")
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
