"""Checks losses, regularizers, schedules, augmentation and codes against PyTorch's own functions."""

import numpy as np
import torch
from torch import testing
from torch.nn import functional

from augmentation import Augmentation, cut_out, translated
from conditioning import Codes, margin
from losses import LOSSES
from networks import Network, Pass
from randomness import Randomness
from regularizers import REGULARIZERS, Turn
from schedules import learning_rate

DRAWS = Randomness(5)
AT = Pass(3, "real/2")


def normal(stream, *shape):
    return torch.from_numpy(DRAWS.normal(stream, 0, shape))


def check_losses():
    r, g, one = normal("r", 64, 1), normal("g", 64, 1) + 0.3, torch.ones(64, 1, dtype=torch.float64)

    def terms(name, **fields):
        loss = LOSSES[name](DRAWS, **fields)
        return *loss.discriminator(r, g, AT, Pass(3, "generated/2")), loss.generator(g, lambda: r)

    def expect(found, *expected):
        for value, other in zip(found, (expected[0] + expected[1], *expected), strict=True):
            testing.assert_close(value, other)

    entropy, square = functional.binary_cross_entropy_with_logits, functional.mse_loss
    flipped = torch.from_numpy(DRAWS.uniform("labels/real/2", 3, (64, 1))) > 0.7
    as_real = torch.from_numpy(DRAWS.uniform("labels/generated/2", 3, (64, 1))) > 0.7
    assert 5 < flipped.sum() < 35 and (flipped != as_real).any()
    expect(terms("non_saturating", label_smoothing=0.1, label_flipping=0.3),
           entropy(r, 0.9 * (~flipped).double()), entropy(g, 0.9 * as_real.double()), entropy(g, one))
    expect(terms("minimax"), entropy(r, one), entropy(g, 0 * one), torch.log(1 - torch.sigmoid(g)).mean())
    expect(terms("least_squares", real_label=0.8, generated_label=-1.0, generator_label=0.5),
           square(r, 0.8 * one) / 2, square(g, -one) / 2, square(g, 0.5 * one) / 2)
    expect(terms("least_squares", label_flipping=0.3),
           square(r, (~flipped).double()) / 2, square(g, as_real.double()) / 2, square(g, one) / 2)
    hinge = functional.hinge_embedding_loss
    expect(terms("hinge"), hinge(r, -one), hinge(-g, -one), -g.mean())
    expect(terms("wasserstein"), -r.mean(), g.mean(), -g.mean())
    contrasts = {
        "non_saturating": lambda x, y: functional.soft_margin_loss(x - y, one),
        "least_squares": lambda x, y: square(x - y, one),
        "hinge": lambda x, y: functional.margin_ranking_loss(x, y, one, margin=1),
    }
    for cost, contrast in contrasts.items():
        loss, _, _, of_generator = terms("relativistic", cost=cost)
        testing.assert_close(loss, contrast(r, g))
        testing.assert_close(of_generator, contrast(g, r))
        mean_r, mean_g = r.mean() * one, g.mean() * one
        expect(terms("relativistic_average", cost=cost), contrast(r, mean_g), contrast(mean_r, g),
               contrast(g, mean_r) + contrast(mean_g, r))
    x, y = normal("x", 8, 4, 3), normal("y", 8, 4, 3)
    energies = LOSSES["energy_based"](DRAWS, margin=2.0)
    testing.assert_close(-energies.scores(x, y).mean(), square(x, y))
    testing.assert_close(energies.generated(-r.abs(), AT), functional.hinge_embedding_loss(r.abs(), -one, margin=2.0))
    balance = LOSSES["boundary_equilibrium"](DRAWS, gamma=0.5, **{"lambda": 0.1})
    testing.assert_close(-balance.scores(x, y).mean(), functional.l1_loss(x, y))
    for real, generated, expected in ((4.0, 1.0, 0.1), (6.0, 1.0, 0.3), (2.0, 9.0, 0.0), (40.0, 1.0, 1.0)):
        columns = balance.after_turn(-real * one, -generated * one)
        assert abs(columns["balance"] - expected) < 1e-12
        assert abs(columns["convergence"] - (real + abs(real / 2 - generated))) < 1e-12


def check_schedules():
    schedulers = torch.optim.lr_scheduler
    cases = (
        ({"exponential_decay": {"decay_steps": 1, "decay_rate": 0.8}}, schedulers.ExponentialLR, {"gamma": 0.8}),
        ({"exponential_decay": {"decay_steps": 4, "decay_rate": 0.5, "staircase": True}},
         schedulers.StepLR, {"step_size": 4, "gamma": 0.5}),
        ({"cosine_decay": {"decay_steps": 30, "alpha": 0.2}}, schedulers.CosineAnnealingLR,
         {"T_max": 30, "eta_min": 0.02}),
        ({"polynomial_decay": {"decay_steps": 12, "end_learning_rate": 0.0, "power": 2.0}},
         schedulers.PolynomialLR, {"total_iters": 12, "power": 2.0}),
    )
    for (entry, theirs, fields) in cases:
        ((name, ours),) = entry.items()
        compare({name: ours | {"initial_learning_rate": 0.1}}, theirs, fields)
    compare({"piecewise_constant_decay": {"boundaries": [4, 9], "values": [0.1, 0.05, 0.025]}},
            schedulers.MultiStepLR, {"milestones": [5, 10], "gamma": 0.5})
    # Warm-up as in keras.optimizers.schedules.CosineDecay(0.0, 15, warmup_target=0.2, warmup_steps=5).
    cosine = {"cosine_decay": {"initial_learning_rate": 0.2, "decay_steps": 15, "warmup_steps": 5}}
    found = [round(learning_rate(cosine, step), 3) for step in (1, 2, 3, 4, 5, 6, 7, 21)]
    assert found == [0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.198, 0], found
    compare({"exponential_decay": {
        "initial_learning_rate": 0.1, "decay_steps": 2, "decay_rate": 0.7, "warmup_steps": 6}},
        schedulers.LambdaLR, {"lr_lambda": lambda t: t / 6 if t < 6 else 0.7 ** ((t - 6) / 2)})
    assert learning_rate(0.3, 7) == 0.3


def compare(entry, theirs, fields):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = theirs(optimizer, **fields)
    for step in range(1, 30):
        assert abs(scheduler.get_last_lr()[0] - learning_rate(entry, step)) < 1e-12, (entry, step)
        optimizer.step()
        scheduler.step()


def check_augmentation():
    x = normal("images", 300, 6, 9, 2)
    uniform = DRAWS.uniform("moves", 0, (300, 2))
    moved = translated(x, uniform, 0.25)  # By up to 2 rows and 2 columns.
    framed = functional.pad(x, (0, 0, 2, 2, 2, 2))
    seen = set()
    for n in range(300):
        down, right = (round(float(5 * (u - 0.5))) for u in uniform[n])
        seen.add((down, right))
        testing.assert_close(moved[n], framed[n, 2 - down:8 - down, 2 - right:11 - right])
    assert seen == {(down, right) for down in range(-2, 3) for right in range(-2, 3)}
    rows, columns = torch.meshgrid(torch.arange(6), torch.arange(9), indexing="ij")
    for ratio, height, width in ((0.5, 3, 5), (0.3, 2, 3), (1.0, 6, 9)):
        cut = cut_out(x, uniform, ratio)
        for n in range(300):
            middle = [int(u * (length + 1 - size % 2)) for u, length, size in zip(
                uniform[n], (6, 9), (height, width))]
            down, right = rows - middle[0] + height // 2, columns - middle[1] + width // 2
            inside = (0 <= down) & (down < height) & (0 <= right) & (right < width)
            testing.assert_close(cut[n], x[n] * ~inside[..., None])
    some = Augmentation(DRAWS, 300, 0.0, probability=0.25, brightness=0.5)
    lighter = (some(x, AT) - x).mean(dim=(1, 2, 3))
    opened = torch.from_numpy(DRAWS.uniform("augmentation/brightness/gate/real/2", 3, (300, 1))[:, 0] < 0.25)
    offset = torch.from_numpy(DRAWS.uniform("augmentation/brightness/real/2", 3, (300, 1))[:, 0] - 0.5) / 2
    testing.assert_close(lighter, offset * opened)
    adaptive = Augmentation(DRAWS, 32, 0.0, adaptive={"target": 0.5, "images": 320}, cutout=0.5)
    scores = torch.tensor([[1.0], [2.0], [3.0], [-1.0]])  # The mean sign is the target: p stays.
    found = [adaptive.after_turn(s)["augmentation_probability"] for s in (-scores, scores.abs(), scores.abs(), scores)]
    testing.assert_close(found, [0.0, 0.1, 0.2, 0.2])
    for count, above, target in ((30, 18, 0.2), (25, 20, 0.6), (100, 80, 0.6), (200, 160, 0.6), (20, 12, 0.2)):
        tied = Augmentation(DRAWS, count, 0.0, adaptive={"target": target, "images": 10 * count}, cutout=0.5)
        tied.probability = 0.5
        scores = torch.tensor([1.0] * above + [-1.0] * (count - above)).reshape(-1, 1)
        assert tied.after_turn(scores) == {"augmentation_probability": 0.5}, count


def check_codes():
    codes = Codes(DRAWS, categorical=[3, 5], continuous=2, categorical_weight=0.7, continuous_weight=0.4)
    drawn = torch.from_numpy(codes.draw("generator/1", 4, 16)).double()
    assert drawn.shape == (16, 10) and (drawn[:, :3].sum(1) == 1).all() and (drawn[:, 3:8].sum(1) == 1).all()
    assert (drawn[:, 8:].abs() < 1).all() and (drawn[:, 8:] < 0).any()
    heads = normal("heads", 16, 10)
    expected = 0.7 * (functional.cross_entropy(heads[:, :3], drawn[:, :3])
                      + functional.cross_entropy(heads[:, 3:8], drawn[:, 3:8]))
    expected += 0.4 * functional.gaussian_nll_loss(
        heads[:, 8:], drawn[:, 8:], torch.ones(16, 2), reduction="sum") / 16
    testing.assert_close(codes.loss(heads, drawn), expected)
    logits = torch.tensor([[1.0, 4.0, 3.5], [0.0, 2.0, 2.25]])
    assert margin(logits, torch.tensor([1, 1])) == 0.25


def check_regularizers_of_parameters():
    network = Network("discriminator", [
        {"conv2d": {"filters": 3, "kernel_size": 2}}, "flatten", {"dense": {"units": 2}}], (3, 3, 2), DRAWS,
        torch.float64)
    parameters = list(network.parameters.values())
    turn = Turn(1, 1, "1", network, *(None,) * 7, first_part=True)

    def gradients(name, **fields):
        term = REGULARIZERS[name](DRAWS, **fields).discriminator(turn)
        return torch.autograd.grad(term, parameters, allow_unused=True)

    peers = [p.detach().clone().requires_grad_() for p in parameters]
    sgd = torch.optim.SGD(peers, lr=1.0, weight_decay=0.03)
    for peer in peers:
        peer.grad = torch.zeros_like(peer)
    sgd.step()
    for p, peer, gradient in zip(parameters, peers, gradients("weight_decay", weight=0.03)):
        assert (gradient is None) == (p.ndim == 1)
        if gradient is not None:
            testing.assert_close(p - gradient, peer)
    for p, gradient in zip(parameters, gradients("orthogonal", weight=0.5, network="both")):
        if gradient is not None:  # 4 weight W (W^T W with its diagonal left out).
            w = p.detach().reshape(-1, p.shape[-1])
            gram = w.T @ w
            testing.assert_close(gradient.reshape(w.shape), 2 * w @ (gram - torch.diag(torch.diag(gram))))
    check_kernels()
    history = REGULARIZERS["historical_averaging"](DRAWS, weight=2.0)
    places = []
    for step in range(1, 5):
        places.append([p.detach().clone() for p in parameters])
        turn = Turn(step, 1, "1", network, *(None,) * 7, first_part=True)
        expected = sum(((p - torch.stack(past).mean(0)) ** 2).sum() for p, *past in zip(parameters, *places))
        testing.assert_close(history.discriminator(turn), 2 * expected)
        with torch.no_grad():
            for p in parameters:
                p += 0.1 * step
    clipping = REGULARIZERS["weight_clipping"](DRAWS, limit=0.2)
    expected = [p.detach().numpy().clip(-0.2, 0.2) for p in parameters]
    clipping.after_update(network)
    assert all(np.array_equal(p.detach().numpy(), other) for p, other in zip(parameters, expected))
    rule = REGULARIZERS["max_norm"](DRAWS, limit=0.3, network="both")
    before = [p.detach().clone() for p in parameters]
    rule.after_update(network)
    for name, p, old in zip(network.parameters, parameters, before):
        axis = network.filter_axes.get(name)
        testing.assert_close(p, old if axis is None else torch.renorm(old, 2, axis, 0.3))


def check_kernels():
    """Classes' tables, gamma and beta are no kernels, and the filters of a transposed kernel are its third axis."""
    network = Network("generator", [
        "conditional_batch_norm", {"embedding": {"output_dim": 3}}, {"dense": {"units": 8}},
        {"reshape": {"shape": [2, 2, 2]}}, {"conv2d_transpose": {"filters": 3, "kernel_size": 2}}], (4,), DRAWS,
        torch.float64, classes=5)
    turn = Turn(1, 1, "1", network, *(None,) * 7, first_part=True)
    dense, transposed = (network.parameters[name].detach() for name in ("2.kernel", "4.kernel"))
    assert transposed.shape == (2, 2, 3, 2)
    decay = REGULARIZERS["weight_decay"](DRAWS, weight=0.5).discriminator(turn)
    testing.assert_close(decay.detach(), 0.25 * ((dense**2).sum() + (transposed**2).sum()))
    grams = torch.einsum("if,ig->fg", dense, dense), torch.einsum("rcfi,rcgi->fg", transposed, transposed)
    expected = 0.5 * sum(sum(g[i, j] ** 2 for i in range(len(g)) for j in range(len(g)) if i != j) for g in grams)
    testing.assert_close(REGULARIZERS["orthogonal"](DRAWS, weight=0.5).discriminator(turn).detach(), expected)


def check_running_scores():
    lecam = REGULARIZERS["lecam"](DRAWS, weight=2.0, decay=0.75)
    r, g = torch.full((4, 1), 3.0), torch.full((4, 1), -1.0)
    for expected in (9 + 1, 3.25**2 + 1.75**2):
        turn = Turn(1, 1, "1", None, r, None, g, None, None, lambda: r, g, True)
        assert abs(lecam.discriminator(turn).item() - 2 * expected) < 1e-5
        lecam.after_turn(r, g)
    lazy = REGULARIZERS["r1"](DRAWS, every=3)
    assert [lazy.times(step) for step in range(1, 8)] == [3, 0, 0, 3, 0, 0, 3]


def check():
    check_losses()
    check_schedules()
    check_augmentation()
    check_codes()
    check_regularizers_of_parameters()
    check_running_scores()
