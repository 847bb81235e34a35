# SPDX-License-Identifier: Apache-2.0
"""Checks the files for CI services and containers for what they must hold, and
runs their scripts as the service would, with logs that try to take them over.

Usage: ci_test.py LOGDIAG SOURCE_DIR
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import yaml

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
PACKAGING = SOURCE / "packaging"
CRASH = SOURCE / "fixtures/memory/bash-killed-137/pod.log"
HEALTHY = SOURCE / "fixtures/runs/healthy-day/pod.log"

DIGEST = hashlib.sha256(LOGDIAG.read_bytes()).hexdigest()

HOSTILE = """::set-output name=report::pwned
::add-mask::e
::stop-commands::pause
##[error]pwned
##vso[task.setvariable variable=x]pwned
report=pwned
$(touch pwned) `touch pwned` ; touch pwned
Traceback (most recent call last):
  File "/workspace/ComfyUI/main.py", line 3, in <module>
    raise RuntimeError("x")
RuntimeError: x
::error::pwned $(touch pwned) `touch pwned`
"""


def load(path):
    return yaml.safe_load((PACKAGING / path).read_text())


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        (self.bin / "logdiag").symlink_to(LOGDIAG)
        self.path = f"{self.bin}:{os.environ['PATH']}"

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def hostile_log(self, name="pod.log"):
        return self.write(name, HOSTILE.encode() + CRASH.read_bytes() +
                          HOSTILE.encode())

    def shell(self, script, **environment):
        """As both services do: a file, with an end at the first error."""
        path = self.write("step.sh", script)
        return subprocess.run(
            ["sh", "-e", path], capture_output=True, timeout=60, check=False,
            stdin=subprocess.DEVNULL, cwd=self.folder,
            env={**os.environ, "PATH": self.path, **environment})

    def assert_not_taken_over(self):
        self.assertFalse((self.folder / "pwned").exists())


class Action(Folder):
    def setUp(self):
        super().setUp()
        self.action = load("github/action.yml")
        self.summary = self.write("summary.md", "before\n")
        self.output = self.write("output", "")
        self.write("bin/gh", "#!/bin/sh\nprintf '%s\\n' \"$@\" >gh-args\n"
                   "[ ! -e gh-fails ] || exit 1\n"
                   "while [ $# -gt 0 ]; do [ \"$1\" != --body-file ] || "
                   "cp \"$2\" gh-body; shift; done\n").chmod(0o755)

    def run_it(self, log, **inputs):
        known = {name: str(item.get("default", ""))
                 for name, item in self.action["inputs"].items()}
        given = {"log": str(log), "logdiag": str(LOGDIAG),
                 **{name.replace("_", "-"): value
                    for name, value in inputs.items()}}
        self.assertLessEqual(set(given), set(known))
        step = self.action["runs"]["steps"][0]
        environment = {}
        for name, value in step["env"].items():
            source = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)
            self.assertIsNotNone(source, value)
            environment[name] = {**known, **given}[source[1]]
        return self.shell(
            step["run"], **environment,
            GITHUB_ACTION_PATH=str(PACKAGING / "github"),
            GITHUB_STEP_SUMMARY=str(self.summary),
            GITHUB_OUTPUT=str(self.output), GITHUB_REPOSITORY="ann/pods",
            RUNNER_TEMP=str(self.folder))

    def test_a_program_that_is_fetched(self):
        url = f"file://{LOGDIAG}"
        for given, code, said in (
                ({"logdiag_url": url, "logdiag_sha256": DIGEST}, 0, ""),
                ({"logdiag_url": url, "logdiag_sha256": "0" * 64}, 2,
                 "another checksum"),
                ({"logdiag_url": url}, 2, "needs logdiag-sha256"),
                ({"logdiag_url": url + "x", "logdiag_sha256": DIGEST}, 2,
                 "nothing could be fetched")):
            done = self.run_it(CRASH, logdiag="", **given)
            self.assertEqual(done.returncode, code, done.stdout)
            self.assertIn(said, done.stdout.decode())

    def commands(self, done):
        """What the runner would take for commands."""
        lines = (done.stdout + done.stderr).decode().splitlines()
        found, stopped = [], None
        for line in lines:
            if stopped is not None:
                stopped = None if line == f"::{stopped}::" else stopped
            elif line.startswith("::stop-commands::"):
                stopped = line.removeprefix("::stop-commands::")
                self.assertGreaterEqual(len(stopped), 32)
            elif line.lstrip().startswith(("::", "##[", "##vso")):
                found.append(line)
        self.assertIsNone(stopped)
        return found

    def report(self):
        lines = self.output.read_text().splitlines()
        self.assertEqual(len(lines), 1)
        return pathlib.Path(lines[0].removeprefix("report="))

    def test_keys(self):
        action = self.action
        self.assertTrue(action["name"] and action["description"])
        self.assertTrue(action["inputs"]["log"]["required"])
        for name in ("format", "fail-on", "comment-on", "token"):
            self.assertIn("default", action["inputs"][name])
        self.assertEqual(action["runs"]["using"], "composite")
        ids = {step.get("id") for step in action["runs"]["steps"]}
        for item in action["outputs"].values():
            self.assertIn(re.search(r"steps\.(\w+)\.", item["value"])[1], ids)
        used = str([step["env"] for step in action["runs"]["steps"]])
        for name in action["inputs"]:
            self.assertIn(f"inputs.{name} ", used)

    def test_no_expression_in_a_script(self):
        steps = [step for step in self.action["runs"]["steps"] if "run" in step]
        self.assertGreater(len(steps), 0)
        for step in steps:
            self.assertNotIn("${{", step["run"])
            self.assertIn("shell", step)

    def test_page_in_the_summary(self):
        done = self.run_it(CRASH)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = self.summary.read_text()
        self.assertTrue(page.startswith("before\n# "))
        self.assertEqual(self.report().suffix, ".md")
        self.assertEqual(done.stdout + done.stderr, b"")
        self.assertFalse((self.folder / "gh-args").exists())

    def test_formats(self):
        for name, suffix in (("json", ".json"), ("sarif", ".sarif"),
                             ("junit", ".xml"), ("text", ".txt"),
                             ("ndjson", ".ndjson")):
            self.output.write_text("")
            self.assertEqual(self.run_it(CRASH, format=name).returncode, 0)
            self.assertEqual(self.report().suffix, suffix)
            self.assertGreater(self.report().stat().st_size, 0)
        done = self.run_it(CRASH, format="md; touch pwned")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"format is md, html, text", done.stdout)
        self.assert_not_taken_over()

    def test_fail_on(self):
        self.assertEqual(self.run_it(HEALTHY, fail_on="error").returncode, 0)
        done = self.run_it(CRASH, fail_on="error")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(self.commands(done)), 1)
        self.assertIn("# ", self.summary.read_text())
        self.assertEqual(self.run_it(CRASH, fail_on="x\n::y").returncode, 2)

    def test_hostile_log(self):
        done = self.run_it(self.hostile_log(), comment_on="7")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.commands(done), [])
        self.assertEqual(self.report().name, "report.md")
        self.assertNotIn("pwned", self.output.read_text())
        self.assert_not_taken_over()

    def test_hostile_names_of_logs(self):
        for name in ("-rf.log", "$(touch pwned).log", "a b;touch pwned.log",
                     "x\n::set-output name=report::pwned\n.log"):
            self.output.write_text("")
            self.hostile_log(name)
            done = self.run_it(name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.commands(done), [])
            self.report()
        self.assert_not_taken_over()

    def test_what_logdiag_says_is_no_command(self):
        name = "x\n::set-output name=report::pwned\n.log"
        self.write(name, b"")
        done = self.run_it(name)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"::set-output", done.stdout)
        found = self.commands(done)
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("::error title=logdiag::no report"))
        self.assertEqual(self.output.read_text(), "")
        done = self.run_it("no\n::set-output name=report::pwned")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(len(self.commands(done)), 1)
        self.assertIn(b"no%0A::set-output", done.stdout)

    def test_comment(self):
        done = self.run_it(CRASH, comment_on="42")
        self.assertEqual(done.returncode, 0, done.stderr)
        args = (self.folder / "gh-args").read_text().splitlines()
        self.assertEqual(args[:3], ["issue", "comment", "42"])
        self.assertEqual(args[3:5], ["--repo", "ann/pods"])
        self.assertEqual("before\n" + (self.folder / "gh-body").read_text(),
                         self.summary.read_text())
        self.write("gh-fails", "")
        done = self.run_it(CRASH, comment_on="42")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"no comment on issue 42", done.stdout)
        done = self.run_it(CRASH, comment_on="42; touch pwned")
        self.assertEqual(done.returncode, 2)
        self.assert_not_taken_over()


class Examples(unittest.TestCase):
    """Those of packaging/README.md run when the job before has failed."""

    def test_github_and_gitlab(self):
        text = (PACKAGING / "README.md").read_text()
        github, gitlab = (yaml.safe_load(block) for block in
                          re.findall(r"```yaml\n(.*?)```", text, re.S))
        jobs = github["jobs"]
        self.assertEqual(jobs["why"]["if"], "always()")
        self.assertEqual(jobs["render"]["steps"][-1]["if"], "always()")
        step = jobs["why"]["steps"][1]
        self.assertLessEqual(set(step["with"]),
                             set(load("github/action.yml")["inputs"]))
        self.assertIn(f"steps.{step['id']}.outputs.report",
                      jobs["why"]["steps"][2]["with"]["path"])
        self.assertEqual(gitlab["render"]["artifacts"]["when"], "always")
        known = load("gitlab/logdiag.gitlab-ci.yml")[".logdiag"]["variables"]
        self.assertLessEqual(set(gitlab["why"]["variables"]), set(known))


class GitLab(Folder):
    def setUp(self):
        super().setUp()
        self.job = load("gitlab/logdiag.gitlab-ci.yml")[".logdiag"]

    def run_it(self, log, fail_on=""):
        variables = {**self.job["variables"], "LOGDIAG_LOG": log,
                     "LOGDIAG_FAIL_ON": fail_on}
        self.assertEqual(set(variables), set(self.job["variables"]))
        return self.shell("\n".join(self.job["script"]), **variables)

    def test_keys(self):
        job = self.job
        self.assertEqual(job["when"], "always")
        self.assertEqual(job["artifacts"]["when"], "always")
        # A dotenv report would make variables out of words of the log.
        self.assertEqual(set(job["artifacts"]["reports"]), {"junit"})

    def test_report(self):
        self.hostile_log()
        done = self.run_it("pod.log")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout + done.stderr, b"")
        for path in (*self.job["artifacts"]["paths"],
                     self.job["artifacts"]["reports"]["junit"]):
            self.assertGreater((self.folder / path).stat().st_size, 0, path)
        self.assert_not_taken_over()

    def test_fail_on(self):
        self.hostile_log()
        self.assertEqual(self.run_it("pod.log", "error").returncode, 1)
        self.assertTrue((self.folder / "logdiag.md").exists())

    def test_a_program_that_is_fetched(self):
        self.hostile_log()
        (self.bin / "logdiag").unlink()
        # Of wget, what busybox and GNU have in common.
        self.write("bin/wget", f"#!/bin/sh\n[ \"$1\" = -qO ] && "
                   f"cp {LOGDIAG} \"$2\"\n").chmod(0o755)
        self.assertEqual(self.run_it("pod.log").returncode, 2)
        url = "https://files.example.com/logdiag-amd64"
        self.job["variables"]["LOGDIAG_URL"] = url
        self.job["variables"]["LOGDIAG_SHA256"] = "0" * 64
        self.assertNotEqual(self.run_it("pod.log").returncode, 0)
        self.assertFalse((self.folder / "logdiag.md").exists())
        self.job["variables"]["LOGDIAG_SHA256"] = DIGEST
        done = self.run_it("pod.log")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "logdiag.md").exists())

    def test_hostile_names(self):
        for name in ("-rf.log", "$(touch pwned).log", "a b;touch pwned.log"):
            self.hostile_log(name)
            done = self.run_it(name)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_not_taken_over()


class Containers(unittest.TestCase):
    def test_compose(self):
        compose = load("comfyui/compose.yaml")
        service = compose["services"]["comfyui"]
        for key in ("restart", "mem_limit", "memswap_limit",
                    "stop_grace_period", "logging", "image"):
            self.assertIn(key, service)
        self.assertEqual(service["mem_limit"], service["memswap_limit"])
        mounts = [mount.split(":") for mount in service["volumes"]]
        targets = {mount[1]: mount[0] for mount in mounts}
        # The log is on a volume, and the script is where it is started from.
        logs = targets[service["environment"]["COMFYUI_LOG_DIR"]]
        self.assertIn(logs, compose["volumes"])
        script = targets[service["entrypoint"][-1]]
        self.assertTrue((PACKAGING / "comfyui" / script).is_file())
        self.assertGreater(int(service["environment"]["COMFYUI_LOG_KEEP"]), 1)

    def test_dockerfile(self):
        text = (PACKAGING / "docker/Dockerfile").read_text()
        rows = [row.split(None, 1) for row in text.splitlines()
                if row and not row.startswith("#")]
        self.assertEqual([rest for word, rest in rows if word == "FROM"],
                         ["debian:12-slim AS build", "scratch"])
        self.assertIn(["RUN", "scripts/build-static"], rows)
        last = rows[[rest for _, rest in rows].index("scratch") + 1:]
        self.assertEqual(
            last, [["COPY", "--from=build /source/build/dist/logdiag-a* "
                    "/logdiag"], ["USER", "65532:65532"],
                   ["ENTRYPOINT", '["/logdiag"]']])
        ignored = (PACKAGING / "docker/Dockerfile.dockerignore").read_text()
        self.assertEqual(set(ignored.split()), {".git", "build"})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
