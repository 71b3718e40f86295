"""The losses: what the discriminator's and the generator's updates reduce, as functions of scores [B, 1].

`threshold` is the score that tells real from generated, None where there is none; `summed` says whether the
discriminator's loss is the sum of a term of the real and one of the generated batch. A discriminator of a loss that
`reconstructs` returns its input again.
"""

import numpy as np
import torch

from specs import named


def cross_entropy(score, label):
    """The mean binary cross-entropy of scores (logits) with a label for all, or one for each."""
    zero = torch.zeros_like(score)
    return (label * torch.logaddexp(-score, zero) + (1 - label) * torch.logaddexp(score, zero)).mean()


def squares(score, label):
    """Half the mean squared distance from a label."""
    return ((score - label) ** 2).mean() / 2


class Loss:
    threshold = None
    summed = True
    reconstructs = False

    def __init__(self, randomness, **fields):
        self.randomness = randomness
        self.set(**fields)

    def set(self):
        pass

    def labels(self, at, score, usual, other):
        """The labels of scores: `other` with the probability `label_flipping`, else `usual`."""
        if self.flipping == 0:
            return usual
        uniform = self.randomness.uniform(f"labels/{at.name}", at.step, tuple(score.shape))
        flipped = torch.from_numpy(uniform >= np.float32(1 - self.flipping))
        return torch.where(flipped, torch.full_like(score, other), torch.full_like(score, usual))

    def scores(self, x, output):
        """The scores of a batch from the first value that the discriminator returns."""
        return output[:, :1]

    def discriminator(self, r, g, real_at, generated_at):
        """The loss of a joint update, and its terms, if it is a sum."""
        real, generated = self.real(r, real_at), self.generated(g, generated_at)
        return real + generated, real, generated

    def after_turn(self, r, g):
        """Moves the loss's own state after a turn with these scores; returns columns."""
        return {}


class NonSaturating(Loss):
    """Goodfellow et al., 2014."""

    threshold = 0.0

    def set(self, label_smoothing=0.0, label_flipping=0.0):
        self.label, self.flipping = 1 - label_smoothing, label_flipping

    def real(self, r, at):
        return cross_entropy(r, self.labels(at, r, self.label, 0.0))

    def generated(self, g, at):
        return cross_entropy(g, self.labels(at, g, 0.0, self.label))

    def generator(self, g, _):
        return cross_entropy(g, 1)


class Minimax(NonSaturating):
    def generator(self, g, _):
        return -cross_entropy(g, 0)


class LeastSquares(Loss):
    """Mao et al., "Least Squares Generative Adversarial Networks", 2017."""

    def set(self, real_label=1.0, generated_label=0.0, generator_label=1.0, label_flipping=0.0):
        self.b, self.a, self.c, self.flipping = real_label, generated_label, generator_label, label_flipping
        self.threshold = (self.a + self.b) / 2

    def real(self, r, at):
        return squares(r, self.labels(at, r, self.b, self.a))

    def generated(self, g, at):
        return squares(g, self.labels(at, g, self.a, self.b))

    def generator(self, g, _):
        return squares(g, self.c)


class Wasserstein(Loss):
    """Arjovsky et al., "Wasserstein GAN", 2017."""

    def real(self, r, _):
        return -r.mean()

    def generated(self, g, _):
        return g.mean()

    def generator(self, g, _):
        return -g.mean()


class Hinge(Wasserstein):
    """Lim and Ye, "Geometric GAN", 2017."""

    threshold = 0.0

    def real(self, r, _):
        return (1 - r).clamp(min=0).mean()

    def generated(self, g, _):
        return (1 + g).clamp(min=0).mean()


# c(x), small where x is large.
CONTRASTS = {
    "non_saturating": lambda x: torch.logaddexp(-x, torch.zeros_like(x)).mean(),
    "least_squares": lambda x: ((x - 1) ** 2).mean(),
    "hinge": lambda x: (1 - x).clamp(min=0).mean(),
}


class Relativistic(Loss):
    """Jolicoeur-Martineau, "The relativistic discriminator", 2019: pairs by place in the batch."""

    summed = False

    def set(self, cost="non_saturating"):
        self.contrast = CONTRASTS[cost]

    def discriminator(self, r, g, *_):
        return self.contrast(r - g), None, None

    def generator(self, g, r):
        return self.contrast(g - r())


class RelativisticAverage(Relativistic):
    """The same paper: each score against the mean of the other batch."""

    summed = True

    def discriminator(self, r, g, *_):
        real, generated = self.contrast(r - g.mean()), self.contrast(r.mean() - g)
        return real + generated, real, generated

    def generator(self, g, r):
        r = r()
        return self.contrast(g - r.mean()) + self.contrast(g.mean() - r)


class EnergyBased(Loss):
    """Zhao et al., "Energy-based Generative Adversarial Network", 2017; a score is minus an energy."""

    reconstructs = True

    def set(self, margin=10.0):
        self.margin, self.threshold = margin, -margin / 2

    def scores(self, x, output):
        return -((x - output) ** 2).flatten(1).mean(1, keepdim=True)

    def real(self, r, _):
        return -r.mean()

    def generated(self, g, _):
        return (self.margin + g).clamp(min=0).mean()

    def generator(self, g, _):
        return -g.mean()


class BoundaryEquilibrium(Loss):
    """Berthelot et al., "BEGAN: Boundary Equilibrium Generative Adversarial Networks", 2017."""

    reconstructs = True

    def set(self, gamma=0.5, **fields):
        self.gamma, self.rate, self.balance = gamma, fields.pop("lambda", 0.001), 0.0
        assert not fields, fields

    def scores(self, x, output):
        return -(x - output).abs().flatten(1).mean(1, keepdim=True)

    def real(self, r, _):
        return -r.mean()

    def generated(self, g, _):
        return self.balance * g.mean()

    def generator(self, g, _):
        return -g.mean()

    def after_turn(self, r, g):
        real, generated = -r.mean().item(), -g.mean().item()
        self.balance = min(max(self.balance + self.rate * (self.gamma * real - generated), 0.0), 1.0)
        return {"balance": self.balance, "convergence": real + abs(self.gamma * real - generated)}


LOSSES = {
    "non_saturating": NonSaturating,
    "minimax": Minimax,
    "least_squares": LeastSquares,
    "wasserstein": Wasserstein,
    "hinge": Hinge,
    "relativistic": Relativistic,
    "relativistic_average": RelativisticAverage,
    "energy_based": EnergyBased,
    "boundary_equilibrium": BoundaryEquilibrium,
}

# Losses that take scores of a joint update's two batches together, or keep a balance between them.
JOINT_ONLY = ("relativistic", "relativistic_average", "boundary_equilibrium")


def loss(entry, randomness, joint):
    """A spec's loss."""
    name, fields = named(entry)
    assert joint or name not in JOINT_ONLY, f"{name} needs discriminator_update: joint"
    return LOSSES[name](randomness, **fields)
