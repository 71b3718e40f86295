"""The step of wgan-gp.yaml in PyTorch, eager, with its fused Adam."""

import torch
from torch import nn

import common


def stack(*widths):
    layers = []
    for inputs, units in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, units), nn.ReLU()]
    return layers[:-1]


def main():
    options = common.arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    data = torch.from_numpy(common.images())
    batch = options.batch
    generator = nn.Sequential(*stack(100, 512, 512, 784), nn.Tanh())
    discriminator = nn.Sequential(*stack(784, 512, 512, 1))
    adam = dict(lr=1e-4, betas=(0.0, 0.9), eps=1e-7, fused=True)
    for_generator = torch.optim.Adam(generator.parameters(), **adam)
    for_discriminator = torch.optim.Adam(discriminator.parameters(), **adam)

    def update(optimizer, loss):
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()

    def penalty(real, generated):
        share = torch.rand(batch, 1)
        mixed = (share * real + (1 - share) * generated).requires_grad_()
        slopes, = torch.autograd.grad(discriminator(mixed).sum(), mixed, create_graph=True)
        return 10 * ((slopes.square().sum(1) + 1e-12).sqrt() - 1).square().mean()

    def step():
        for _ in range(5):
            real = data[torch.randint(0, len(data), (batch,))]
            with torch.no_grad():
                generated = generator(torch.randn(batch, 100))
            scores = discriminator(real), discriminator(generated)
            update(for_discriminator, scores[1].mean() - scores[0].mean() + penalty(real, generated))
        discriminator.requires_grad_(False)
        update(for_generator, -discriminator(generator(torch.randn(batch, 100))).mean())
        discriminator.requires_grad_(True)

    common.run(options, step, lambda: None, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
