"""Classes and codes: what a generated sample is asked to be, and what the discriminator's heads say that it is."""

import numpy as np
import torch
from torch.nn import functional


class Codes:
    """The codes of InfoGAN (Chen et al., 2016) behind the latent vector; without fields there are none."""

    def __init__(self, randomness, categorical=(), continuous=0, categorical_weight=1.0, continuous_weight=0.1):
        self.randomness, self.categorical, self.continuous = randomness, list(categorical), continuous
        self.categorical_weight, self.continuous_weight = categorical_weight, continuous_weight
        self.size = sum(self.categorical) + continuous

    def draw(self, place, step, rows):
        """The values behind the latent vectors, [rows, size], float32; `place` is e.g. `discriminator/1`."""
        values = [np.zeros((rows, 0), dtype=np.float32)]
        for number, count in enumerate(self.categorical):
            chosen = self.randomness.indices(f"codes/categorical/{number}/{place}", step, rows, below=count)
            values.append(np.eye(count, dtype=np.float32)[chosen])
        if self.continuous:
            uniform = self.randomness.uniform(f"codes/continuous/{place}", step, (rows, self.continuous))
            values.append((2 * uniform - 1).astype(np.float32))
        return np.concatenate(values, axis=1)

    def loss(self, heads, codes):
        """The weighted cross-entropies of categorical codes and halved squares of continuous ones."""
        sizes = [*self.categorical, self.continuous]
        *logits, means = heads.split(sizes, dim=1)
        *drawn, continuous = codes.split(sizes, dim=1)
        categorical = sum(functional.cross_entropy(head, code.argmax(1)) for head, code in zip(logits, drawn))
        squares = ((means - continuous) ** 2).sum(1).mean() / 2
        return self.categorical_weight * categorical + self.continuous_weight * squares


class Classes:
    """Samples' classes; `count` is None where the spec is not conditional, `weight` where there is no classifier."""

    def __init__(self, randomness, conditional, of_dataset):
        self.randomness, self.count, self.weight = randomness, None, None
        if conditional is not None:
            self.count = conditional.get("classes", of_dataset)
            self.weight = conditional.get("auxiliary_classifier")
            assert self.count >= of_dataset, (self.count, of_dataset)

    @property
    def heads(self):
        """How many class logits the discriminator returns."""
        return 0 if self.weight is None else self.count

    def draw(self, place, step, rows):
        if self.count is None:
            return None
        return torch.from_numpy(self.randomness.indices(f"class/{place}", step, rows, below=self.count))


def margin(logits, classes):
    """The least distance between the logit of a sample's class and the greatest other."""
    own = functional.one_hot(classes, logits.shape[1]).bool()
    others = logits.masked_fill(own, -np.inf).amax(1)
    return (logits[own] - others).abs().min().item()
