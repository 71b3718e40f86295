"""ABOUT

    python networks.py -n 16 --seed 7 -o samples.npz      # samples of new latent points, where a network makes some
    python networks.py --inputs inputs.npz -o made.npz    # of points that `gan-exp sample -o inputs.npz` wrote

In a program: `from networks import load`, then `load()["..."]` is a Keras model, to be called with an array or, where the network
takes classes, with [array, classes]. It needs Keras 3 with any of its backends, and NumPy.
"""

import argparse
from pathlib import Path

import keras
import numpy as np
from keras import layers as kl
from keras import ops

NETWORKS = {}


def item(entry):
    """The name of an entry of a list of layers, and its fields."""
    return next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})


def pair(value):
    return tuple(value) if isinstance(value, (list, tuple)) else (value, value)


class Function(kl.Layer):
    """A layer without parameters."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def call(self, *inputs):
        return self.function(*inputs)


class Parametrized(kl.Layer):
    """A layer with parameters of some shapes, by their names, and a function of them and of the inputs."""

    def __init__(self, shapes, function):
        super().__init__()
        self.function = function
        self.parameters = {name: self.add_weight(name=name, shape=shape) for name, shape in shapes.items()}
        self.built = True

    def call(self, *inputs):
        return self.function(*inputs, **self.parameters)


def activation(entry):
    name, fields = item(entry)
    if name == "gelu":
        return Function(lambda x: keras.activations.gelu(x, approximate=fields["approximate"]))
    return {
        "leaky_relu": lambda: kl.LeakyReLU(negative_slope=fields["negative_slope"]),
        "elu": lambda: kl.ELU(alpha=fields["alpha"]),
    }.get(name, lambda: kl.Activation(name))()


def span(fields, axis):
    return (pair(fields["kernel_size"])[axis] - 1) * pair(fields["dilation_rate"])[axis] + 1


def padded(x, padding):
    """Zeros around images where a spec says how many, and what is left of the padding for the layer."""
    return (x, padding) if isinstance(padding, str) else (kl.ZeroPadding2D(pair(padding))(x), "valid")


def conv2d(x, fields):
    x, padding = padded(x, fields["padding"])
    return x, kl.Conv2D(
        fields["filters"], fields["kernel_size"], fields["strides"], padding, dilation_rate=fields["dilation_rate"],
        use_bias=fields["use_bias"])


def separable_conv2d(x, fields):
    x, padding = padded(x, fields["padding"])
    # Keras wants one stride for both axes; a depthwise convolution of stride 1 has all places to choose from.
    strides, dilation = pair(fields["strides"]), pair(fields["dilation_rate"])
    if strides[0] == strides[1] and 1 in (max(strides), max(dilation)):
        return x, kl.SeparableConv2D(
            fields["filters"], fields["kernel_size"], strides, padding, dilation_rate=dilation,
            depth_multiplier=fields["depth_multiplier"], use_bias=fields["use_bias"])
    shapes = {
        "depthwise_kernel": (*pair(fields["kernel_size"]), x.shape[-1], fields["depth_multiplier"]),
        "pointwise_kernel": (1, 1, x.shape[-1] * fields["depth_multiplier"], fields["filters"]),
    }
    if fields["use_bias"]:
        shapes["bias"] = (fields["filters"],)
    around = [windows(span(fields, a), x.shape[1 + a], strides[a], padding) for a in (0, 1)]

    def function(x, depthwise_kernel, pointwise_kernel, bias=0.0):
        x = ops.pad(x, ((0, 0), *around, (0, 0)))
        x = ops.depthwise_conv(x, depthwise_kernel, 1, "valid", dilation_rate=dilation)
        return ops.conv(x[:, :: strides[0], :: strides[1]], pointwise_kernel, 1, "valid") + bias

    return x, Parametrized(shapes, function)


def windows(size, length, stride, padding):
    """The places before and behind an axis that windows reach."""
    reach = max((-(-length // stride) - 1) * stride + size - length, 0) if padding == "same" else 0
    return reach // 2, reach - reach // 2


def conv2d_transpose(x, fields):
    strides, padding, dilation = pair(fields["strides"]), fields["padding"], pair(fields["dilation_rate"])
    usual = [
        {"same": strides[a] - span(fields, a) % 2, "valid": max(strides[a] - span(fields, a), 0)}.get(padding)
        if isinstance(padding, str) else None for a in (0, 1)]
    if list(pair(fields["output_padding"])) == usual and 1 in (max(strides), max(dilation)):
        return x, kl.Conv2DTranspose(
            fields["filters"], fields["kernel_size"], strides, padding, dilation_rate=dilation,
            use_bias=fields["use_bias"])
    cuts = []
    for a in (0, 1):
        size, stride = span(fields, a), strides[a]
        whole = (x.shape[1 + a] - 1) * stride + size
        cut = {"same": size // 2, "valid": 0}[padding] if isinstance(padding, str) else pair(padding)[a]
        length = whole - 2 * cut + pair(fields["output_padding"])[a]
        before = windows(size, length, stride, padding)[0] if isinstance(padding, str) else cut
        cuts.append((before, length))
    rows, columns = pair(fields["kernel_size"])
    shapes = {"kernel": (rows, columns, fields["filters"], x.shape[-1])}
    if fields["use_bias"]:
        shapes["bias"] = (fields["filters"],)

    def function(x, kernel, bias=0.0):
        # The sum over the taps, each of which puts the whole image to its place.
        height, width = x.shape[1:3]
        y = 0.0
        for i in range(rows):
            for j in range(columns):
                part = ops.matmul(x, ops.transpose(kernel[i, j]))
                part = ops.reshape(
                    ops.pad(
                        ops.reshape(part, (-1, height, 1, width, 1, part.shape[-1])),
                        ((0, 0), (0, 0), (0, strides[0] - 1), (0, 0), (0, strides[1] - 1), (0, 0))),
                    (-1, height * strides[0], width * strides[1], part.shape[-1]))
                (top, length), (left, breadth) = cuts
                top, left = i * dilation[0] - top, j * dilation[1] - left
                part = part[:, max(-top, 0):, max(-left, 0):][:, :max(length - top, 0), :max(breadth - left, 0)]
                top, left = max(top, 0), max(left, 0)
                part = part[:, :max(length - top, 0), :max(breadth - left, 0)]
                y = y + ops.pad(
                    part, (
                        (0, 0), (top, length - top - part.shape[1]), (left, breadth - left - part.shape[2]), (0, 0)))
        return y + bias

    return x, Parametrized(shapes, function)


def beside(x, features):
    """Features [N, F] at every place of x [N, ..., C]."""
    features = ops.reshape(features, (-1, *[1] * (len(x.shape) - 2), features.shape[-1]))
    return ops.broadcast_to(features, (ops.shape(x)[0], *x.shape[1:-1], features.shape[-1]))


def embedding(x, classes, fields):
    def function(x, labels, embeddings):
        vectors = beside(x, ops.take(embeddings, labels, 0))
        return x * vectors if fields["merge"] == "multiply" else ops.concatenate([x, vectors], -1)

    return Parametrized({"embeddings": (classes, fields["output_dim"] or x.shape[-1])}, function)


def conditional_batch_norm(x, classes, fields):
    features = x.shape[-1]

    def function(x, labels, gamma, beta, moving_mean, moving_variance):
        y = (x - moving_mean) / ops.sqrt(moving_variance + fields["epsilon"])
        return y * beside(x, ops.take(gamma, labels, 0)) + beside(x, ops.take(beta, labels, 0))

    return Parametrized(
        {
            "gamma": (classes, features), "beta": (classes, features), "moving_mean": (features,),
            "moving_variance": (features,),
        }, function)


def projection(x, classes, fields):
    def function(x, labels, kernel, embeddings, bias=0.0):
        return ops.matmul(x, kernel) + ops.sum(x * ops.take(embeddings, labels, 0), 1, keepdims=True) + bias

    shapes = {"kernel": (x.shape[-1], 1), "embeddings": (classes, x.shape[-1])}
    return Parametrized(shapes | ({"bias": (1,)} if fields["use_bias"] else {}), function)


def maxout(x, fields):
    units, pieces = fields["units"], fields["pieces"]

    def function(x, kernel, bias=0.0):
        return ops.max(ops.reshape(ops.matmul(x, kernel) + bias, (-1, pieces, units)), 1)

    shapes = {"kernel": (x.shape[-1], units * pieces)}
    return Parametrized(shapes | ({"bias": (units * pieces,)} if fields["use_bias"] else {}), function)


def minibatch_discrimination(x, fields):
    kernels, dimension = fields["kernels"], fields["kernel_dimension"]

    def function(x, kernel):
        m = ops.reshape(ops.matmul(x, kernel), (-1, kernels, dimension))
        distance = ops.sum(ops.abs(m[:, None] - m[None]), 3)
        return ops.concatenate([x, ops.sum(ops.exp(-distance), 1) - 1], -1)

    return Parametrized({"kernel": (x.shape[-1], kernels * dimension)}, function)


class MinibatchStd(kl.Layer):
    """Groups of a given size: the number of samples must be a multiple of it."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def compute_output_shape(self, shape):
        return (*shape[:-1], shape[-1] + 1)

    def call(self, x):
        groups = ops.reshape(x, (self.size, -1, int(np.prod(x.shape[1:]))))
        deviation = ops.mean(ops.sqrt(ops.var(groups, 0) + 1e-8), 1)
        return ops.concatenate([x, beside(x, ops.reshape(ops.tile(deviation, self.size), (-1, 1)))], -1)


def self_attention(x):
    channels, places = x.shape[-1], x.shape[1] * x.shape[2]

    def function(x, query_kernel, key_kernel, value_kernel, output_kernel, gamma):
        def product(x, kernel):
            return ops.matmul(ops.reshape(x, (-1, places, x.shape[-1])), kernel[0, 0])

        scores = ops.matmul(product(x, query_kernel), ops.transpose(product(x, key_kernel), (0, 2, 1)))
        seen = ops.matmul(ops.softmax(scores, -1), product(x, value_kernel))
        return x + gamma * ops.reshape(ops.matmul(seen, output_kernel[0, 0]), (-1, *x.shape[1:]))

    return Parametrized(
        {
            "query_kernel": (1, 1, channels, channels // 8), "key_kernel": (1, 1, channels, channels // 8),
            "value_kernel": (1, 1, channels, channels // 2), "output_kernel": (1, 1, channels // 2, channels),
            "gamma": (1,),
        }, function)


def positions(inputs, outputs, interpolation, is_centred):
    """The matrix [outputs, inputs] that resamples an axis."""
    matrix = np.zeros((outputs, inputs), np.float32)
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


def resize(x, height, width, interpolation, is_centred=True):
    rows = positions(x.shape[1], height, interpolation, is_centred)
    columns = positions(x.shape[2], width, interpolation, is_centred)
    return Function(lambda x: ops.einsum("ah,nhwc,bw->nabc", rows, x, columns))


def group_norm(x, groups, fields):
    """Group normalization, also of vectors and of every number of axes."""
    channels, places = x.shape[-1], int(np.prod(x.shape[1:-1]))

    def function(x, gamma=1.0, beta=0.0):
        y = ops.reshape(x, (-1, places, groups, channels // groups))
        y = y - ops.mean(y, (1, 3), keepdims=True)
        y = y / ops.sqrt(ops.mean(ops.square(y), (1, 3), keepdims=True) + fields["epsilon"])
        return ops.reshape(y, (-1, *x.shape[1:])) * gamma + beta

    kept = [name for name, field in [("gamma", "scale"), ("beta", "center")] if fields[field]]
    return Parametrized({name: (channels,) for name in kept}, function)


def layer(name, fields, x, classes):
    """What the layer receives after padding, and the layer."""
    if name in ("conv2d", "separable_conv2d", "conv2d_transpose"):
        return globals()[name](x, fields)
    if name in ("max_pooling2d", "average_pooling2d"):
        kind = kl.MaxPooling2D if name == "max_pooling2d" else kl.AveragePooling2D
        return x, kind(fields["pool_size"], fields["strides"], fields["padding"])
    made = {
        "dense": lambda: kl.Dense(fields["units"], use_bias=fields["use_bias"]),
        "maxout": lambda: maxout(x, fields),
        "flatten": lambda: kl.Flatten(),
        "reshape": lambda: kl.Reshape(fields["shape"]),
        "dropout": lambda: kl.Dropout(fields["rate"]),
        "gaussian_noise": lambda: kl.GaussianNoise(fields["stddev"]),
        "batch_norm": lambda: kl.BatchNormalization(
            momentum=fields["momentum"], epsilon=fields["epsilon"], center=fields["center"], scale=fields["scale"]),
        "layer_norm": lambda: kl.LayerNormalization(
            epsilon=fields["epsilon"], center=fields["center"], scale=fields["scale"]),
        "instance_norm": lambda: group_norm(x, x.shape[-1], fields),
        "group_norm": lambda: group_norm(x, fields["groups"], fields),
        "conditional_batch_norm": lambda: conditional_batch_norm(x, classes, fields),
        "one_hot": lambda: Function(
            lambda x, labels: ops.concatenate([x, beside(x, ops.one_hot(labels, classes))], -1)),
        "embedding": lambda: embedding(x, classes, fields),
        "projection": lambda: projection(x, classes, fields),
        "pixel_norm": lambda: Function(
            lambda x: x / ops.sqrt(ops.mean(ops.square(x), -1, keepdims=True) + fields["epsilon"])),
        "global_average_pooling2d": lambda: kl.GlobalAveragePooling2D(),
        "global_sum_pooling2d": lambda: Function(lambda x: ops.sum(x, (1, 2))),
        "up_sampling2d": lambda: resize(
            x, x.shape[1] * pair(fields["size"])[0], x.shape[2] * pair(fields["size"])[1], fields["interpolation"]),
        "resizing": lambda: resize(
            x, fields["height"], fields["width"], fields["interpolation"], fields["half_pixel_centers"]),
        "rescaling": lambda: kl.Rescaling(fields["scale"], fields["offset"]),
        "grayscale_to_rgb": lambda: Function(
            lambda x: ops.broadcast_to(x, (ops.shape(x)[0], *x.shape[1:-1], 3))),
        "minibatch_discrimination": lambda: minibatch_discrimination(x, fields),
        "minibatch_std": lambda: MinibatchStd(fields["group_size"]),
        "self_attention": lambda: self_attention(x),
        "prelu": lambda: Parametrized(
            {"alpha": (x.shape[-1],)}, lambda x, alpha: ops.maximum(x, 0.0) + alpha * ops.minimum(x, 0.0)),
    }.get(name, lambda: activation({name: fields}))()
    return x, made


SEEING_CLASSES = {"one_hot", "embedding", "projection", "conditional_batch_norm"}


def normalized(kernel, u, is_transposed):
    """A kernel divided by its largest singular value, as u has it."""
    matrix = np.moveaxis(kernel, -2 if is_transposed else -1, -1).reshape(-1, len(u))
    return kernel / np.linalg.norm(matrix @ (u / (np.linalg.norm(u) + 1e-12)))


def stack(entries, x, labels, classes, path, parameters):
    """Adds layers to a model and sets their parameters, whose names begin with a path."""
    for number, entry in enumerate(entries):
        name, fields = item(entry)
        place = f"{path}.{number}"
        if name == "residual":
            body = stack(fields["body"], x, labels, classes, f"{place}.body", parameters)
            shortcut = stack(fields["shortcut"], x, labels, classes, f"{place}.shortcut", parameters)
            x = kl.Add()([body, shortcut])
            continue
        if name == "concat":
            branches = [
                stack(branch, x, labels, classes, f"{place}.branches.{index}", parameters)
                for index, branch in enumerate(fields["branches"])]
            x = kl.Concatenate()(branches)
            continue
        is_normalized = name == "spectral_norm"
        if is_normalized:
            name, fields = item(fields["layer"])
        x, made = layer(name, fields, x, classes)
        x = made(x, labels) if name in SEEING_CLASSES else made(x)
        for weight in made.weights:
            if weight.name.startswith("seed_generator"):
                continue
            value = parameters[f"{place}.{weight.name}"]
            if is_normalized and weight.name == "kernel":
                value = normalized(value, parameters[f"{place}.u"], name == "conv2d_transpose")
            weight.assign(value)
        if "activation" in fields and item(fields["activation"])[0] != "linear":
            x = activation(fields["activation"])(x)
    return x


def load(folder=Path(__file__).parent):
    """The networks by their names, as Keras models with images [N, height, width, channels]."""
    parameters = dict(np.load(Path(folder) / "parameters.npz"))
    networks = {}
    for name, network in NETWORKS.items():
        x = keras.Input(network["shape"], name=network["input"])
        labels = keras.Input((), dtype="int32", name="labels") if network["classes"] else None
        y = stack(network["layers"], x, labels, network["classes"], name, parameters)
        networks[name] = keras.Model(x if labels is None else [x, labels], y, name=name)
    return networks


def run(name, networks, inputs, labels=None):
    """What a network makes of an array of inputs."""
    inputs = np.asarray(inputs, np.float32)
    made = networks[name](inputs if labels is None else [inputs, np.asarray(labels, np.int32)], training=False)
    return ops.convert_to_numpy(made)


