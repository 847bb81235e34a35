# SPDX-License-Identifier: Apache-2.0
"""The texts of a user's patterns are words, whatever they hold.

Each hostile text is put into every sentence of a pack; in every format the
report has the elements, or the keys, that a harmless text gives it.

Usage: pack_test.py LOGDIAG SOURCE_DIR [--slow]
--slow, for a binary with sanitizers: each text in a third of the ways only.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True

import hostile
from cmark import parse
from faults import invisible_in

LOGDIAG = sys.argv[1]
SLOW = "--slow" in sys.argv[3:]
HARMLESS = "walrus and tusk"
# Reports have limits of their own for what is long.
PAYLOADS = {name: text for name, text in hostile.PAYLOADS.items()
            if name != "a very long word"}
MORE = {
    "paragraphs": "walrus\n\n# Tusk\n\n- walrus\n\n```\ntusk",
    "returns": "walrus\r\n\r\n# Tusk",
    "places of values": "walrus \x0199999999999999999999\x02 \x010\x02",
    "a tag of HTML": "<http onload=alert(1)>",
}
ALL = PAYLOADS | MORE
# What is no line that people see is refused when the pack is loaded.
REFUSED = {name: text for name, text in ALL.items()
           if "\n" in text or invisible_in(text)}
SHOWN = {name: text for name, text in ALL.items() if name not in REFUSED}
LOG = """** ComfyUI startup time: 2026-07-03 18:21:03.196
Total VRAM 24564 MB, total RAM 64318 MB
Starting server
To see the GUI go to: http://0.0.0.0:8188
got prompt
the walrus sat on the card
!!! Exception during processing !!! no room
Traceback (most recent call last):
  File "/app/nodes.py", line 7, in sit
    raise x
RuntimeError: no room
Prompt executed in 1.00 seconds
"""
MARKDOWN = (["--full"], ["--full", "--for", "github"], ["--issue"],
            ["--for", "slack"], ["--full", "--lang", "ca"])
# Below a heading, in a sentence, in a list: what only words may make.
# Code and emphasis are marks that an author may set.
MARKUP = {"heading", "list", "item", "block_quote", "thematic_break",
          "code_block", "html_block", "html_inline", "table", "image", "link",
          "strikethrough", "document", "paragraph"}


def quoted(text):
    """As YAML, which reads these strings of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


# In a command they are places of values, and one that nothing fills is left
# out of the report.
BRACES = str.maketrans("{}", "()")


def pack(folder, text):
    template = quoted(text.replace("{", "{{"))
    title = quoted(text.replace("{", "{{")[:40])
    files = {
        "markers/a.yaml": f"""markers:
  - id: walrus-sat
    role: symptom
    literal: the walrus sat
    says: {template}
    samples: [the walrus sat on the card]
""",
        "causes/walrus/sat.yaml": f"""id: walrus/sat
title: {title}
headline: [{template}]
summary: {template}
explain: {quoted(text)}
outcomes: [error]
evidence:
  - when: {{marker: [walrus-sat], scope: log}}
    establishes: true
    why: {quoted(text)}
    says: {template}
remedies: [move-walrus]
later: [feed-walrus]
avoid: [{{remedy: shout, says: {template}}}]
confirm: [{template}, {template}]
references: ["https://docs.example/walrus"]
""",
        "remedies/a.yaml": f"""remedies:
  - id: move-walrus
    action: retry
    text: {template}
    command: {quoted("walrus " + text.translate(BRACES))}
    risk: {template}
    check: {template}
  - {{id: feed-walrus, action: fix-input, text: {template}}}
  - {{id: shout, name: {template}, action: less-work, text: {template}}}
""",
    }
    for name, content in files.items():
        path = pathlib.Path(folder) / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def written(text, options):
    with tempfile.TemporaryDirectory() as folder:
        pack(folder, text)
        pathlib.Path(folder, "pod.log").write_text(LOG, encoding="utf-8")
        done = subprocess.run(
            [LOGDIAG, "-q", "--patterns", "pack", *options, "pod.log"],
            capture_output=True, timeout=60, check=False, cwd=folder)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8")


def elements(node):
    """The tree without what code and words may be in a sentence."""
    inner = [elements(child) for child in node.children
             if child.kind in MARKUP]
    mark = node.level if node.kind == "heading" else ""
    return f"{node.kind}{mark}({' '.join(inner)})"


def keys(value):
    if isinstance(value, dict):
        return {key: keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [keys(inner) for inner in value]
    return type(value).__name__


def tags(element):
    return [element.tag, sorted(element.keys()),
            [tags(child) for child in element]]


class Packs(unittest.TestCase):
    maxDiff = None

    ways = 0

    def check(self, options, reading):
        """Every text reads like the harmless one, and shows all it holds."""
        meant = reading(written(HARMLESS, options))
        Packs.ways += 1
        for number, (name, text) in enumerate(SHOWN.items()):
            if SLOW and (number + Packs.ways) % 3:
                continue
            with self.subTest(name, options=options):
                report = written(text, options)
                self.assertEqual(reading(report), meant, report)
                self.assertEqual(invisible_in(report), [])

    def test_the_harmless_text_is_said(self):
        report = written(HARMLESS, ["--full"])
        self.assertGreaterEqual(report.count(HARMLESS), 6)
        self.assertIn("# " + HARMLESS, report)

    def test_what_is_no_line_is_refused(self):
        self.assertGreaterEqual(len(REFUSED), 6)
        for name, text in REFUSED.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                pack(folder, text)
                done = subprocess.run(
                    [LOGDIAG, "--patterns", "pack", "-"], input=LOG.encode(),
                    capture_output=True, timeout=60, check=False, cwd=folder)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                told = done.stderr.decode("utf-8")
                self.assertEqual(invisible_in(told), [])
                self.assertRegex(told, r"causes/walrus/sat.yaml:\d+:\d+: ")

    def test_markdown(self):
        for options in MARKDOWN:
            self.check(options, lambda report: elements(parse(report)))

    def test_text(self):
        self.check(["--format", "text", "--full"], lambda report: [])

    def test_json(self):
        self.check(["--format", "json"],
                   lambda report: keys(json.loads(report)))

    def test_ndjson(self):
        self.check(["--format", "ndjson"],
                   lambda report: [keys(json.loads(line))
                                   for line in report.splitlines()])

    def test_sarif(self):
        self.check(["--format", "sarif"],
                   lambda report: keys(json.loads(report)))

    def test_junit(self):
        self.check(["--format", "junit"], lambda report: tags(
            xml.etree.ElementTree.fromstring(report)))

    def test_what_is_known_is_told_in_plain_text(self):
        for command in (["patterns", "list"], ["patterns", "show",
                                               "walrus/sat"]):
            for name, text in SHOWN.items():
                with self.subTest(name, command=command):
                    with tempfile.TemporaryDirectory() as folder:
                        pack(folder, text)
                        done = subprocess.run(
                            [LOGDIAG, "--patterns", f"{folder}/pack",
                             *command], capture_output=True, timeout=60,
                            check=True)
                    self.assertEqual(invisible_in(
                        done.stdout.decode("utf-8")), [])


if __name__ == "__main__":
    if not shutil.which("cmark-gfm"):
        sys.exit("cmark-gfm is not installed (Debian: apt install cmark-gfm)")
    unittest.main(argv=[sys.argv[0], "-v"])
