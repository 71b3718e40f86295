"""Stacked MNIST with the networks of Experiments/tables/stacked-quarter.yaml in PyTorch, after the program of Lin et al.: what the
GAN makes of so many steps, as a sheet, and how much its samples differ.

    python3 Tests/Benchmarks/peer_pytorch_stacked.py --steps 20000 --seed 1 -o stacked.png
"""

import argparse

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional

import common


def same(length, kernel=3, stride=2):
    """The places around a side of this length that `same` padding adds, before and after it."""
    total = max((-(-length // stride) - 1) * stride + kernel - length, 0)
    return total // 2, total - total // 2


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(256, 1024)
        self.layers = nn.ModuleList(nn.ConvTranspose2d(a, b, 3, 2) for a, b in ((64, 32), (32, 16), (16, 8)))
        self.norms = nn.ModuleList(nn.BatchNorm2d(count) for count in (64, 32, 16, 8))
        self.last = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, latent):
        x = self.project(latent).view(-1, 4, 4, 64).permute(0, 3, 1, 2)
        x = functional.relu(self.norms[0](x))
        for layer, norm, side in zip(self.layers, self.norms[1:], (7, 14, 28)):
            first = same(side)[0]
            x = functional.relu(norm(layer(x)[:, :, first:first + side, first:first + side]))
        return torch.tanh(self.last(x))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, 2) for a, b in ((3, 2), (2, 4), (4, 8)))
        self.norms = nn.ModuleList(nn.BatchNorm2d(count) for count in (2, 4, 8))
        self.last = nn.Linear(128, 1)

    def forward(self, x):
        for layer, norm in zip(self.layers, self.norms):
            x = functional.leaky_relu(norm(layer(functional.pad(x, same(x.shape[-1]) * 2))), 0.3)
        return self.last(x.flatten(1))


def main():
    parser = argparse.ArgumentParser(description="The GAN of Stacked MNIST in PyTorch.")
    parser.add_argument("--steps", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", default="stacked.png")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    digits = torch.from_numpy(common.images()).reshape(-1, 28, 28)
    generator, discriminator = Generator(), Discriminator()
    for module in (generator, discriminator):
        for name, values in module.named_parameters():
            if values.dim() > 1:
                nn.init.normal_(values, 0, 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(values)
    # Learning rates, beta_1 and beta_2 as the spec has them.
    optimizers = [
        torch.optim.Adam(module.parameters(), rate, (0.5, 0.99))
        for module, rate in ((generator, 1e-4), (discriminator, 2e-4))]
    loss = functional.binary_cross_entropy_with_logits
    for _ in range(options.steps):
        real = torch.stack([digits[torch.randint(len(digits), (128,))] for _ in range(3)], 1)
        made = generator(torch.randn(128, 256))
        scores, others = discriminator(real), discriminator(made.detach())
        optimizers[1].zero_grad()
        (loss(scores, torch.ones_like(scores)) + loss(others, torch.zeros_like(others))).backward()
        optimizers[1].step()
        scores = discriminator(made)
        optimizers[0].zero_grad()
        loss(scores, torch.ones_like(scores)).backward()
        optimizers[0].step()
    made = made.detach()
    print(f"{options.steps} steps: mean {made.mean():.3f}, of real ones {digits.mean():.3f}; "
          f"deviation of a pixel over samples {made.std(0).mean():.3f}, of real ones {digits.std(0).mean():.3f}")
    sheet = ((made[:16].permute(0, 2, 3, 1).numpy() + 1) * 127.5).astype(np.uint8)
    sheet = sheet.reshape(2, 8, 28, 28, 3).transpose(0, 2, 1, 3, 4).reshape(56, 224, 3)
    Image.fromarray(sheet).resize((896, 224), Image.Resampling.NEAREST).save(options.output)


if __name__ == "__main__":
    main()
