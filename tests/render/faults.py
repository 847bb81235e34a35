# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a rendered report."""

import collections
import re
import shlex

from cmark import GAP

_PLAIN = {"document", "heading", "paragraph", "list", "item", "code_block",
          "code", "text", "softbreak", "strong", "emph", "link", "table",
          "table_header", "table_row", "table_cell"}
# Leaves: a line that none of them covers has vanished from the page.
_LEAVES = ("heading", "paragraph", "code_block", "html_block", "table_row",
           "table_header")
_FOLD = re.compile(r"<details><summary>[^<>`*\[\]|&\\]+</summary>\n")
# What forges and chats read in a sentence, beyond Markdown.
_FORGE = re.compile(
    r"(?<![\w@])@\w"                # pings somebody
    r"|(?<![\w&])#\d|\bGH-\d"       # links an issue
    r"|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b"  # links a commit
    r"|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:(?!\w)"       # a picture
    r"|\$[^ $]|\[!|\[\^|\{\{"       # formula, alert, footnote, macro
    r"|://|\bwww\."                 # links by itself
    r"|[`*_~|<>\\\[\]]")            # a mark that marked nothing
# Controls, direction and width: a reader sees another text than is there. A tab
# of the log keeps columns apart.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def _differ(what, meant, found):
    if meant == found:
        return []
    lost = collections.Counter(meant) - collections.Counter(found)
    born = collections.Counter(found) - collections.Counter(meant)
    return [f"{what}: lost {list(lost)}, born of something else {list(born)}"]


def _folds(tree, allowed):
    faults = []
    depth = 0
    for node in tree.all("html_block", "html_inline"):
        opens = bool(_FOLD.fullmatch(node.text))
        closes = node.text.strip() == "</details>"
        depth += opens - closes
        if not allowed or opens == closes or depth not in (0, 1):
            faults.append(f"HTML in line {node.first}: {node.text[:80]!r}")
    return faults + (["a fold is open"] if depth else [])


def _vanished(report):
    seen = set()
    for node in report.tree.all(*_LEAVES):
        seen.update(range(node.first, node.last + 1))
    ruler = re.compile(r"[|\- ]*")  # below the header of a table
    return [f"line {number} is not on the page: {line[:80]!r}"
            for number, line in enumerate(report.lines, report.first)
            if line.strip() and number not in seen
            and not ruler.fullmatch(line)]


def faults_of(report, folds):
    """`folds`: whether <details> is meant to be there."""
    tree = report.tree
    faults = [f"{node.kind} in line {node.first}: {node.words()[:80]!r}"
              for node in tree.walk()
              if node.kind not in _PLAIN | {"html_block", "html_inline"}]
    faults += _folds(tree, folds)
    faults += ["a fence is open"] if report.open_fence else []
    for what, meant, kind in (("headings", report.headings, "heading"),
                              ("list items", report.items, "item"),
                              ("tables", report.tables, "table"),
                              ("fences", report.fences, "code_block")):
        faults += _differ(what, meant, [node.first for node in tree.all(kind)])
    faults += _differ("links", [url for _, url in report.links],
                      [node.url for node in tree.all("link")])
    faults += [f"a link that shows other words: {node.words()!r}"
               for node in tree.all("link") if node.words() != node.url]
    for what, meant, kind in (("strong", report.strong, "strong"),
                              ("emphasis", report.emphasis, "emph")):
        if meant != len(tree.all(kind)):
            faults.append(f"{what}: {meant} meant, {len(tree.all(kind))} found")
    for sentence in sentences(tree):
        if mark := _FORGE.search(sentence):
            faults.append(f"{mark.group()!r} in a sentence: {sentence[:160]!r}")
    return faults + _vanished(report)


def invisible_in(text):
    """The characters that should have been shown as escapes."""
    found = set(_INVISIBLE.findall(text))
    return [f"U+{ord(mark):04X}" for mark in sorted(found)]


def invisible(report):
    return invisible_in("\n".join(report.lines))


_WORD = re.compile(r"[\w./+=:@%-]*")


def _commands(tree):
    """What a reader is told to run."""
    yield from (node.text for node in tree.all("code_block")
                if node.info == "sh")
    for block in tree.all("paragraph"):
        before = ""
        for node in block.children:
            if node.kind == "code" and (before.endswith("Run ") or
                                        node.text.startswith("logdiag ")):
                yield node.text
            before = node.text


def unsafe_commands(report, value):
    """Commands in which a shell would see more than one word in `value`."""
    wrong = []
    for command in _commands(report.tree):
        rest = command.replace(shlex.quote(value), "")
        if not _WORD.fullmatch(value) and value in rest or any(
                not _WORD.fullmatch(word) for word in rest.split()
                if re.search("walrus|tusk|evil", word)):
            wrong.append(command)
    return wrong


def sentences(tree):
    """The prose without our own links."""
    urls = [node.url for node in tree.all("link")]
    found = tree.prose()
    for node in tree.all("html_block"):
        found.append(re.sub(r"<[^<>]*>", "", node.text))
    for url in urls:
        found = [sentence.replace(url, GAP) for sentence in found]
    return found
