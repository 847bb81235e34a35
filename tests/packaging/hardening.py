# SPDX-License-Identifier: Apache-2.0
"""Reads off a binary how it is hardened.

Usage: hardening.py BINARY [--static] [--sanitized]
--static: it must need no library. --sanitized: without FORTIFY, which hides from
the sanitizers what it checks itself. Of CET only the instructions of our own
code are asked for: Debian's archives of libraries do not have them, so the
binary as a whole is not marked. Ends with 1 if something is missing.
"""

import re
import subprocess
import sys


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def faults_of(binary, static, sanitized):
    headers = output_of("readelf", "-hldW", binary)
    symbols = output_of("nm", "-C", binary) + output_of("nm", "-CD", binary)
    machine = re.search(r"Machine:\s+(.*)", headers)[1]
    checks = {
        "position independent": re.search(r"Type:\s+DYN", headers),
        "relocations read-only": "GNU_RELRO" in headers,
        "bound at once": re.search(r"BIND_NOW|Flags:.*NOW", headers),
        "stack not executable": re.search(r"GNU_STACK.* RW ", headers),
        "stack protector": "__stack_chk_fail" in symbols,
        "FORTIFY": sanitized or re.search(r"__\w+_chk\b", symbols.replace(
            "__stack_chk_fail", "")),
        "needs no library": not static or "(NEEDED)" not in headers,
    }
    if "X86-64" in machine:
        main = output_of("objdump", "-d", "--no-show-raw-insn",
                         "--disassemble=main", binary)
        checks["endbr64 in our code"] = "endbr64" in main
    return [what for what, held in checks.items() if not held]


def main():
    binary = sys.argv[1]
    faults = faults_of(binary, "--static" in sys.argv, "--sanitized" in sys.argv)
    for fault in faults:
        print(f"{binary}: not so: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
