"""The step of Experiments/mlp-mnist.yaml in JAX: one compiled function a step, its state donated to it."""

import common

# Before JAX counts the processors.
OPTIONS = common.arguments()

import jax
from jax import nn
from jax import numpy as jnp

RATE, BETA_1, BETA_2, EPSILON = 2e-4, 0.5, 0.999, 1e-7


def stack(key, *widths):
    keys = jax.random.split(key, len(widths) - 1)
    draw = nn.initializers.glorot_uniform()
    return [(draw(k, shape), jnp.zeros(shape[1])) for k, shape in zip(keys, zip(widths, widths[1:]))]


def forward(parameters, x):
    for kernel, bias in parameters[:-1]:
        x = nn.relu(x @ kernel + bias)
    kernel, bias = parameters[-1]
    return x @ kernel + bias


def entropy(scores, label):
    return jnp.mean(nn.softplus(scores) - label * scores)


def adam(parameters, gradients, moments):
    first, second, count = moments
    count = count + 1
    first = jax.tree.map(lambda m, g: m + (g - m) * (1 - BETA_1), first, gradients)
    second = jax.tree.map(lambda v, g: v + (g * g - v) * (1 - BETA_2), second, gradients)
    size = RATE * jnp.sqrt(1 - BETA_2**count) / (1 - BETA_1**count)
    parameters = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) + EPSILON), parameters, first, second)
    return parameters, (first, second, count)


def fresh(parameters):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros(())


def main(options):
    batch = options.batch
    data = jnp.asarray(common.images())
    key, for_generator, for_discriminator = jax.random.split(jax.random.key(1), 3)
    generator = stack(for_generator, 100, 256, 512, 1024, 784)
    discriminator = stack(for_discriminator, 784, 512, 256, 1)
    state = (key, generator, fresh(generator), discriminator, fresh(discriminator))

    def generate(parameters, noise):
        return jnp.tanh(forward(parameters, noise))

    def train(state, data):
        key, generator, slow, discriminator, fast = state
        key, rows, noise, more = jax.random.split(key, 4)
        losses = []
        real = data[jax.random.randint(rows, (batch,), 0, len(data))]
        fake = generate(generator, jax.random.normal(noise, (batch, 100)))
        for samples, label in ((real, 1.0), (fake, 0.0)):
            loss, gradients = jax.value_and_grad(lambda p: entropy(forward(p, samples), label))(discriminator)
            discriminator, fast = adam(discriminator, gradients, fast)
            losses.append(loss)
        z = jax.random.normal(more, (batch, 100))
        loss, gradients = jax.value_and_grad(lambda p: entropy(forward(discriminator, generate(p, z)), 1.0))(generator)
        generator, slow = adam(generator, gradients, slow)
        return (key, generator, slow, discriminator, fast), (*losses, loss)

    compiled = jax.jit(train, donate_argnums=0)
    latest = None

    def step():
        nonlocal state, latest
        state, latest = compiled(state, data)

    common.run(options, step, lambda: jax.block_until_ready((state, latest)), {"jax": jax.__version__})


if __name__ == "__main__":
    main(OPTIONS)
