"""Trains a spec's GAN and yields a row of metrics a step."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from augmentation import Augmentation
from columns import columns, reduced
from conditioning import Classes, Codes, margin
from datasets import batches, dataset
from losses import loss
from networks import Network, Pass, without_final_sigmoid
from optimizers import norm, optimizer
from randomness import Randomness
from regularizers import Attempt, Regularization, Turn
from specs import named
from unrolling import unrolled


class Batch(NamedTuple):
    """Samples as they come to the discriminator, with their classes and codes, if any."""

    samples: torch.Tensor
    classes: torch.Tensor | None
    codes: torch.Tensor | None = None


class Judgement(NamedTuple):
    """What the discriminator says of a batch in a pass: scores [N, 1], logits of classes, heads of codes."""

    at: Pass
    seen: torch.Tensor
    scores: torch.Tensor
    class_logits: torch.Tensor
    code_heads: torch.Tensor
    features: list


class Training:
    """One run of a spec; `smallest_margin` is how near any discriminator score came to the loss's threshold, or any
    class logit to its rival; infinite where there are no accuracies."""

    def __init__(self, spec, dtype, disturbance=None):
        self.dtype = dtype
        self.randomness = Randomness(spec["seed"])
        self.set_training(**spec["training"])
        self.samples, self.digits = dataset(spec["dataset"], self.randomness)
        self.latent = dict(spec["latent"])
        self.codes = Codes(self.randomness, **self.latent.pop("codes", {}))
        self.classes = Classes(self.randomness, spec.get("conditional"), int(self.digits.max()) + 1)
        self.loss = loss(spec["loss"], self.randomness, self.joint)
        self.augmentation = Augmentation(
            self.randomness, self.batch_size * self.packing, self.loss.threshold, **self.augmentation_fields)
        self.regularization = Regularization(spec.get("regularization", []), self.randomness)
        self.columns = columns(self.loss, self.regularization, self.augmentation, self.classes, self.codes)
        self.set_networks(spec, self.samples.shape[1:], disturbance)
        self.smallest_margin = np.inf

    def set_training(self, batch_size, steps, sampling, epochs=None, discriminator_update="separate",
                     discriminator_steps=1, generator_steps=1, gradient_accumulation=1, packing=1, unrolled_steps=0,
                     augmentation=None, generator_average=None):
        self.batch_size, self.steps, self.sampling = batch_size, steps, sampling
        self.joint = {"joint": True, "separate": False}[discriminator_update]
        self.discriminator_steps, self.generator_steps = discriminator_steps, generator_steps
        self.parts, self.packing, self.unrolled_steps = gradient_accumulation, packing, unrolled_steps
        self.augmentation_fields = augmentation or {}
        assert batch_size % self.parts == 0, (batch_size, self.parts)

    def set_networks(self, spec, shape, disturbance):
        def network(name, layers, input_shape):
            return Network(name, layers, input_shape, self.randomness, self.dtype, disturbance, self.classes.count)

        self.generator = network("generator", spec["generator"], (self.latent["dim"] + self.codes.size,))
        assert self.generator.output_shape == shape, self.generator.output_shape
        layers = spec["discriminator"]
        if named(spec["loss"])[0] in ("non_saturating", "minimax"):
            layers = without_final_sigmoid(layers)
        seen = (*shape[:-1], shape[-1] * self.packing)
        self.discriminator = network("discriminator", layers, seen)
        heads = (1 + self.classes.heads + self.codes.size,)
        expected = seen if self.loss.reconstructs else heads
        assert self.discriminator.output_shape == expected, self.discriminator.output_shape
        assert self.packing == 1 or (self.classes.count is None and not self.codes.size), "packing with classes"
        assert not self.unrolled_steps or (
            self.parts == 1 and heads == (1,) and self.regularization.entries == self.regularization.of_generator
            and not self.regularization.of_discriminator), "not defined with unrolled_steps"
        self.generator_optimizer, self.discriminator_optimizer = (
            optimizer(spec["optimizers"][network.name], network.parameters.values())
            for network in (self.generator, self.discriminator))

    # Batches

    def tensor(self, values):
        return torch.from_numpy(values.astype(np.float32)).to(self.dtype)

    def part(self, number):
        """The rows of a batch that belong to its part `number`, from 1."""
        rows = self.batch_size // self.parts
        return slice((number - 1) * rows, number * rows)

    def place(self, number, part):
        """The end of a pass's name: the number of the turn or update, and of the part where there are several."""
        return f"{number}.{part}" if self.parts > 1 else f"{number}"

    def real_parts(self, chosen):
        """The parts of a turn's real batch; with packing each sample is made of several, joined along the last axis."""
        groups = self.tensor(self.samples[chosen]).split(self.batch_size)
        classes = None if self.classes.count is None else torch.from_numpy(self.digits[chosen])
        samples = torch.cat(groups, dim=-1)
        return [
            Batch(samples[rows], None if classes is None else classes[rows])
            for rows in map(self.part, range(1, self.parts + 1))]

    def generated_parts(self, role, number, step):
        """For each part of a batch a function that makes it; latents, codes and classes are drawn at once."""
        rows = self.packing * self.batch_size
        stream, shape = f"latent/{role}/{number}", (rows, self.latent["dim"])
        if self.latent.get("distribution", "normal") == "normal":
            noise = self.randomness.normal(stream, step, shape)
        else:
            noise = 2 * self.randomness.uniform(stream, step, shape) - 1
        codes = self.tensor(self.codes.draw(f"{role}/{number}", step, rows))
        inputs = torch.cat([self.tensor(noise), codes], dim=1)
        classes = self.classes.draw(f"{role}/{number}", step, rows)
        pass_name = {"discriminator": "generated", "generator": "generator"}[role]

        def make(part):
            asked = None if classes is None else classes[self.part(part)]
            joined = []
            for member, group in enumerate(inputs.split(self.batch_size), 1):
                name = f"{pass_name}/{number}.{member}" if self.packing > 1 else f"{pass_name}/{number}"
                name += f".{part}" if self.parts > 1 else ""
                joined.append(self.generator(group[self.part(part)], Pass(step, name, asked, role == "generator")))
            return Batch(torch.cat(joined, dim=-1), asked, codes[self.part(part)])

        return make

    # What the discriminator says

    def judge(self, batch, step, pass_name, updates_statistics=False):
        at = Pass(step, pass_name, batch.classes, updates_statistics)
        return self.judge_seen(self.augmentation(batch.samples, at), at)

    def judge_seen(self, seen, at):
        features = self.discriminator.outputs(seen, at)
        heads = (1, self.classes.heads, self.codes.size)
        _, class_logits, code_heads = (None, None, None) if self.loss.reconstructs else features[-1].split(heads, 1)
        return Judgement(at, seen, self.loss.scores(seen, features[-1]), class_logits, code_heads, features)

    def class_loss(self, judged):
        """The cross-entropy of the classes, before it is weighted."""
        return functional.cross_entropy(judged.class_logits, judged.at.classes) if self.classes.heads else 0.0

    def of_classes(self, judged):
        return self.classes.weight * self.class_loss(judged) if self.classes.heads else 0.0

    def of_codes(self, judged, batch):
        return self.codes.loss(judged.code_heads, batch.codes) if self.codes.size else 0.0

    # Updates

    def update(self, network, optimizer, losses, step):
        """One update of a network by the mean of its parts' losses; returns the gradients' norm before clipping."""
        parameters = list(network.parameters.values())
        gradients = torch.autograd.grad(sum(losses) / len(losses), parameters)
        optimizer.update(gradients, step)
        return norm(gradients)

    def update_discriminator(self, losses, step):
        gradient_norm = self.update(self.discriminator, self.discriminator_optimizer, losses, step)
        for entry in self.regularization.entries:
            entry.after_update(self.discriminator)
        return gradient_norm

    def discriminator_turn(self, step, number, real):
        """The discriminator's `number`-th pair of updates of a step (or, joint, its one update); returns metrics."""
        parts = range(1, self.parts + 1)
        r = cache(lambda part: self.judge(real[part - 1], step, f"real/{self.place(number, part)}", True))
        norms = []
        if not self.joint:
            norms.append(self.update_discriminator(
                [self.loss.real(judged.scores, judged.at) + self.of_classes(judged) for judged in map(r, parts)], step))
        make = self.generated_parts("discriminator", number, step)
        rows, losses, in_terms = [], [], []
        for part in parts:
            row, whole, scores = self.turn_part(step, number, part, r(part), make)
            rows.append(row)
            losses.append(whole)
            in_terms.append(scores)
        norms.append(self.update_discriminator(losses, step))
        metrics = reduced(rows) | {"discriminator_gradient_norm": sum(norms) / len(norms)}
        real_scores, generated_scores = (torch.cat(scores).detach() for scores in zip(*in_terms))
        for entry in self.regularization.entries:
            entry.after_turn(real_scores, generated_scores)
        first_scores = torch.cat([r(part).scores for part in parts]).detach()
        metrics |= self.loss.after_turn(first_scores, generated_scores)
        return metrics | self.augmentation.after_turn(first_scores)

    def turn_part(self, step, number, part, r, make):
        """A part of a turn after its real scores: metrics, the loss to be reduced, and the scores in its terms."""
        place = self.place(number, part)
        batch = make(part)
        batch = batch._replace(samples=batch.samples.detach())
        g = self.judge(batch, step, f"generated/{place}", True)
        at_again = r.at._replace(updates_statistics=False)
        again = cache(lambda: r.scores if self.joint else self.judge_seen(r.seen, at_again).scores)
        turn = Turn(
            step, number, place, self.discriminator, r.seen, r.at.classes, g.seen, g.at.classes,
            lambda x, at: self.judge_seen(x, at).scores, again, g.scores, part == 1)
        penalty = self.regularization.discriminator(turn)
        if self.joint:
            total, loss_real, loss_generated = self.loss.discriminator(r.scores, g.scores, r.at, g.at)
            whole = total + self.of_classes(r)
        else:
            loss_real, loss_generated = self.loss.real(r.scores, r.at), self.loss.generated(g.scores, g.at)
            total, whole = loss_real + loss_generated, loss_generated
        whole = whole + self.of_classes(g) + self.of_codes(g, batch) + penalty
        values = {
            "discriminator_loss": total, "discriminator_loss_real": loss_real,
            "discriminator_loss_generated": loss_generated, "discriminator_penalty": penalty,
            "score_real": r.scores.mean(), "score_generated": g.scores.mean(),
            "class_loss_real": self.class_loss(r), "class_loss_generated": self.class_loss(g),
            "code_loss": self.of_codes(g, batch),
        } | self.accuracies(r, g)
        row = {column: value.item() if torch.is_tensor(value) else value for column, value in values.items()
               if value is not None}
        return row, whole, (again(), g.scores)

    def accuracies(self, r, g):
        values = {}
        if (threshold := self.loss.threshold) is not None:
            for scores in (r.scores, g.scores):
                self.smallest_margin = min(self.smallest_margin, (scores - threshold).abs().min().item())
            real = (r.scores > threshold).double().mean().item()
            generated = (g.scores <= threshold).double().mean().item()
            values = {"discriminator_accuracy": (real + generated) / 2, "discriminator_accuracy_real": real,
                      "discriminator_accuracy_generated": generated}
        if self.classes.heads:
            self.smallest_margin = min(self.smallest_margin, margin(r.class_logits.detach(), r.at.classes))
            correct = r.class_logits.argmax(1) == r.at.classes
            values["class_accuracy_real"] = correct.double().mean().item()
        return values

    def generator_update(self, step, number, real):
        """The generator's `number`-th update of a step, with the last turn's real batch; returns metrics."""
        make = self.generated_parts("generator", number, step)
        rows, losses = [], []
        for part in range(1, self.parts + 1):
            row, whole = self.attempt_part(step, number, part, real[part - 1], make)
            rows.append(row)
            losses.append(whole)
        gradient_norm = self.update(self.generator, self.generator_optimizer, losses, step)
        for entry in self.regularization.entries:
            entry.after_update(self.generator)
        return reduced(rows) | {"generator_gradient_norm": gradient_norm}

    def attempt_part(self, step, number, part, real, make):
        """A part of the generator's update: metrics, and the loss to be reduced."""
        batch, name = make(part), f"generator/{self.place(number, part)}"
        with self.discriminator.holding(self.virtual_parameters(batch, real, step)):
            g = self.judge(batch, step, name)
            r = cache(lambda: self.judge(real, step, name))
            adversarial = self.loss.generator(g.scores, lambda: r().scores)
            penalty = self.regularization.generator(Attempt(
                step, number, self.generator, g.features, lambda: r().features, part == 1))
        whole = adversarial + penalty + self.of_classes(g) + self.of_codes(g, batch)
        return {"generator_loss": adversarial.item(), "generator_penalty": penalty.item()}, whole

    def virtual_parameters(self, generated, real, step):
        """The discriminator's parameters after `unrolled_steps` turns of its own that are not made."""
        def judged(batch, ahead):
            return self.judge(batch, step, f"unrolled/{ahead}")

        def of_both(ahead):
            r, g = judged(real, ahead), judged(generated, ahead)
            return self.loss.discriminator(r.scores, g.scores, r.at, g.at)[0]

        def of_real(ahead):
            r = judged(real, ahead)
            return self.loss.real(r.scores, r.at)

        def of_generated(ahead):
            g = judged(generated, ahead)
            return self.loss.generated(g.scores, g.at)

        losses = [of_both] if self.joint else [of_real, of_generated]
        return unrolled(self.discriminator, self.discriminator_optimizer, losses, self.unrolled_steps, step)

    def rows(self):
        """A mapping from column to value for each step."""
        order = batches(
            len(self.samples), self.randomness, self.sampling, self.packing * self.batch_size,
            self.discriminator_steps)
        for step, (epoch, turns) in zip(range(1, self.steps + 1), order):
            real = [self.real_parts(chosen) for chosen in turns]
            values = {"step": step, "epoch": epoch}
            values |= reduced([self.discriminator_turn(step, number, parts) for number, parts in enumerate(real, 1)])
            values |= reduced([
                self.generator_update(step, number, real[-1]) for number in range(1, self.generator_steps + 1)])
            yield {column: values[column] for column in self.columns}
