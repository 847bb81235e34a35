"""Validates the JSON reports that the test program writes, and those of all
fixtures.

Usage: schema_test.py report.schema.json path/to/reports_test
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
    yield "no outcome", {k: v for k, v in document.items() if k != "outcome"}


def main(schema_path, program):
    schema = json.loads(pathlib.Path(schema_path).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = 0
    with tempfile.TemporaryDirectory() as directory:
        paths = write_documents(program, directory)
        for path in paths:
            document = json.loads(path.read_text("utf-8"))
            for error in validator.iter_errors(document):
                print(f"{path.name}: {error.json_path}: {error.message}")
                failures += 1
            for what, broken in broken_copies(document):
                if validator.is_valid(broken):
                    print(f"{path.name}: accepted although broken: {what}")
                    failures += 1
        goldens = sorted((pathlib.Path(schema_path).parent.parent /
                          "fixtures").glob("*/*/expected.json"))
        for path in goldens:
            for error in validator.iter_errors(
                    json.loads(path.read_text("utf-8"))):
                print(f"{path}: {error.json_path}: {error.message}")
                failures += 1
        if len(goldens) < LEAST_GOLDENS:
            print(f"only {len(goldens)} fixtures were found")
            failures += 1
        if len(paths) < LEAST_DOCUMENTS:
            print(f"only {len(paths)} documents were written")
            failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
