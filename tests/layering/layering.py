# SPDX-License-Identifier: Apache-2.0
"""Fails if an #include goes against the direction of the stages.

Usage: layering.py SOURCE_DIR
       layering.py --self-test
"""

import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

STAGES = ["input", "envelope", "scan", "timeline", "memory", "diagnose",
          "knowledge"]

# What a folder may include besides itself.
ALLOWED = {
    "analyzer/model": [],
    "analyzer/support": ["analyzer/model"],
    "reports": ["analyzer/model", "analyzer/support"],
    "analyzer/cli": ["analyzer", "reports"],
    # Joins several logs of one pod.
    "analyzer/witnesses": ["analyzer", "analyzer/model", "analyzer/support",
                           "analyzer/input"],
    # Joins the stages: the files directly in analyzer/.
    "analyzer": ["analyzer/model", "analyzer/support"] +
                ["analyzer/" + stage for stage in STAGES],
}
ALLOWED.update({"analyzer/" + stage: ["analyzer/model", "analyzer/support"]
                for stage in STAGES})

# Where a library may be included: folders, or files without their extension.
HOMES = {
    "re2/": ["analyzer/support/regex"],
    "boost/": ["analyzer/support/timestamp", "analyzer/support/hash"],
    "CLI/": ["analyzer/cli/"],
    "yaml-cpp/": ["analyzer/knowledge/", "tests/"],
    "simdjson": ["analyzer/envelope/"],
    "nlohmann/": ["analyzer/cli/mcp", "analyzer/knowledge/", "reports/", "tests/"],
    "archive": ["analyzer/input/archive_", "tests/input/"],
    **{packer: ["analyzer/input/decoder", "tests/input/"] for packer in
       ("bzlib.h", "lz4", "lzma", "zlib.h", "zstd")},
}


def unit_of(path):
    """The layer a path belongs to; None for files outside of the layers."""
    parts = path.split("/")
    if parts[0] == "reports":
        return "reports"
    if parts[0] != "analyzer":
        return None
    return "/".join(parts[:2]) if len(parts) > 2 else "analyzer"


def library_breach(path, header):
    for prefix, homes in HOMES.items():
        if not header.startswith(prefix):
            continue
        if not any(path.startswith(home) for home in homes):
            return f"<{header}> belongs in {' or '.join(homes)} only"
    return None


def direction_breach(path, header):
    source, target = unit_of(path), unit_of(header)
    if source is None or target is None or source == target:
        return None
    allowed = ALLOWED.get(source)
    if allowed is None:
        return f"{source}/ is no known layer; add it to this test"
    if target in allowed:
        return None
    if source == "analyzer/cli" and target.startswith("analyzer/"):
        return None
    return f"{source}/ must not include {target}/"


def find_breaches(root):
    breaches = []
    count = 0
    for top in ("analyzer", "reports", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            count += 1
            path = file.relative_to(root).as_posix()
            text = file.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                breach = (library_breach(path, match[2]) or
                          direction_breach(path, match[2]))
                if breach:
                    breaches.append(f"{path}:{number}: {breach}")
    return count, breaches


# File, its include line, whether that is a breach.
CASES = [
    ("analyzer/scan/a.cc", '#include "analyzer/model/event.h"', False),
    ("analyzer/scan/a.cc", '#include "analyzer/scan/b.h"', False),
    ("analyzer/scan/a.cc", '#include "analyzer/support/text.h"', False),
    ("analyzer/scan/a.cc", '#include "analyzer/envelope/a.h"', True),
    ("analyzer/scan/a.cc", '#include "analyzer/analyze.h"', True),
    ("analyzer/scan/a.cc", '#include "reports/report.h"', True),
    ("analyzer/scan/a.cc", "#include <re2/re2.h>", True),
    ("analyzer/model/a.h", '#include "analyzer/support/text.h"', True),
    ("analyzer/support/a.cc", '#include "analyzer/scan/a.h"', True),
    ("analyzer/support/regex.cc", "#include <re2/re2.h>", False),
    ("analyzer/support/text.cc", "#include <re2/re2.h>", True),
    ("analyzer/support/timestamp.cc", "#include <boost/a.hpp>", False),
    ("analyzer/support/hash.cc", "#include <boost/a.hpp>", False),
    ("analyzer/timeline/a.cc", "#include <boost/a.hpp>", True),
    ("analyzer/analyze.cc", '#include "analyzer/scan/scanner.h"', False),
    ("analyzer/analyze.cc", '#include "reports/report.h"', True),
    ("analyzer/analyze.cc", '#include "analyzer/cli/flags.h"', True),
    ("analyzer/cli/main.cc", '#include "reports/report.h"', False),
    ("analyzer/cli/main.cc", '#include "analyzer/analyze.h"', False),
    ("analyzer/cli/main.cc", "#include <CLI/CLI.hpp>", False),
    ("analyzer/input/a.cc", "#  include <CLI/CLI.hpp>", True),
    ("analyzer/knowledge/a.cc", "#include <yaml-cpp/yaml.h>", False),
    ("reports/a.cc", "#include <yaml-cpp/yaml.h>", True),
    ("reports/a.cc", '#include "analyzer/model/diagnosis.h"', False),
    ("reports/a.cc", '#include "analyzer/scan/scanner.h"', True),
    ("reports/a.cc", "#include <nlohmann/json.hpp>", False),
    ("analyzer/diagnose/a.cc", "#include <nlohmann/json.hpp>", True),
    ("analyzer/envelope/a.cc", "#include <simdjson.h>", False),
    ("analyzer/input/a.cc", "#include <simdjson.h>", True),
    ("analyzer/input/archive_a.cc", "#include <archive_entry.h>", False),
    ("analyzer/input/a.cc", "#include <archive.h>", True),
    ("analyzer/cli/a.cc", "#include <archive.h>", True),
    ("analyzer/input/decoder.cc", "#include <zlib.h>", False),
    ("analyzer/input/archive_a.cc", "#include <zstd.h>", True),
    ("tests/golden/a.cc", "#include <nlohmann/json.hpp>", False),
    ("tests/golden/a.cc", '#include "analyzer/scan/scanner.h"', False),
    ("analyzer/new_stage/a.cc", '#include "analyzer/model/event.h"', True),
]


def self_test():
    failures = 0
    for path, line, breach in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(f"// {path}\n\n{line}\n", encoding="utf-8")
            _, found = find_breaches(pathlib.Path(folder))
        good = (len(found) == 1 and found[0].startswith(f"{path}:3: ")
                if breach else not found)
        if not good:
            failures += 1
            print(f"{path}: {line}: expected breach={breach}, found {found}")
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
