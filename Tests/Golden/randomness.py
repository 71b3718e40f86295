"""The randomness of a run, re-created from Documentation/randomness.md alone.

Every number is a function of (seed, stream, step, index). The generator is Philox 4x32-10 of Salmon, Moraes, Dror
and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011.
"""

import numpy as np

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def philox(counter, key):
    """Ten rounds over arrays of counters: four uint64 arrays that hold 32-bit words, and two key words."""
    c0, c1, c2, c3 = (np.asarray(word, dtype=np.uint64) for word in counter)
    k0, k1 = key
    for _ in range(10):
        first = c0 * np.uint64(MULTIPLIERS[0])
        second = c2 * np.uint64(MULTIPLIERS[1])
        c0, c1, c2, c3 = (
            (second >> HALF) ^ c1 ^ np.uint64(k0),
            second & LOW,
            (first >> HALF) ^ c3 ^ np.uint64(k1),
            first & LOW,
        )
        k0 = (k0 + KEY_STEPS[0]) & 0xFFFFFFFF
        k1 = (k1 + KEY_STEPS[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3


def stream_number(name):
    """FNV-1a-64 of the stream's name in UTF-8."""
    number = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return number


class Randomness:
    """All draws of one seed."""

    def __init__(self, seed):
        self.key = (seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)

    def words(self, stream, step, count):
        """The first `count` words of a draw, as uint64 below 2^32."""
        blocks = (count + 3) // 4
        number = stream_number(stream)
        counter = (
            np.arange(blocks, dtype=np.uint64),
            np.full(blocks, step, dtype=np.uint64),
            np.full(blocks, number & 0xFFFFFFFF, dtype=np.uint64),
            np.full(blocks, number >> 32, dtype=np.uint64),
        )
        return np.stack(philox(counter, self.key), axis=1).reshape(-1)[:count]

    def uniform(self, stream, step, shape):
        """Values in (0, 1), row-major, as float64 that are exact in float32."""
        words = self.words(stream, step, int(np.prod(shape)))
        return (((words >> np.uint64(9)).astype(np.float64) + 0.5) * 2.0**-23).reshape(shape)

    def normal(self, stream, step, shape):
        """Values of N(0, 1) by Box and Muller's transform, row-major, as float64."""
        count = int(np.prod(shape))
        pairs = self.uniform(stream, step, ((count + 1) // 2, 2))
        radius = np.sqrt(-2 * np.log(pairs[:, 0]))
        angle = 2 * np.pi * pairs[:, 1]
        values = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
        return values.reshape(-1)[:count].reshape(shape)

    def truncated_normal(self, stream, shape):
        """Values of N(0, 1) within two standard deviations; others are redrawn in place at step 1, 2, ..."""
        values = self.normal(stream, 0, shape)
        step = 0
        while (outside := np.abs(values) > 2).any():
            step += 1
            values = np.where(outside, self.normal(stream, step, shape), values)
        return values

    def indices(self, stream, step, count, below):
        """`count` whole numbers from 0 to `below` - 1."""
        return ((self.words(stream, step, count) * np.uint64(below)) >> HALF).astype(np.int64)

    def permutation(self, stream, step, count):
        """The numbers from 0 to `count` - 1 in a random order."""
        order = list(range(count))
        words = self.words(stream, step, count - 1).tolist()
        for word, last in zip(words, range(count - 1, 0, -1)):
            other = (word * (last + 1)) >> 32
            order[last], order[other] = order[other], order[last]
        return np.array(order)
