# SPDX-License-Identifier: Apache-2.0
"""Reads a log cut at every byte.

Usage: cuts.py LOGDIAG LOG [EVERY]
EVERY: only each so-many-th byte. Ends with 1 unless each cut has a report that
says it was read to its end.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

BATCH = 400  # files of one process


def main():
    logdiag, log = sys.argv[1:3]
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    data = pathlib.Path(log).read_bytes()
    sizes = range(1, len(data) + 1, every)
    verdicts, faults = {}, 0
    for start in range(0, len(sizes), BATCH):
        batch = sizes[start:start + BATCH]
        with tempfile.TemporaryDirectory() as folder:
            paths = {}
            for size in batch:
                path = pathlib.Path(folder) / f"{size}.log"
                path.write_bytes(data[:size])
                paths[str(path)] = size
            done = subprocess.run(
                [logdiag, "-q", "--format", "ndjson", *paths],
                capture_output=True, timeout=3600, check=False)
        if done.returncode != 0:
            faults += 1
            print(f"bytes {batch[0]} to {batch[-1]}: exit {done.returncode}: "
                  + done.stderr.decode(errors="replace")[-2000:])
            continue
        reports = [row for row in map(json.loads, done.stdout.splitlines())
                   if row["type"] == "report"]
        read = {paths[row["path"]]: row for row in reports}
        for size in batch:
            row = read.get(size)
            if row is None or row["source"]["bytes"] != size:
                faults += 1
                print(f"cut at byte {size}: no report of it")
                continue
            verdict = f"{row['outcome']} {row['cause']}"
            verdicts[verdict] = verdicts.get(verdict, 0) + 1
    print(f"  {len(sizes)} cuts, {faults} faults")
    for verdict, count in sorted(verdicts.items(), key=lambda row: -row[1]):
        print(f"  {count:>6} {verdict}")
    return 1 if faults or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
