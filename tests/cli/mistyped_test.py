# SPDX-License-Identifier: Apache-2.0
"""What is said of a command line that is wrong, and what it takes in the words
of those whose figures it wants.

Usage: mistyped_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
LOG = (pathlib.Path(sys.argv[2]).resolve() /
       "fixtures/memory/incident-wan-i2v/pod.log")


def run(*args, **options):
    return subprocess.run([LOGDIAG, *args], capture_output=True, text=True,
                          timeout=60, check=False, **options)


class Mistyped(unittest.TestCase):
    def refused(self, *args):
        done = run(*args, stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stdout), (2, ""), args)
        self.assertTrue(done.stderr.startswith("logdiag: "), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)
        return done.stderr

    def test_options(self):
        for words, meant in ((["--formt", "json"], "--format"),
                             (["--formt=json"], "--format"),
                             (["-v"], "-V"),
                             (["budget", "--lst"], "--list"),
                             (["patterns", "list", "--quite"], "--quiet")):
            self.assertIn(f"is no option; did you mean {meant}?",
                          self.refused(*words))
        self.assertIn("--zzzzzz is no option; `logdiag --help` lists them",
                      self.refused("--zzzzzz"))

    def test_options_of_another_command(self):
        self.assertIn("--run stands behind its command: logdiag collect --run",
                      self.refused("--run", "collect"))
        self.assertIn("--baseline is for `logdiag merge`",
                      self.refused("--baseline", "x", str(LOG)))

    def test_values(self):
        self.assertIn("--output needs a value", self.refused(str(LOG), "-o"))
        self.assertIn("--exit-code is given twice",
                      self.refused("--exit-code", "1", "--exit-code", "2",
                                   str(LOG)))

    def test_what_a_command_does_not_write(self):
        self.assertIn("md or json", self.refused("budget", "--format", "html"))
        self.assertIn("writes English",
                      self.refused("patterns", "list", "--lang", "ca"))

    def test_commands(self):
        self.assertIn("did you mean explain?",
                      self.refused("explan", "memory/vram-oom", str(LOG)))
        self.assertIn("patterns needs a command: lint, list, show",
                      self.refused("patterns"))
        self.assertIn("no command of `logdiag patterns`; did you mean show?",
                      self.refused("patterns", "showw"))
        self.assertIn('"xyz" is no command', self.refused("help", "xyz"))
        self.assertIn("did you mean budget?", self.refused("help", "budgt"))

    def test_a_file_may_have_such_a_name(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "explan").write_bytes(LOG.read_bytes())
            self.assertEqual(run("explan", cwd=folder).returncode, 0)
        # What is near to nothing is a file that is not there.
        self.assertEqual(run("other.log").returncode, 3)

    def test_causes_without_their_family(self):
        self.assertIn('did you mean "memory/vram-oom"?',
                      self.refused("explain", "vram-oom", str(LOG)))

    def test_the_log_before_the_cause(self):
        self.assertIn("the cause comes first",
                      self.refused("explain", str(LOG), "memory/vram-oom"))

    def test_numbers(self):
        for words in (["--table", "--threads", "abc"], ["--session", "0"],
                      ["--exit-code", "256"]):
            self.assertRegex(self.refused(*words, str(LOG)),
                             rf'{words[-2]}: "{words[-1]}" is no number from')

    def test_compare_takes_two(self):
        for logs in ([], [str(LOG)], [str(LOG)] * 3):
            self.assertIn("takes two logs", self.refused("compare", *logs))
        self.assertIn("--format", run("help", "compare").stdout)

    def test_what_only_the_script_takes(self):
        for words in (["-o", "x"], ["comfy"]):
            self.assertIn("collect --run", self.refused("collect", *words))

    def test_a_folder_that_was_not_named(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("patterns", "lint", cwd=folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("logdiag patterns lint DIR", done.stderr)

    def test_only_reports_are_written_to_files(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("--output", self.refused(
                "patterns", "list", "-o", f"{folder}/x.md"))

    def test_a_format_that_would_be_ignored(self):
        self.assertIn("--issue", self.refused("--issue", "--format", "json",
                                              str(LOG)))
        self.assertIn("--format", self.refused("patterns", "list", "--format",
                                               "json"))
        done = run("budget", "--format", "json", "--model", "flux1-dev",
                   "--size", "1024x1024", "--vram", "24GB")
        self.assertEqual(done.returncode, 0)


class Figures(unittest.TestCase):
    def facts(self, *args):
        done = run("--format", "json", *args, str(LOG))
        self.assertEqual(done.returncode, 0, done.stderr)
        facts = json.loads(done.stdout)["facts"]
        return {name: str(facts[name]) for name in
                ("exit_code", "oom_killed", "cgroup_ram_mb") if name in facts}

    def test_in_the_words_of_who_states_them(self):
        for word, means in (("true", "yes"), ("1", "yes"), ("no", "no"),
                            ("false", "no"), ("0", "no")):
            self.assertEqual(self.facts("--oom-killed", word),
                             {"oom_killed": means})
        self.assertEqual(self.facts("--exit-code", "-9"), {"exit_code": "137"})
        for size in ("66571993088", "62gb", "62 GiB", "63488mb"):
            self.assertEqual(self.facts("--ram-limit", size),
                             {"cgroup_ram_mb": "63488"}, size)

    def test_a_card_that_is_not_known(self):
        for words, told in ((["--gpu", "RTX 9999"], True),
                            (["--gpu", "RTX 9999", "--vram", "48GB"], False),
                            (["--gpu", "rtx4090"], False)):
            done = run(*words, str(LOG))
            self.assertEqual(done.returncode, 0)
            self.assertEqual("no card that is known" in done.stderr, told, words)

    def test_what_is_none(self):
        for option, word in (("--ram-limit", "24"), ("--ram-limit", "1e30GB"),
                             ("--exit-code", "-65"), ("--exit-code", "256"),
                             ("--oom-killed", "2")):
            self.assertEqual(run(option, word, str(LOG)).returncode, 2, word)
        # As memory.max says that there is none.
        self.assertEqual(self.facts("--ram-limit", "max"), {})


class Scripts(unittest.TestCase):
    def test_what_follows_run_is_the_scripts(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("collect", "--run", "-o", f"{folder}/none",
                       cwd=folder)
            self.assertEqual(done.returncode, 3)
            self.assertIn(f"cannot write {folder}/none/", done.stderr)
            self.assertIn("for example logdiag collect --run -o /tmp",
                          done.stderr)

    def test_scripts_are_those_of_the_tree(self):
        tree = LOG.parents[3] / "packaging"
        self.assertEqual(run("start-script").stdout,
                         (tree / "comfyui/start.sh").read_text())
        self.assertEqual(run("collect").stdout,
                         (tree / "collect.sh").read_text())


class Budget(unittest.TestCase):
    JOB = ("budget", "--model", "flux1-dev", "--size", "1024x1024")

    def test_a_card_without_a_name(self):
        self.assertEqual(run(*self.JOB, "--vram", "24GB").returncode, 0)
        self.assertIn("--gpu is needed", run(*self.JOB).stderr)

    def test_names_are_listed(self):
        models = run("budget", "--list", "models").stdout.split("\n")
        self.assertIn("wan-2.2-14b", models)
        self.assertIn("fp8", run("budget", "--list", "dtypes").stdout)
        self.assertIn("RTX 4090", run("budget", "--list", "cards").stdout)
        self.assertIn("--vram SIZE", run("help", "budget").stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
