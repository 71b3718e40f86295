"""Checks the oracle itself: known answers of Philox, and PyTorch where its formulas coincide with ours.

Layers are left to check_layers.py, losses, regularizers and the like to check_terms.py, whole updates to
check_updates.py.
"""

import math

import numpy as np
import torch
from torch.nn import functional

import check_layers
import check_terms
import check_updates
from losses import cross_entropy
from optimizers import OPTIMIZERS, clipped, norm
from randomness import Randomness, philox, stream_number

# Random123, kat_vectors: philox4x32, 10 rounds.
KNOWN_ANSWERS = (
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
)

# Ours, PyTorch's optimizer with its fields; Keras adds RMSprop's epsilon inside the root, so there it is 0.
OPTIMIZER_PAIRS = (
    ("sgd", {}, torch.optim.SGD, {}),
    ("sgd", {"momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9}),
    ("sgd", {"momentum": 0.9, "nesterov": True}, torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ("rmsprop", {"epsilon": 0.0}, torch.optim.RMSprop, {"alpha": 0.9, "eps": 0.0}),
    ("rmsprop", {"epsilon": 0.0, "momentum": 0.5}, torch.optim.RMSprop,
     {"alpha": 0.9, "eps": 0.0, "momentum": 0.5}),
    ("adam", {"beta_1": 0.5, "epsilon": 1e-3}, torch.optim.Adam, {"betas": (0.5, 0.999), "eps": 1e-3}),
    ("adamw", {"weight_decay": 0.1}, torch.optim.AdamW,
     {"betas": (0.9, 0.999), "eps": 1e-7, "weight_decay": 0.1}),
)


def check_randomness():
    for counter, key, expected in KNOWN_ANSWERS:
        counter = [[int(word, 16)] for word in counter.split()]
        words = philox(counter, [int(word, 16) for word in key.split()])
        assert " ".join(f"{int(word[0]):08x}" for word in words) == expected
    # FNV-1a-64's published values of "", "a" and "foobar".
    assert [stream_number(name) for name in ("", "a", "foobar")] == [
        0xCBF29CE484222325, 0xAF63DC4C8601EC8C, 0x85944171F73967E8]
    draws = Randomness(7)
    uniform, normal = draws.uniform("u", 0, (100_000,)), draws.normal("n", 0, (100_000,))
    assert 0 < uniform.min() and uniform.max() < 1 and (uniform.astype(np.float32) == uniform).all()
    assert abs(uniform.mean() - 0.5) < 0.005 and abs(normal.mean()) < 0.015 and abs(normal.std() - 1) < 0.01
    truncated = draws.truncated_normal("t", (100_000,))
    assert np.abs(truncated).max() <= 2 and abs(truncated.std() - 0.87962566103423978) < 0.01
    assert (np.sort(draws.permutation("p", 1, 1000)) == np.arange(1000)).all()
    assert (draws.words("w", 3, 10)[:7] == draws.words("w", 3, 7)).all()


def check_optimizers():
    generator = torch.Generator().manual_seed(1)
    for name, ours, theirs, their_fields in OPTIMIZER_PAIRS:
        start = [torch.randn(shape, generator=generator, dtype=torch.float64) for shape in ((5, 3), (3,))]
        mine, peers = ([value.clone().requires_grad_() for value in start] for _ in range(2))
        optimizer = OPTIMIZERS[name](mine, learning_rate=0.03, **ours)
        peer = theirs(peers, lr=0.03, **their_fields)
        for count in range(1, 31):
            gradients = [torch.randn(value.shape, generator=generator, dtype=torch.float64) for value in start]
            for value, gradient in zip(peers, gradients):
                value.grad = gradient.clone()
            if name in ("adam", "adamw"):  # PyTorch adds epsilon after the correction of the second moment.
                peer.param_groups[0]["eps"] = their_fields["eps"] / math.sqrt(1 - 0.999**count)
            peer.step()
            optimizer.update(gradients, count)
            for value, other in zip(mine, peers):
                torch.testing.assert_close(value, other, rtol=1e-6, atol=1e-7)
    value = torch.ones(1, dtype=torch.float64)
    optimizer = OPTIMIZERS["rmsprop"]([value], learning_rate=0.5, epsilon=0.3)
    optimizer.update([torch.full((1,), 2.0, dtype=torch.float64)], 1)
    assert abs(value.item() - (1 - 0.5 * 2 / math.sqrt(0.1 * 4 + 0.3))) < 1e-12


def check_clipping():
    gradients = [torch.tensor([3.0, -4.0]), torch.tensor([0.3, 0.4, 0.0])]
    peers = [torch.nn.Parameter(torch.zeros_like(gradient)) for gradient in gradients]

    def graded():
        for peer, gradient in zip(peers, gradients):
            peer.grad = gradient.clone()
        return peers

    for limit in (1.0, 10.0):
        torch.nn.utils.clip_grad_value_(graded(), limit)
        torch.testing.assert_close(clipped(gradients, clipvalue=limit), [peer.grad for peer in peers])
        torch.nn.utils.clip_grad_norm_(graded(), limit)
        torch.testing.assert_close(
            clipped(gradients, global_clipnorm=limit), [peer.grad for peer in peers], rtol=1e-5, atol=0)
    torch.testing.assert_close(clipped(gradients, clipnorm=1.0)[0], torch.tensor([0.6, -0.8]))
    torch.testing.assert_close(clipped(gradients, clipnorm=1.0)[1], gradients[1])
    assert abs(norm(gradients) - math.sqrt(25.25)) < 1e-6


def check_formulas():
    x = torch.linspace(-30, 30, 601, dtype=torch.float64).reshape(-1, 1)
    for label in (0.0, 0.9, 1.0):
        peer = functional.binary_cross_entropy_with_logits(x, torch.full_like(x, label))
        torch.testing.assert_close(cross_entropy(x, label), peer)
    # The generator's loss of `minimax` is the mean of ln(1 - sigmoid(score)).
    small = x[200:400]
    torch.testing.assert_close(-cross_entropy(small, 0), torch.log(1 - torch.sigmoid(small)).mean())


def check():
    check_randomness()
    check_optimizers()
    check_clipping()
    check_formulas()
    check_layers.check()
    check_terms.check()
    check_updates.check()
