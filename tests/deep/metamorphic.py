# SPDX-License-Identifier: Apache-2.0
"""Changes logs in ways whose effect is known, and looks whether the verdict
(outcome and cause) changes only where it may.

Usage: metamorphic.py LOGDIAG SOURCE_DIR [--every | --slice N] [--seed N]
                      [--corpus FOLDER]... [--only NAME]... [--keep FOLDER]
                      [--list]

--slice N   N logs, chosen by the seed, and one variant of each kind (default 24)
--every     all logs, and as many variants of each kind as it asks for
--corpus    more logs: every *.log and *.txt file below the folder
--only      kinds of change
--keep      writes there what broke an expectation
--list      says what each kind does, and what may change

Ends with 1 if an expectation broke.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import changes  # noqa: E402

BATCH = 200  # files of one process


class Log:
    """A log, its verdict, and the lines on which the report stands."""

    def __init__(self, name, data, rows):
        self.name, self.data, self.rows = name, data, rows
        report = rows[0]
        self.outcome, self.cause = report["outcome"], report["cause"]
        self.clock = report["source"]["clock"]
        self.confidence, self.probability = (report["confidence"],
                                             report["probability"])
        self.evidence = {item["line"] for item in report.get("evidence", [])
                         if item.get("line") and item.get("weight_db", 1) > 0}
        self.cited = set(lines_of(rows))

    @property
    def verdict(self):
        return self.outcome, self.cause


def lines_of(value, key=""):
    """Every number of a line of the log that a report names."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from lines_of(part, "line" if key == "fact_lines" else name)
    elif isinstance(value, list):
        for part in value:
            yield from lines_of(part, key)
    elif isinstance(value, int) and (key == "line" or key.endswith("_line")):
        yield value


class Analysis:
    def __init__(self, logdiag):
        self.logdiag = logdiag

    def of(self, logs):
        """For each of a list of bytes the rows of its report; None if there is
        none. A run that ends in another way than it may raises."""
        results = []
        for start in range(0, len(logs), BATCH):
            results += self.batch(logs[start:start + BATCH])
        return results

    def batch(self, logs):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, data in enumerate(logs):
                path = pathlib.Path(folder) / f"{number}.log"
                path.write_bytes(data)
                paths.append(str(path))
            done = subprocess.run(
                [self.logdiag, "-q", "--format", "ndjson", *paths],
                capture_output=True, timeout=1800, check=False)
            rows = collections.defaultdict(list)
            for line in done.stdout.splitlines():
                try:
                    row = json.loads(line)
                except ValueError:  # it died while it wrote
                    break
                rows[row["path"]].append(row)
        if done.returncode in (0, 3, 4):
            return [rows.get(path) for path in paths]
        if len(logs) == 1:
            raise Died(done, logs[0])
        # Which one it was.
        middle = len(logs) // 2
        return self.batch(logs[:middle]) + self.batch(logs[middle:])


class Died(Exception):
    def __init__(self, done, data):
        super().__init__(f"exit {done.returncode}: "
                         f"{done.stderr.decode(errors='replace')[-2000:]}")
        self.data = data


def fixtures(source):
    for folder in sorted((source / "fixtures").glob("*/*/")):
        for name in ("pod.log", "near-miss.log"):
            if (folder / name).exists():
                yield f"{folder.parent.name}/{folder.name}/{name}", folder / name


def corpus(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix in (".log", ".txt") and path.is_file():
                yield str(path), path


def load(analysis, named):
    named = list(named)
    data = [path.read_bytes() for _, path in named]
    rows = analysis.of(data)
    return [Log(name, text, row) for (name, _), text, row
            in zip(named, data, rows) if row]


def run_kind(analysis, kind, logs, arguments):
    """Variants of a kind over the logs: how many, changed, broken; the last
    two as (log, number of the variant, data, why)."""
    variants = []
    for log in logs:
        if not kind.fits(log):
            continue
        dice = random.Random(f"{arguments.seed} {kind.name} {log.name}")
        count = kind.count if arguments.every else 1
        for number in range(count):
            data = kind.make(log, dice)
            if data is None:
                break
            variants.append((log, number, data))
    results = analysis.of([data for _, _, data in variants])
    changed, broken, known = 0, [], []
    for (log, number, data), rows in zip(variants, results):
        if rows is None:
            got = None
        else:
            got = Log(log.name, data, rows)
        changed += got is None or got.verdict != log.verdict
        why = kind.breach(log, got)
        if why:
            (known if log.name in kind.known else broken).append(
                (log, number, data, why))
    return len(variants), changed, broken, known


def tell(kind, broken, known, keep):
    for log, number, data, why in broken + known:
        reason = kind.known.get(log.name)
        print(f"  {kind.name}: {log.name} #{number}: {why}"
              + (f" (known: {reason})" if reason else ""))
        if keep:
            name = re.sub(r"[^\w.-]+", "_", f"{kind.name}-{log.name}-{number}")
            folder = pathlib.Path(keep)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.log").write_bytes(data)


def read_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("logdiag")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--slice", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", action="append", default=[])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    kinds = [kind for kind in changes.KINDS
             if not arguments.only or kind.name in arguments.only]
    if not kinds:
        sys.exit("there is no such kind; --list names them")
    if arguments.list:
        for kind in kinds:
            print(f"{kind.name}: {kind.what}. {kind.expects}.")
        return 0
    named = list(fixtures(arguments.source)) + list(corpus(arguments.corpus))
    if not arguments.every:
        named = random.Random(arguments.seed).sample(
            named, min(arguments.slice, len(named)))
    analysis = Analysis(arguments.logdiag)
    failed = False
    try:
        logs = load(analysis, named)
        print(f"{len(logs)} logs")
        print(f"{'change':<18} {'runs':>6} {'changed':>8} {'broken':>7} "
              f"{'known':>6}")
        total = 0
        for kind in kinds:
            runs, changed, broken, known = run_kind(analysis, kind, logs,
                                                    arguments)
            print(f"{kind.name:<18} {runs:>6} {changed:>8} {len(broken):>7} "
                  f"{len(known):>6}", flush=True)
            tell(kind, broken, known, arguments.keep)
            failed = failed or bool(broken)
            total += runs
        print(f"{total} variants")
        # Nothing changed means that nothing was looked at.
        return 1 if failed or total == 0 else 0
    except Died as death:
        print(death)
        if arguments.keep:
            pathlib.Path(arguments.keep).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(arguments.keep) / "died.log").write_bytes(death.data)
        return 1


if __name__ == "__main__":
    sys.exit(main())
