"""Learning rates that change with the training step, by Keras's formulas."""

import bisect
import math

from specs import named


def exponential_decay(t, initial_learning_rate, decay_steps, decay_rate, staircase=False):
    turns = t / decay_steps
    return initial_learning_rate * decay_rate ** (math.floor(turns) if staircase else turns)


def cosine_decay(t, initial_learning_rate, decay_steps, alpha=0.0):
    cosine = (1 + math.cos(math.pi * min(t, decay_steps) / decay_steps)) / 2
    return initial_learning_rate * ((1 - alpha) * cosine + alpha)


def polynomial_decay(t, initial_learning_rate, decay_steps, end_learning_rate=1e-4, power=1.0):
    left = 1 - min(t, decay_steps) / decay_steps
    return (initial_learning_rate - end_learning_rate) * left**power + end_learning_rate


def piecewise_constant_decay(t, boundaries, values):
    assert len(values) == len(boundaries) + 1, (boundaries, values)
    return values[bisect.bisect_left(boundaries, t)]


SCHEDULES = {
    "exponential_decay": exponential_decay,
    "cosine_decay": cosine_decay,
    "polynomial_decay": polynomial_decay,
    "piecewise_constant_decay": piecewise_constant_decay,
}


def learning_rate(entry, step):
    """The rate of all updates of a training step, counted from 1."""
    if not isinstance(entry, dict):
        return entry
    name, fields = named(entry)
    warmup_steps = fields.pop("warmup_steps", 0)
    passed = step - 1
    if passed < warmup_steps:
        return SCHEDULES[name](0, **fields) * passed / warmup_steps
    return SCHEDULES[name](passed - warmup_steps, **fields)
