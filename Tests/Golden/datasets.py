"""The data a spec names: a float32 array with a row for each sample, and the samples' classes."""

import functools
import gzip
from pathlib import Path

import numpy as np

from specs import named

MNIST = Path(__file__).parents[2] / "Sources/Datasets/Resources/mnist"


def idx(name, *lengths):
    """The bytes of an IDX file with these lengths of its axes."""
    content = gzip.decompress((MNIST / name).read_bytes())
    header = bytes([0, 0, 8, len(lengths)]) + b"".join(length.to_bytes(4, "big") for length in lengths)
    assert content.startswith(header), name
    return np.frombuffer(content, dtype=np.uint8, offset=len(header)).reshape(lengths)


@functools.cache
def mnist():
    """The 60 000 training images, [60000, 28, 28, 1], pixels from -1 to 1, and their digits."""
    pixels = idx("train-images-idx3-ubyte.gz", 60000, 28, 28)[..., np.newaxis]
    digits = idx("train-labels-idx1-ubyte.gz", 60000)
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1), digits.astype(np.int64)


def gaussian_ring(randomness, modes, radius, stddev, samples):
    """Points around `modes` places spread evenly on a circle, [samples, 2], and the numbers of their places."""
    mode = randomness.indices("data/gaussian_ring/mode", 0, samples, below=modes)
    angle = 2 * np.pi * mode / modes
    offset = randomness.normal("data/gaussian_ring/offset", 0, (samples, 2))
    points = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1) + stddev * offset
    return points.astype(np.float32), mode


def dataset(entry, randomness):
    """The samples of a spec's `dataset`, and their classes."""
    name, fields = named(entry)
    if name == "mnist":
        assert not fields
        return mnist()
    assert name == "gaussian_ring", name
    return gaussian_ring(randomness, **fields)


def batches(count, randomness, sampling, rows, turns):
    """For each step from 1, without end: its epoch and the numbers of each turn's `rows` samples of `count`."""
    steps_an_epoch = count // (rows * turns)
    step = 0
    while True:
        epoch, place = step // steps_an_epoch + 1, step % steps_an_epoch
        step += 1
        if sampling == "with_replacement":
            chosen = randomness.indices("data/order", step, rows * turns, below=count)
        else:
            assert sampling == "shuffle", sampling
            if place == 0:
                order = randomness.permutation("data/order", epoch, count)
            chosen = order[place * rows * turns : (place + 1) * rows * turns]
        yield epoch, chosen.reshape(turns, rows)
