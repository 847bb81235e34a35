# SPDX-License-Identifier: Apache-2.0
"""Prints what ComfyUI prints until a job samples, and ends as it is told to.

Usage: fake_comfyui.py HOW [ARG...]

  exit N        with a code
  signal N      by a signal that it sends itself
  oom FOLDER    by SIGKILL, after the counters in FOLDER have risen
  other-oom FOLDER   the same kill met another process: with code 1
  finish N      the job is done; then with a code
  wait          until it is interrupted or terminated
  deaf          as wait, but it ignores TERM
  polite        as wait, but it has last words when it is terminated
  leave         leaves a child behind that holds its output open
  flood         many lines, long lines, bytes that are no text
"""

import os
import pathlib
import signal
import subprocess
import sys
import time

START = """** ComfyUI startup time: 2026-01-01 00:00:00.000
** Platform: Linux
** Python version: 3.11.11 (main, Dec  4 2024, 08:55:07) [GCC 11.4.0]
Total VRAM 24081 MB, total RAM 257610 MB
pytorch version: 2.6.0+cu124
Set vram state to: NORMAL_VRAM
Device: cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync
Starting server
To see the GUI go to: http://0.0.0.0:8188
got prompt
model weight dtype torch.float16, manual cast: None
Requested to load WAN21
loaded partially; 9000.00 MB usable, 8900.00 MB loaded, 5200.33 MB offloaded, \
98.02 MB buffer reserved, lowvram patches: 0
"""
BARS = ("  0%|          | 0/4 [00:00<?, ?it/s]",
        "\r 25%|##5       | 1/4 [00:10<00:30, 10.01s/it]")


def write(text):
    os.write(2, text.encode())


def last_words(*_):
    time.sleep(0.3)
    print("\nlast words", flush=True)
    os._exit(0)


def flood():
    for number in range(2000):
        print(f"line {number} of a flood", flush=number % 7 == 0)
    sys.stdout.flush()
    os.write(1, b"long " + b"x" * 20000 + b" end\n")
    os.write(1, b"nothing \0 and \xff\xfe bytes\n")


def main():
    how, *rest = sys.argv[1:]
    if how == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if how == "polite":
        signal.signal(signal.SIGTERM, last_words)
    print(START, end="")
    # Each in a write of its own, as tqdm does.
    for bar in BARS:
        write(bar)
        time.sleep(0.1)
    if how == "exit":
        sys.exit(int(rest[0]))
    if how == "signal":
        os.kill(os.getpid(), int(rest[0]))
    if how in ("oom", "other-oom"):
        events = pathlib.Path(rest[0]) / "memory.events"
        events.write_text("low 0\nhigh 0\nmax 812\noom 3\noom_kill 3\n")
        if how == "other-oom":
            sys.exit(1)
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "finish":
        write("\r100%|##########| 4/4 [00:40<00:00, 10.01s/it]\n")
        print("Prompt executed in 41.22 seconds", flush=True)
        sys.exit(int(rest[0]))
    if how in ("wait", "deaf", "polite"):
        time.sleep(60)
    if how == "leave":
        subprocess.Popen(["sleep", "60"])
    if how == "flood":
        write("\n")
        flood()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped server", flush=True)
