/// Whole specs with mistakes, and everything said about them.
enum WrongSpecs {
  static let table: [WrongText] = [
    WrongText(
      "generatr: 5\n", "1:1-8 the experiment needs name and optimizers",
      "  add name: my-experiment and optimizers: {discriminator: sgd}",
      "1:1-8 the experiment has no field \"generatr\"; it has name, seed, latent, generator, optimizers, loss, penalty, clipping, threads and record",
      "  did you mean generator?"),
    WrongText(
      "[1]", "1:1-3 the experiment takes fields, not a list",
      "  write name: my-experiment, generator: [dense: {units: 256}], optimizers: {discriminator: sgd}"),
    WrongText(
      "5", "1:1-1 the experiment takes fields, not 5",
      "  write name: my-experiment, generator: [dense: {units: 256}], optimizers: {discriminator: sgd}"),
    WrongText(
      "{}", "1:1-2 the experiment needs name, generator and optimizers",
      "  add name: my-experiment, generator: [dense: {units: 256}] and optimizers: {discriminator: sgd}"),
    WrongText(
      "name: x\noptimizers: {discriminator: sgd}\ngenerator:\n  dense: {units: 3}\n",
      "4:3-7 generator must be a list of 1 to 100 layers, not a mapping",
      "  begin each layer with a dash: - dense"),
    WrongText(
      "name: x\noptimizers: {discriminator: sgd}\ngenerator: dense\n",
      "3:12-16 generator must be a list of 1 to 100 layers, not \"dense\"", "  write [dense]"),
    WrongText(
      "name: x\noptimizers: {discriminator: sgd}\ngenerator:\n",
      "3:1-9 generator has no value", "  write generator: [dense: {units: 256}]"),
    WrongText(
      "name: x\noptimizers: {discriminator: sgd}\ngenerator: null\n",
      "3:1-9 generator must be given, but is null", "  write generator: [dense: {units: 256}]"),
    WrongText(
      "name: x\noptimizers: {discriminator: sgd}\ngenerator: []\n",
      "3:1-9 generator must be a list of 1 to 100 layers, not of 0",
      "  write generator: [dense: {units: 256}]"),
    WrongText(
      "name: x\ngenerator: [flatten]\n", "1:1-4 the experiment needs optimizers",
      "  add optimizers: {discriminator: sgd}"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: {}\n", "3:1-10 optimizers needs discriminator",
      "  write optimizers: {discriminator: sgd}"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: adam\n", "3:13-16 optimizers takes fields, not \"adam\"",
      "  write optimizers: {discriminator: adam}"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: {discriminator: {adam: {lr: 1}, sgd: }}\n",
      "3:45-47 discriminator is one optimizer, but here are adam and sgd", "  remove one",
      "  3:30 the first is here"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: {discriminator: {adam: {lr: 1}}}\n",
      "3:37-38 adam has no field \"lr\"; it has learning_rate and beta_1", "  did you mean learning_rate?"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: {discriminator: {name: adam, momentum: 1}}\n",
      "3:30-33 the name of an optimizer is its key, with the fields behind it",
      "  write discriminator: {adam: {momentum: 1}}"),
    WrongText(
      "name: x\ngenerator: [flatten]\noptimizers: {discriminator: 5, generator: }\n",
      "3:29-29 there is no optimizer \"5\"; there are sgd and adam", "  use one of these",
      "3:32-40 generator has no value",
      "  write generator: sgd"),
    WrongText(
      "name: a b\ngenerator: [flatten]\noptimizers: {discriminator: sgd}\nlatent: 100\nloss: bce\npenalty: ~\nclipping: 0\nrecord: {}\nthreads: 65\n",
      "1:7-9 name cannot be \"a b\"", "  use - for the blank", "4:9-11 latent takes fields, not 100",
      "  write latent: {dim: 100}", "5:7-9 there is no loss \"bce\"; there are non_saturating and hinge",
      "  did you mean non_saturating?", "7:11-11 clipping must be a number above 0, not 0",
      "  it must be above 0", "8:1-6 record needs every", "  write record: {every: 1}",
      "9:10-11 threads must be an integer between 1 and 64, not 65", "  the most is 64"),
    WrongText(
      "name: [x]\ngenerator: [flatten]\noptimizers: {discriminator: sgd}\nlatent:\nloss:\nrecord: 5\n",
      "1:7-9 name must be a text, not a list", "  such as name: my-experiment",
      "4:1-6 nothing stands behind latent, so that it has its defaults: dim: 100 and distribution: normal",
      "  write latent: {dim: 100}, or leave it out", "5:1-4 loss has no value",
      "  write loss: non_saturating", "6:9-9 record takes fields, not 5", "  write record: {every: 5}"),
    WrongText(
      "name: x\noptimizers: &o {discriminator: &bad sdg, generator: *bad}\ngenerator: [&d {dense: {units: -1}}, *d, *d]\n",
      "2:32-39 there is no optimizer \"sdg\"; there are sgd and adam",
      "  did you mean sgd?",
      "2:53-56 there is no optimizer \"sdg\"; there are sgd and adam",
      "  did you mean sgd?",
      "3:32-33 units must be an integer between 1 and 65536, not -1",
      "  the least is 1"),
  ]
}
