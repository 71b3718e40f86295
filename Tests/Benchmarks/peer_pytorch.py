"""The step of Experiments/mlp-mnist.yaml in PyTorch, eager, with its fused Adam."""

import torch
from torch import nn

import common


def stack(*widths):
    layers = []
    for inputs, units in zip(widths, widths[1:]):
        layer = nn.Linear(inputs, units)
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
        layers += [layer, nn.ReLU()]
    return layers[:-1]


def main():
    options = common.arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    data = torch.from_numpy(common.images())
    batch = options.batch
    generator = nn.Sequential(*stack(100, 256, 512, 1024, 784), nn.Tanh())
    discriminator = nn.Sequential(*stack(784, 512, 256, 1))
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

    common.run(options, step, lambda: None, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
