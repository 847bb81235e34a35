# SPDX-License-Identifier: Apache-2.0
"""Reports read well where people paste them: Jira, Slack, and trackers that
take Markdown without HTML, as Linear does.

Usage: paste_test.py LOGDIAG SOURCE_DIR WORK_DIR
The converters of these programs come from npm, pinned by package-lock.json,
and are installed into WORK_DIR once. Without npm or its registry the test is
skipped: it says why and exits with 77.
"""

import functools
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

# The folders of sources hold sources only (layering.stray-files).
sys.dont_write_bytecode = True

from cmark import reports
from reports_of import reports_of

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
WORK = pathlib.Path(sys.argv[3])
HERE = pathlib.Path(__file__).parent
SKIPPED = 77
OLDEST_NODE = 20
INSTALL_SECONDS = 120

FIXTURES = sorted((SOURCE / "fixtures").glob("*/*/pod.log"))
# One of each family, and one whose message quotes code in backticks; tables
# and links are in the whole report of another.
CHOSEN = [*{log.parts[-3]: log for log in reversed(FIXTURES)}.values(),
          SOURCE / "fixtures/gpu/cublas-not-initialized/pod.log"]
WHOLE = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"


def skip(why):
    print(f"SKIPPED, nothing was tested: {why}")
    sys.exit(SKIPPED)


def install():
    """Puts what package-lock.json names into WORK_DIR, unless it is there."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    version = subprocess.run(["node", "--version"], capture_output=True,
                             text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        skip(f"node {version} is older than {OLDEST_NODE}")
    WORK.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = WORK / "installed.json"  # the lock file of what is there
    shutil.copy(HERE / "paste.mjs", WORK)
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    shutil.copy(HERE / "package.json", WORK)
    shutil.copy(HERE / "package-lock.json", WORK)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
               "--fetch-retries=0", "--fetch-timeout=10000"]
    try:
        done = subprocess.run(command, cwd=WORK, capture_output=True, text=True,
                              timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        skip(f"npm ci took over {INSTALL_SECONDS} s")
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines()
                  if line.startswith("npm error")]
        # A lock file that does not fit is a fault of ours, not of the network.
        if re.search(r"EUSAGE|EINTEGRITY|ETARGET", done.stderr):
            sys.exit("\n".join(errors))
        skip("npm ci failed: " + "; ".join(errors[:3]))
    stamp.write_bytes(lock)


class Pasted:
    """A text as a program shows it: all words, those outside code, links."""

    def __init__(self):
        self.words = ""
        self.prose = ""
        self.links = set()

    def add(self, text, code):
        self.words += text
        self.prose += " " if code else text


def of_jira(document):
    pasted = Pasted()

    def walk(node):
        marks = {mark["type"]: mark for mark in node.get("marks", [])}
        if "link" in marks:
            pasted.links.add(marks["link"]["attrs"]["href"])
        if node["type"] == "text":
            pasted.add(node["text"], "code" in marks)
        for child in node.get("content", []):
            if node["type"] == "codeBlock":
                pasted.add(child["text"], True)
            else:
                walk(child)
        if node["type"] in ("paragraph", "heading", "codeBlock"):
            pasted.add("\n", False)

    walk(document)
    return pasted


def of_slack(text):
    pasted = Pasted()
    # Slack shows a fence, then `code`; the rest is mrkdwn.
    for part in re.split(r"(```.*?```|`[^`\n]+`)", text, flags=re.DOTALL):
        if part.startswith("`"):
            pasted.add(part.strip("`"), True)
            continue
        for url, shown in re.findall(r"<(http[^|>]+)(?:\|([^>]*))?>", part):
            pasted.links.add(url)
            part = part.replace(f"|{shown}>", ">").replace(f"<{url}>", url)
        for mark, meant in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            part = part.replace(mark, meant)
        # Slack hides the marks, and what keeps them apart from words.
        pasted.add(re.sub(r"[*_~]?\u200b[*_~]?", "", part), False)
    return pasted


class OfHtml(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.pasted = Pasted()
        self.code = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.code += tag == "code"
        if tag == "a":
            self.pasted.links.add(dict(attrs).get("href", ""))

    def handle_endtag(self, tag):
        self.code -= tag == "code"
        if tag in ("p", "li", "h1", "h2", "h3", "h4", "pre", "td"):
            self.pasted.add("\n", False)

    def handle_data(self, data):
        self.pasted.add(data, self.code > 0)


def converted(texts):
    done = subprocess.run(["node", "paste.mjs"], cwd=WORK, timeout=120,
                          input=json.dumps(texts), text=True,
                          stdout=subprocess.PIPE, check=True)
    return [{"jira": of_jira(shown["jira"]), "slack": of_slack(shown["slack"]),
             "linear": OfHtml(shown["linear"]).pasted}
            for shown in json.loads(done.stdout)]


class Sample:
    """A report, what it means, and what each program shows of it."""

    def __init__(self, name, report, shown):
        self.name = name
        self.report = report
        self.shown = shown


def samples(named):
    texts = ["\n".join(report.lines) + "\n" for _, report in named]
    return [Sample(name, report, shown) for (name, report), shown
            in zip(named, converted(texts))]


@functools.cache
def goldens():
    """What the default is: the tests of golden/ hold the binary to it."""
    return samples([(log.parent.name, reports(log.with_name("expected.md")
                     .read_text(encoding="utf-8"))[0]) for log in FIXTURES])


@functools.cache
def made_for(target):
    found = []
    for options, logs in (([], CHOSEN), (["--full"], [WHOLE])):
        options = [*options, "--for", target]
        for log, report in zip(logs, reports_of(LOGDIAG, options, logs)):
            found.append((log.parent.name, report))
    return samples(found)


def squeezed(text):
    """Without blanks, and without what Slack's mrkdwn may take as marks."""
    return re.sub(r"[\s*_~`\u200b]", "", text)


class Paste(unittest.TestCase):
    maxDiff = None

    def check(self, look):
        for target in ("jira", "slack", "linear"):
            for what, found in (("default", goldens()),
                                ("its own", made_for(target))):
                with self.subTest(f"{what} in {target}"):
                    self.assertEqual(
                        [f"{sample.name}: {wrong}" for sample in found
                         for wrong in look(sample, sample.shown[target])], [])

    def test_nothing_is_lost(self):
        """Title, verdict, every step and every quoted line are there."""
        def look(sample, pasted):
            words = squeezed(pasted.words)
            for block in sample.report.tree.all("heading", "paragraph",
                                                "code_block", "table_cell"):
                if squeezed(block.words()) not in words:
                    yield f"lost: {block.words()[:100]!r}"

        self.check(look)

    def test_no_tags_and_no_marks_are_seen(self):
        def look(_, pasted):
            for line in pasted.prose.splitlines():
                if re.search(r"</?[a-z]|&[a-z]+;|\*\*|`|^ *#+ |^ *\|", line):
                    yield f"raw: {line[:100]!r}"

        self.check(look)

    def test_only_our_links_are_links(self):
        """Nor does a name of a file that looks like a host: main.py."""
        def look(sample, pasted):
            meant = {url for _, url in sample.report.links}
            yield from (f"a link: {url}" for url in pasted.links - meant)

        self.check(look)

    def test_tables_of_slack_are_text(self):
        whole = made_for("slack")[-1]
        self.assertEqual(whole.report.tree.all("table"), [])
        self.assertIn("Card, by phase", whole.shown["slack"].words)
        self.assertTrue(made_for("jira")[-1].report.tree.all("table"))

    def test_enough_was_looked_at(self):
        steps = sum(len(sample.report.items) for sample in goldens())
        self.assertGreater(steps, 10 * len(FIXTURES))
        print(f"{len(goldens())} reports and {len(made_for('slack'))} for each "
              f"of three targets, {steps} list items", file=sys.stderr)


if __name__ == "__main__":
    install()
    unittest.main(argv=[sys.argv[0], "-v"])
