"""The optimizers and gradient clipping, written out from their formulas (Keras 3's)."""

import math

import numpy as np
import torch

from schedules import learning_rate
from specs import named


def norm(tensors):
    """The Euclidean norm of all values of some tensors."""
    return math.sqrt(sum(float((tensor.double() ** 2).sum()) for tensor in tensors))


def clipped(gradients, clipvalue=None, clipnorm=None, global_clipnorm=None):
    """The gradients after clipping; at most one of the three limits is given."""
    if clipvalue is not None:
        return [gradient.clamp(-clipvalue, clipvalue) for gradient in gradients]
    if clipnorm is not None:
        return [gradient * min(1, clipnorm / max(norm([gradient]), 1e-300)) for gradient in gradients]
    if global_clipnorm is not None:
        scale = min(1, global_clipnorm / max(norm(gradients), 1e-300))
        return [gradient * scale for gradient in gradients]
    return gradients


class Optimizer:
    """Updates parameters in place; `count` is the number of updates so far."""

    def __init__(self, parameters, learning_rate, clipvalue=None, clipnorm=None, global_clipnorm=None, **fields):
        self.parameters = list(parameters)
        self.schedule = learning_rate
        self.limits = {"clipvalue": clipvalue, "clipnorm": clipnorm, "global_clipnorm": global_clipnorm}
        self.count = 0
        self.first = [torch.zeros_like(p) for p in self.parameters]
        self.second = [torch.zeros_like(p) for p in self.parameters]
        self.set(**fields)

    @torch.no_grad()
    def update(self, gradients, step):
        """One update in a training step, from 1."""
        self.count += 1
        gradients = clipped(gradients, **self.limits)
        rate = learning_rate(self.schedule, step)
        for p, g, first, second in zip(self.parameters, gradients, self.first, self.second):
            for old, new in zip((p, first, second), self.rule(p, g, first, second, rate, self.count)):
                old.copy_(new)

    def virtual(self, parameters, first, second, gradients, step, ahead):
        """The parameters and both moments after the `ahead`-th update from now on, from those before it; nothing is
        changed, and gradients pass through."""
        assert not any(self.limits.values()), self.limits
        rate = learning_rate(self.schedule, step)
        updated = [
            self.rule(*values, rate, self.count + ahead) for values in zip(parameters, gradients, first, second)]
        return zip(*updated)


class SGD(Optimizer):
    def set(self, momentum=0.0, nesterov=False):
        self.momentum, self.nesterov = momentum, nesterov

    def rule(self, p, g, u, second, rate, _):
        u = self.momentum * u - rate * g
        return p + (self.momentum * u - rate * g if self.nesterov else u), u, second


class RMSprop(Optimizer):
    def set(self, rho=0.9, momentum=0.0, epsilon=1e-7):
        self.rho, self.momentum, self.epsilon = rho, momentum, epsilon

    def rule(self, p, g, b, v, rate, _):
        v = self.rho * v + (1 - self.rho) * g * g
        b = self.momentum * b + rate * g / torch.sqrt(v + self.epsilon)
        return p - b, b, v


class Adam(Optimizer):
    def set(self, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def rule(self, p, g, m, v, rate, count):
        correction = math.sqrt(1 - self.beta_2**count) / (1 - self.beta_1**count)
        rate = float(np.float32(rate * correction))
        m = m + (g - m) * (1 - self.beta_1)
        v = v + (g * g - v) * (1 - self.beta_2)
        return p - rate * m / (torch.sqrt(v) + self.epsilon), m, v


class AdamW(Adam):
    def set(self, weight_decay=0.004, **fields):
        self.weight_decay = weight_decay
        super().set(**fields)

    def rule(self, p, g, m, v, rate, count):
        return super().rule(p - rate * self.weight_decay * p, g, m, v, rate, count)


OPTIMIZERS = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam, "adamw": AdamW}
LEARNING_RATES = {"sgd": 0.01, "rmsprop": 0.001, "adam": 0.001, "adamw": 0.001}


def optimizer(entry, parameters):
    """A spec's optimizer, e.g. `{adam: {beta_1: 0.5}}`, for some parameters."""
    name, fields = named(entry)
    return OPTIMIZERS[name](parameters, **{"learning_rate": LEARNING_RATES[name]} | fields)
