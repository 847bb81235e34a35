# SPDX-License-Identifier: Apache-2.0
"""The page that analyses logs, in Chromium, as people use it: nothing is asked
of the network, it says what the command says, a large log within its memory.

Usage: browser_test.py PAGE LOGDIAG SOURCE_DIR FOLDER [--look PREFIX]
playwright-core and axe-core come from the npm registry, once, into FOLDER.
Without them, or without Chromium, the test says so and is skipped.
--look: screenshots to look at.
"""

import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from npm import fetch, skip

PACKAGES = ["playwright-core@1.48.2", "axe-core@4.10.2"]
HERE = pathlib.Path(__file__).parent
LARGE_BYTES = 200_000_000
# Of the command's time; what the browser needs to start is not counted.
MOST_TIMES = 10
HOSTILE = (b"2025-01-01 00:00:00 got prompt\n"
           b"</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\n"
           b"!!! Exception during processing !!! <svg onload=alert(1)>\n"
           b"Traceback (most recent call last):\n"
           b'  File "/ComfyUI/custom_nodes/<script>/nodes.py", line 3, in <img>\n'
           b"    x()\n"
           b"RuntimeError: </article><h1 onclick=alert(1)>walrus</h1>\n")


def written(logdiag, log, *options):
    return subprocess.run([logdiag, "-q", *options, log.name], cwd=log.parent,
                          check=True, capture_output=True, text=True).stdout


def inputs(logdiag, source, folder):
    """What the page is given, and what the command says of it."""
    fixtures = {"incident": "memory/incident-wan-i2v",
                "day": "runs/mixed-day"}
    case = {}
    for name, fixture in fixtures.items():
        log = folder / f"{name}.log"
        shutil.copy(source / "fixtures" / fixture / "pod.log", log)
        case[name] = {
            "file": str(log),
            "html": written(logdiag, log, "--format", "html"),
            "catalan": written(logdiag, log, "--format", "html", "--lang", "ca"),
            "killed": written(logdiag, log, "--format", "html", "--exit-code",
                              "137"),
            "jira": written(logdiag, log, "--for", "jira", "--format", "md"),
            "json": written(logdiag, log, "--format", "json")}
    log = folder / "incident.log"
    packed = folder / "packed.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    hostile = folder / "hostile.log"
    hostile.write_bytes(HOSTILE)
    image = folder / "image.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    large = folder / "large.log"
    piece = (folder / "day.log").read_bytes()
    with open(large, "wb") as out:
        for _ in range(LARGE_BYTES // len(piece) + 1):
            out.write(piece)
    begun = time.monotonic()
    case["large"] = {"file": str(large), "md": written(logdiag, large),
                     "seconds": time.monotonic() - begun}
    for name, file in [("packed", packed), ("hostile", hostile),
                       ("image", image)]:
        case[name] = {"file": str(file)}
    return case


def main():
    page, logdiag, source, folder = map(pathlib.Path, sys.argv[1:5])
    chromium = shutil.which("chromium")
    if chromium is None:
        skip("Chromium is not installed (Debian: apt install chromium)")
    fetch(folder, PACKAGES, [HERE / "browser.mjs"])
    look = [f"--look={sys.argv[6]}"] if sys.argv[5:6] == ["--look"] else []
    with tempfile.TemporaryDirectory() as temporary:
        case = inputs(logdiag.resolve(), source, pathlib.Path(temporary))
        cases = pathlib.Path(temporary) / "cases.json"
        cases.write_text(json.dumps(case), "utf-8")
        done = subprocess.run(
            ["node", folder / "browser.mjs", chromium,
             folder / "node_modules/axe-core/axe.min.js", page.resolve(), cases,
             *look], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr or done.stdout)
    told = json.loads(done.stdout)
    for fault in told["faults"]:
        print(fault)
    times = told["seconds"] / case["large"]["seconds"]
    print(f"{LARGE_BYTES} bytes: {told['seconds']:.1f} s, {times:.1f} times the "
          f"command's; {told['checks']} checks, {len(told['faults'])} faults")
    if times > MOST_TIMES:
        sys.exit(f"more than {MOST_TIMES} times the command's time")
    sys.exit(1 if told["faults"] or told["checks"] == 0 else 0)


if __name__ == "__main__":
    main()
