# SPDX-License-Identifier: Apache-2.0
"""Asks the queries of docs/fleet in DuckDB, of the summaries of real logs.

Usage: duckdb_test.py LOGDIAG SOURCE_DIR FOLDER
DuckDB comes from the npm registry, once, into FOLDER. Without npm the test says
so and is skipped.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from npm import fetch

PACKAGES = ["@duckdb/node-api@1.3.2-alpha.25"]
HERE = pathlib.Path(__file__).parent
LOGS = {"memory/incident-wan-i2v": "node-1", "runs/healthy-day": "node-2",
        "lab/vram-oom-split-attention": "node-1", "model/missing-checkpoint": "node-2"}


def main():
    logdiag = pathlib.Path(sys.argv[1]).resolve()
    source, folder = pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
    fetch(folder, PACKAGES, [HERE / "duckdb.mjs"])
    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)
        for number, (fixture, host) in enumerate(LOGS.items()):
            log = here / "logs" / host / f"pod-{number}.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / "fixtures" / fixture / "pod.log", log)
        lines = subprocess.run(
            [logdiag, "-q", "--format", "summary", "--name-tells",
             "{host}/{pod}.log", "logs"], cwd=here, check=True,
            capture_output=True).stdout
        (here / "summaries.ndjson").write_bytes(lines)
        done = subprocess.run(
            ["node", (folder / "duckdb.mjs").resolve(),
             source / "docs/fleet/queries.sql"],
            cwd=here, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    told = json.loads(done.stdout)
    checks = {
        "five queries": sorted(told) == ["causes", "fresh", "hosts", "to-read",
                                         "versions"],
        "causes": [(row["cause"], row["failures"]) for row in told["causes"]] ==
                  [("memory/oom-silent-kill", "1"), ("memory/vram-oom", "1"),
                   ("model/model-missing", "1")],
        "hosts": [(row["host"], row["logs"], row["failures"])
                  for row in told["hosts"]] ==
                 [("node-1", "2", "2"), ("node-2", "2", "1")],
        "fresh": len(told["fresh"]) == 1 and
                 "GPU memory ran out" in told["fresh"][0]["title"],
        "versions": sum(int(row["logs"]) for row in told["versions"]) >= 2,
        "to read": told["to-read"] == [],
    }
    wrong = [what for what, good in checks.items() if not good]
    for what in wrong:
        print(f"not so: {what}")
    if wrong:
        print(json.dumps(told, indent=1))
    print(f"{len(checks)} checks, {len(wrong)} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
