# SPDX-License-Identifier: Apache-2.0
"""What the shells complete, and the commands that answer at once.

Usage: completion_test.py LOGDIAG SOURCE_DIR
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2])


def run(*args, **options):
    return subprocess.run([LOGDIAG, *args], capture_output=True, text=True,
                          timeout=60, check=False, **options)


def script(shell):
    done = run("completion", shell)
    assert done.returncode == 0, done
    return done.stdout


class Bash(unittest.TestCase):
    def complete(self, *words, folder=None):
        """What bash offers for the last of `words`."""
        quoted = " ".join(f"'{word}'" for word in words)
        program = (script("bash") +
                   f"\nCOMP_WORDS=({quoted})\nCOMP_CWORD={len(words) - 1}\n"
                   "_logdiag\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n")
        path = f"{LOGDIAG.parent}:{os.environ['PATH']}"
        done = subprocess.run(["bash", "-u", "-c", program], text=True,
                              capture_output=True, timeout=60, cwd=folder,
                              env={**os.environ, "PATH": path}, check=False)
        self.assertEqual(done.stderr, "")
        return [line for line in done.stdout.split("\n") if line]

    def test_commands_and_files(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "pat of a pod.log").touch()
            self.assertEqual(
                sorted(self.complete("logdiag", "pat", folder=folder)),
                ["pat of a pod.log", "patterns"])

    def test_options(self):
        self.assertEqual(self.complete("logdiag", "--fo"),
                         ["--format", "--for", "--follow"])
        self.assertEqual(self.complete("logdiag", "budget", "--fr"),
                         ["--frames"])
        # Those of the program hold for its commands, too.
        self.assertEqual(self.complete("logdiag", "budget", "--gp"), ["--gpu"])
        self.assertEqual(self.complete("logdiag", "patterns", "--fr"), [])

    def test_values(self):
        self.assertEqual(self.complete("logdiag", "--lang", "c"), ["ca"])
        self.assertEqual(self.complete("logdiag", "--fail-on", ""),
                         ["error", "warning", "finding"])
        self.assertEqual(self.complete("logdiag", "--ram-limit", ""), [])
        self.assertEqual(self.complete("logdiag", "completion", "z"), ["zsh"])

    def test_what_is_below_a_command(self):
        self.assertEqual(self.complete("logdiag", "patterns", "l"),
                         ["lint", "list"])
        self.assertEqual(
            self.complete("logdiag", "patterns", "show", "memory/vram-o"),
            ["memory/vram-oom"])
        self.assertIn("memory/vram-oom",
                      self.complete("logdiag", "explain", "memory/"))
        # Behind the cause stands a log.
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "tree.log").touch()
            self.assertEqual(
                self.complete("logdiag", "explain", "memory/vram-oom", "t",
                              folder=folder), ["tree.log"])

    def test_names_of_the_budget(self):
        self.assertIn("wan-2.2-14b",
                      self.complete("logdiag", "budget", "--model", "wan"))
        self.assertEqual(self.complete("logdiag", "budget", "--dtype", "q4_k"),
                         ["q4_k_m", "q4_k_s"])


class OtherShells(unittest.TestCase):
    def test_they_read_it(self):
        for shell, check in (("zsh", ["zsh", "-n"]),
                             ("fish", ["fish", "--no-execute"])):
            with self.subTest(shell):
                if not shutil.which(shell):
                    self.skipTest(f"{shell} is not installed")
                with tempfile.NamedTemporaryFile("w") as file:
                    file.write(script(shell))
                    file.flush()
                    done = subprocess.run([*check, file.name], text=True,
                                          capture_output=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_fish_completes(self):
        if not shutil.which("fish"):
            self.skipTest("fish is not installed")
        for words, offered in (("logdiag --lang ", {"en", "ca", "auto"}),
                               ("logdiag patterns ", {"lint", "list", "show"}),
                               ("logdiag completion ",
                                {"bash", "zsh", "fish"}),
                               ("logdiag explain mem", {"memory/vram-oom"}),
                               ("logdiag patterns show mem",
                                {"memory/vram-oom"}),
                               ("logdiag budget --model wan",
                                {"wan-2.2-14b"})):
            path = f"{LOGDIAG.parent}:{os.environ['PATH']}"
            done = subprocess.run(
                ["fish", "--no-config", "-c",
                 script("fish") + f"\ncomplete -C '{words}'"],
                text=True, capture_output=True, check=False,
                env={**os.environ, "PATH": path})
            self.assertEqual(done.stderr, "")
            found = {line.split("\t")[0] for line in done.stdout.splitlines()}
            self.assertLessEqual(offered, found, words)

    def test_each_names_every_option(self):
        for shell in ("bash", "zsh", "fish"):
            text = script(shell)
            for option in ("format", "oom-killed", "block-swap", "run"):
                self.assertIn(option, text, shell)

    def test_unknown_shells_are_told(self):
        done = run("completion", "tcsh")
        self.assertEqual(done.returncode, 2)
        self.assertIn('"tcsh" is none of bash|zsh|fish', done.stderr)


class Questions(unittest.TestCase):
    def test_help_is_that_of_the_command(self):
        for words in ([], ["patterns"], ["patterns", "show"], ["budget"]):
            with self.subTest(" ".join(words)):
                self.assertEqual(run("help", *words).stdout,
                                 run(*words, "--help").stdout)
        self.assertIn("Examples:", run("help").stdout)
        self.assertNotIn("Examples:", run("help", "budget").stdout)

    def test_version(self):
        shown = {run(word).stdout for word in ("version", "-V", "--version")}
        self.assertEqual(len(shown), 1)
        self.assertRegex(shown.pop(), r"^logdiag \d+\.\d+\.\d+\n$")

    def test_wrong_words_are_told_with_the_right_ones(self):
        for option, words in (("--fail-on", "error|warning|finding"),
                              ("--oom-killed", "yes|no"),
                              ("--format", "md|html|text|issue"),
                              ("--for", "github|gitlab")):
            done = run(option, "3", "x.log")
            self.assertEqual(done.returncode, 2, option)
            self.assertIn(f'{option}: "3" is none of {words}', done.stderr)


class UsersPatterns(unittest.TestCase):
    LOG = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"

    def test_they_count_only_if_asked_and_are_named(self):
        with tempfile.TemporaryDirectory() as config:
            folder = pathlib.Path(config) / "logdiag/patterns/markers"
            folder.mkdir(parents=True)
            (folder / "own.yaml").write_text(
                "markers:\n  - id: own-tusk\n    role: symptom\n"
                "    literal: a walrus tusk\n    says: a tusk was seen\n"
                "    samples: [a walrus tusk]\n")
            env = {**os.environ, "XDG_CONFIG_HOME": config}
            plain = run("--format", "md", self.LOG, env=env)
            own = run("--format", "md", "--patterns", "user", self.LOG, env=env)
            self.assertEqual((plain.returncode, own.returncode), (0, 0),
                             own.stderr)
            named = f"- Patterns of `{folder.parent}` count, too.\n"
            self.assertNotIn("Patterns of", plain.stdout)
            self.assertIn(named, own.stdout)

    def test_a_folder_that_is_not_there_is_told(self):
        env = {**os.environ, "XDG_CONFIG_HOME": "/nowhere"}
        done = run("--patterns", "user", self.LOG, env=env)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nowhere/logdiag/patterns", done.stderr)


class Collect(unittest.TestCase):
    def test_prints_the_script(self):
        self.assertEqual(run("collect").stdout,
                         (SOURCE / "packaging/collect.sh").read_text())

    def test_runs_it_with_its_arguments(self):
        done = run("collect", "--run", "--", "-h")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("usage: logdiag collect --run", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
