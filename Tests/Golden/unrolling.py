"""Turns of a network that are not made, but that gradients pass through.

Metz et al., "Unrolled Generative Adversarial Networks", 2017.
"""

import torch


def unrolled(network, optimizer, losses, turns, training_step):
    """A network's parameters, by name, after `turns` turns with an update on each of `losses` by its optimizer, from its present
    state on; a loss is a function of the number of the turn, from 1."""
    parameters, first, second = network.parameters, optimizer.first, optimizer.second
    updates = 0
    for turn in range(1, turns + 1):
        for loss in losses:
            updates += 1
            with network.holding(parameters):
                gradients = torch.autograd.grad(loss(turn), list(parameters.values()), create_graph=True)
            updated, first, second = optimizer.virtual(
                parameters.values(), first, second, gradients, training_step, updates)
            parameters = dict(zip(parameters, updated))
    return parameters
