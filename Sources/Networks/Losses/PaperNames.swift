import Specs

extension LossCatalog {
  /// GANs known by names of their own: a loss with the regularization, layers and optimizers of its paper.
  ///
  /// The lines of each can stand in a spec; what they leave to its layers is said in a comment.
  static let papers: [PaperName] = [
    PaperName(
      ["wgan"], "the Wasserstein loss with clipped weights (Arjovsky et al., 2017)",
      [
        "loss: wasserstein", "regularization: [weight_clipping: {limit: 0.01}]",
        "optimizers:", "  generator: {rmsprop: {learning_rate: 5e-5}}",
        "  discriminator: {rmsprop: {learning_rate: 5e-5}}",
        "training: {discriminator_steps: 5}",
      ]),
    PaperName(
      ["wgan-gp", "improved-wgan", "iwgan"],
      "the Wasserstein loss with a penalty on the gradient (Gulrajani et al., 2017)",
      [
        "loss: wasserstein", "regularization: [gradient_penalty: {weight: 10}]",
        "optimizers:", "  generator: {adam: \(gulrajani)}", "  discriminator: {adam: \(gulrajani)}",
        "training: {discriminator_steps: 5}", "# no batch_norm in the discriminator",
      ]),
    PaperName(
      ["lsgan"], "the least squares loss (Mao et al., 2017)",
      ["loss: least_squares", "# the discriminator's last layer has no activation: - dense: {units: 1}"]),
    PaperName(
      ["sngan"], "the hinge loss with spectral normalization (Miyato et al., 2018)",
      [
        "loss: hinge",
        "optimizers:", "  generator: {adam: \(miyato)}", "  discriminator: {adam: \(miyato)}",
        "training: {discriminator_steps: 5}",
        "# each kernel of the discriminator, the last one's too: - spectral_norm: {layer: {dense: {units: 1}}}",
      ]),
    PaperName(
      ["sagan"], "the hinge loss with spectral normalization and self-attention (Zhang et al., 2019)",
      [
        "loss: hinge",
        "optimizers:", "  generator: {adam: {learning_rate: 1e-4, beta_1: 0, beta_2: 0.9}}",
        "  discriminator: {adam: {learning_rate: 4e-4, beta_1: 0, beta_2: 0.9}}",
        "# in both networks - self_attention, and - spectral_norm: {layer: {conv2d: {filters: 64, kernel_size: 3}}}",
      ]),
    PaperName(
      ["biggan"], "the hinge loss with spectral and orthogonal regularization (Brock et al., 2019)",
      [
        "loss: hinge", "regularization: [orthogonal: {weight: 1e-4, network: generator}]",
        "# conditional: {}, with - conditional_batch_norm in the generator and - projection at the discriminator's end",
      ]),
    PaperName(
      ["dcgan"], "the non-saturating loss with convolutional networks (Radford et al., 2016)",
      [
        "loss: non_saturating",
        "optimizers:", "  generator: {adam: \(radford)}", "  discriminator: {adam: \(radford)}",
        "# the generator: dense, reshape, then batch_norm, relu and conv2d_transpose: {strides: 2} in turn, tanh last",
        "# the discriminator: conv2d: {strides: 2} and leaky_relu in turn, then flatten and dense: {units: 1}",
      ]),
    PaperName(
      ["began"], "the loss of boundary equilibrium (Berthelot et al., 2017)",
      [
        "loss: boundary_equilibrium",
        "# the discriminator is an autoencoder: its last layer makes as many values as a sample has",
      ]),
    PaperName(
      ["ebgan"], "the energy-based loss (Zhao et al., 2017)",
      [
        "loss: energy_based",
        "# the discriminator is an autoencoder: its last layer makes as many values as a sample has",
      ]),
    PaperName(
      ["ragan", "rasgan", "relativistic-average-gan"],
      "the relativistic average loss (Jolicoeur-Martineau, 2019)", ["loss: relativistic_average"]),
    PaperName(
      ["rahinge", "rahingegan"], "the relativistic average loss on hinge's cost (Jolicoeur-Martineau, 2019)",
      ["loss: {relativistic_average: {cost: hinge}}"]),
    PaperName(
      ["ralsgan"], "the relativistic average loss on least squares (Jolicoeur-Martineau, 2019)",
      ["loss: {relativistic_average: {cost: least_squares}}"]),
    PaperName(
      ["rgan", "rsgan", "rpgan", "relativistic-gan"], "the relativistic loss (Jolicoeur-Martineau, 2019)",
      ["loss: relativistic"]),
    PaperName(
      ["r3gan"], "the relativistic loss with penalties on both gradients (Huang et al., 2024)",
      [
        "loss: relativistic", "regularization: [r1: {gamma: 1}, r2: {gamma: 1}]",
        "# both networks: residual blocks without normalization",
      ]),
    PaperName(
      ["stylegan", "stylegan2", "stylegan3"],
      "the non-saturating loss with a penalty on real gradients (Karras et al., 2020)",
      [
        "loss: non_saturating", "regularization: [r1: {gamma: 10, every: 16}]",
        "training: {generator_average: {half_life: 10000}}",
        "# before the discriminator's last layers - minibatch_std; there are no layers of style",
      ]),
    PaperName(
      ["progan", "pggan"], "the Wasserstein loss with a penalty on the gradient (Karras et al., 2018)",
      [
        "loss: wasserstein", "regularization: [gradient_penalty: {weight: 10}]",
        "training: {generator_average: {decay: 0.999}}",
        "# in the generator - pixel_norm, before the discriminator's last layers - minibatch_std",
      ]),
    PaperName(
      ["dragan"], "the non-saturating loss with a penalty on gradients near the data (Kodali et al., 2017)",
      ["loss: non_saturating", "regularization: [dragan: {weight: 10}]"]),
    PaperName(
      ["pacgan"], "the non-saturating loss on samples in packs (Lin et al., 2018)",
      ["loss: non_saturating", "training: {packing: 2}"]),
    PaperName(
      ["unrolled-gan"], "the non-saturating loss with a discriminator that is ahead (Metz et al., 2017)",
      ["loss: non_saturating", "training: {unrolled_steps: 5}"]),
    PaperName(
      ["cgan", "conditional-gan"], "the non-saturating loss on samples of classes (Mirza and Osindero, 2014)",
      [
        "loss: non_saturating", "conditional: {}",
        "# both networks begin with - one_hot, the discriminator's after - flatten",
      ]),
    PaperName(
      ["acgan"], "the non-saturating loss with a guess of the class (Odena et al., 2017)",
      [
        "loss: non_saturating", "conditional: {auxiliary_classifier: 1}",
        "# the generator begins with - one_hot; the discriminator ends with a score and a logit for each class",
      ]),
    PaperName(
      ["infogan"], "the non-saturating loss with a guess of codes (Chen et al., 2016)",
      [
        "loss: non_saturating", "latent: {codes: {categorical: [10], continuous: 2}}",
        "# the discriminator ends with a score and a value for each of the codes: - dense: {units: 13}",
      ]),
  ]

  private static let gulrajani = "{learning_rate: 1e-4, beta_1: 0, beta_2: 0.9}"
  private static let miyato = "{learning_rate: 2e-4, beta_1: 0, beta_2: 0.9}"
  private static let radford = "{learning_rate: 2e-4, beta_1: 0.5}"
}
