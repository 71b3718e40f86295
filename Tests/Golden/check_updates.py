"""Checks whole updates in a second way: penalties' gradients along a direction, unrolled gradients by torch.func,
parts of a batch against the whole, which passes move statistics."""

import torch
from torch import testing
from torch.nn import functional

from networks import Network
from randomness import Randomness
from regularizers import REGULARIZERS, Turn
from training import Training

DENSE = [
    {"dense": {"units": 9, "activation": "tanh"}}, {"dense": {"units": 8, "activation": "leaky_relu"}},
    {"dense": {"units": 7, "activation": "softplus"}}, {"dense": {"units": 1}}]
CONVOLUTION = [
    {"conv2d": {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same", "activation": "softplus"}},
    {"conv2d": {"filters": 2, "kernel_size": 2, "activation": "leaky_relu"}}, "flatten", {"dense": {"units": 1}}]

PENALTIES = (
    ("gradient_penalty", {}, lambda n: 10 * ((n - 1) ** 2).mean()),
    ("gradient_penalty", {"weight": 3.0, "center": 0.1, "one_sided": True},
     lambda n: 3 * functional.relu(n - 0.1).square().mean()),
    ("dragan", {"center": 0.5}, lambda n: 10 * ((n - 0.5) ** 2).mean()),
    ("r1", {"gamma": 4.0}, lambda n: 2 * (n**2).mean()),
    ("r2", {}, lambda n: 5 * (n**2).mean()),
)


def check_penalties():
    """With v = dL/dg held constant, the gradient of L by the parameters is d/de of that of sum D(x + e v) at e = 0."""
    draws = Randomness(11)
    for layers, shape in ((DENSE, (6,)), (CONVOLUTION, (6, 5, 2))):
        network = Network("discriminator", layers, shape, draws, torch.float64)
        parameters = list(network.parameters.values())
        real, generated = (torch.from_numpy(draws.normal(name, 0, (12, *shape))) for name in ("real", "generated"))
        turn = Turn(1, 1, "1", network, real, None, generated, None, network, None, None, True)
        for name, fields, of_norms in PENALTIES:
            penalty = REGULARIZERS[name](draws, **fields)
            term = penalty.discriminator(turn)
            found = torch.autograd.grad(term, parameters, allow_unused=True, materialize_grads=True)
            x = {"r1": real, "r2": generated}[name] if name in ("r1", "r2") else penalty.points(turn)
            x = x.clone().requires_grad_()
            (slope,) = torch.autograd.grad(network(x, None).sum(), x)
            slope.requires_grad_()
            loss = of_norms(slope.flatten(1).norm(dim=1))
            testing.assert_close(term, loss, rtol=1e-9, atol=1e-9)
            (direction,) = torch.autograd.grad(loss, slope)

            def along(amount):
                moved = x.detach() + amount * direction
                return torch.autograd.grad(network(moved, None).sum(), parameters)

            little = 1e-5 / direction.abs().max()
            for value, ahead, behind in zip(found, along(little), along(-little)):
                testing.assert_close(value, (ahead - behind) / (2 * little), rtol=1e-6, atol=1e-7)


def spec(optimizer, **training):
    return {
        "seed": 3,
        "dataset": {"gaussian_ring": {"modes": 8, "radius": 1, "stddev": 0.1, "samples": 500}},
        "latent": {"dim": 3},
        "generator": [{"dense": {"units": 8, "activation": "tanh"}}, {"dense": {"units": 2}}],
        "discriminator": [{"dense": {"units": 6, "activation": "softplus"}}, {"dense": {"units": 1}}],
        "loss": "non_saturating",
        "optimizers": {"generator": {"sgd": {"learning_rate": 0.1}}, "discriminator": optimizer},
        "training": {"batch_size": 12, "steps": 3, "sampling": "with_replacement"} | training,
    }


def check_unrolling():
    """The generator's gradient through virtual updates, by nested transformations of pure functions."""
    for name, fields in (("sgd", {"learning_rate": 0.3}),
                         ("adam", {"learning_rate": 0.02, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3})):
        training = Training(spec({name: fields}, unrolled_steps=3), torch.float64)
        list(training.rows())
        chosen = training.randomness.indices("data/order", 4, 12, below=500)
        parts = training.real_parts(chosen)
        _, whole = training.attempt_part(4, 1, 1, parts[0], training.generated_parts("generator", 1, 4))
        found = torch.autograd.grad(whole, list(training.generator.parameters.values()))
        latents = training.tensor(training.randomness.normal("latent/generator/1", 4, (12, 3)))
        optimizer = training.discriminator_optimizer

        def generator(p, z):
            return torch.tanh(z @ p["0.kernel"] + p["0.bias"]) @ p["1.kernel"] + p["1.bias"]

        def scores(p, x):
            return functional.softplus(x @ p["0.kernel"] + p["0.bias"]) @ p["1.kernel"] + p["1.bias"]

        def entropy(score, label):
            return functional.binary_cross_entropy_with_logits(score, torch.full_like(score, label))

        def looking_ahead(of_generator):
            samples = generator(of_generator, latents)
            p = dict(training.discriminator.parameters)
            moments = {key: (m, v) for key, m, v in zip(p, optimizer.first, optimizer.second)}
            # Three turns of two updates, on the real and on the generated batch.
            for ahead in range(1, 7):
                seen, label = (parts[0].samples, 1.0) if ahead % 2 else (samples, 0.0)
                slope = torch.func.grad(lambda q: entropy(scores(q, seen), label))(p)
                if name == "sgd":
                    p = {key: p[key] - 0.3 * slope[key] for key in p}
                    continue
                count = 6 + ahead  # After three steps of two updates.
                moments = {key: (0.5 * m + 0.5 * slope[key], 0.9 * v + 0.1 * slope[key] ** 2)
                           for key, (m, v) in moments.items()}
                rate = 0.02 * (1 - 0.9**count) ** 0.5 / (1 - 0.5**count)
                p = {key: p[key] - rate * moments[key][0] / (moments[key][1].sqrt() + 1e-3) for key in p}
            return entropy(scores(p, samples), 1.0)

        parameters = {key: value.detach() for key, value in training.generator.parameters.items()}
        expected = torch.func.grad(looking_ahead)(parameters)
        for value, key in zip(found, parameters):  # Adam's rate is rounded to float32.
            testing.assert_close(value, expected[key], rtol=1e-6, atol=1e-9)


def check_parts():
    """The mean gradient of a batch's parts is the batch's, where no layer and no loss looks at the whole batch."""
    adam = {"adam": {"learning_rate": 0.01}}
    whole, parted = (
        list(Training(spec(adam, gradient_accumulation=parts, discriminator_steps=2), torch.float64).rows())
        for parts in (1, 3))
    for row, other in zip(whole, parted, strict=True):
        assert row.keys() == other.keys()
        for column in row:
            assert abs(row[column] - other[column]) < 1e-6 * (abs(row[column]) + 0.01), column


def check_packing():
    packed = spec("sgd", packing=3)
    training = Training(packed, torch.float64)
    chosen = training.randomness.indices("data/order", 1, 36, below=500)
    (batch,) = training.real_parts(chosen)
    points = torch.from_numpy(training.samples[chosen]).double()
    for n in range(12):
        testing.assert_close(batch.samples[n], torch.cat([points[n], points[n + 12], points[n + 24]]))
    generated = training.generated_parts("discriminator", 1, 1)(1)
    noise = training.tensor(training.randomness.normal("latent/discriminator/1", 1, (36, 3)))
    p = training.generator.parameters
    points = torch.tanh(noise @ p["0.kernel"] + p["0.bias"]) @ p["1.kernel"] + p["1.bias"]
    testing.assert_close(generated.samples, points.reshape(3, 12, 2).movedim(0, 1).reshape(12, 6))


def check_statistics():
    """Of each network the passes of its own updates move statistics, each once."""
    for update, parts in (("separate", ["real/1.1", "real/1.2", "generated/1.1", "generated/1.2"]),
                          ("joint", ["real/1.1", "generated/1.1", "real/1.2", "generated/1.2"])):
        fields = spec("sgd", steps=1, gradient_accumulation=2, discriminator_update=update)
        training = Training(fields | {"regularization": ["lecam", "r1"]}, torch.float64)
        passes, moving = [], []
        for network in (training.discriminator, training.generator):
            def outputs(x, at, network=network, inner=network.outputs):
                passes.append((network.name, at.name))
                if at.updates_statistics:
                    moving.append((network.name, at.name))
                return inner(x, at)

            network.outputs = outputs
        list(training.rows())
        of_generator = [name for kind, name in moving if kind == "generator"]
        assert of_generator == ["generator/1.1", "generator/1.2"], of_generator
        of_discriminator = [name for kind, name in moving if kind == "discriminator"]
        assert of_discriminator == parts, of_discriminator
        assert passes.count(("discriminator", "real/1.1")) == (2 if update == "separate" else 1)


def check():
    check_penalties()
    check_unrolling()
    check_parts()
    check_packing()
    check_statistics()
