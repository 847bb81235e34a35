# SPDX-License-Identifier: Apache-2.0
"""Fails if a file of code is so long that it has more than one subject.

Usage: file_length.py SOURCE_DIR
       file_length.py --self-test
"""

import pathlib
import sys
import tempfile

MAX_LINES = 400
TOPS = ("analyzer", "reports")
# Tables of data (texts, schemas) are as long as what they list.
CODE = {".h", ".cc", ".py", ".sh", ".cmake", ".txt"}


def find_breaches(root):
    breaches = []
    count = 0
    for top in TOPS:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in CODE or not file.is_file():
                continue
            count += 1
            lines = len(file.read_bytes().splitlines())
            if lines > MAX_LINES:
                path = file.relative_to(root).as_posix()
                breaches.append(f"{path}: {lines} lines, over {MAX_LINES}")
    return count, breaches


# File, its lines, whether that is a breach.
CASES = [
    ("analyzer/scan/a.cc", 0, False),
    ("analyzer/scan/a.cc", 400, False),
    ("analyzer/scan/a.cc", 401, True),
    ("analyzer/a.h", 401, True),
    ("analyzer/CMakeLists.txt", 401, True),
    ("reports/a.cc", 401, True),
    ("reports/texts/en.yaml", 401, False),
    ("reports/data/report.schema.json", 401, False),
    ("tests/scan/a_test.cc", 401, False),
    ("build/analyzer/bytes.cc", 401, False),
]


def self_test():
    failures = 0
    for path, lines, breach in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text("// a\n" * lines, encoding="utf-8")
            _, found = find_breaches(pathlib.Path(folder))
        good = (len(found) == 1 and found[0].startswith(f"{path}: {lines} ")
                if breach else not found)
        if not good:
            failures += 1
            print(f"{path}: {lines}: expected breach={breach}, found {found}")
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
