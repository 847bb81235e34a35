#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""assemble.py MODULE.js MODULE.wasm OUT.html: puts the parts of the page into
page.html. The policy of the page names its script by its hash."""

import base64
import gzip
import hashlib
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent


def part(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def main():
    module, wasm, out = map(pathlib.Path, sys.argv[1:])
    # The same bytes, whenever it is built.
    packed = gzip.compress(wasm.read_bytes(), 9, mtime=0)
    script = part("page.js")
    digest = hashlib.sha256(script.encode()).digest()
    worker = module.read_text(encoding="utf-8") + part("worker.js")
    parts = {
        "hash": "sha256-" + base64.b64encode(digest).decode(),
        "words": json.dumps(json.loads(part("words.json")), ensure_ascii=False),
        "wasm": base64.b64encode(packed).decode(),
        "worker": worker,
        "script": script,
    }
    page = part("page.html")
    for name, text in parts.items():
        slot = "{{" + name + "}}"
        if page.count(slot) != 1:
            sys.exit(f"page.html: {slot} stands {page.count(slot)} times in it")
        if "</script" in text.lower():
            sys.exit(f"{name} would end its element in the page")
        page = page.replace(slot, text)
    out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
