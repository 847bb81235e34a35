# SPDX-License-Identifier: Apache-2.0
"""Runs logdiag.sh and test.sh in a small checkout with stand-ins for the tools
that install and build, so that every way of the first minute can be walked.

Usage: prepare_test.py SOURCE_DIR
"""

import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(sys.argv[1])
NOBODY = 65534
ROOT = os.geteuid() == 0
WITHOUT_ROOT = NOBODY if ROOT else None

# The stand-ins write each call to $FAKE/calls; a file $FAKE/TOOL-fails makes
# one fail. Each swallows its standard input, which is the log to diagnose.
TOOLS = {
    "dpkg-query": r"""
for arg; do case $arg in
  -*) ;;
  *) if grep -qx -- "$arg" "$FAKE/installed"; then echo "installed $arg"
     else missing=1; fi ;;
esac; done
exit "${missing:-0}"
""",
    "apt-get": r"""
cat >/dev/null
seq -f 'chatter %g' 200
case " $* " in *' install '*) ;; *) exit 0 ;; esac
if [ -e "$FAKE/apt-get-fails" ]; then
  echo 'E: Unable to fetch some archives' >&2; exit 100
fi
packages=${*##*--no-install-recommends }
echo "0 upgraded, $(echo $packages | wc -w) newly installed, 0 to remove"
for p in $packages; do echo "Unpacking $p (1) ..."; done
for p in $packages; do echo "Setting up $p (1) ..."; echo "$p" >>"$FAKE/installed"; done
touch "$DPKG_ADMINDIR/status"
""",
    "cmake": r"""
cat >/dev/null
seq -f '-- chatter %g' 20
directory=${*##*-B }
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >"$directory/CMakeCache.txt"
if [ -e "$FAKE/cmake-fails" ]; then
  echo 'CMake Error: no such compiler'; exit 1
fi
echo >"$directory/build.ninja"
rm -f "$directory/logdiag"
""",
    "ninja": r"""
cat >/dev/null
directory=$2
home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$directory/CMakeCache.txt")
if [ "$3 $4" = '-t clean' ]; then rm -f "$directory/logdiag"; exit; fi
echo "ninja: Entering directory '$directory'"
echo '[0/2] Re-checking globbed directories...'
if [ -e "$directory/logdiag" ] && [ -z "$(find "$home/analyzer" \
    "$home/patterns" "$home/reports" -newer "$directory/logdiag")" ]; then
  echo 'ninja: no work to do.'; exit
fi
[ ! -e "$FAKE/slow" ] || sleep 1
seq -f '[%g/40] Building CXX object chatter.cc.o' 39
if [ -e "$FAKE/ninja-fails" ]; then
  echo 'FAILED: a.cc.o'; echo 'a.cc:1:1: error: no such thing'
  echo 'ninja: build stopped: subcommand failed.'; exit 1
fi
echo built >>"$FAKE/builds"
echo log >"$directory/.ninja_log"
cat >"$directory/logdiag" <<EOF
#!/bin/sh
echo "build $(wc -l <"$FAKE/builds"): \$*"
[ "\$1" != - ] || cat
EOF
chmod +x "$directory/logdiag"
echo '[40/40] Linking CXX executable logdiag'
""",
    "ctest": r"""
while [ "$1" != --output-junit ]; do shift; done
results=$2
[ ! -e "$FAKE/ctest-crashes" ] || exit 9
if [ -e "$FAKE/ctest-has-units" ]; then
  echo '<testcase name="cli.a" status="run"/>
<testcase name="unit.a" status="fail"/>
<testcase name="unit.crashed" status="fail"/>' >"$results"
  mkdir "${results%/*}/gtest"
  cat >"${results%/*}/gtest/a_test.xml" <<'EOF'
<testsuites tests="4" failures="1" disabled="0">
<testcase name="A" status="run" result="completed" />
<testcase name="B" status="run" result="completed">
  <failure message="1">
  <failure message="2">
</testcase>
<testcase name="C" status="run" result="skipped" />
<testcase name="D" status="run" result="completed" />
EOF
  exit 8
fi
if [ -e "$FAKE/ctest-fails" ]; then
  echo 'expected 1, was 2'
  echo '<testcase status="run"/>
<testcase status="fail"/>' >"$results"; exit 8
fi
echo '<testcase status="run"/>
<testcase status="run"/>
<testcase status="notrun"/>' >"$results"
""",
    "sudo": '\n[ "$1" != -n ] || shift\nexec "$@"\n',
}


class Case(unittest.TestCase):
    def setUp(self):
        self.base = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(self.remove)
        self.base.chmod(0o755)
        self.checkout = self.base / "a checkout"
        for name in ("logdiag.sh", "test.sh", "scripts/prepare.sh"):
            target = self.checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SOURCE / name, target)
        for name in ("analyzer/a.cc", "patterns/causes/a.yaml",
                     "patterns/causes/b.yaml", "patterns/README.md",
                     "reports/texts/en.yaml", "cmake/packages.cmake",
                     "packaging/collect.sh", "CMakeLists.txt",
                     "CMakePresets.json"):
            target = self.checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("a\n", encoding="utf-8")
        self.fake = self.base / "fake"
        self.tools = self.base / "tools"
        self.home = self.base / "home"
        self.admin = self.base / "dpkg"
        for folder in (self.fake, self.tools, self.home, self.admin):
            folder.mkdir()
            folder.chmod(0o777)
        for name, text in TOOLS.items():
            self.add_tool(name, text)
        for file in (self.fake / "installed", self.fake / "calls",
                     self.fake / "builds", self.admin / "status"):
            file.write_text("", encoding="utf-8")
            file.chmod(0o666)
        self.env = {"PATH": f"{self.tools}:/usr/bin:/bin",
                    "FAKE": str(self.fake), "HOME": str(self.home),
                    "DPKG_ADMINDIR": str(self.admin), "LC_ALL": "C"}

    def remove(self):
        subprocess.run(["chmod", "-R", "u+w", str(self.base)], check=True)
        shutil.rmtree(self.base)

    def add_tool(self, name, text):
        file = self.tools / name
        file.write_text('#!/bin/sh\necho "${0##*/} CXX=${CXX:-} $*"'
                        f' >>"$FAKE/calls"\n{text}', encoding="utf-8")
        file.chmod(0o755)

    def run_script(self, *args, script=None, cwd=None, user=None, stdin=b"",
                   stderr=subprocess.PIPE, **env):
        script = script or self.checkout / "logdiag.sh"
        as_user = [] if user is None else [
            "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        return subprocess.run(
            [*as_user, str(script), *args], input=stdin,
            stdout=subprocess.PIPE, stderr=stderr, cwd=cwd or self.base,
            env=self.env | env, timeout=60, check=False)

    def calls(self):
        """The tools called since the last time that this was asked."""
        file = self.fake / "calls"
        rows = file.read_text(encoding="utf-8").splitlines()
        file.write_text("", encoding="utf-8")
        return rows

    def fail_at(self, tool):
        (self.fake / f"{tool}-fails").touch()

    def build_once(self):
        done = self.run_script("x")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.calls()
        self.wait()

    def wait(self):
        """Until the clock that stamps files has gone on."""
        time.sleep(0.02)

    def check(self, done, output, stderr=b""):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.decode(), output)
        if stderr is not None:
            self.assertEqual(done.stderr, stderr)

    def reader(self):
        """Someone who cannot write the checkout, not even where it is theirs."""
        subprocess.run(["chmod", "-R", "a-w", str(self.checkout)], check=True)
        return WITHOUT_ROOT


class FirstRun(Case):
    def test_installs_builds_and_runs(self):
        done = self.run_script("-", "b c", stdin=b"the log\n")
        self.check(done, "build 1: - b c\nthe log\n", None)
        said = done.stderr.decode()
        self.assertLess(len(said.splitlines()), 15)
        self.assertNotIn("chatter", said)
        for word in ("libre2-dev", "cmake", "about a minute", "about",
                     "installing, 75 %", "building, 75 %"):
            self.assertIn(word, said)
        log = self.checkout / "build/release/prepare.log"
        self.assertIn(f"log: {log}", said)
        text = log.read_text(encoding="utf-8")
        for word in ("chatter 200", "Setting up libre2-dev", "-- chatter 20",
                     "[40/40] Linking"):
            self.assertIn(word, text)

    def test_silent_and_alone_when_there_is_nothing_to_do(self):
        self.build_once()
        for _ in range(2):
            self.check(self.run_script("y"), "build 1: y\n")
            self.assertEqual(self.calls(), [])

    def test_what_is_installed_is_not_asked_for(self):
        (self.fake / "installed").write_text("cmake\n", encoding="utf-8")
        self.run_script()
        install = [row for row in self.calls()
                   if row.startswith("apt-get ") and " install " in row]
        self.assertEqual(len(install), 1)
        self.assertNotIn(" cmake", install[0])
        self.assertIn(" ninja-build", install[0])

    def stderr_of_terminal(self, *args, **env):
        outside, inside = pty.openpty()
        done = self.run_script(*args, stderr=inside, **env)
        os.close(inside)
        said = b""
        while True:
            try:
                piece = os.read(outside, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        os.close(outside)
        return done, said.decode()

    def test_one_rewritten_line_on_a_terminal(self):
        done, said = self.stderr_of_terminal("x")
        self.assertEqual(done.stdout, b"build 1: x\n")
        self.assertLess(said.count("\n"), 5)
        self.assertIn("\rlogdiag: installing, step 17 of 34\033[K", said)
        self.assertIn("\rlogdiag: building, step 39 of 40\033[K", said)
        self.assertTrue(said.endswith("\r\033[K"))
        _, said = self.stderr_of_terminal("x")
        self.assertEqual(said, "")

    def test_no_rewritten_line_in_ci(self):
        _, said = self.stderr_of_terminal("x", CI="true")
        self.assertNotIn("\033", said)
        self.assertIn("building, 75 %", said)

    def test_sudo_never_asks_without_a_terminal(self):
        self.checkout.chmod(0o777)
        self.check(self.run_script("x", user=WITHOUT_ROOT), "build 1: x\n", None)
        sudo = [row for row in self.calls() if row.startswith("sudo ")]
        self.assertEqual(len(sudo), 2)
        for row in sudo:
            self.assertIn(" -n env DEBIAN_FRONTEND=noninteractive", row)

    def test_neither_root_nor_sudo(self):
        self.checkout.chmod(0o777)
        (self.tools / "sudo").unlink()
        if shutil.which("sudo", path=self.env["PATH"]):
            self.skipTest("this machine has a sudo")
        done = self.run_script("x", user=WITHOUT_ROOT)
        self.assertEqual((done.returncode, done.stdout), (125, b""))
        self.assertIn(b"let root run: apt-get install", done.stderr)
        self.assertNotIn(b"installing", done.stderr)

    def test_two_at_once_build_once(self):
        (self.fake / "slow").touch()
        both = [subprocess.Popen([self.checkout / "logdiag.sh", "x"],
                                 env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE) for _ in range(2)]
        answers = [one.communicate(timeout=60) for one in both]
        self.assertEqual([out for out, _ in answers], [b"build 1: x\n"] * 2)
        waited = [b"waiting for another build" in err for _, err in answers]
        self.assertEqual(sorted(waited), [False, True])


class Failures(Case):
    def check_failure(self, tool, *words):
        self.fail_at(tool)
        done = self.run_script("x")
        self.assertEqual((done.returncode, done.stdout), (125, b""))
        said = done.stderr.decode()
        for word in words:
            self.assertIn(word, said)
        self.assertLess(len(said.splitlines()), 40)
        (self.fake / f"{tool}-fails").unlink()
        self.check(self.run_script("x"), "build 1: x\n", None)

    def test_apt(self):
        self.check_failure(
            "apt-get", "installing with apt-get, once", "prepare.log",
            "E: Unable to fetch some archives", "as root: apt-get install")

    def test_cmake(self):
        self.check_failure("cmake", "CMake could not configure",
                           "prepare.log", "CMake Error: no such compiler")

    def test_build(self):
        self.check_failure("ninja", "the build failed", "prepare.log",
                           "a.cc:1:1: error: no such thing")

    def test_no_place_to_build(self):
        reader = self.reader()
        blocked = self.base / "blocked"
        blocked.write_text("no folder\n", encoding="utf-8")
        done = self.run_script("x", user=reader, XDG_CACHE_HOME=str(blocked))
        self.assertEqual((done.returncode, done.stdout), (125, b""))
        self.assertIn(b"set XDG_CACHE_HOME", done.stderr)


class Changes(Case):
    """What makes a second build, and what does not."""

    def check_rebuilt(self):
        done = self.run_script("x")
        self.check(done, "build 2: x\n", None)
        self.assertIn(b"building what changed", done.stderr)
        self.calls()
        self.check(self.run_script("x"), "build 2: x\n")
        self.assertEqual(self.calls(), [])

    def test_pattern_edited(self):
        self.build_once()
        (self.checkout / "patterns/causes/a.yaml").write_text("b\n", "utf-8")
        self.check_rebuilt()

    def test_source_edited(self):
        self.build_once()
        (self.checkout / "analyzer/a.cc").write_text("b\n", "utf-8")
        self.check_rebuilt()

    def test_file_added_with_an_old_time(self):
        self.build_once()
        added = self.checkout / "patterns/causes/c.yaml"
        added.write_text("c\n", encoding="utf-8")
        os.utime(added, (0, 0))
        self.check_rebuilt()

    def test_file_deleted(self):
        self.build_once()
        (self.checkout / "patterns/causes/b.yaml").unlink()
        self.check_rebuilt()

    def test_edit_during_the_build(self):
        self.add_tool("ninja", "\ntouch " + f"'{self.checkout}/analyzer/a.cc'"
                      + "\nsleep 0.05" + TOOLS["ninja"])
        self.run_script("x")
        self.calls()
        self.add_tool("ninja", TOOLS["ninja"])
        self.run_script("x")
        self.assertIn("ninja", [row.split()[0] for row in self.calls()])
        self.run_script("x")
        self.assertEqual(self.calls(), [])

    def test_nothing_that_is_built(self):
        self.build_once()
        (self.checkout / "patterns/README.md").write_text("b\n", "utf-8")
        (self.checkout / "diagnosis.md").write_text("b\n", "utf-8")
        self.check(self.run_script("x"), "build 1: x\n")
        self.assertEqual(self.calls(), [])

    def test_every_folder_of_the_build_is_watched(self):
        text = (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8")
        named = set(re.findall(r"(?:add_subdirectory|include)\(([\w-]+)[/)]",
                               text))
        named = {name for name in named if (SOURCE / name).is_dir()}
        self.assertIn("analyzer", named)
        prepare = (SOURCE / "scripts/prepare.sh").read_text(encoding="utf-8")
        watched = re.search(r"^sources=\(([^)]*)\)", prepare, re.M)[1].split()
        # Tests are not part of logdiag; test.sh asks ninja every time.
        self.assertLessEqual(named - {"tests", "web"}, set(watched))
        for name in watched:
            self.assertTrue((SOURCE / name).exists(), name)

    def compilers(self):
        return [row.split()[1] for row in self.calls()
                if row.startswith("cmake ")]

    def test_compiler(self):
        self.build_once()
        for env, compiler in (({"CXX": "clang++"}, "CXX=clang++"),
                              ({"CC": "/opt/gcc/bin/gcc-12"},
                               "CXX=/opt/gcc/bin/g++-12"),
                              ({"CC": "clang"}, "CXX=clang++"),
                              ({"CC": "clang", "CXX": "g++"}, "CXX=g++"),
                              ({}, "CXX=")):
            self.run_script("x", **env)
            self.assertEqual(self.compilers(), [compiler], env)
            self.check(self.run_script("x", **env), self.run_script(
                "x", **env).stdout.decode())
            self.assertEqual(self.compilers(), [], env)

    def test_system_changed_and_the_binary_runs(self):
        self.build_once()
        (self.admin / "status").touch()
        self.check(self.run_script("x"), "build 1: x\n")
        self.assertEqual(self.calls(), [])

    def test_system_changed_and_the_binary_does_not_run(self):
        self.build_once()
        binary = self.checkout / "build/release/logdiag"
        binary.write_text("#!/nonexistent\n", encoding="utf-8")
        self.wait()
        (self.admin / "status").touch()
        self.check(self.run_script("x"), "build 2: x\n", None)


class Places(Case):
    def test_symlinks(self):
        folder = self.base / "bin/deep"
        folder.mkdir(parents=True)
        first = folder / "first"
        first.symlink_to("../../a checkout/logdiag.sh")
        second = self.base / "second"
        second.symlink_to(first)
        third = self.base / "third"
        third.symlink_to(self.checkout, target_is_directory=True)
        for script in (second, third / "logdiag.sh"):
            self.check(self.run_script("x", script=script), "build 1: x\n",
                       None)
        self.check(self.run_script("x", script="deep/first",
                                   cwd=self.base / "bin"), "build 1: x\n")

    def test_paths_are_those_of_the_caller(self):
        self.build_once()
        (self.checkout / "build/release/logdiag").write_text(
            "#!/bin/sh\npwd\n", encoding="utf-8")
        self.check(self.run_script(cwd=self.home), f"{self.home}\n")

    def move(self):
        old = self.checkout
        self.checkout = self.base / "moved"
        old.rename(self.checkout)
        return old

    def test_moved(self):
        self.build_once()
        self.move()
        self.check(self.run_script("x"), "build 1: x\n")
        self.assertEqual(self.calls(), [])

    def test_moved_and_edited(self):
        self.build_once()
        old = self.move()
        (self.checkout / "analyzer/a.cc").write_text("b\n", encoding="utf-8")
        self.check(self.run_script("x"), "build 2: x\n", None)
        cmake = [row for row in self.calls() if row.startswith("cmake ")]
        self.assertEqual(len(cmake), 1)
        self.assertIn(f" -B {self.checkout}/build/release", cmake[0])
        self.assertFalse(old.exists())
        self.assertEqual(self.run_script("x").stderr, b"")

    def test_moved_edited_and_at_first_not_configured(self):
        self.build_once()
        self.move()
        (self.checkout / "analyzer/a.cc").write_text("b\n", encoding="utf-8")
        self.fail_at("cmake")
        self.assertEqual(self.run_script("x").returncode, 125)
        (self.fake / "cmake-fails").unlink()
        self.calls()
        self.check(self.run_script("x"), "build 2: x\n", None)
        self.assertTrue(any(row.startswith("cmake ") for row in self.calls()))

    def test_read_only_builds_in_the_cache(self):
        reader = self.reader()
        for env, cache in (({}, self.home / ".cache"),
                           ({"XDG_CACHE_HOME": str(self.fake / "c")},
                            self.fake / "c")):
            self.check(self.run_script("x", user=reader, **env),
                       f"build {1 if not env else 2}: x\n", None)
            self.assertEqual(len(list(cache.glob("logdiag/*/release/logdiag"))),
                             1)
            self.calls()
            again = self.run_script("x", user=reader, **env)
            self.assertEqual(again.stderr, b"")
            self.assertEqual(self.calls(), [])
        self.assertFalse((self.checkout / "build").exists())

    def test_read_only_with_a_binary(self):
        self.build_once()
        reader = self.reader()
        self.check(self.run_script("x", user=reader), "build 1: x\n")
        self.assertEqual(self.calls(), [])
        self.assertEqual(list(self.home.iterdir()), [])

    def test_read_only_with_an_old_binary(self):
        self.build_once()
        (self.checkout / "analyzer/a.cc").write_text("b\n", encoding="utf-8")
        done = self.run_script("x", user=self.reader())
        self.check(done, "build 1: x\n", None)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn(b"older than its sources", done.stderr)
        self.assertEqual(self.calls(), [])

    def test_read_only_with_a_binary_that_does_not_run(self):
        self.build_once()
        (self.checkout / "build/release/logdiag").write_text(
            "#!/nonexistent\n", encoding="utf-8")
        self.check(self.run_script("x", user=self.reader()), "build 2: x\n",
                   None)

    @unittest.skipUnless(ROOT, "only root can become another user")
    def test_built_by_root_run_by_another(self):
        self.build_once()
        self.check(self.run_script("x", user=NOBODY), "build 1: x\n")
        self.assertEqual(self.calls(), [])

    @unittest.skipUnless(ROOT, "only root can become another user")
    def test_built_by_root_in_the_checkout_of_another(self):
        os.chown(self.checkout, NOBODY, NOBODY)
        self.build_once()
        for folder in (self.checkout / "build",
                       self.checkout / "build/release"):
            os.chown(folder, NOBODY, NOBODY)
        self.check(self.run_script("x", user=NOBODY), "build 1: x\n")
        (self.checkout / "analyzer/a.cc").write_text("b\n", encoding="utf-8")
        self.check(self.run_script("x", user=NOBODY), "build 1: x\n", None)


class Tests(Case):
    def run_tests(self, *args, **options):
        return self.run_script(*args, script=self.checkout / "test.sh",
                               **options)

    def test_counts(self):
        done = self.run_tests("-R", "a")
        self.check(done, "1 skipped\n2 passed, 0 failed\n", None)
        self.assertLess(len(done.stderr.splitlines()), 15)
        calls = self.calls()
        self.assertTrue(any("libgtest-dev" in row for row in calls))
        self.assertTrue(any(row.startswith("ctest ") and row.endswith(" -R a")
                            for row in calls))
        self.assertEqual(self.run_tests().stderr, b"")

    def test_tests_of_a_program_count_one_by_one(self):
        (self.fake / "ctest-has-units").touch()
        done = self.run_tests()
        self.assertEqual(done.stdout.decode().splitlines()[-2:],
                         ["1 skipped", "3 passed, 2 failed"])
        self.assertEqual(done.returncode, 1)

    def test_failure_stays_on_the_screen(self):
        self.fail_at("ctest")
        done = self.run_tests()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.decode(),
                         "expected 1, was 2\n1 passed, 1 failed\n")

    def test_results_are_never_those_of_a_run_before(self):
        self.assertEqual(self.run_tests().returncode, 0)
        (self.fake / "ctest-crashes").touch()
        done = self.run_tests()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, b"0 passed, 1 failed\n")

    def test_failed_build(self):
        self.fail_at("ninja")
        done = self.run_tests()
        self.assertEqual((done.returncode, done.stdout), (125, b""))
        self.assertIn(b"error: no such thing", done.stderr)

    def test_symlink_and_read_only(self):
        link = self.base / "link"
        link.symlink_to(self.checkout / "test.sh")
        done = self.run_script(script=link, user=self.reader())
        self.check(done, "1 skipped\n2 passed, 0 failed\n", None)
        self.assertTrue(list(self.home.glob(".cache/logdiag/*/dev/logdiag")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
