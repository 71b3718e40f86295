"""The step of dcgan.yaml in PyTorch, eager, with its fused Adam."""

import torch
from torch import nn

import common


def main():
    options = common.arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    data = torch.from_numpy(common.images()).reshape(-1, 1, 28, 28)
    batch = options.batch
    generator = nn.Sequential(
        nn.Linear(100, 6272, bias=False), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128, eps=1e-3), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64, eps=1e-3), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(64, 128, 4, 2, 1, bias=False),
        nn.BatchNorm2d(128, eps=1e-3), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(6272, 1))
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
