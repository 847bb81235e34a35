# SPDX-License-Identifier: Apache-2.0
"""HTML reports in a browser: nothing asked for, nothing run, each link on its
line, readable for who sees little, and for who has no mouse.

Usage: browser_test.py LOGDIAG SOURCE_DIR FOLDER [--slow] [--look PREFIX]
playwright-core and axe-core come from the npm registry, once, into FOLDER.
Without them, or without Chromium, the test says so and is skipped.
--slow: a sanitized binary; fewer pages. --look: screenshots to look at.
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
from npm import fetch, skip

PACKAGES = ["playwright-core@1.48.2", "axe-core@4.10.2"]
HERE = pathlib.Path(__file__).parent
MOST_MILLISECONDS = 1_000
HOSTILE = (b"2025-01-01 00:00:00 got prompt\n"
           b"</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\n"
           b"javascript:alert(1) data:text/html,x \xe2\x80\xaewalrus \xf3\xa0\x81\x81\n"
           b"nul\0\0nul\n" + b"<b>" * 350_000 + b"\n"
           b"!!! Exception during processing !!! <svg onload=alert(1)>\n"
           b"Traceback (most recent call last):\n"
           b'  File "/ComfyUI/custom_nodes/<script>/nodes.py", line 3, in <img>\n'
           b"    x()\n"
           b"RuntimeError: </article><h1 onclick=alert(1)>walrus</h1>\n")


def main():
    logdiag, source, folder = sys.argv[1:4]
    chromium = shutil.which("chromium")
    if chromium is None:
        skip("Chromium is not installed (Debian: apt install chromium)")
    fetch(pathlib.Path(folder), PACKAGES, [HERE / "browser.mjs"])
    logs = sorted(pathlib.Path(source, "fixtures").glob("*/*/pod.log"))
    # One of each family, and the incident.
    chosen = [*{log.parts[-3]: log for log in reversed(logs)}.values()]
    if "--slow" in sys.argv:
        chosen = chosen[:1]
    chosen.append(pathlib.Path(source, "fixtures/memory/incident-wan-i2v/pod.log"))
    with tempfile.TemporaryDirectory() as pages:
        names = []

        def write(name, options, files):
            names.append(pathlib.Path(pages, name + ".html"))
            subprocess.run([logdiag, "-o", names[-1], *options, *files],
                           check=True)

        for log in chosen:
            write(log.parent.name, [], [log])
        write("several", [], logs[:3])
        write("catalan", ["--lang", "ca"], [chosen[-1]])
        hostile = pathlib.Path(pages, "hostile.log")
        hostile.write_bytes(HOSTILE)
        write("hostile", ["--full"], [hostile])
        command = ["node", "browser.mjs", chromium,
                   "node_modules/axe-core/axe.min.js", *map(str, names)]
        if "--look" in sys.argv:
            command.append(f"--look={sys.argv[sys.argv.index('--look') + 1]}")
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE,
                              timeout=900, check=True)
    failed = 0
    told = json.loads(done.stdout)
    for page in told:
        name = pathlib.Path(page["file"]).stem
        if page["milliseconds"] > MOST_MILLISECONDS:
            page["faults"].append(f"opened after {page['milliseconds']} ms")
        # The page of a log that is not ours quotes nothing.
        if page["links"] == 0 and name != "ci-pipeline":
            page["faults"].append("no link")
        for fault in page["faults"]:
            failed += 1
            print(f"{name}: {fault}")
    print(f"{len(told)} pages, {sum(page['links'] for page in told)} links, "
          f"{failed} faults")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
