"""What the peers' programs share: their arguments, MNIST, and the clock."""

import argparse
import gzip
import json
import os
import statistics
import time
from pathlib import Path

import numpy as np

RESOURCES = Path(__file__).parents[2] / "Sources" / "Datasets" / "Resources" / "mnist"
BLOCK = 5


def arguments():
    parser = argparse.ArgumentParser(description="Trains the multilayer GAN of Experiments/mlp-mnist.yaml.")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--steps", type=int, default=100, help="steps that are timed, after as many as --warm-up")
    parser.add_argument("--warm-up", type=int, default=20)
    parser.add_argument("--epoch", action="store_true", help="trains one epoch instead and says nothing")
    options = parser.parse_args()
    # Libraries that take no number of threads count the processors they may use.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:options.threads])
    return options


def images():
    """The training images as float32 in [-1, 1], [60000, 784]."""
    raw = gzip.decompress((RESOURCES / "train-images-idx3-ubyte.gz").read_bytes())
    return np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 127.5 - 1


def run(options, step, settle, versions):
    """Calls `step` as often as asked; `settle` waits until what was started is done.

    Prints the median of the means of blocks of steps, so that a program that works ahead of its clock may do so.
    """
    if options.epoch:
        for _ in range(60000 // options.batch):
            step()
        settle()
        return
    for _ in range(options.warm_up):
        step()
    settle()
    times = []
    for _ in range(max(1, options.steps // BLOCK)):
        start = time.perf_counter()
        for _ in range(BLOCK):
            step()
        settle()
        times.append((time.perf_counter() - start) / BLOCK * 1e3)
    print(json.dumps({"milliseconds": statistics.median(times), "versions": versions}))
