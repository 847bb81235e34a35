# SPDX-License-Identifier: Apache-2.0
"""`logdiag mcp` and the client that the makers of the protocol publish.

Usage: mcp_client_test.py LOGDIAG SOURCE_DIR FOLDER
The client comes from the npm registry, once, into FOLDER. Without npm the test
says so and is skipped.
"""

import json
import pathlib
import subprocess
import sys

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from npm import fetch

PACKAGES = ["@modelcontextprotocol/sdk@1.20.2"]
HERE = pathlib.Path(__file__).parent


def main():
    logdiag = pathlib.Path(sys.argv[1]).resolve()
    source, folder = pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
    fetch(folder, PACKAGES, [HERE / "client.mjs"])
    log = source / "fixtures/memory/incident-wan-i2v/pod.log"
    done = subprocess.run(["node", folder / "client.mjs", logdiag, log],
                          capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    told = json.loads(done.stdout)
    page = (log.parent / "expected.md").read_text("utf-8")
    checks = {
        "the server names itself": told["server"]["name"] == "logdiag",
        "the tools": told["tools"] == ["diagnose", "what_would_settle",
                                       "explain_cause", "budget"],
        "the page is the command's": told["page"]["text"] == page,
        "what is known decides": told["killed"]["text"].startswith(
            "# Host RAM ran out"),
        "what would settle it": "memory.events" in told["settle"]["text"],
        "a cause": "memory/vram-oom" in told["cause"]["text"],
        "a budget": "Memory budget" in told["budget"]["text"],
        "a mistake is told": told["wrong"]["failed"]
                             and "none" in told["wrong"]["text"],
        "nothing else failed": not any(
            told[key]["failed"] for key in ("page", "killed", "settle", "cause",
                                            "budget")),
    }
    wrong = [what for what, good in checks.items() if not good]
    for what in wrong:
        print(f"not so: {what}")
    print(f"{len(checks)} checks, {len(wrong)} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
