"""Layers, initial values and networks; their gradients are left to torch.autograd."""

import numpy as np
import torch
from torch.nn import functional

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

# The standard deviation of N(0, 1) cut off at 2.
TRUNCATED_STDDEV = 0.87962566103423978


def initial_values(entry, shape, stream, randomness):
    """The initial values of a parameter, as float32; the last axes of a kernel are inputs and outputs, those before it
    taps; the one axis of a bias is both."""
    name, fields = named(entry)
    taps = int(np.prod(shape[:-2]))
    fan_in, fan_out = taps * shape[-2:][0], taps * shape[-1]
    if name == "random_normal":
        normal = randomness.normal(stream, 0, shape)
        return (fields.get("mean", 0.0) + fields.get("stddev", 0.05) * normal).astype(np.float32)
    assert not fields, fields
    if name in ("zeros", "ones"):
        return np.full(shape, float(name == "ones"), dtype=np.float32)
    if name == "glorot_uniform":
        limit = np.float32(np.sqrt(6 / (fan_in + fan_out)))
        return (2 * randomness.uniform(stream, 0, shape) - 1).astype(np.float32) * limit
    assert name == "he_normal", name
    stddev = np.sqrt(2 / fan_in) / TRUNCATED_STDDEV
    return (stddev * randomness.truncated_normal(stream, shape)).astype(np.float32)


def both(value):
    """A number for each of an image's axes."""
    return tuple(value) if isinstance(value, list) else (value, value)


def margins(length, taps, step, apart, padding):
    """The zeros before and after an axis of an image that a kernel moves over."""
    if padding == "valid":
        return 0, 0
    if padding != "same":
        return padding, padding
    total = max((-(-length // step) - 1) * step + (taps - 1) * apart + 1 - length, 0)
    return total // 2, total - total // 2


class Network:
    """The layers of a generator or a discriminator, with its parameters by name, e.g. `0.kernel`.

    With a `disturbance` (a torch.Generator) each product sees its kernel changed by about a unit in the last place
    of float32, which stands for other orders of summation than PyTorch's.
    """

    def __init__(self, name, layers, input_shape, randomness, dtype, disturbance=None):
        self.name, self.randomness, self.dtype, self.disturbance = name, randomness, dtype, disturbance
        self.parameters = {}
        self.layers = []
        shape = tuple(input_shape)
        for number, entry in enumerate(layers):
            apply, shape = self.build(number, *named(entry), shape)
            self.layers.append(apply)
        self.output_shape = shape

    def build(self, number, kind, fields, shape):
        """A layer as a function of (x, step, name of the pass), and the shape of its output."""
        if kind == "dense":
            return self.dense(number, shape, **fields)
        if kind == "conv2d":
            return self.convolution(number, shape, **fields)
        if kind == "conv2d_transpose":
            return self.transposed_convolution(number, shape, **fields)
        if kind == "batch_norm":
            return self.batch_norm(number, shape, **fields), shape
        if kind == "dropout":
            return self.dropout(number, **fields), shape
        if kind == "flatten":
            return lambda x, *_: x.flatten(1), (int(np.prod(shape)),)
        if kind == "reshape":
            target = tuple(fields["shape"])
            return lambda x, *_: x.reshape(-1, *target), target
        activation = ACTIVATIONS[kind]
        return lambda x, *_: activation(x, **fields), shape

    def parameter(self, number, name, shape, initializer):
        values = initial_values(
            initializer, shape, f"initial/{self.name}.{number}.{name}", self.randomness)
        tensor = torch.from_numpy(values).to(self.dtype).requires_grad_()
        self.parameters[f"{number}.{name}"] = tensor
        return tensor

    def dense(self, number, shape, units, activation="linear", use_bias=True,
              kernel_initializer="glorot_uniform", bias_initializer="zeros"):
        (inputs,) = shape
        kernel = self.parameter(number, "kernel", (inputs, units), kernel_initializer)
        bias = self.parameter(number, "bias", (units,), bias_initializer) if use_bias else 0
        name, fields = named(activation)
        return lambda x, *_: ACTIVATIONS[name](x @ self.disturbed(kernel) + bias, **fields), (units,)

    def convolution(self, number, shape, filters, kernel_size, strides=1, padding="valid", dilation_rate=1,
                    activation="linear"):
        size, steps, apart = both(kernel_size), both(strides), both(dilation_rate)
        kernel = self.parameter(number, "kernel", (*size, shape[2], filters), "glorot_uniform")
        bias = self.parameter(number, "bias", (filters,), "zeros")
        name, fields = named(activation)
        around = [margins(length, *axis, padding) for length, *axis in zip(shape, size, steps, apart)]

        def apply(x, *_):
            x = functional.pad(x.permute(0, 3, 1, 2), (*around[1], *around[0]))
            weights = self.disturbed(kernel).permute(3, 2, 0, 1).contiguous()
            y = functional.conv2d(x, weights, stride=steps, dilation=apart)
            return ACTIVATIONS[name](y.permute(0, 2, 3, 1) + bias, **fields)

        return apply, tuple(apply(torch.zeros(1, *shape, dtype=self.dtype), 0, "").shape[1:])

    def transposed_convolution(self, number, shape, filters, kernel_size, strides=1, padding="valid",
                               activation="linear"):
        size, steps = both(kernel_size), both(strides)
        kernel = self.parameter(number, "kernel", (*size, filters, shape[2]), "glorot_uniform")
        bias = self.parameter(number, "bias", (filters,), "zeros")
        name, fields = named(activation)
        lengths = [
            length * step + (max(taps - step, 0) if padding == "valid" else 0)
            for length, taps, step in zip(shape, size, steps)]
        before = [margins(length, *axis, 1, padding)[0] for length, *axis in zip(lengths, size, steps)]

        def apply(x, *_):
            weights = self.disturbed(kernel).permute(3, 2, 0, 1).contiguous()
            y = functional.conv_transpose2d(x.permute(0, 3, 1, 2), weights, stride=steps)
            more = [max(0, lengths[axis] + before[axis] - y.shape[2 + axis]) for axis in (0, 1)]
            y = functional.pad(y, (0, more[1], 0, more[0]))
            y = y[:, :, before[0]:before[0] + lengths[0], before[1]:before[1] + lengths[1]]
            return ACTIVATIONS[name](y.permute(0, 2, 3, 1) + bias, **fields)

        return apply, (*lengths, filters)

    def disturbed(self, kernel):
        if self.disturbance is None:
            return kernel
        noise = 2 * torch.rand(kernel.shape, generator=self.disturbance, dtype=torch.float64) - 1
        return kernel + (kernel.detach().double() * noise * 2.0**-23).to(kernel.dtype)

    def batch_norm(self, number, shape, momentum=0.99, epsilon=1e-3):
        features = shape[-1]
        gamma = self.parameter(number, "gamma", (features,), "ones")
        beta = self.parameter(number, "beta", (features,), "zeros")

        def apply(x, *_):
            variance, mean = torch.var_mean(x, dim=tuple(range(x.ndim - 1)), correction=0)
            return gamma * (x - mean) / torch.sqrt(variance + epsilon) + beta

        return apply

    def dropout(self, number, rate):
        scale = float(np.float32(1 / (1 - rate)))

        def apply(x, step, pass_name):
            stream = f"dropout/{self.name}.{number}/{pass_name}"
            uniform = self.randomness.uniform(stream, step, tuple(x.shape))
            return x * torch.from_numpy((uniform < np.float32(1 - rate)) * scale).to(x.dtype)

        return apply

    def __call__(self, x, step, pass_name):
        for apply in self.layers:
            x = apply(x, step, pass_name)
        return x


def without_final_sigmoid(layers):
    """A discriminator's layers with scores (logits) in place of probabilities."""
    *body, (kind, fields) = [named(entry) for entry in layers]
    if kind == "dense" and named(fields.get("activation", "linear"))[0] == "sigmoid":
        body.append((kind, fields | {"activation": "linear"}))
    elif kind != "sigmoid":
        body.append((kind, fields))
    return [{kind: fields} for kind, fields in body]
