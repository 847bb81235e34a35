# SPDX-License-Identifier: Apache-2.0
"""Validates the JSON and NDJSON reports that the test program writes, and the
JSON reports of all fixtures.

Usage: schema_test.py SCHEMA_DIR path/to/reports_test
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

LEAST_DOCUMENTS = 6
LEAST_GOLDENS = 30


def validators(folder):
    """Those of a report and of a record."""
    report, record = (json.loads((pathlib.Path(folder) / name).read_text())
                      for name in ("report.schema.json", "record.schema.json"))
    made = []
    for schema in (report, record):
        jsonschema.Draft202012Validator.check_schema(schema)
        resolver = jsonschema.RefResolver(
            schema["$id"], schema,
            store={other["$id"]: other for other in (report, record)})
        made.append(jsonschema.Draft202012Validator(schema, resolver=resolver))
    return made


def write_documents(program, directory):
    environment = dict(os.environ, LOGDIAG_JSON_DIR=str(directory))
    subprocess.run([program, "--gtest_filter=JsonDocuments.*"], check=True,
                   env=environment, stdout=subprocess.DEVNULL)
    return sorted(pathlib.Path(directory).glob("*.json"))


def broken_copies(document):
    """Yields documents that the schema must refuse."""
    yield "unknown field", dict(document, extra=1)
    yield "bad confidence", dict(document, confidence="certain")
    yield "line 0", dict(document, evidence=[{"line": 0, "offset": 0}])
    yield "empty text", dict(document, summary="")
    yield "bad cause", dict(document, cause="Memory")
    yield "bad severity", dict(document, severity="fatal")
    yield "a time of day alone", dict(document, started_at="16:28:08")
    yield "no outcome", {k: v for k, v in document.items() if k != "outcome"}
    yield "no id", {k: v for k, v in document.items() if k != "id"}


def broken_records(record):
    yield "unknown field", dict(record, extra=1)
    yield "unknown type", dict(record, type="line")
    for name in ("type", "id", "path"):
        yield f"no {name}", {k: v for k, v in record.items() if k != name}


class Checker:
    def __init__(self):
        self.failures = 0

    def fail(self, what):
        print(what)
        self.failures += 1

    def check(self, validator, where, document, broken=()):
        for error in validator.iter_errors(document):
            self.fail(f"{where}: {error.json_path}: {error.message}")
        for what, copy in broken:
            if validator.is_valid(copy):
                self.fail(f"{where}: accepted although broken: {what}")


def main(folder, program):
    report, record = validators(folder)
    checker = Checker()
    with tempfile.TemporaryDirectory() as directory:
        paths = write_documents(program, directory)
        for path in paths:
            document = json.loads(path.read_text("utf-8"))
            checker.check(report, path.name, document, broken_copies(document))
            rows = path.with_suffix(".ndjson").read_text("utf-8").splitlines()
            for number, row in enumerate(rows, 1):
                item = json.loads(row)
                checker.check(record, f"{path.stem}.ndjson:{number}", item,
                              broken_records(item))
    goldens = sorted((pathlib.Path(folder).parent.parent /
                      "fixtures").glob("*/*/expected.json"))
    for path in goldens:
        checker.check(report, path, json.loads(path.read_text("utf-8")))
    if len(goldens) < LEAST_GOLDENS:
        checker.fail(f"only {len(goldens)} fixtures were found")
    if len(paths) < LEAST_DOCUMENTS:
        checker.fail(f"only {len(paths)} documents were written")
    return 1 if checker.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
