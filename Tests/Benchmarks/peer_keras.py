"""The tutorial's own program in Keras, as it is taught: `predict`, and `train_on_batch` three times a step."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow
from keras import layers

import common


def main():
    options = common.arguments()
    tensorflow.config.threading.set_intra_op_parallelism_threads(options.threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(1)
    data = common.images()
    batch = options.batch

    def adam():
        return keras.optimizers.Adam(2e-4, beta_1=0.5)

    generator = keras.Sequential([keras.Input((100,))])
    for units in (256, 512, 1024):
        generator.add(layers.Dense(units, activation="relu"))
    generator.add(layers.Dense(784, activation="tanh"))
    discriminator = keras.Sequential([keras.Input((784,))])
    for units in (512, 256):
        discriminator.add(layers.Dense(units, activation="relu"))
    discriminator.add(layers.Dense(1, activation="sigmoid"))
    discriminator.compile(loss="binary_crossentropy", optimizer=adam(), metrics=["accuracy"])
    valid, fake = np.ones((batch, 1)), np.zeros((batch, 1))
    # Keras 3 looks at `trainable` when it traces the first step, not when it compiles: the discriminator's own step must
    # come before it is locked.
    before = discriminator.get_weights()[0].copy()
    discriminator.train_on_batch(data[:batch], valid)
    assert not np.array_equal(before, discriminator.get_weights()[0]), "the discriminator does not train"
    discriminator.trainable = False
    noise = keras.Input((100,))
    combined = keras.Model(noise, discriminator(generator(noise)))
    combined.compile(loss="binary_crossentropy", optimizer=adam())

    def step():
        real = data[np.random.randint(0, len(data), batch)]
        generated = generator.predict(np.random.normal(0, 1, (batch, 100)), verbose=0)
        discriminator.train_on_batch(real, valid)
        discriminator.train_on_batch(generated, fake)
        combined.train_on_batch(np.random.normal(0, 1, (batch, 100)), valid)

    before = discriminator.get_weights()[0].copy()
    combined.train_on_batch(np.random.normal(0, 1, (batch, 100)), valid)
    assert np.array_equal(before, discriminator.get_weights()[0]), "the discriminator is not locked"

    common.run(options, step, lambda: None, {"keras": keras.__version__, "tensorflow": tensorflow.__version__})


if __name__ == "__main__":
    main()
