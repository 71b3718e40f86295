"""Augmentation of what the discriminator sees (Zhao et al., "Differentiable Augmentation", 2020), and its adaptive
probability (Karras et al., "Training Generative Adversarial Networks with Limited Data", 2020)."""

import math
from fractions import Fraction

import numpy as np
import torch


def translated(x, uniform, ratio):
    """Images [N, H, W, C] moved by whole pixels, by uniform values [N, 2]; zeros are shifted in."""
    y = torch.zeros_like(x)
    offsets = [
        np.rint((uniform[:, axis] - 0.5) * (2 * math.floor(ratio * length + 0.5) + 1)).astype(int)
        for axis, length in enumerate(x.shape[1:3])]
    _, height, width, _ = x.shape
    for n, (down, right) in enumerate(zip(*offsets)):
        y[n, max(down, 0):height + min(down, 0), max(right, 0):width + min(right, 0)] = x[
            n, max(-down, 0):height - max(down, 0), max(-right, 0):width - max(right, 0)]
    return y


def cut_out(x, uniform, ratio):
    """Images [N, H, W, C] with a rectangle of zeros each, its middle by uniform values [N, 2]."""
    kept = torch.ones_like(x)
    for n in range(len(x)):
        spans = []
        for axis, length in enumerate(x.shape[1:3]):
            size = math.floor(ratio * length + 0.5)
            first = math.floor(uniform[n, axis] * (length + 1 - size % 2)) - size // 2
            spans.append(slice(max(first, 0), max(first + size, 0)))
        kept[n, spans[0], spans[1]] = 0
    return x * kept


def brightened(x, uniform, ratio):
    """Images with an offset each, by uniform values [N, 1]."""
    return x + torch.from_numpy(ratio * (uniform - 0.5)).to(x.dtype).reshape(-1, 1, 1, 1)


# In the order in which they are applied: the function, and the uniform values a sample that it takes.
KINDS = {"brightness": (brightened, 1), "translation": (translated, 2), "cutout": (cut_out, 2)}


class Augmentation:
    """Without fields it changes nothing; `images` are the real ones of a turn."""

    def __init__(self, randomness, images, threshold, probability=1.0, adaptive=None, **kinds):
        self.randomness, self.threshold, self.probability = randomness, threshold, probability
        self.kinds = {kind: kinds.pop(kind) for kind in KINDS if kinds.get(kind) is not None}
        assert not any(kinds.values()), kinds
        self.adaptive = adaptive is not None
        if self.adaptive:
            self.set_adaptive(images, **adaptive)

    def set_adaptive(self, shown, target=0.6, images=500_000):
        self.probability, self.target, self.change = 0.0, target, shown / images

    def __call__(self, x, at):
        for kind, ratio in self.kinds.items():
            change, values = KINDS[kind]
            uniform = self.randomness.uniform(f"augmentation/{kind}/{at.name}", at.step, (len(x), values))
            changed = change(x, uniform, ratio)
            if self.adaptive or self.probability < 1:
                gate = self.randomness.uniform(f"augmentation/{kind}/gate/{at.name}", at.step, (len(x), 1))
                opened = torch.from_numpy(gate < np.float32(self.probability)).reshape(-1, 1, 1, 1)
                changed = torch.where(opened, changed, x)
            x = changed
        return x

    def after_turn(self, r):
        """Moves the probability after a turn with these scores of real samples; returns columns."""
        if not self.adaptive:
            return {}
        excess = int(torch.sign(r - self.threshold).sum()) - Fraction(str(self.target)) * len(r)  # Exact: a tie is one.
        self.probability += ((excess > 0) - (excess < 0)) * self.change
        self.probability = min(max(self.probability, 0.0), 1.0)
        return {"augmentation_probability": self.probability}
