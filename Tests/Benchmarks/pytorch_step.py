"""The tutorial's step in PyTorch, eager, with its fused Adam, for any two networks."""

import torch
from torch import nn


def tutorial_step(generator, discriminator, data, batch):
    """A function that trains D on a real batch, then on a generated one, then G through a frozen D."""
    adam = dict(lr=2e-4, betas=(0.5, 0.999), eps=1e-7, fused=True)
    for_generator = torch.optim.Adam(generator.parameters(), **adam)
    for_discriminator = torch.optim.Adam(discriminator.parameters(), **adam)
    entropy = nn.functional.binary_cross_entropy_with_logits
    real, fake = torch.ones(batch, 1), torch.zeros(batch, 1)

    def update(optimizer, loss):
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    def step():
        samples = data[torch.randint(0, len(data), (batch,))]
        update(for_discriminator, entropy(discriminator(samples), real))
        with torch.no_grad():
            samples = generator(torch.randn(batch, 100))
        update(for_discriminator, entropy(discriminator(samples), fake))
        discriminator.requires_grad_(False)
        update(for_generator, entropy(discriminator(generator(torch.randn(batch, 100))), real))
        discriminator.requires_grad_(True)

    return step
