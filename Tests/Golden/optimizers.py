"""The optimizers and gradient clipping, written out from their formulas (Keras 3's)."""

import math

import numpy as np
import torch


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
    """Updates parameters in place; `count` is the number of updates so far, the present one included."""

    def __init__(self, parameters, clipvalue=None, clipnorm=None, global_clipnorm=None, **fields):
        self.parameters = list(parameters)
        self.limits = {"clipvalue": clipvalue, "clipnorm": clipnorm, "global_clipnorm": global_clipnorm}
        self.count = 0
        self.first = [torch.zeros_like(p) for p in self.parameters]
        self.second = [torch.zeros_like(p) for p in self.parameters]
        self.set(**fields)

    @torch.no_grad()
    def update(self, gradients):
        self.count += 1
        gradients = clipped(gradients, **self.limits)
        for p, g, first, second in zip(self.parameters, gradients, self.first, self.second):
            self.apply(p, g, first, second)


class SGD(Optimizer):
    def set(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        self.learning_rate, self.momentum, self.nesterov = learning_rate, momentum, nesterov

    def apply(self, p, g, u, _):
        u.copy_(self.momentum * u - self.learning_rate * g)
        p += self.momentum * u - self.learning_rate * g if self.nesterov else u


class RMSprop(Optimizer):
    def set(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7):
        self.learning_rate, self.rho, self.momentum, self.epsilon = learning_rate, rho, momentum, epsilon

    def apply(self, p, g, b, v):
        v.copy_(self.rho * v + (1 - self.rho) * g * g)
        b.copy_(self.momentum * b + self.learning_rate * g / torch.sqrt(v + self.epsilon))
        p -= b


class Adam(Optimizer):
    def set(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon

    def apply(self, p, g, m, v):
        correction = math.sqrt(1 - self.beta_2**self.count) / (1 - self.beta_1**self.count)
        rate = float(np.float32(self.learning_rate * correction))
        m += (g - m) * (1 - self.beta_1)
        v += (g * g - v) * (1 - self.beta_2)
        p -= rate * m / (torch.sqrt(v) + self.epsilon)


class AdamW(Adam):
    def set(self, weight_decay=0.004, **fields):
        self.weight_decay = weight_decay
        super().set(**fields)

    def apply(self, p, g, m, v):
        p -= self.learning_rate * self.weight_decay * p
        super().apply(p, g, m, v)


OPTIMIZERS = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam, "adamw": AdamW}
