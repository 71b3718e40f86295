"""Layers, initial values and networks; their gradients are left to torch.autograd."""

from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from initializers import initial_values
from layers import MoreLayers, both, margins
from specs import named

ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": functional.relu,
    "leaky_relu": lambda x, negative_slope=0.3: functional.leaky_relu(x, negative_slope),
    "elu": lambda x, alpha=1.0: functional.elu(x, alpha),
    "selu": functional.selu,
    "gelu": lambda x, approximate=False: functional.gelu(x, approximate="tanh" if approximate else "none"),
    "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}


class Pass(NamedTuple):
    """Where a batch passes through a network: the training step, the pass's name, the samples' classes, if any, and
    whether it moves what layers keep from pass to pass, as those of the network's own updates do."""

    step: int = 0
    name: str = ""
    classes: torch.Tensor | None = None
    updates_statistics: bool = False


class Network(MoreLayers):
    """The layers of a generator or a discriminator, with its parameters by name, e.g. `0.kernel`.

    A layer is a function of a batch and a `Pass`, which finds its parameters by name at each call, so that others can
    stand in for them. A method named like a layer, of its place in the network, the shape of its input and its fields,
    returns this function and the shape of its output.

    With a `disturbance` (a torch.Generator) each product sees its kernel changed by about a unit in the last place
    of float32, which stands for other orders of summation than PyTorch's.
    """

    def __init__(self, name, layers, input_shape, randomness, dtype, disturbance=None, classes=None):
        self.name, self.randomness, self.dtype, self.disturbance = name, randomness, dtype, disturbance
        self.classes = classes
        self.parameters = {}
        self.filter_axes = {}  # Of each kernel, by the parameter's name.
        self.layers = []
        shape = tuple(input_shape)
        for number, entry in enumerate(layers):
            apply, shape = self.build(number, *named(entry), shape)
            self.layers.append(apply)
        self.output_shape = shape

    def build(self, number, kind, fields, shape):
        """A layer as a function of (x, pass), and the shape of its output."""
        if kind in ACTIVATIONS:
            return lambda x, _: self.activated({kind: fields}, x), shape
        return getattr(self, kind)(number, shape, **fields)

    def tried(self, apply, shape):
        """A layer, and the shape of its output, found by trying it."""
        return apply, tuple(apply(torch.zeros(1, *shape, dtype=self.dtype), Pass()).shape[1:])

    def activated(self, entry, x):
        name, fields = named(entry)
        return ACTIVATIONS[name](x, **fields)

    def parameter(self, number, name, shape, initializer):
        """Adds a parameter and returns its name."""
        values = initial_values(
            initializer, shape, f"initial/{self.name}.{number}.{name}", self.randomness)
        self.parameters[f"{number}.{name}"] = torch.from_numpy(values).to(self.dtype).requires_grad_()
        if name == "kernel" or name.endswith("_kernel"):
            self.filter_axes[f"{number}.{name}"] = -1
        return f"{number}.{name}"

    def kernels(self):
        """Every kernel as a matrix [the rest, filters]; tables of embeddings, scales and shifts are none."""
        for name, axis in self.filter_axes.items():
            kernel = self.parameters[name].movedim(axis, -1)
            yield kernel.reshape(-1, kernel.shape[-1])

    @contextmanager
    def holding(self, parameters):
        """While it lasts, the network has other values for its parameters."""
        own, self.parameters = self.parameters, parameters
        yield
        self.parameters = own

    def dense(self, number, shape, units, activation="linear", use_bias=True,
              kernel_initializer="glorot_uniform", bias_initializer="zeros"):
        (inputs,) = shape
        kernel = self.parameter(number, "kernel", (inputs, units), kernel_initializer)
        bias = self.parameter(number, "bias", (units,), bias_initializer) if use_bias else None

        def apply(x, _):
            y = x @ self.disturbed(kernel)
            return self.activated(activation, y if bias is None else y + self.parameters[bias])

        return apply, (units,)

    def conv2d(self, number, shape, filters, kernel_size, strides=1, padding="valid", dilation_rate=1,
               activation="linear"):
        size, steps, apart = both(kernel_size), both(strides), both(dilation_rate)
        kernel = self.parameter(number, "kernel", (*size, shape[2], filters), "glorot_uniform")
        bias = self.parameter(number, "bias", (filters,), "zeros")
        around = [margins(length, *axis, padding) for length, *axis in zip(shape, size, steps, apart)]

        def apply(x, _):
            x = functional.pad(x.permute(0, 3, 1, 2), (*around[1], *around[0]))
            weights = self.disturbed(kernel).permute(3, 2, 0, 1).contiguous()
            y = functional.conv2d(x, weights, stride=steps, dilation=apart)
            return self.activated(activation, y.permute(0, 2, 3, 1) + self.parameters[bias])

        return self.tried(apply, shape)

    def conv2d_transpose(self, number, shape, filters, kernel_size, strides=1, padding="valid", activation="linear"):
        size, steps = both(kernel_size), both(strides)
        kernel = self.parameter(number, "kernel", (*size, filters, shape[2]), "glorot_uniform")
        self.filter_axes[kernel] = -2
        bias = self.parameter(number, "bias", (filters,), "zeros")
        lengths = [
            length * step + (max(taps - step, 0) if padding == "valid" else 0)
            for length, taps, step in zip(shape, size, steps)]
        before = [margins(length, *axis, 1, padding)[0] for length, *axis in zip(lengths, size, steps)]

        def apply(x, _):
            weights = self.disturbed(kernel).permute(3, 2, 0, 1).contiguous()
            y = functional.conv_transpose2d(x.permute(0, 3, 1, 2), weights, stride=steps)
            more = [max(0, lengths[axis] + before[axis] - y.shape[2 + axis]) for axis in (0, 1)]
            y = functional.pad(y, (0, more[1], 0, more[0]))
            y = y[:, :, before[0]:before[0] + lengths[0], before[1]:before[1] + lengths[1]]
            return self.activated(activation, y.permute(0, 2, 3, 1) + self.parameters[bias])

        return apply, (*lengths, filters)

    def disturbed(self, name):
        kernel = self.parameters[name]
        if self.disturbance is None:
            return kernel
        noise = 2 * torch.rand(kernel.shape, generator=self.disturbance, dtype=torch.float64) - 1
        return kernel + (kernel.detach().double() * noise * 2.0**-23).to(kernel.dtype)

    def batch_norm(self, number, shape, momentum=0.99, epsilon=1e-3):
        gamma = self.parameter(number, "gamma", shape[-1:], "ones")
        beta = self.parameter(number, "beta", shape[-1:], "zeros")
        return lambda x, _: self.parameters[gamma] * standardized(x, epsilon) + self.parameters[beta], shape

    def conditional_batch_norm(self, number, shape, momentum=0.99, epsilon=1e-3):
        gamma = self.parameter(number, "gamma", (self.classes, shape[-1]), "ones")
        beta = self.parameter(number, "beta", (self.classes, shape[-1]), "zeros")

        def apply(x, at):
            scale, offset = (beside(x, self.parameters[name][at.classes]) for name in (gamma, beta))
            return scale * standardized(x, epsilon) + offset

        return apply, shape

    def embedding(self, number, shape, output_dim=None, merge="concatenate",
                  embeddings_initializer="random_uniform"):
        size = shape[-1] if output_dim is None and merge == "multiply" else output_dim
        table = self.parameter(number, "embeddings", (self.classes, size), embeddings_initializer)
        if merge == "multiply":
            return lambda x, at: x * beside(x, self.parameters[table][at.classes]), shape
        assert merge == "concatenate", merge
        return lambda x, at: joined(x, self.parameters[table][at.classes]), (*shape[:-1], shape[-1] + size)

    def one_hot(self, number, shape):
        def apply(x, at):
            return joined(x, functional.one_hot(at.classes, self.classes).to(x.dtype))

        return apply, (*shape[:-1], shape[-1] + self.classes)

    def projection(self, number, shape, activation="linear"):
        (features,) = shape
        kernel = self.parameter(number, "kernel", (features, 1), "glorot_uniform")
        bias = self.parameter(number, "bias", (1,), "zeros")
        table = self.parameter(number, "embeddings", (self.classes, features), "random_uniform")

        def apply(x, at):
            by_class = (x * self.parameters[table][at.classes]).sum(1, keepdim=True)
            return self.activated(activation, x @ self.disturbed(kernel) + self.parameters[bias] + by_class)

        return apply, (1,)

    def dropout(self, number, shape, rate):
        scale = float(np.float32(1 / (1 - rate)))

        def apply(x, at):
            stream = f"dropout/{self.name}.{number}/{at.name}"
            uniform = self.randomness.uniform(stream, at.step, tuple(x.shape))
            return x * torch.from_numpy((uniform < np.float32(1 - rate)) * scale).to(x.dtype)

        return apply, shape

    def flatten(self, number, shape):
        return lambda x, _: x.flatten(1), (int(np.prod(shape)),)

    def reshape(self, number, _, shape):
        return lambda x, _: x.reshape(-1, *shape), tuple(shape)

    def outputs(self, x, at):
        """The output of every layer."""
        outputs = []
        for apply in self.layers:
            x = apply(x, at)
            outputs.append(x)
        return outputs

    def __call__(self, x, at):
        return self.outputs(x, at)[-1]


def standardized(x, epsilon):
    """Each feature with mean 0 and variance 1 over all axes but the last."""
    variance, mean = torch.var_mean(x, dim=tuple(range(x.ndim - 1)), correction=0)
    return (x - mean) / torch.sqrt(variance + epsilon)


def beside(x, rows):
    """A row of features for each sample, shaped to meet every place of x: [N, F] as [N, 1, ..., F]."""
    return rows.reshape(len(x), *(1,) * (x.ndim - 2), rows.shape[-1])


def joined(x, rows):
    """x with each sample's row behind the last axis, repeated over its places."""
    return torch.cat([x, beside(x, rows).expand(*x.shape[:-1], rows.shape[-1])], dim=-1)


def without_final_sigmoid(layers):
    """A discriminator's layers, as many as before, with scores (logits) in place of probabilities."""
    *body, (kind, fields) = [named(entry) for entry in layers]
    if kind in ("linear", "flatten", "reshape"):  # They hand on what the layer before ends with.
        return [*without_final_sigmoid(layers[:-1]), layers[-1]] if body else layers
    if kind == "spectral_norm":
        (layer,) = without_final_sigmoid([fields["layer"]])
        fields = fields | {"layer": layer}
    elif named(fields.get("activation", "linear"))[0] == "sigmoid":
        fields = fields | {"activation": "linear"}
    elif kind == "sigmoid":
        kind = "linear"
    return [{kind: fields} for kind, fields in [*body, (kind, fields)]]
