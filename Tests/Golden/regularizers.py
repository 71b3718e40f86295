"""The regularizers: terms that are added to the discriminator's or the generator's loss.

A regularizer sees a `Turn`, one update (or one part of it) of the discriminator, or an `Attempt`, one of the generator.
"""

from dataclasses import dataclass
from typing import Callable

import torch

from augmentation import translated
from networks import Network, Pass
from specs import named


@dataclass
class Turn:
    """The discriminator's `number`-th turn of a step, `suffix` being its number and that of its part, e.g. `1.2`."""

    step: int
    number: int
    suffix: str
    network: Network
    real: torch.Tensor
    real_classes: torch.Tensor | None
    generated: torch.Tensor
    generated_classes: torch.Tensor | None
    score: Callable  # of samples as the discriminator sees them, and a Pass
    score_real: Callable
    score_generated: torch.Tensor
    first_part: bool


@dataclass
class Attempt:
    """The generator's `number`-th update of a step; `features` are what each layer of the discriminator makes of the
    generated samples, `real_features` of the last turn's real ones."""

    step: int
    number: int
    network: Network
    features: list
    real_features: Callable
    first_part: bool


class Regularizer:
    of_discriminator, of_generator = True, False

    def __init__(self, randomness, every=1, **fields):
        self.randomness, self.every = randomness, every
        self.set(**fields)

    def times(self, step):
        """What a term is multiplied by in a step, 0 where it is left out."""
        return self.every if (step - 1) % self.every == 0 else 0

    def after_update(self, network):
        """Called after every update of the discriminator."""

    def after_turn(self, r, g):
        """Called after every turn of the discriminator, with the scores in its term."""


def slopes(score, x, at):
    """The gradient of each sample's score by the sample, [N, values], which can be differentiated again."""
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(score(x, at).sum(), x, create_graph=True)
    return gradient.flatten(1)


def for_each(values, x):
    """A value a sample, [N, 1], shaped and typed to meet x."""
    return torch.from_numpy(values).to(x.dtype).reshape(-1, *(1,) * (x.ndim - 1))


class GradientPenalty(Regularizer):
    """Gulrajani et al., "Improved Training of Wasserstein GANs", 2017."""

    name = "gradient_penalty"

    def set(self, weight=10.0, center=1.0, one_sided=False):
        self.weight, self.center, self.one_sided = weight, center, one_sided

    def points(self, turn):
        share = self.randomness.uniform(f"gradient_penalty/mix/{turn.suffix}", turn.step, (len(turn.real), 1))
        share = for_each(share, turn.real)
        return share * turn.real + (1 - share) * turn.generated

    def discriminator(self, turn):
        at = Pass(turn.step, f"{self.name}/{turn.suffix}", turn.real_classes)
        gradient = slopes(turn.score, self.points(turn), at)
        excess = torch.sqrt((gradient**2).sum(1) + 1e-12) - self.center
        if self.one_sided:
            excess = excess.clamp(min=0)
        return self.weight * (excess**2).mean()


class Dragan(GradientPenalty):
    """Kodali et al., "On Convergence and Stability of GANs", 2017."""

    name = "dragan"

    def set(self, noise=0.5, **fields):
        super().set(**fields)
        self.noise = noise

    def points(self, turn):
        x = turn.real
        share = self.randomness.uniform(f"dragan/mix/{turn.suffix}", turn.step, (len(x), 1))
        noise = self.randomness.uniform(f"dragan/noise/{turn.suffix}", turn.step, tuple(x.shape))
        deviation = torch.std(x, correction=0)
        return x + for_each(share, x) * self.noise * deviation * torch.from_numpy(noise).to(x.dtype)


class R1(Regularizer):
    """Mescheder et al., "Which Training Methods for GANs do actually Converge?", 2018."""

    def set(self, gamma=10.0):
        self.gamma = gamma

    def discriminator(self, turn):
        at = Pass(turn.step, f"r1/{turn.suffix}", turn.real_classes)
        return self.gamma / 2 * (slopes(turn.score, turn.real, at) ** 2).sum(1).mean()


class R2(R1):
    """The same of generated samples."""

    def discriminator(self, turn):
        at = Pass(turn.step, f"r2/{turn.suffix}", turn.generated_classes)
        return self.gamma / 2 * (slopes(turn.score, turn.generated, at) ** 2).sum(1).mean()


class WeightClipping(Regularizer):
    """Arjovsky et al., "Wasserstein GAN", 2017."""

    of_discriminator = False

    def set(self, limit=0.01):
        self.limit = limit

    @torch.no_grad()
    def after_update(self, network):
        for parameter in network.parameters.values() if network.name == "discriminator" else ():
            parameter.clamp_(-self.limit, self.limit)


class MaxNorm(Regularizer):
    """Srivastava et al., "Dropout", 2014."""

    of_discriminator = False

    def set(self, limit=2.0, network="discriminator"):
        self.limit, self.network = limit, network

    @torch.no_grad()
    def after_update(self, network):
        if self.network in (network.name, "both"):
            for name, axis in network.filter_axes.items():
                kernel = network.parameters[name]
                others = [other for other in range(kernel.dim()) if other != axis % kernel.dim()]
                norms = (kernel**2).sum(others, keepdim=True).sqrt()
                kernel.mul_((self.limit / norms).clamp(max=1))


class OfParameters(Regularizer):
    """A term of a network's parameters alone."""

    def choose(self, network):
        self.of_discriminator = network in ("discriminator", "both")
        self.of_generator = network in ("generator", "both")

    def discriminator(self, turn):
        return self.term(turn)

    def generator(self, attempt):
        return self.term(attempt)


class WeightDecay(OfParameters):
    """Krogh and Hertz, "A Simple Weight Decay Can Improve Generalization", 1991."""

    def set(self, weight=1e-4, network="both"):
        self.weight = weight
        self.choose(network)

    def term(self, update):
        return self.weight / 2 * sum((w**2).sum() for w in update.network.kernels())


class Orthogonal(OfParameters):
    """Brock et al., "Large Scale GAN Training for High Fidelity Natural Image Synthesis", 2019."""

    def set(self, weight=1e-4, network="generator"):
        self.weight = weight
        self.choose(network)

    def term(self, update):
        return self.weight * sum(
            ((w.T @ w) ** 2).sum() - ((w**2).sum(0) ** 2).sum() for w in update.network.kernels())


class HistoricalAveraging(OfParameters):
    """Salimans et al., "Improved Techniques for Training GANs", 2016."""

    def set(self, weight=0.01, network="both"):
        self.weight, self.means = weight, {}
        self.choose(network)

    def term(self, update):
        parameters = update.network.parameters
        means = self.means.setdefault(update.network.name, {k: torch.zeros_like(p) for k, p in parameters.items()})
        if update.number == 1 and update.first_part:
            for name, p in parameters.items():
                means[name] += (p.detach() - means[name]) / update.step
        return self.weight * sum(((p - means[name]) ** 2).sum() for name, p in parameters.items())


class Consistency(Regularizer):
    """Zhang et al., "Consistency Regularization for Generative Adversarial Networks", 2020."""

    def set(self, weight=10.0, translation=0.125):
        self.weight, self.ratio = weight, translation

    def discriminator(self, turn):
        uniform = self.randomness.uniform(
            f"consistency/translation/{turn.suffix}", turn.step, (len(turn.real), 2))
        at = Pass(turn.step, f"consistency/{turn.suffix}", turn.real_classes)
        moved = turn.score(translated(turn.real, uniform, self.ratio), at)
        return self.weight * ((turn.score_real() - moved) ** 2).mean()


class Lecam(Regularizer):
    """Tseng et al., "Regularizing Generative Adversarial Networks under Limited Data", 2021."""

    def set(self, weight=0.3, decay=0.99):
        self.weight, self.decay, self.real, self.generated = weight, decay, 0.0, 0.0

    def discriminator(self, turn):
        real, generated = turn.score_real(), turn.score_generated
        return self.weight * (((real - self.generated) ** 2).mean() + ((generated - self.real) ** 2).mean())

    def after_turn(self, r, g):
        self.real = self.decay * self.real + (1 - self.decay) * r.mean().item()
        self.generated = self.decay * self.generated + (1 - self.decay) * g.mean().item()


class FeatureMatching(Regularizer):
    """Salimans et al., "Improved Techniques for Training GANs", 2016."""

    of_discriminator, of_generator = False, True

    def set(self, weight=1.0, layer=-2):
        self.weight, self.layer = weight, layer

    def generator(self, attempt):
        real, generated = (
            features[self.layer].flatten(1).mean(0) for features in (attempt.real_features(), attempt.features))
        return self.weight * ((real - generated) ** 2).sum()


REGULARIZERS = {
    "gradient_penalty": GradientPenalty,
    "dragan": Dragan,
    "r1": R1,
    "r2": R2,
    "weight_clipping": WeightClipping,
    "max_norm": MaxNorm,
    "weight_decay": WeightDecay,
    "consistency": Consistency,
    "lecam": Lecam,
    "orthogonal": Orthogonal,
    "feature_matching": FeatureMatching,
    "historical_averaging": HistoricalAveraging,
}


class Regularization:
    """All regularizers of a spec, in its order."""

    def __init__(self, entries, randomness):
        self.entries = [REGULARIZERS[name](randomness, **fields) for name, fields in map(named, entries)]
        self.of_discriminator = [entry for entry in self.entries if entry.of_discriminator]
        self.of_generator = [entry for entry in self.entries if entry.of_generator]

    def discriminator(self, turn):
        """The sum of the terms of the discriminator's loss."""
        terms = [entry.times(turn.step) * entry.discriminator(turn) for entry in self.of_discriminator
                 if entry.times(turn.step)]
        return sum(terms, torch.zeros((), dtype=turn.real.dtype))

    def generator(self, attempt):
        """The sum of the terms of the generator's loss."""
        terms = [entry.generator(attempt) for entry in self.of_generator]
        return sum(terms, torch.zeros((), dtype=attempt.features[-1].dtype))
