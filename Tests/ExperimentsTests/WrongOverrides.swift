import Testing

/// An argument of `--set` with a mistake, and every word that is said about it but the names of whole catalogues.
struct WrongOverride: CustomTestStringConvertible {
  let argument: String
  let expected: String
  var testDescription: String { argument }

  init(_ argument: String, _ expected: String) {
    self.argument = argument
    self.expected = expected + "\n"
  }

  /// Overrides that mean what they say.
  static let right = [
    "training.epochs=5", "training.epochs = 5", "generator[0].dense.units=64",
    "generator.0.dense.units=64",
    "generator[0]={dense: {units: 64}}",
    "optimizers.generator=sgd", "optimizers.generator.sgd.learning_rate=0.1",
    "optimizers.generator.adam.beta_1=0.9",
    "loss.non_saturating.label_smoothing=0.1", "loss=minimax", "latent={dim: 64}", "dataset={mnist: {split: test}}",
    "dataset.mnist.split=test", "training.steps=100", "name=other",
  ]

  static let table = [
    WrongOverride(
      "training.epoch=5",
      """
      --set:1:10: error: training has no field "epoch"; it has batch_size, epochs, steps, sampling, discriminator_update, discriminator_steps, generator_steps, packing, gradient_accumulation, shards, unrolled_steps, generator_average, augmentation and stop_when
          1 | training.epoch=5
            |          ^~~~~ did you mean epochs?
      """),
    WrongOverride(
      "generator[9].dense.units=3",
      """
      --set:1:10: error: there is no generator[9]
          1 | generator[9].dense.units=3
            |          ^~~ the last is generator[4]
      """),
    WrongOverride(
      "foo",
      """
      --set:1:4: error: no = between a key and its value
          1 | foo
            |    ^ write key.key[index]=value
      """),
    WrongOverride(
      "=3",
      """
      --set:1:1: error: a key is missing before the =
          1 | =3
            | ^ write key.key[index]=value
      """),
    WrongOverride(
      "training.batch_size=abc",
      """
      --set:1:21: error: batch_size must be an integer between 1 and 65536, not "abc"
          1 | training.batch_size=abc
            |                     ^~~ such as batch_size: 128
      """),
    WrongOverride(
      "training.batch_size=",
      """
      --set:1:10: error: batch_size has no value
          1 | training.batch_size=
            |          ^~~~~~~~~~ write batch_size: 128
      """),
    WrongOverride(
      "training.batch_size=65536",
      """
      --set:1:21: error: a batch is 65536 samples, but mnist has 60000
          1 | training.batch_size=65536
            |                     ^~~~~ use batch_size: 60000 or less
      """),
    WrongOverride(
      "epochs=5",
      """
      --set:1:1: error: a spec has no field "epochs"; it has name, seed, seeds, dataset, latent, conditional, generator, discriminator, loss, regularization, optimizers, training, evaluation, initial_weights and record
          1 | epochs=5
            | ^~~~~~ write training.epochs
      """),
    WrongOverride(
      "learning_rate=1e-3",
      """
      --set:1:1: error: a spec has no field "learning_rate"; it has name, seed, seeds, dataset, latent, conditional, generator, discriminator, loss, regularization, optimizers, training, evaluation, initial_weights and record
          1 | learning_rate=1e-3
            | ^~~~~~~~~~~~~ write optimizers.generator.adam.learning_rate
      """),
    WrongOverride(
      "latent_dim=64",
      """
      --set:1:1: error: a spec has no field "latent_dim"; it has name, seed, seeds, dataset, latent, conditional, generator, discriminator, loss, regularization, optimizers, training, evaluation, initial_weights and record
          1 | latent_dim=64
            | ^~~~~~~~~~ write latent.dim
      """),
    WrongOverride(
      "latent=100",
      """
      --set:1:8: error: latent takes fields, not 100
          1 | latent=100
            |        ^~~ write latent: {dim: 100}
      """),
    WrongOverride(
      "latent.dim=[100]",
      """
      --set:1:12: error: dim must be an integer between 1 and 100000, not a list
          1 | latent.dim=[100]
            |            ^~~~~ such as dim: 100
      """),
    WrongOverride(
      "training epochs=5",
      """
      --set:1:9: error: a blank within a key
          1 | training epochs=5
            |         ^ write a dot between keys
      """),
    WrongOverride(
      "training.epochs: 5",
      """
      --set:1:16: error: a colon between a key and its value
          1 | training.epochs: 5
            |                ^ write = in its place
      """),
    WrongOverride(
      "training.epochs.=5",
      """
      --set:1:17: error: a key is missing here
          1 | training.epochs.=5
            |                 ^ write key.key[index]=value
      """),
    WrongOverride(
      "generator.dense.units=3",
      """
      --set:1:11: error: generator is a list of 5
          1 | generator.dense.units=3
            |           ^~~~~ say which: generator[0]
      """),
    WrongOverride(
      "generator[0].units=3",
      """
      --set:1:14: error: there is no layer "units"
          1 | generator[0].units=3
            |              ^~~~~ for a field of dense write dense.units
      """),
    WrongOverride(
      "generator[0]=dense",
      """
      --set:1:14: error: dense needs units
          1 | generator[0]=dense
            |              ^~~~~ write {dense: {units: 256}}
      """),
    WrongOverride(
      "generator[0].Dense.units=3",
      """
      --set:1:14: error: there is no layer "Dense"
          1 | generator[0].Dense.units=3
            |              ^~~~~ did you mean dense?
      """),
    WrongOverride(
      "generator[0].dense.activation=tahn",
      """
      --set:1:31: error: there is no activation "tahn"
          1 | generator[0].dense.activation=tahn
            |                               ^~~~ did you mean tanh?
      """),
    WrongOverride(
      "generator[-1].dense.units=10",
      """
      --set:1:10: error: an index is a number, not "-1"
          1 | generator[-1].dense.units=10
            |          ^~~ write [0]
      """),
    WrongOverride(
      "generator[x]=3",
      """
      --set:1:10: error: an index is a number, not "x"
          1 | generator[x]=3
            |          ^~ write [0]
      """),
    WrongOverride(
      "generator[=3",
      """
      --set:1:10: error: [ is not closed
          1 | generator[=3
            |          ^ write [0]
      """),
    WrongOverride(
      "generator[3].dense.units=700",
      """
      Experiments/mlp-mnist.yaml:14:5: error: reshape to [28, 28, 1] needs 784 values a sample, but receives 700 ([700])
         14 |   - reshape: {shape: [28, 28, 1]}
            |     ^~~~~~~ use units: 784
      --set:1:14: note: produced here: [700]
          1 | generator[3].dense.units=700
            |              ~~~~~
      """),
    WrongOverride(
      "generator[4].reshape.shape=[28,28]",
      """
      --set:1:14: error: the generator makes [28, 28], but a sample of mnist is [28, 28, 1]
          1 | generator[4].reshape.shape=[28,28]
            |              ^~~~~~~ use shape: [28, 28, 1]
      Experiments/mlp-mnist.yaml:13:5: note: its values are made here: [784]
         13 |   - dense: {units: 784, activation: tanh, kernel_initializer: {random_normal: {stddev: 0.02}}}
            |     ~~~~~
      """),
    WrongOverride(
      "generator=[]",
      """
      --set:1:1: error: generator must be a list of 1 to 200 layers, not of 0
          1 | generator=[]
            | ^~~~~~~~~ write generator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]
      """),
    WrongOverride(
      "discriminator[3].dense.units=10",
      """
      --set:1:18: error: the discriminator makes [10], but the loss takes one score a sample
          1 | discriminator[3].dense.units=10
            |                  ^~~~~ use units: 1
      """),
    WrongOverride(
      "optimizers.generator.adam.lr=1e-3",
      """
      --set:1:27: error: adam has no field "lr"; it has learning_rate, beta_1, beta_2, epsilon, clipvalue, clipnorm and global_clipnorm
          1 | optimizers.generator.adam.lr=1e-3
            |                           ^~ did you mean learning_rate?
      """),
    WrongOverride(
      "optimizers.adam.learning_rate=1e-3",
      """
      --set:1:12: error: optimizers has no field "adam"; it has generator and discriminator
          1 | optimizers.adam.learning_rate=1e-3
            |            ^~~~ write generator.adam
      """),
    WrongOverride(
      "optimizers.generator=sdg",
      """
      --set:1:22: error: there is no optimizer "sdg"
          1 | optimizers.generator=sdg
            |                      ^~~ did you mean sgd?
      """),
    WrongOverride(
      "loss.label_smoothing=0.1",
      """
      --set:1:6: error: there is no loss "label_smoothing"
          1 | loss.label_smoothing=0.1
            |      ^~~~~~~~~~~~~~~ for a field of non_saturating write non_saturating.label_smoothing
      """),
    WrongOverride(
      "seed=-1",
      """
      --set:1:6: error: seed must be an integer at least 0, not -1
          1 | seed=-1
            |      ^~ the least is 0
      """),
    WrongOverride(
      "seed.x=5",
      """
      Experiments/mlp-mnist.yaml:6:7: error: seed must be an integer at least 0, not a mapping
          6 | seed: 42
            |       ^~ such as seed: 42
      """),
    WrongOverride(
      "name=a/b",
      """
      --set:1:6: error: name cannot be "a/b"
          1 | name=a/b
            |      ^~~ use letters, digits and - _ . + =, as in a-b: it names a folder
      """),
    WrongOverride(
      "dataset=celeba",
      """
      --set:1:9: error: there is no dataset "celeba"
          1 | dataset=celeba
            |         ^~~~~~ use one of these
      """),
    WrongOverride(
      "training={epochs: 5",
      """
      --set:1:20: error: the closing } of a mapping is missing
          1 | training={epochs: 5
            |          ~ the mapping begins here
            |                    ^ write } here
      """),
    WrongOverride(
      "extends=other.yaml",
      """
      --set:1:1: error: what a spec extends cannot be set
          1 | extends=other.yaml
            | ^~~~~~~ write extends into the spec itself
      """),
    WrongOverride(
      "generator[0].dense.units=3}",
      """
      --set:1:26: error: units must be an integer between 1 and 1000000, not "3}"
          1 | generator[0].dense.units=3}
            |                          ^~ such as units: 256
      """),
  ]
}
