"""Runs that a benchmark needs, two at a time, of a thread each."""

import subprocess
import sys


def start(command, overrides):
    """A run of `command` with these changes of its spec."""
    words = command + ["--quiet", "--threads", "1"]
    for override in overrides:
        words += ["--set", override]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(name, process):
    _, errors = process.communicate()
    # 3: it diverged, which a run may.
    if process.returncode not in (0, 3):
        sys.exit(f"{name} ended with {process.returncode}: {errors}")


def train(jobs):
    """Trains what is not there yet: names with what starts a run, or nothing where it has ended."""
    waiting = []
    for name, begin in jobs:
        process = begin()
        if process:
            waiting.append((name, process))
        if len(waiting) == 2:
            finish(*waiting.pop(0))
    for one in waiting:
        finish(*one)
