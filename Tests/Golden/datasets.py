"""The data a spec names, as a float32 array with a row for each sample."""

import gzip
from pathlib import Path

import numpy as np

from specs import named

MNIST = Path(__file__).parents[2] / "Sources/Datasets/Resources/mnist/train-images-idx3-ubyte.gz"


def mnist():
    """The 60 000 training images, [60000, 28, 28, 1], pixels from -1 to 1."""
    content = gzip.decompress(MNIST.read_bytes())
    assert content[:16] == bytes([0, 0, 8, 3]) + b"".join(n.to_bytes(4, "big") for n in (60000, 28, 28))
    pixels = np.frombuffer(content, dtype=np.uint8, offset=16).reshape(60000, 28, 28, 1)
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def gaussian_ring(randomness, modes, radius, stddev, samples):
    """Points around `modes` places spread evenly on a circle, [samples, 2]."""
    mode = randomness.indices("data/gaussian_ring/mode", 0, samples, below=modes)
    angle = 2 * np.pi * mode / modes
    offset = randomness.normal("data/gaussian_ring/offset", 0, (samples, 2))
    return (radius * np.stack([np.cos(angle), np.sin(angle)], axis=1) + stddev * offset).astype(np.float32)


def dataset(entry, randomness):
    """The samples of a spec's `dataset`."""
    name, fields = named(entry)
    if name == "mnist":
        assert not fields
        return mnist()
    assert name == "gaussian_ring", name
    return gaussian_ring(randomness, **fields)


def batches(samples, randomness, sampling, batch_size, updates):
    """For each step from 1, without end: its epoch and the batches of its `updates` discriminator updates."""
    rows = batch_size * updates
    steps_an_epoch = len(samples) // rows
    step = 0
    while True:
        epoch, place = step // steps_an_epoch + 1, step % steps_an_epoch
        step += 1
        if sampling == "with_replacement":
            chosen = randomness.indices("data/order", step, rows, below=len(samples))
        else:
            assert sampling == "shuffle", sampling
            if place == 0:
                order = randomness.permutation("data/order", epoch, len(samples))
            chosen = order[place * rows : (place + 1) * rows]
        yield epoch, [samples[chosen[k * batch_size : (k + 1) * batch_size]] for k in range(updates)]
