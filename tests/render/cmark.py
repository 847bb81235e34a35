# SPDX-License-Identifier: Apache-2.0
"""What GitHub's own parser makes of a Markdown text, and what was meant."""

import bisect
import re
import subprocess
import xml.etree.ElementTree

_SPACE = "{http://commonmark.org/xml/1.0}"
_EXTENSIONS = ("table", "strikethrough", "autolink", "tasklist")
# Stands for a stretch of code where the words around it are looked at.
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


class Node:
    """An element, with the lines of the source on which it stands."""

    def __init__(self, kind, children, first=0, last=0):
        self.kind = kind
        self.children = children
        self.first = first
        self.last = last
        self.level = self.url = self.info = self.text = ""
        self._below = None

    def walk(self):
        """The node and all below it, in the order of the page."""
        if self._below is None:
            self._below = []
            waiting = [self]
            while waiting:
                node = waiting.pop()
                self._below.append(node)
                waiting.extend(reversed(node.children))
        return self._below

    def all(self, *kinds):
        return [node for node in self.walk() if node.kind in kinds]

    def words(self, gap=None):
        """What a reader sees, on one line; code as `gap` if that is given."""
        if self.kind in ("code", "code_block") and gap is not None:
            return gap
        if self.kind in ("softbreak", "linebreak"):
            return " "
        return self.text + "".join(node.words(gap) for node in self.children)

    def prose(self):
        """The sentences: words of a block, with gaps where code stands."""
        return [block.words(GAP)
                for block in self.all("heading", "paragraph", "table_cell")]

    def shape(self):
        """The elements alone, for comparing two reports."""
        inner = [child.shape() for child in self.children
                 if child.kind not in ("text", "softbreak")]
        mark = {"html_block": self.text.strip()}.get(self.kind, self.level)
        return f"{self.kind}{mark}" + (f"({' '.join(inner)})" if inner else "")


def _node(element):
    lines = re.findall(r"(\d+):", element.get("sourcepos", "0:0-0:0"))
    node = Node(element.tag.removeprefix(_SPACE),
                [_node(child) for child in element],
                int(lines[0]), int(lines[1]))
    node.level = element.get("level", "")
    node.url = element.get("destination", "")
    node.info = element.get("info", "")
    node.text = (element.text or "") if not node.children else ""
    return node


def parse(markdown):
    command = ["cmark-gfm", "--unsafe", "--sourcepos", "-t", "xml"]
    for extension in _EXTENSIONS:
        command += ["-e", extension]
    done = subprocess.run(command, input=markdown.encode(),
                          capture_output=True, timeout=60, check=True)
    return _node(xml.etree.ElementTree.fromstring(done.stdout))


# A code span: a run of backticks up to the next run of the same length.
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")


class Written:
    """What the pen meant, read line by line: a mark counts where no fence and
    no code span is open. It knows only what the pen writes."""

    def __init__(self, markdown):
        self.lines = markdown.split("\n")
        self.headings = []   # line numbers
        self.items = []
        self.links = []      # line number and URL
        self.strong = []     # line number of each
        self.emphasis = []
        self.fences = []
        self.tables = []     # of each the line with its header
        fence = ""
        for number, line in enumerate(self.lines, 1):
            mark = re.match(r" *(`{3,})([a-z]*)$", line)
            if fence:
                if line.strip() == fence:
                    fence = ""
            elif mark:
                fence = mark.group(1)
                self.fences.append(number)
            else:
                self._words(number, line)
        # Where the fence begins that nothing closes.
        self.open_fence = self.fences[-1] if fence else 0

    def _words(self, number, line):
        if re.match(r"#{1,6} ", line):
            self.headings.append(number)
        elif re.match(r"(- |[0-9]+\. )", line):
            self.items.append(number)
        elif re.fullmatch(r"\|(---\|)+", line):
            self.tables.append(number - 1)
        words = _SPAN.sub(GAP, line)
        self.links += [(number, url)
                       for url in re.findall(r"<(https://[^ <>]+)>", words)]
        self.strong += [number] * (words.count("**") // 2)
        self.emphasis += [number] * (words.replace("**", "").count("*") // 2)


class Report:
    """One report of a run over several files."""

    def __init__(self, nodes, written, first, last):
        def inside(lines):
            return lines[bisect.bisect_left(lines, first):
                         bisect.bisect_right(lines, last)]

        self.first = first
        self.lines = written.lines[first - 1:last]
        self.tree = Node("document", nodes, first, last)
        self.headings = inside(written.headings)
        self.items = inside(written.items)
        self.fences = inside(written.fences)
        self.tables = inside(written.tables)
        self.open_fence = first <= written.open_fence <= last
        self.strong = len(inside(written.strong))
        self.emphasis = len(inside(written.emphasis))
        self.links = written.links[
            bisect.bisect_left(written.links, (first, "")):
            bisect.bisect_left(written.links, (last + 1, ""))]


def reports(markdown):
    """The reports of one run. Read as one text, as it would be pasted, so that
    what one report leaves open swallows the next."""
    tree = parse(markdown)
    written = Written(markdown)
    mark = markdown.split(" ", 1)[0] + " "
    starts = [line for line in written.headings
              if written.lines[line - 1].startswith(mark)]
    nodes = {start: [] for start in starts}
    for node in tree.children:
        nodes[starts[bisect.bisect_right(starts, node.first) - 1]].append(node)
    ends = [start - 1 for start in starts[1:]] + [len(written.lines)]
    return [Report(nodes[first], written, first, last)
            for first, last in zip(starts, ends)]
