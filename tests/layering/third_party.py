# SPDX-License-Identifier: Apache-2.0
"""Fails if a library that the build takes is not in THIRD_PARTY_NOTICES.md.

Usage: third_party.py SOURCE_DIR
       third_party.py --self-test
"""

import pathlib
import re
import sys
import tempfile

# They build, and leave nothing of theirs in a binary; what comes with the
# compiler does.
TOOLS = {"build-essential", "cmake", "ninja-build", "pkg-config"}
RUNTIME = {"libstdc++6", "libgcc-s1", "libc6"}

ROW = re.compile(r"^\| \[(?P<name>[^]]+)\]\(#[^)]*\) \| (?P<packages>[^|]+) \|",
                 re.M)


def libraries_of(prepare):
    lists = re.findall(r"^(?:build|static)_packages=\(([^)]*)\)", prepare, re.M)
    return set(" ".join(lists).split()) - TOOLS


def text_of(section, root):
    """Whether a section gives a licence's text or names a file that has it."""
    if re.search(r"^```text\n.+?^```$", section, re.M | re.S):
        return True
    files = re.findall(r"`(LICENSE|docs/licenses/[^`]+)`", section)
    return bool(files) and all((root / file).is_file() for file in files)


def find_breaches(root):
    prepare = (root / "scripts/prepare.sh").read_text(encoding="utf-8")
    notices = (root / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    needed = libraries_of(prepare) | RUNTIME
    sections = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", notices, re.M))
    breaches, named = [], set()
    for row in ROW.finditer(notices):
        named |= set(re.findall(r"`([^`]+)`", row["packages"]))
        section = sections.get(row["name"], "")
        if "Copyright" not in section:
            breaches.append(f"{row['name']}: no section that says whose it is")
        elif not text_of(section, root):
            breaches.append(f"{row['name']}: no text of its licence")
    breaches += [f"{name}: not in the table" for name in sorted(needed - named)]
    breaches += [f"{name}: in the table, and nothing takes it"
                 for name in sorted(named - needed)]
    return len(needed), breaches


TABLE = ("| [A](#a) | `liba-dev` | MIT | all |\n"
         "| [C](#c) | `libstdc++6`, `libgcc-s1`, `libc6` | LGPL | all |\n")
TEXT = "```text\nDo what you like.\n```\n"
SECTION_C = "## C\n\nCopyright them. `docs/licenses/c.txt`.\n"
GOOD = f"{TABLE}## A\n\nCopyright us.\n\n{TEXT}\n{SECTION_C}"
# Packages, notices, how the breach begins; "" = none.
CASES = [
    ("liba-dev", GOOD, ""),
    ("cmake\n  liba-dev ninja-build", GOOD, ""),
    ("liba-dev libb-dev", GOOD, "libb-dev: not in"),
    ("cmake)\nstatic_packages=(liba-dev", GOOD, ""),
    ("liba-dev)\nstatic_packages=(libb-dev", GOOD, "libb-dev: not in"),
    ("cmake", GOOD, "liba-dev: in the table"),
    ("liba-dev", GOOD.replace(TEXT, ""), "A: no text"),
    ("liba-dev", GOOD.replace("Copyright us.", ""), "A: no section"),
    ("liba-dev", GOOD.replace("## A\n", "## B\n"), "A: no section"),
    ("liba-dev", GOOD.replace("c.txt", "d.txt"), "C: no text"),
    ("liba-dev", GOOD.replace(", `libc6`", ""), "libc6: not in"),
]


def self_test():
    failures = 0
    for packages, notices, breach in CASES:
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            for path, text in (
                    ("scripts/prepare.sh", f"build_packages=({packages})\n"),
                    ("THIRD_PARTY_NOTICES.md", notices),
                    ("docs/licenses/c.txt", "c\n")):
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            _, found = find_breaches(root)
        good = (len(found) == 1 and found[0].startswith(breach) if breach
                else not found)
        if not good:
            failures += 1
            print(f"{packages!r}: expected {breach!r}, found {found}")
    print(f"{len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    count, breaches = find_breaches(pathlib.Path(sys.argv[1]))
    print("\n".join(breaches))
    print(f"{count} packages, {len(breaches)} breaches")
    # Only what comes with the compiler means that the list was not read.
    return 1 if breaches or count <= len(RUNTIME) else 0


if __name__ == "__main__":
    sys.exit(main())
