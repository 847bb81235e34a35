# SPDX-License-Identifier: Apache-2.0
"""Checks every command that a report may tell a person to run: that a shell
reads it, and that it does what people take it to do.

Usage: commands_test.py PATTERNS_DIR
       commands_test.py --self-test
"""

import pathlib
import re
import subprocess
import sys

import yaml

SLOT = re.compile(r"(?<!\$)\{[a-z_0-9]+\}")

# What a command must not hold, and why.
RULES = [
    (re.compile(r"\b(?:tail|head) -\d+ [^|;]*\*"),
     "of two files, `tail -50` is an error; write `tail -n 50`"),
    (re.compile(r"\bpgrep\b[^|;]*\| *head"),
     "the first hit may be the shell that runs the program; use `pgrep -o`"),
    (re.compile(r"(?<![\w$/{.-])(?:PACKAGE|PATH|NODE|PID|FILE|MODEL|HOST|URL|"
                r"NAME|POD|IMAGE|VERSION|USER|TOKEN|MODULE)(?![\w}=])"),
     "a word in capitals to fill in; take a {slot} or leave the command out"),
    (re.compile(r"\brm -\w*r\w* +/(?:\s|$|\*)"), "removes everything"),
    (re.compile(r"[“”‘’]"), "a typographic quotation mark"),
    (re.compile(r"\bcurl\b(?![^|;]*(?:-f|--fail|-I|-s?v|-w|-o /dev/null))"
                r"[^|;]*\| *(?:ba)?sh\b"), "runs what a server sends"),
]


def faults_of(command):
    """Messages on what is wrong with `command`, its slots filled in."""
    filled = SLOT.sub("value", command)
    faults = [why for rule, why in RULES if rule.search(filled)]
    done = subprocess.run(["bash", "-n"], input=filled, text=True,
                          capture_output=True, check=False)
    if done.returncode != 0 or done.stderr:
        faults.append("bash cannot read it: " + done.stderr.strip())
    return faults


def is_for_windows(remedy):
    return "windows" in remedy.get("only_on", [])


def check(folder):
    count = 0
    bad = 0
    for file in sorted((folder / "remedies").glob("*.yaml")):
        for remedy in yaml.safe_load(file.read_text())["remedies"]:
            command = remedy.get("command")
            # cmd and PowerShell read by other rules.
            if not command or is_for_windows(remedy):
                continue
            count += 1
            for fault in faults_of(command):
                bad += 1
                print(f"{file}: remedy {remedy['id']}: {fault}\n    {command}")
    print(f"{count} commands, {bad} faults")
    return bad == 0 and count > 0


def self_test():
    wrong = ["tail -50 /a/*.log", "kill $(pgrep -f main.py | head -1)",
             "pip install PACKAGE", "rm -rf /", "echo 'a", "cat “x”",
             "curl https://a.b/x | sh"]
    right = ["tail -n 50 /a/*.log", "pgrep -of main.py", "echo $PATH",
             "python -m pip install {name}", "ls /opt/FILES",
             "HF_TOKEN=x python main.py", "for i in 1 2; do echo $i; done"]
    ok = True
    for command in wrong:
        if not faults_of(command):
            print("should be refused:", command)
            ok = False
    for command in right:
        if faults_of(command):
            print("should pass:", command, faults_of(command))
            ok = False
    return ok


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    passed = (self_test() if sys.argv[1] == "--self-test"
              else check(pathlib.Path(sys.argv[1])))
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
