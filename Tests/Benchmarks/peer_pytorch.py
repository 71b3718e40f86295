"""The step of Experiments/mlp-mnist.yaml in PyTorch, eager, with its fused Adam."""

import torch
from torch import nn

import common
from pytorch_step import tutorial_step


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
    generator = nn.Sequential(*stack(100, 256, 512, 1024, 784), nn.Tanh())
    discriminator = nn.Sequential(*stack(784, 512, 256, 1))
    step = tutorial_step(generator, discriminator, data, options.batch)
    common.run(options, step, lambda: None, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
