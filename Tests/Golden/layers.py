"""Layers that pool, mix or normalize, look at the whole batch, or hold other layers; part of `networks.Network`."""

import numpy as np
import torch
from torch.nn import functional

from specs import named


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


def as_images(function):
    """A function of [N, C, height, width] as one of [N, height, width, C]."""
    return lambda x: function(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


class MoreLayers:
    """Methods that build a layer: a function of (x, pass), and the shape of its output."""

    def up_sampling2d(self, number, shape, size=2, interpolation="nearest"):
        size = tuple(length * factor for length, factor in zip(shape, both(size)))
        options = {} if interpolation == "nearest" else {"align_corners": False}
        enlarge = as_images(lambda x: functional.interpolate(x, size=size, mode=interpolation, **options))
        return lambda x, _: enlarge(x), (*size, shape[2])

    def resizing(self, number, shape, height, width, interpolation="bilinear", half_pixel_centers=True):
        def axis(inputs, outputs):
            """The matrix [outputs, inputs] of an axis."""
            shift = 0.5 if half_pixel_centers else 0
            at = (torch.arange(outputs, dtype=torch.float64) + shift) * inputs / outputs
            at = torch.floor(at) if interpolation == "nearest" else at - shift
            return torch.clamp(1 - (at.clamp(0, inputs - 1)[:, None] - torch.arange(inputs)).abs(), min=0)

        rows, columns = axis(shape[0], height), axis(shape[1], width)
        return (
            lambda x, _: torch.einsum("ai,bj,nijc->nabc", rows.to(x.dtype), columns.to(x.dtype), x),
            (height, width, shape[2]))

    def rescaling(self, number, shape, scale, offset=0.0):
        return lambda x, _: x * scale + offset, shape

    def grayscale_to_rgb(self, number, shape):
        return lambda x, _: x.expand(*x.shape[:3], 3), (*shape[:2], 3)

    def pooling(self, shape, pool_size, strides, padding, fill):
        """The window, its strides, and a function that puts `fill` around images."""
        size = both(pool_size)
        steps = both(strides) if strides else size
        rows, columns = (margins(length, *axis, 1, padding) for length, *axis in zip(shape, size, steps))
        return size, steps, lambda x: functional.pad(x, (*columns, *rows), value=fill)

    def average_pooling2d(self, number, shape, pool_size=2, strides=None, padding="valid"):
        size, steps, padded = self.pooling(shape, pool_size, strides, padding, 0.0)

        def mean(x):
            inside = functional.avg_pool2d(padded(torch.ones_like(x)), size, steps)
            return functional.avg_pool2d(padded(x), size, steps) / inside

        return self.tried(lambda x, _: as_images(mean)(x), shape)

    def max_pooling2d(self, number, shape, pool_size=2, strides=None, padding="valid"):
        size, steps, padded = self.pooling(shape, pool_size, strides, padding, -torch.inf)
        largest = as_images(lambda x: functional.max_pool2d(padded(x), size, steps))
        return self.tried(lambda x, _: largest(x), shape)

    def separable_conv2d(self, number, shape, filters, kernel_size, strides=1, padding="valid", dilation_rate=1,
                         depth_multiplier=1, activation="linear"):
        size, steps, apart = both(kernel_size), both(strides), both(dilation_rate)
        channels = shape[2]
        wide = channels * depth_multiplier
        depthwise = self.parameter(
            number, "depthwise_kernel", (*size, channels, depth_multiplier), "glorot_uniform")
        pointwise = self.parameter(number, "pointwise_kernel", (1, 1, wide, filters), "glorot_uniform")
        bias = self.parameter(number, "bias", (filters,), "zeros")
        rows, columns = (margins(length, *axis, padding) for length, *axis in zip(shape, size, steps, apart))

        def first(x):
            weights = self.disturbed(depthwise).permute(2, 3, 0, 1).reshape(wide, 1, *size)
            x = functional.pad(x, (*columns, *rows))
            return functional.conv2d(x, weights, stride=steps, dilation=apart, groups=channels)

        def apply(x, _):
            y = as_images(first)(x) @ self.disturbed(pointwise)[0, 0]
            return self.activated(activation, y + self.parameters[bias])

        return self.tried(apply, shape)

    def maxout(self, number, shape, units, pieces):
        kernel = self.parameter(number, "kernel", (*shape, units * pieces), "glorot_uniform")
        bias = self.parameter(number, "bias", (units * pieces,), "zeros")

        def apply(x, _):
            y = x @ self.disturbed(kernel) + self.parameters[bias]
            return y.unflatten(1, (pieces, units)).max(dim=1).values

        return apply, (units,)

    def minibatch_discrimination(self, number, shape, kernels, kernel_dimension):
        (features,) = shape
        kernel = self.parameter(number, "kernel", (features, kernels * kernel_dimension), "glorot_uniform")

        def apply(x, _):
            vectors = (x @ self.disturbed(kernel)).unflatten(1, (kernels, kernel_dimension))
            nearness = torch.exp(-(vectors[:, None] - vectors[None]).abs().sum(dim=3))
            itself = torch.eye(len(x), dtype=torch.bool)[:, :, None]
            return torch.cat([x, nearness.masked_fill(itself, 0).sum(dim=1)], dim=1)

        return apply, (features + kernels,)

    def minibatch_std(self, number, shape, group_size=4):
        def apply(x, _):
            assert len(x) % group_size == 0, (len(x), group_size)
            groups = x.unflatten(0, (group_size, -1))
            deviation = torch.sqrt(groups.var(dim=0, correction=0) + 1e-8)
            feature = deviation.flatten(1).mean(dim=1).repeat(group_size)
            feature = feature.reshape(-1, *[1] * len(shape)).expand(*x.shape[:-1], 1)
            return torch.cat([x, feature], dim=-1)

        return apply, (*shape[:-1], shape[-1] + 1)

    def gaussian_noise(self, number, shape, stddev, decay_steps=None):
        def apply(x, at):
            now = stddev * max(0.0, 1 - at.step / decay_steps) if decay_steps else stddev
            stream = f"gaussian_noise/{self.name}.{number}/{at.name}"
            noise = self.randomness.normal(stream, at.step, tuple(x.shape)).astype(np.float32)
            return x + float(np.float32(now)) * torch.from_numpy(noise).to(x.dtype)

        return apply, shape

    def self_attention(self, number, shape):
        channels = shape[2]
        kernels = [
            self.parameter(number, f"{name}_kernel", (1, 1, *sizes), "glorot_uniform")
            for name, sizes in {
                "query": (channels, channels // 8), "key": (channels, channels // 8),
                "value": (channels, channels // 2), "output": (channels // 2, channels)}.items()]
        gamma = self.parameter(number, "gamma", (1,), "zeros")

        def apply(x, _):
            query, key, value, output = (self.disturbed(kernel)[0, 0] for kernel in kernels)
            places = x.flatten(1, 2)
            attention = torch.softmax((places @ query) @ (places @ key).transpose(1, 2), dim=2)
            return x + self.parameters[gamma] * (attention @ (places @ value) @ output).reshape(x.shape)

        return apply, shape

    def sequence(self, number, layers, shape):
        """Layers one after another within another."""
        functions = []
        for place, entry in enumerate(layers):
            function, shape = self.build(f"{number}.{place}", *named(entry), shape)
            functions.append(function)

        def apply(x, at):
            for function in functions:
                x = function(x, at)
            return x

        return apply, shape

    def residual(self, number, shape, body, shortcut=()):
        first, output = self.sequence(f"{number}.body", body, shape)
        second, other = self.sequence(f"{number}.shortcut", shortcut, shape)
        assert output == other, (output, other)
        return lambda x, at: first(x, at) + second(x, at), output

    def concat(self, number, shape, branches):
        built = [self.sequence(f"{number}.branches.{place}", layers, shape) for place, layers in enumerate(branches)]
        width = sum(output[-1] for _, output in built)
        return lambda x, at: torch.cat([apply(x, at) for apply, _ in built], dim=-1), (*built[0][1][:-1], width)

    def spectral_norm(self, number, shape, layer, power_iterations=1):
        kind, fields = named(layer)
        inner, output = self.build(number, kind, fields, shape)
        kernel = f"{number}.kernel"
        # Filters come before the channels where the convolution is transposed.
        axis = 2 if kind == "conv2d_transpose" else -1
        filters = self.parameters[kernel].shape[axis]
        u = self.randomness.normal(f"initial/{self.name}.{number}.u", 0, (filters,)).astype(np.float32)
        spectrum = Spectrum(torch.from_numpy(u).to(self.dtype), axis, power_iterations)

        def apply(x, at):
            divided = spectrum.divided(self.parameters[kernel], at.updates_statistics)
            with self.holding(self.parameters | {kernel: divided}):
                return inner(x, at)

        return apply, output


class Spectrum:
    """The largest singular value of a kernel by power iteration (Miyato et al., 2018), from a vector `u` [filters] that
    moves in the passes that update statistics."""

    def __init__(self, u, axis, iterations):
        self.u, self.axis, self.iterations = u, axis, iterations

    def divided(self, kernel, moves):
        """A kernel over its largest singular value."""
        matrix = kernel.movedim(self.axis, -1).flatten(0, -2)
        if not moves:
            return kernel / (torch.linalg.vector_norm(matrix @ self.u) / torch.linalg.vector_norm(self.u))
        with torch.no_grad():
            for _ in range(self.iterations):
                v = functional.normalize(matrix @ self.u, dim=0)
                self.u = functional.normalize(v @ matrix, dim=0)
        return kernel / (v @ matrix @ self.u)
