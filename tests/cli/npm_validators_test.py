# SPDX-License-Identifier: Apache-2.0
"""Validates what the real binary writes of all fixtures with the validators of
others: ajv (JSON and NDJSON) and sarif-multitool.

They come from the npm registry, once, into FOLDER. Where there is no npm, or no
way to the registry, the test says so and is skipped.

Usage: npm_validators_test.py LOGDIAG SOURCE_DIR FOLDER
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from npm import fetch, skip

AJV = "ajv-cli@5.0.0"
MULTITOOL = "@microsoft/sarif-multitool@5.7.0"
# The project has no address to give, which is told of each run; a file that the
# tool cannot read, it passes without a word.
NO_ADDRESS = "SARIF2005"
LEAST_LOGS = 30


def write_reports(logdiag, source, folder):
    """One file a log for ajv; of the rest one file for all of them."""
    logs = sorted((source / "fixtures").glob("*/*/pod.log"))
    subprocess.run([logdiag, "-o", folder / "all.json", "-o",
                    folder / "all.ndjson", "-o", folder / "all.sarif", *logs],
                   check=True)
    rows = (folder / "all.json").read_text("utf-8").splitlines()
    (folder / "reports.json").write_text(f"[{','.join(rows)}]", "utf-8")
    records = (folder / "all.ndjson").read_text("utf-8").splitlines()
    (folder / "records.json").write_text(f"[{','.join(records)}]", "utf-8")
    return len(logs)


def run_ajv(tools, schemas, folder):
    """How many of the two lists are not valid."""
    failures = 0
    for kind in ("report", "record"):
        other = "record" if kind == "report" else "report"
        whole = folder / f"{kind}s.schema.json"
        whole.write_text(json.dumps(
            {"type": "array", "items": {"$ref": f"{kind}.schema.json"}}))
        done = subprocess.run(
            [tools / "node_modules/.bin/ajv", "validate", "--spec=draft2020",
             "--strict=true", "--allow-union-types", "--errors=text",
             "-s", whole, "-r", schemas / f"{kind}.schema.json",
             "-r", schemas / f"{other}.schema.json",
             "-d", folder / f"{kind}s.json"],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"ajv: {kind}s: {done.stdout}{done.stderr}"[:4000])
            failures += 1
    return failures


def run_multitool(tools, folder):
    """How many errors and warnings it finds."""
    package = tools / "node_modules/@microsoft/sarif-multitool-linux"
    program = package / "Sarif.Multitool"
    if not program.exists():
        skip("there is no sarif-multitool for this machine")
    program.chmod(0o755)  # what its script would have done
    result = folder / "validation.sarif"
    done = subprocess.run(
        [program, "validate", folder / "all.sarif", "--output", result,
         "--level", "Error;Warning", "--kind", "Fail"],
        env=dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1"),
        capture_output=True, text=True, check=False)
    if not result.exists():
        print(f"sarif-multitool: {done.stdout}{done.stderr}")
        return 1
    run = json.loads(result.read_text("utf-8-sig"))["runs"][0]
    found = [item for item in run.get("results", [])
             if item["ruleId"] != NO_ADDRESS]
    for item in found[:20]:
        print(f"sarif-multitool: {item['ruleId']}: {item['message']}")
    looked = len(found) < len(run.get("results", []))
    if not looked or not run["invocations"][0]["executionSuccessful"]:
        print("sarif-multitool: it could not read the file")
        return len(found) + 1
    return len(found)


def main(logdiag, source, folder):
    source, tools = pathlib.Path(source), pathlib.Path(folder)
    fetch(tools, [AJV, MULTITOOL])
    with tempfile.TemporaryDirectory() as name:
        reports = pathlib.Path(name)
        logs = write_reports(logdiag, source, reports)
        failures = run_ajv(tools, source / "reports/data", reports)
        failures += run_multitool(tools, reports)
    if logs < LEAST_LOGS:
        print(f"only {logs} logs were found")
        failures += 1
    print(f"{logs} logs, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
