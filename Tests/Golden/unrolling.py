"""Updates of a network that are not made, but that gradients pass through.

Metz et al., "Unrolled Generative Adversarial Networks", 2017.
"""

import torch


def unrolled(network, optimizer, loss, steps, training_step):
    """A network's parameters, by name, after `steps` updates by its optimizer, from its present state on; `loss` is a
    function of the number of such an update, from 1, to be reduced in it."""
    parameters, first, second = network.parameters, optimizer.first, optimizer.second
    for ahead in range(1, steps + 1):
        with network.holding(parameters):
            gradients = torch.autograd.grad(loss(ahead), list(parameters.values()), create_graph=True)
        updated, first, second = optimizer.virtual(
            parameters.values(), first, second, gradients, training_step, ahead)
        parameters = dict(zip(parameters, updated))
    return parameters
