"""ABOUT

    python networks.py -n 16 --seed 7 -o samples.npz      # samples of new latent points, where a network makes some
    python networks.py --inputs inputs.npz -o made.npz    # of points that `gan-exp sample -o inputs.npz` wrote

In a program: `from networks import load`, then `load()["..."]` is a module in evaluation mode, to be called with a tensor and,
where the network takes them, the classes. It needs PyTorch, NumPy and safetensors.
"""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

NETWORKS = {}


def item(entry):
    """The name of an entry of a list of layers, and its fields."""
    return next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})


def pair(value):
    return tuple(value) if isinstance(value, (list, tuple)) else (value, value)


def activation(entry):
    name, fields = item(entry)
    return {
        "linear": lambda: nn.Identity(),
        "relu": lambda: nn.ReLU(),
        "leaky_relu": lambda: nn.LeakyReLU(fields["negative_slope"]),
        "elu": lambda: nn.ELU(fields["alpha"]),
        "selu": lambda: nn.SELU(),
        "gelu": lambda: nn.GELU("tanh" if fields["approximate"] else "none"),
        "softplus": lambda: nn.Softplus(),
        "sigmoid": lambda: nn.Sigmoid(),
        "tanh": lambda: nn.Tanh(),
    }[name]()


class SeesClasses:
    """A module that is called with the classes of the samples too."""


class Stack(nn.Sequential, SeesClasses):
    """Layers after each other; the number of a layer is that of its module."""

    def forward(self, x, labels=None):
        for layer in self:
            x = layer(x, labels) if isinstance(layer, SeesClasses) else layer(x)
        return x


class Function(nn.Module):
    """A layer without parameters."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def kernel(layer, axis=0):
    """The weights, divided by their largest singular value where the layer has a spectral norm."""
    if not hasattr(layer, "u"):
        return layer.weight
    u = layer.u / (layer.u.norm() + 1e-12)
    return layer.weight / (u @ layer.weight.movedim(axis, 0).flatten(1)).norm()


class Linear(nn.Linear):
    def __init__(self, inputs, fields):
        super().__init__(inputs, fields["units"], bias=fields["use_bias"])
        self.activation = activation(fields["activation"])

    def forward(self, x):
        return self.activation(F.linear(x, kernel(self), self.bias))


class Maxout(nn.Linear):
    def __init__(self, inputs, fields):
        super().__init__(inputs, fields["units"] * fields["pieces"], bias=fields["use_bias"])
        self.pieces = fields["pieces"]

    def forward(self, x):
        return super().forward(x).unflatten(1, (self.pieces, -1)).amax(1)


def span(fields, axis):
    return (pair(fields["kernel_size"])[axis] - 1) * pair(fields["dilation_rate"])[axis] + 1


def windows(size, length, stride, padding, axis=0):
    """How many windows lie along an axis, and the places before and behind it that they reach."""
    if padding == "same":
        count = -(-length // stride)
        before = max((count - 1) * stride + size - length, 0) // 2
    else:
        before = 0 if padding == "valid" else pair(padding)[axis]
        count = (length + 2 * before - size) // stride + 1
    return count, before, max((count - 1) * stride + size - length - before, -before)


def around(fields, shape, size, padding):
    """The output's height and width, and what F.pad adds to the input: left, right, top, bottom."""
    rows, columns = (windows(size(axis), shape[axis], pair(fields["strides"])[axis], padding, axis) for axis in (0, 1))
    return (rows[0], columns[0]), (columns[1], columns[2], rows[1], rows[2])


class Conv2d(nn.Conv2d):
    def __init__(self, shape, fields):
        super().__init__(
            shape[2], fields["filters"], pair(fields["kernel_size"]), pair(fields["strides"]),
            dilation=pair(fields["dilation_rate"]), bias=fields["use_bias"])
        self.places, self.around = around(fields, shape, lambda axis: span(fields, axis), fields["padding"])
        self.activation = activation(fields["activation"])

    def forward(self, x):
        x = F.pad(x, self.around)
        return self.activation(F.conv2d(x, kernel(self), self.bias, self.stride, 0, self.dilation))


class ConvTranspose2d(nn.ConvTranspose2d):
    def __init__(self, shape, fields):
        super().__init__(
            shape[2], fields["filters"], pair(fields["kernel_size"]), pair(fields["strides"]),
            dilation=pair(fields["dilation_rate"]), bias=fields["use_bias"])
        self.activation = activation(fields["activation"])
        self.places, self.around = (), ()
        for axis in (0, 1):
            size, stride, padding = span(fields, axis), pair(fields["strides"])[axis], fields["padding"]
            whole = (shape[axis] - 1) * stride + size
            cut = {"same": size // 2, "valid": 0}[padding] if isinstance(padding, str) else pair(padding)[axis]
            length = whole - 2 * cut + pair(fields["output_padding"])[axis]
            before = windows(size, length, stride, padding, axis)[1]
            self.places += (length,)
            self.around = (-before, before + length - whole) + self.around

    def forward(self, x):
        x = F.pad(F.conv_transpose2d(x, kernel(self, 1), None, self.stride, 0, 0, 1, self.dilation), self.around)
        return self.activation(x if self.bias is None else x + self.bias[:, None, None])


class SeparableConv2d(nn.Module):
    def __init__(self, shape, fields):
        super().__init__()
        wide = shape[2] * fields["depth_multiplier"]
        self.fields, self.groups = fields, shape[2]
        self.depthwise_weight = nn.Parameter(torch.empty(wide, 1, *pair(fields["kernel_size"])))
        self.pointwise_weight = nn.Parameter(torch.empty(fields["filters"], wide, 1, 1))
        self.bias = nn.Parameter(torch.empty(fields["filters"])) if fields["use_bias"] else None
        self.places, self.around = around(fields, shape, lambda axis: span(fields, axis), fields["padding"])
        self.activation = activation(fields["activation"])

    def forward(self, x):
        x = F.conv2d(
            F.pad(x, self.around), self.depthwise_weight, None, pair(self.fields["strides"]), 0,
            pair(self.fields["dilation_rate"]), self.groups)
        return self.activation(F.conv2d(x, self.pointwise_weight, self.bias))


def without(module, fields):
    """A normalization without what its fields leave out."""
    if not fields["scale"]:
        module.weight = None
    if not fields["center"]:
        module.bias = None
    return module


def batch_norm(features, rank, fields):
    kind = {1: nn.BatchNorm1d, 2: nn.BatchNorm1d, 3: nn.BatchNorm2d, 4: nn.BatchNorm3d}[rank]
    return without(kind(features, fields["epsilon"], 1 - fields["momentum"]), fields)


class ConditionalBatchNorm(nn.modules.batchnorm._BatchNorm, SeesClasses):
    def __init__(self, features, classes, fields):
        super().__init__(features, fields["epsilon"], 1 - fields["momentum"], affine=False)
        self.weight = nn.Parameter(torch.empty(classes, features))
        self.bias = nn.Parameter(torch.empty(classes, features))

    def forward(self, x, labels):
        y = F.batch_norm(
            x, self.running_mean, self.running_var, None, None, self.training, self.momentum, self.eps)
        places = (slice(None), slice(None)) + (None,) * (x.dim() - 2)
        return y * self.weight[labels][places] + self.bias[labels][places]


class LayerNorm(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


def beside(x, features):
    """Features [N, F] at every place of x [N, C, ...]."""
    return features.reshape(features.shape + (1,) * (x.dim() - 2)).expand(-1, -1, *x.shape[2:])


class Embedding(nn.Module, SeesClasses):
    def __init__(self, features, classes, fields):
        super().__init__()
        self.multiplies = fields["merge"] == "multiply"
        self.embeddings = nn.Parameter(torch.empty(classes, fields["output_dim"] or features))

    def forward(self, x, labels):
        vectors = beside(x, self.embeddings[labels])
        return x * vectors if self.multiplies else torch.cat([x, vectors], 1)


class OneHot(nn.Module, SeesClasses):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes

    def forward(self, x, labels):
        return torch.cat([x, beside(x, F.one_hot(labels, self.classes).to(x.dtype))], 1)


class Projection(nn.Linear, SeesClasses):
    def __init__(self, inputs, classes, fields):
        super().__init__(inputs, 1, bias=fields["use_bias"])
        self.embeddings = nn.Parameter(torch.empty(classes, inputs))
        self.activation = activation(fields["activation"])

    def forward(self, x, labels):
        return self.activation(super().forward(x) + (x * self.embeddings[labels]).sum(1, keepdim=True))


class MinibatchDiscrimination(nn.Module):
    def __init__(self, inputs, fields):
        super().__init__()
        self.kernels = fields["kernels"]
        self.weight = nn.Parameter(torch.empty(fields["kernels"] * fields["kernel_dimension"], inputs))

    def forward(self, x):
        m = F.linear(x, self.weight).unflatten(1, (self.kernels, -1))
        distance = (m[:, None] - m[None]).abs().sum(3)
        return torch.cat([x, (-distance).exp().sum(1) - 1], 1)


def minibatch_std(x, wanted):
    count = len(x)
    divisors = [size for size in range(2, count + 1) if count % size == 0]
    size = ([d for d in divisors if d <= wanted] or divisors[:1] or [1])[-1]
    groups = x.reshape(size, count // size, -1)
    deviation = (groups.var(0, unbiased=False) + 1e-8).sqrt().mean(1)
    return torch.cat([x, beside(x, deviation.repeat(size)[:, None])], 1)


class SelfAttention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        for name, inputs, outputs in [
            ("query", channels, channels // 8), ("key", channels, channels // 8), ("value", channels, channels // 2),
            ("output", channels // 2, channels),
        ]:
            setattr(self, f"{name}_weight", nn.Parameter(torch.empty(outputs, inputs, 1, 1)))
        self.weight = nn.Parameter(torch.empty(1))

    def forward(self, x):
        query, key, value = (
            F.conv2d(x, w).flatten(2) for w in (self.query_weight, self.key_weight, self.value_weight))
        attention = (query.mT @ key).softmax(2)
        seen = (value @ attention.mT).unflatten(2, x.shape[2:])
        return x + self.weight * F.conv2d(seen, self.output_weight)


class PReLU(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(features))

    def forward(self, x):
        return F.prelu(x, self.weight)


class GaussianNoise(nn.Module):
    """Noise in training; where it fades, set `deviation` as training goes on."""

    def __init__(self, fields):
        super().__init__()
        self.deviation = fields["stddev"]

    def forward(self, x):
        return x + self.deviation * torch.randn_like(x) if self.training else x


class Residual(nn.Module, SeesClasses):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x, labels=None):
        return self.body(x, labels) + self.shortcut(x, labels)


class Concat(nn.Module, SeesClasses):
    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x, labels=None):
        return torch.cat([branch(x, labels) for branch in self.branches], 1)


def max_pool(x, fields, padding):
    return F.max_pool2d(F.pad(x, padding, value=-torch.inf), pair(fields["pool_size"]), pair(fields["strides"]))


def average_pool(x, fields, padding):
    """The mean of the places within the image."""
    def mean(x):
        return F.avg_pool2d(F.pad(x, padding), pair(fields["pool_size"]), pair(fields["strides"]))
    return mean(x) / mean(torch.ones_like(x[:1, :1]))


def positions(inputs, outputs, interpolation, is_centred):
    """The matrix [outputs, inputs] that resamples an axis."""
    matrix = torch.zeros(outputs, inputs)
    for a in range(outputs):
        if interpolation == "nearest":
            matrix[a, (2 * a + is_centred) * inputs // (2 * outputs)] = 1
            continue
        unit = 2 * outputs
        following, rest = divmod(((2 * a + 1) * inputs - outputs if is_centred else 2 * a * inputs) + unit, unit)
        first, second = max(following - 1, 0), min(following, inputs - 1)
        matrix[a, first] += 1 - rest / unit
        matrix[a, second] += rest / unit
    return matrix


class Resize(nn.Module):
    def __init__(self, shape, height, width, interpolation, is_centred=True):
        super().__init__()
        for name, inputs, outputs in [("rows", shape[0], height), ("columns", shape[1], width)]:
            self.register_buffer(name, positions(inputs, outputs, interpolation, is_centred), persistent=False)

    def forward(self, x):
        return torch.einsum("ah,nchw,bw->ncab", self.rows, x, self.columns)


def reshape(shape):
    return lambda x: x.movedim(1, -1).reshape(len(x), *shape).movedim(-1, 1)


def stack(layers, shape, classes):
    """The modules of a list of layers, and the shape [..., channels] of what they make of samples of a shape."""
    modules = []
    for entry in layers:
        module, shape = build(*item(entry), shape, classes)
        modules.append(module)
    return Stack(*modules), shape


def build(name, fields, shape, classes):
    features, rank, shape = shape[-1], len(shape), list(shape)
    if name == "spectral_norm":
        inner, fields = item(fields["layer"])
        module, made = build(inner, fields, shape, classes)
        module.register_buffer("u", torch.empty(made[-1]))
        return module, made
    if name == "dense":
        return Linear(features, fields), [fields["units"]]
    if name == "maxout":
        return Maxout(features, fields), [fields["units"]]
    convolutions = {"conv2d": Conv2d, "conv2d_transpose": ConvTranspose2d, "separable_conv2d": SeparableConv2d}
    if name in convolutions:
        module = convolutions[name](shape, fields)
        return module, [*module.places, fields["filters"]]
    if name == "flatten":
        return Function(lambda x: x.movedim(1, -1).flatten(1)), [math.prod(shape)]
    if name == "reshape":
        return Function(reshape(fields["shape"])), fields["shape"]
    if name == "residual":
        body, made = stack(fields["body"], shape, classes)
        return Residual(body, stack(fields["shortcut"], shape, classes)[0]), made
    if name == "concat":
        branches = [stack(branch, shape, classes) for branch in fields["branches"]]
        return Concat([b for b, _ in branches]), [*branches[0][1][:-1], sum(made[-1] for _, made in branches)]
    if name == "one_hot":
        return OneHot(classes), [*shape[:-1], features + classes]
    if name == "embedding":
        module = Embedding(features, classes, fields)
        more = 0 if module.multiplies else fields["output_dim"]
        return module, [*shape[:-1], features + more]
    if name == "projection":
        return Projection(features, classes, fields), [1]
    if name == "minibatch_discrimination":
        return MinibatchDiscrimination(features, fields), [features + fields["kernels"]]
    if name == "minibatch_std":
        return Function(lambda x: minibatch_std(x, fields["group_size"])), [*shape[:-1], features + 1]
    if name == "global_average_pooling2d":
        return Function(lambda x: x.mean((2, 3))), [features]
    if name == "global_sum_pooling2d":
        return Function(lambda x: x.sum((2, 3))), [features]
    if name in ("max_pooling2d", "average_pooling2d"):
        pool = max_pool if name == "max_pooling2d" else average_pool
        made, padding = around(fields, shape, lambda axis: pair(fields["pool_size"])[axis], fields["padding"])
        return Function(lambda x: pool(x, fields, padding)), [*made, features]
    if name == "up_sampling2d":
        height, width = (length * factor for length, factor in zip(shape, pair(fields["size"])))
        return Resize(shape, height, width, fields["interpolation"]), [height, width, features]
    if name == "resizing":
        height, width = fields["height"], fields["width"]
        module = Resize(shape, height, width, fields["interpolation"], fields["half_pixel_centers"])
        return module, [height, width, features]
    if name == "grayscale_to_rgb":
        return Function(lambda x: x.expand(-1, 3, -1, -1)), [*shape[:-1], 3]
    return {
        "dropout": lambda: nn.Dropout(fields["rate"]),
        "gaussian_noise": lambda: GaussianNoise(fields),
        "batch_norm": lambda: batch_norm(features, rank, fields),
        "conditional_batch_norm": lambda: ConditionalBatchNorm(features, classes, fields),
        "layer_norm": lambda: without(LayerNorm(features, fields["epsilon"]), fields),
        "instance_norm": lambda: without(nn.GroupNorm(features, features, fields["epsilon"]), fields),
        "group_norm": lambda: without(nn.GroupNorm(fields["groups"], features, fields["epsilon"]), fields),
        "pixel_norm": lambda: Function(lambda x: x / (x.square().mean(1, keepdim=True) + fields["epsilon"]).sqrt()),
        "rescaling": lambda: Function(lambda x: fields["scale"] * x + fields["offset"]),
        "self_attention": lambda: SelfAttention(features),
        "prelu": lambda: PReLU(features),
    }.get(name, lambda: activation({name: fields}))(), shape


def load(folder=Path(__file__).parent):
    """The networks by their names, in evaluation mode: images are [N, channels, height, width]."""
    tensors = load_file(Path(folder) / "parameters.safetensors")
    networks = {}
    for name, network in NETWORKS.items():
        module = stack(network["layers"], network["shape"], network["classes"])[0]
        own = {key[len(name) + 1:]: value for key, value in tensors.items() if key.startswith(name + ".")}
        module.load_state_dict(own)
        networks[name] = module.eval()
    return networks


def run(name, networks, inputs, labels=None):
    """What a network makes of an array of inputs, both with channels last as in gan-exp."""
    x = torch.from_numpy(np.asarray(inputs, np.float32)).movedim(-1, 1)
    labels = None if labels is None else torch.from_numpy(np.asarray(labels, np.int64))
    with torch.no_grad():
        return networks[name](x, labels).movedim(1, -1).numpy()


