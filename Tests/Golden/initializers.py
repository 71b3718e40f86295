"""The initial values of parameters."""

import numpy as np

from specs import named

# The standard deviation of N(0, 1) cut off at 2.
TRUNCATED_STDDEV = 0.87962566103423978


def initial_values(entry, shape, stream, randomness):
    """The initial values of a parameter, as float32; the last axes of a kernel are inputs and outputs, those before it
    taps; the one axis of a bias is both."""
    name, fields = named(entry)
    taps = int(np.prod(shape[:-2]))
    fan_in, fan_out = taps * shape[-2:][0], taps * shape[-1]
    if name == "random_normal":
        normal = randomness.normal(stream, 0, shape)
        return (fields.get("mean", 0.0) + fields.get("stddev", 0.05) * normal).astype(np.float32)
    if name == "random_uniform":
        least, most = fields.get("minval", -0.05), fields.get("maxval", 0.05)
        return (least + (most - least) * randomness.uniform(stream, 0, shape)).astype(np.float32)
    assert not fields, fields
    if name in ("zeros", "ones"):
        return np.full(shape, float(name == "ones"), dtype=np.float32)
    if name == "glorot_uniform":
        limit = np.float32(np.sqrt(6 / (fan_in + fan_out)))
        return (2 * randomness.uniform(stream, 0, shape) - 1).astype(np.float32) * limit
    assert name == "he_normal", name
    stddev = np.sqrt(2 / fan_in) / TRUNCATED_STDDEV
    return (stddev * randomness.truncated_normal(stream, shape)).astype(np.float32)
