# SPDX-License-Identifier: Apache-2.0
"""Holds the man pages against what they tell of: the options of the real
binary, the schemas of its reports, the patterns that it takes.

Usage: man_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = sys.argv[1]
SOURCE = pathlib.Path(sys.argv[2])
PAGES = sorted((SOURCE / "docs/man").iterdir())
COMMAND = SOURCE / "docs/man/logdiag.1"
REPORT = SOURCE / "docs/man/logdiag-report.5"
PATTERNS = SOURCE / "docs/man/logdiag-patterns.5"


def run(*args, stdin=b""):
    return subprocess.run([LOGDIAG, *map(str, args)], input=stdin,
                          capture_output=True, timeout=60, check=False)


def help_of(*command):
    done = run(*command, "--help")
    assert done.returncode == 0, done
    return done.stdout.decode()


class Help:
    """What the help of a command lists."""

    def __init__(self, text):
        self.options = {}  # "--lang" -> {"en", "ca", "auto"} or {"FILE"}
        self.positionals, self.commands = set(), set()
        heading = ""
        for line in text.splitlines():
            if line and not line.startswith(" "):
                heading = line
                if line.startswith("Examples"):
                    break
            elif not line.strip():
                continue
            elif heading == "Subcommands:":
                self.commands.add(line.split()[0])
            elif heading == "Positionals:":
                self.positionals.add(line.split()[0])
            elif match := re.match(r"  (-\S+)(?: (\S+))?", line):
                words = [name for name in match[1].split(",")]
                value = set(match[2].split("|")) if match[2] else set()
                for word in words:
                    self.options[word.split("{")[0]] = value

    def all_commands(self):
        """("patterns", "lint") and the like, with what each lists."""
        for name in sorted(self.commands):
            yield from commands_below((name,))


def commands_below(command):
    if command == ("help",):  # its help is that of the program
        return
    listed = Help(help_of(*command))
    if not listed.commands:
        yield command, listed
    for name in sorted(listed.commands):
        yield from commands_below((*command, name))


def unquoted(line):
    return line.replace("\\&", "").replace("\\-", "-")


class Section:
    """What a section of logdiag.1 lists."""

    def __init__(self):
        self.options = {}
        self.text = ""

    def add(self, line):
        self.text += line + "\n"
        if not line.startswith(".It Fl "):
            return
        words = unquoted(line).split()[1:]
        names, values, macro = [], set(), ""
        for word in words:
            if word in ("Fl", "Ar", "Cm"):
                macro = word
            elif word in (",", "|"):
                continue
            elif macro == "Fl":
                names.append("-" + word)
            else:
                values.add(word)
        for name in names:
            self.options[name] = values


def sections_of(page):
    """Section and subsection -> what it holds."""
    sections, current = {}, ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\.S[hs] (.*)", line):
            current = match[1]
        sections.setdefault(current, Section()).add(line)
    return sections


def items_of(section):
    """The words that the list of a section explains."""
    words = set()
    for line in section.text.splitlines():
        if line.startswith(".It "):
            words.update(set(line.split()[2:]) - {",", "Ns", "Ar", "Pa"})
    return words


class Command(unittest.TestCase):
    def setUp(self):
        self.maxDiff = None
        self.sections = sections_of(COMMAND)

    def test_options_of_the_command(self):
        listed = Help(help_of()).options
        self.assertGreater(len(listed), 15)
        self.assertEqual(self.sections["OPTIONS"].options, listed)

    def test_options_of_subcommands(self):
        seen = set()
        for command, listed in Help(help_of()).all_commands():
            name = " ".join(command)
            seen.add(name)
            self.assertIn(name, self.sections)
            options = dict(listed.options)
            for everywhere in ("-h", "--help"):
                options.pop(everywhere)
            self.assertEqual(self.sections[name].options, options, name)
            synopsis = self.sections["SYNOPSIS"].text.replace("\n", " ")
            usage = synopsis.split(f".Cm {name} ")
            self.assertEqual(len(usage), 2, name)
            told = set(re.findall(r"Ar ([A-Z]+)", usage[1].split(".Nm")[0]))
            self.assertEqual(told, listed.positionals, name)
        below = {name for name in self.sections
                 if name and not name.isupper() and name[0] != " "}
        self.assertEqual(below, seen | {"help"})

    def test_exit_codes(self):
        codes = re.search(r"Exit codes: (.*)", help_of(), re.S)[1]
        listed = set(re.findall(r"\b(\d) [a-z]", codes))
        self.assertGreaterEqual(len(listed), 5)
        for page in (COMMAND, REPORT):
            told = re.findall(r"\.It (\d)",
                              sections_of(page)["EXIT STATUS"].text)
            self.assertEqual(set(told), listed)

    def test_examples_are_those_of_the_help(self):
        """Each command line of the page is one that is understood."""
        lines = re.findall(r"^\.Dl .*", COMMAND.read_text(encoding="utf-8"),
                           re.M)
        self.assertGreater(len(lines), 5)
        known = {option for _, listed in Help(help_of()).all_commands()
                 for option in listed.options} | set(Help(help_of()).options)
        for line in lines:
            words = re.sub(r"docker logs -t|jq -r", "", line).split()
            used = {word for word in words if word.startswith("-")}
            self.assertLessEqual(used, known, line)


class Report(unittest.TestCase):
    def test_keys(self):
        schema = json.loads((SOURCE / "reports/data/report.schema.json")
                            .read_text(encoding="utf-8"))
        sections = sections_of(REPORT)
        self.assertEqual(items_of(sections["JSON"]), set(schema["properties"]))
        for name in ("outcome", "severity", "confidence"):
            for word in schema["$defs"][name]["enum"]:
                self.assertIn(f".Ql {word}\n", sections["JSON"].text.replace(
                    " ,", "").replace(" .", "").replace(" ;", ""), name)
        name = schema["properties"]["schema"]["const"]
        self.assertIn(f".Ql {name} .", sections["JSON"].text)

    def test_records(self):
        schema = json.loads((SOURCE / "reports/data/record.schema.json")
                            .read_text(encoding="utf-8"))
        types = {row["$ref"].rsplit("/", 1)[1] for row in schema["oneOf"]}
        self.assertEqual(items_of(sections_of(REPORT)["Lines of JSON"]), types)


class Patterns(unittest.TestCase):
    def test_every_folder_is_told(self):
        folders = {folder.name for folder in (SOURCE / "patterns").iterdir()
                   if folder.is_dir()}
        told = set(re.findall(r"^\.It Pa (\w+)/",
                              PATTERNS.read_text(encoding="utf-8"), re.M))
        # For folders of one's own: what is built in keeps it with a dialect.
        self.assertEqual(told, folders | {"evidence"})

    def test_the_examples_work(self):
        text = PATTERNS.read_text(encoding="utf-8")
        examples = [example.replace("\\e", "\\") for example in re.findall(
            r"^\.Bd [^\n]*\n(.*?)^\.Ed", text, re.S | re.M)]
        self.assertEqual(len(examples), 5)
        marker, cause, remedy, _, message = examples
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for file, content in (
                    ("markers/kettle.yaml", marker),
                    ("causes/kitchen/kettle-hot.yaml", cause),
                    ("messages/kettle.yaml", message),
                    ("remedies/kettle.yaml", remedy)):
                (folder / file).parent.mkdir(parents=True)
                (folder / file).write_text(content, encoding="utf-8")
            shown = run("--patterns", folder, "patterns", "show",
                        "kitchen/kettle-hot")
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertIn(b"kettle", shown.stdout)
            log = (b"got prompt\n!!! Exception during processing !!!\n"
                   b"boiled over at 104\n")
            told = run("--patterns", folder, "explain", "kitchen/kettle-hot",
                       stdin=log)
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn(b"boiled over at 104", told.stdout)


class Lint(unittest.TestCase):
    def test_mandoc_finds_nothing(self):
        mandoc = shutil.which("mandoc")
        if mandoc is None:
            self.skipTest("mandoc is not installed")
        done = subprocess.run([mandoc, "-Tlint", *map(str, PAGES)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False)
        # It looks for what a page refers to among the installed ones only.
        ours = "|".join(f"{page.stem} {page.suffix[1:]}" for page in PAGES)
        known = re.compile(f"referenced manual not found: Xr ({ours})\\b")
        found = [line for line in done.stdout.decode().splitlines()
                 if not known.search(line)]
        self.assertEqual(found, [])
        self.assertEqual(len(PAGES), 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
