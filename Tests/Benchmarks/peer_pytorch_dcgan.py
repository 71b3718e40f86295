"""The step of dcgan.yaml in PyTorch, eager, with its fused Adam."""

import torch
from torch import nn

import common
from pytorch_step import tutorial_step


def main():
    options = common.arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    data = torch.from_numpy(common.images()).reshape(-1, 1, 28, 28)
    generator = nn.Sequential(
        nn.Linear(100, 6272, bias=False), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128, eps=1e-3), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64, eps=1e-3), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(64, 128, 4, 2, 1, bias=False),
        nn.BatchNorm2d(128, eps=1e-3), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(6272, 1))
    step = tutorial_step(generator, discriminator, data, options.batch)
    common.run(options, step, lambda: None, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
