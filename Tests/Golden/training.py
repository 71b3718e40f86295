"""Trains a spec's GAN and yields a row of metrics a step."""

import numpy as np
import torch

from datasets import batches, dataset
from networks import Network, without_final_sigmoid
from optimizers import OPTIMIZERS, norm
from randomness import Randomness
from specs import named

COLUMNS = (
    "step", "epoch", "discriminator_loss", "discriminator_loss_real", "discriminator_loss_generated",
    "generator_loss", "discriminator_accuracy", "discriminator_accuracy_real",
    "discriminator_accuracy_generated", "score_real", "score_generated", "discriminator_gradient_norm",
    "generator_gradient_norm",
)


def cross_entropy(score, label):
    """The mean binary cross-entropy of scores (logits) with one label for all."""
    zero = torch.zeros_like(score)
    return (label * torch.logaddexp(-score, zero) + (1 - label) * torch.logaddexp(score, zero)).mean()


class Training:
    """One run of a spec; `smallest_score` is how near any discriminator score came to the sign's edge."""

    def __init__(self, spec, dtype, disturbance=None):
        self.dtype = dtype
        self.randomness = Randomness(spec["seed"])
        self.latent = spec["latent"]
        self.training = spec["training"]
        self.updates = self.training.get("discriminator_steps", 1)
        self.samples = dataset(spec["dataset"], self.randomness)
        shape = self.samples.shape[1:]
        self.generator = Network(
            "generator", spec["generator"], (self.latent["dim"],), self.randomness, dtype, disturbance)
        assert self.generator.output_shape == shape, self.generator.output_shape
        self.discriminator = Network(
            "discriminator", without_final_sigmoid(spec["discriminator"]), shape, self.randomness, dtype,
            disturbance)
        assert self.discriminator.output_shape == (1,), self.discriminator.output_shape
        self.loss, fields = named(spec["loss"])
        self.smoothing = fields.get("label_smoothing", 0.0)
        self.generator_optimizer = self.optimizer(spec, self.generator)
        self.discriminator_optimizer = self.optimizer(spec, self.discriminator)
        self.smallest_score = np.inf

    def optimizer(self, spec, network):
        name, fields = named(spec["optimizers"][network.name])
        return OPTIMIZERS[name](network.parameters.values(), **fields)

    def noise(self, stream, step):
        shape = (self.training["batch_size"], self.latent["dim"])
        if self.latent.get("distribution", "normal") == "normal":
            values = self.randomness.normal(stream, step, shape)
        else:
            values = 2 * self.randomness.uniform(stream, step, shape) - 1
        return torch.from_numpy(values.astype(np.float32)).to(self.dtype)

    def update(self, network, optimizer, loss):
        """One update of a network; returns the norm of its gradients before clipping."""
        gradients = torch.autograd.grad(loss, list(network.parameters.values()))
        optimizer.update(gradients)
        return norm(gradients)

    def discriminator_pair(self, step, number, real):
        """The discriminator's `number`-th pair of updates of a step (or, joint, its one update)."""
        joint = self.training.get("discriminator_update", "separate") == "joint"
        norms = []
        score_real = self.discriminator(torch.from_numpy(real).to(self.dtype), step, f"real/{number}")
        loss_real = cross_entropy(score_real, 1 - self.smoothing)
        if not joint:
            norms.append(self.update(self.discriminator, self.discriminator_optimizer, loss_real))
        pass_name = f"generated/{number}"
        generated = self.generator(self.noise(f"latent/discriminator/{number}", step), step, pass_name)
        score_generated = self.discriminator(generated.detach(), step, pass_name)
        loss_generated = cross_entropy(score_generated, 0)
        loss = loss_real + loss_generated if joint else loss_generated
        norms.append(self.update(self.discriminator, self.discriminator_optimizer, loss))
        for score in (score_real, score_generated):
            self.smallest_score = min(self.smallest_score, float(score.detach().abs().min()))
        accuracies = [float((score_real > 0).double().mean()), float((score_generated <= 0).double().mean())]
        return [
            loss_real.item() + loss_generated.item(), loss_real.item(), loss_generated.item(),
            sum(accuracies) / 2, *accuracies,
            score_real.mean().item(), score_generated.mean().item(), sum(norms) / len(norms),
        ]

    def generator_step(self, step):
        """The generator's update of a step; returns its loss and gradient norm."""
        generated = self.generator(self.noise("latent/generator/1", step), step, "generator/1")
        score = self.discriminator(generated, step, "generator/1")
        if self.loss == "non_saturating":
            loss = cross_entropy(score, 1)
        else:
            assert self.loss == "minimax", self.loss
            loss = -cross_entropy(score, 0)
        return loss.item(), self.update(self.generator, self.generator_optimizer, loss)

    def rows(self):
        """A mapping from column to value for each step."""
        order = batches(
            self.samples, self.randomness, self.training["sampling"], self.training["batch_size"], self.updates)
        for step, (epoch, reals) in zip(range(1, self.training["steps"] + 1), order):
            pairs = [self.discriminator_pair(step, number, real) for number, real in enumerate(reals, 1)]
            means = np.mean(pairs, axis=0).tolist()
            generator_loss, generator_norm = self.generator_step(step)
            values = [step, epoch, *means[:3], generator_loss, *means[3:], generator_norm]
            yield dict(zip(COLUMNS, values, strict=True))
