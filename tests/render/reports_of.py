# SPDX-License-Identifier: Apache-2.0
"""Runs the binary: one process for many logs."""

import subprocess

from cmark import reports


def markdown_of(logdiag, options, files):
    done = subprocess.run([logdiag, *options, *map(str, files)],
                          capture_output=True, timeout=600, check=True)
    return done.stdout.decode("utf-8")


def reports_of(logdiag, options, files):
    found = reports(markdown_of(logdiag, options, files))
    if len(found) != len(files):
        raise AssertionError(f"{len(files)} logs, {len(found)} reports whose "
                             f"headings are headings ({' '.join(options)})")
    return found
