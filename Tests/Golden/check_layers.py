"""Checks layers against PyTorch's own, against plainer ones, and against each other."""

import numpy as np
import torch
from torch import testing
from torch.nn import functional
from torch.nn.utils import parametrizations

from networks import Network, Pass, without_final_sigmoid
from randomness import Randomness

DRAWS = Randomness(5)
CLASSES = torch.from_numpy(DRAWS.indices("classes", 0, 32, below=4))
AT = Pass(3, "real/2", CLASSES)
MOVING = AT._replace(updates_statistics=True)


def normal(stream, *shape):
    return torch.from_numpy(DRAWS.normal(stream, 0, shape))


def built(layers, shape):
    """A network, and its parameters by their last names; all of them are normal values."""
    network = Network("discriminator", layers, shape, DRAWS, torch.float64, classes=4)
    for name, value in network.parameters.items():
        network.parameters[name] = normal(name, *value.shape).requires_grad_()
    return network, {name.split(".")[-1]: value for name, value in network.parameters.items()}


def images(x):
    """[N, height, width, C] as PyTorch has it."""
    return x.permute(0, 3, 1, 2)


def output(layers, x, at=AT):
    """What a network makes of x, whose shape is as it announced."""
    network, _ = built(layers, x.shape[1:])
    y = network(x, at)
    assert y.shape[1:] == network.output_shape, (y.shape, network.output_shape)
    return y


def check_images():
    x = normal("images", 8, 5, 7, 3)
    # Where as much is added on both sides, PyTorch's padding is that of Keras.
    for kind, peer in (
            ("average_pooling2d", functional.avg_pool2d(images(x), 3, 2, padding=1, count_include_pad=False)),
            ("max_pooling2d", functional.max_pool2d(images(x), 3, 2, padding=1))):
        testing.assert_close(images(output([{kind: {"pool_size": 3, "strides": 2, "padding": "same"}}], x)), peer)
    testing.assert_close(
        output([{"up_sampling2d": {"size": [2, 3]}}], x), x.repeat_interleave(2, dim=1).repeat_interleave(3, dim=2))
    wide = output([{"up_sampling2d": {"interpolation": "bilinear"}}], x)
    testing.assert_close(wide[:, 3, 4], (3 * (3 * x[:, 1, 2] + x[:, 1, 1]) + 3 * x[:, 2, 2] + x[:, 2, 1]) / 16)
    for size in ((3, 11), (13, 4)):
        for nearest, mode in ((False, "bilinear"), (True, "nearest-exact")):
            peer = functional.interpolate(images(x), size=size, mode=mode)
            fields = {"height": size[0], "width": size[1], "interpolation": "nearest" if nearest else "bilinear"}
            testing.assert_close(images(output([{"resizing": fields}], x)), peer)
        fields |= {"half_pixel_centers": False}
        testing.assert_close(images(output([{"resizing": fields}], x)), functional.interpolate(images(x), size=size))
    # Kernels of one channel each, then of one place, are a kernel that is their product.
    network, of = built([{"separable_conv2d": {"filters": 4, "kernel_size": 3, "depth_multiplier": 2}}], (5, 7, 3))
    whole = torch.einsum("ijcm,cmf->fcij", of["depthwise_kernel"], of["pointwise_kernel"][0, 0].reshape(3, 2, 4))
    testing.assert_close(images(network(x, AT)), functional.conv2d(images(x), whole, of["bias"]))
    x = normal("images", 8, 3, 4, 16)
    network, of = built(["self_attention"], (3, 4, 16))
    query, key, value = (x.reshape(8, 12, 16) @ of[f"{name}_kernel"][0, 0] for name in ("query", "key", "value"))
    mixed = functional.scaled_dot_product_attention(query, key, value, scale=1.0) @ of["output_kernel"][0, 0]
    testing.assert_close(network(x, AT), x + of["gamma"] * mixed.reshape(x.shape))


def check_batches():
    x = normal("batch", 12, 5)
    network, of = built(["batch_norm"], (5,))
    testing.assert_close(
        network(x, AT), functional.batch_norm(x, None, None, of["gamma"], of["beta"], training=True, eps=1e-3))
    network, of = built([{"maxout": {"units": 4, "pieces": 3}}], (5,))
    pieces = functional.linear(x, of["kernel"].T, of["bias"]).split(4, dim=1)
    testing.assert_close(network(x, AT), torch.maximum(torch.maximum(pieces[0], pieces[1]), pieces[2]))
    network, of = built([{"minibatch_discrimination": {"kernels": 3, "kernel_dimension": 2}}], (5,))
    found = network(x, AT)
    testing.assert_close(found[:, :5], x)
    for b, rows in enumerate((x @ of["kernel"]).split(2, dim=1)):  # A sample's nearness to itself is 1.
        testing.assert_close(found[:, 5 + b], torch.exp(-torch.cdist(rows, rows, p=1)).sum(1) - 1)
    x = normal("images", 12, 2, 3, 5)
    found = output([{"minibatch_std": {"group_size": 4}}], x)
    testing.assert_close(found[..., :5], x)
    for n in range(12):
        deviation = torch.sqrt(x[n % 3::3].var(dim=0, correction=0) + 1e-8).mean()
        testing.assert_close(found[n, ..., 5], deviation.expand(2, 3))
    # At step 3 of 4 a quarter is left.
    for fields, stddev in (({"stddev": 0.5}, 0.5), ({"stddev": 0.5, "decay_steps": 4}, 0.125)):
        noise = DRAWS.normal("gaussian_noise/discriminator.0/real/2", 3, (12, 2, 3, 5))
        testing.assert_close(
            output([{"gaussian_noise": fields}], x), x + stddev * torch.from_numpy(noise), rtol=1e-6, atol=1e-6)
    assert torch.equal(output([{"gaussian_noise": {"stddev": 0.5, "decay_steps": 3}}], x), x)


def check_conditional_layers():
    batch, places = normal("batch", 32, 6), normal("images", 32, 3, 2, 6)
    for x in (batch, places):
        network, of = built(["conditional_batch_norm"], x.shape[1:])
        planes = x.movedim(-1, 1)
        plain = functional.batch_norm(planes, None, None, training=True, eps=1e-3).movedim(1, -1)
        gamma, beta = (functional.embedding(CLASSES, of[name]).reshape(32, *[1] * (x.ndim - 2), 6)
                       for name in ("gamma", "beta"))
        testing.assert_close(network(x, AT), gamma * plain + beta)
    network, of = built([{"embedding": {"merge": "multiply"}}], (6,))
    testing.assert_close(network(batch, AT), batch * functional.embedding(CLASSES, of["embeddings"]))
    network, of = built([{"embedding": {"output_dim": 3}}], (3, 2, 6))
    found = network(places, AT)
    assert found.shape == (32, 3, 2, 9)
    testing.assert_close(found[:, 2, 1, 6:], functional.embedding(CLASSES, of["embeddings"]))
    testing.assert_close(output(["one_hot"], batch)[:, 6:].argmax(1), CLASSES)
    network, of = built(["projection"], (6,))
    plain = functional.linear(batch, of["kernel"].T, of["bias"])
    by_class = torch.einsum("nf,nf->n", batch, functional.embedding(CLASSES, of["embeddings"]))
    testing.assert_close(network(batch, AT), plain + by_class[:, None])


def check_nested():
    """Layers within layers do what they do alone, with the samples' classes, and draw by their whole path."""
    x = normal("images", 32, 3, 2, 6)
    body = [{"conv2d": {"filters": 4, "kernel_size": 1, "activation": "tanh"}}, "conditional_batch_norm"]
    shortcut = ["one_hot", {"conv2d": {"filters": 4, "kernel_size": 1}}]

    def alone(network, layers, path):
        """The same layers as a network of its own, with their parameters in the other."""
        single, _ = built(layers, x.shape[1:])
        for name in single.parameters:
            single.parameters[name] = network.parameters[f"{path}.{name}"]
        return single(x, AT)

    network, _ = built([{"residual": {"body": body, "shortcut": shortcut}}], (3, 2, 6))
    assert network.output_shape == (3, 2, 4)
    testing.assert_close(
        network(x, AT), alone(network, body, "0.body") + alone(network, shortcut, "0.shortcut"))
    testing.assert_close(output([{"residual": {"body": ["tanh"]}}], x), x + torch.tanh(x))
    network, _ = built(["linear", {"concat": {"branches": [body, [], shortcut]}}], (3, 2, 6))
    assert network.output_shape == (3, 2, 14)
    testing.assert_close(network(x, AT), torch.cat([
        alone(network, body, "1.branches.0"), x, alone(network, shortcut, "1.branches.2")], dim=-1))
    dropped = output([{"concat": {"branches": [[], ["linear", {"dropout": {"rate": 0.25}}]]}}], x)[..., 6:]
    kept = DRAWS.uniform("dropout/discriminator.0.branches.1.1/real/2", 3, (32, 3, 2, 6)) < 0.75
    testing.assert_close(dropped != 0, torch.from_numpy(kept))


def check_spectral_norm():
    layers = (
        ({"dense": {"units": 4, "activation": "tanh"}}, (6,)),
        ({"conv2d": {"filters": 3, "kernel_size": 2}}, (4, 4, 5)),
        ({"conv2d_transpose": {"filters": 3, "kernel_size": 2, "strides": 2}}, (4, 4, 5)),
    )
    for layer, shape in layers:
        x = normal("batch", 8, *shape)
        network, of = built([{"spectral_norm": {"layer": layer, "power_iterations": 500}}], shape)
        plain, _ = built([layer], shape)
        kernel = of["kernel"].detach()
        matrix = kernel.permute(2, 0, 1, 3).flatten(1) if "conv2d_transpose" in layer else kernel.flatten(0, -2)
        plain.parameters["0.kernel"] = kernel / torch.linalg.matrix_norm(matrix, 2)
        plain.parameters["0.bias"] = of["bias"]
        for at in (MOVING, AT):
            testing.assert_close(network(x, at), plain(x, at), rtol=1e-9, atol=1e-9)
        assert network.parameters["0.kernel"] is of["kernel"]
    # PyTorch's v belongs to the second axis of its weight, as u does to that of our kernel.
    network, of = built([{"spectral_norm": {"layer": {"dense": {"units": 4}}, "power_iterations": 2}}], (6,))
    x = normal("batch", 8, 6)
    peer = torch.nn.Linear(4, 6, bias=False, dtype=torch.float64)
    peer.weight.data = of["kernel"].detach().clone()
    peer = parametrizations.spectral_norm(peer, n_power_iterations=2)
    state = peer.parametrizations.weight[0]
    state._v = torch.from_numpy(DRAWS.normal("initial/discriminator.0.u", 0, (4,)).astype(np.float32)).double()
    for _ in range(3):
        found, expected = network(x, MOVING), x @ peer.weight + of["bias"]
        testing.assert_close(found, expected)
        slopes = [torch.autograd.grad(y.square().sum(), kernel) for y, kernel in (
            (found, of["kernel"]), (expected, peer.parametrizations.weight.original))]
        testing.assert_close(*slopes)
        still = network(x, AT)
        sigma = torch.linalg.vector_norm(of["kernel"] @ state._v)
        testing.assert_close(still, x @ (of["kernel"] / sigma) + of["bias"])
        assert torch.equal(still, network(x, AT))
    for inner in ("sigmoid", "linear"):
        layer = {"spectral_norm": {"layer": {"dense": {"units": 1, "activation": inner}}, "power_iterations": 3}}
        assert without_final_sigmoid(["flatten", layer]) == [
            {"flatten": {}},
            {"spectral_norm": {"layer": {"dense": {"units": 1, "activation": "linear"}}, "power_iterations": 3}}]


def check():
    check_images()
    check_batches()
    check_conditional_layers()
    check_nested()
    check_spectral_norm()
