/// Words of other programs, and values a person would try first: what makes a remedy concrete.
enum Vocabulary {
  /// The name used here for a name used elsewhere, if it is one of those allowed.
  static func translation(of word: String, among allowed: [String]) -> String? {
    synonyms[word.lowercased()]?.first(where: allowed.contains)
  }

  /// Why a field known elsewhere is not needed here.
  static func needless(_ word: String) -> String? {
    inferred.contains(word) ? "leave it out: it follows from the layer before" : nil
  }

  /// Why an entry known elsewhere is not needed here.
  static func needlessEntry(_ word: String) -> String? {
    ["input", "input_layer", "inputlayer"].contains(word.lowercased())
      ? "leave it out: the first layer receives the network's input" : nil
  }

  /// The fields here that one list stands for elsewhere.
  static func parts(of word: String, among allowed: [String]) -> [String]? {
    guard let parts = lists[word.lowercased()], parts.allSatisfy(allowed.contains) else { return nil }
    return parts
  }

  /// Keys under which other programs give the name of an entry, beside its fields.
  static let nameKeys: Set<String> = ["type", "name", "class_name", "class", "kind", "layer"]

  private static let lists = ["betas": ["beta_1", "beta_2"]]

  private static let inferred: Set<String> = [
    "in_features", "in_channels", "input_shape", "input_dim", "num_features", "batch_input_shape",
  ]

  private static let synonyms: [String: [String]] = [
    "lr": ["learning_rate"], "rho": ["rho", "decay"], "beta1": ["beta_1"], "beta2": ["beta_2"],
    "b1": ["beta_1"], "b2": ["beta_2"], "eps": ["epsilon"], "decay": ["weight_decay"],
    "alpha": ["negative_slope", "rho", "alpha"], "slope": ["negative_slope"], "leak": ["negative_slope"],
    "p": ["rate"], "prob": ["rate"], "probability": ["rate"], "dropout": ["rate", "dropout"],
    "out_features": ["units"], "features": ["units", "filters"], "size": ["units", "dim", "pool_size", "batch_size"],
    "nodes": ["units"], "neurons": ["units"], "output_dim": ["units"], "out_channels": ["filters"],
    "channels": ["filters"], "kernel": ["kernel_size"], "kernel_size": ["pool_size"], "stride": ["strides"],
    "pad": ["padding"],
    "bias": ["use_bias"], "nonlinearity": ["activation"], "act": ["activation"], "target_shape": ["shape"],
    "latent_dim": ["dim", "latent"], "z_dim": ["dim", "latent"], "nz": ["dim", "latent"], "noise": ["latent"],
    "dimension": ["dim"], "batch": ["batch_size"], "batchsize": ["batch_size"], "bs": ["batch_size"],
    "num_epochs": ["epochs"], "n_epochs": ["epochs"], "nb_epochs": ["epochs"], "max_epochs": ["epochs"],
    "num_steps": ["steps"], "iterations": ["steps"], "random_seed": ["seed"], "data": ["dataset"],
    "optimizer": ["optimizers"], "optimizers": ["optimizer"], "optimiser": ["optimizers"], "optimisers": ["optimizers"],
    "gen": ["generator"],
    "g": ["generator"], "d": ["discriminator"], "critic": ["discriminator"], "disc": ["discriminator"],
    "n_critic": ["discriminator_steps"], "critic_steps": ["discriminator_steps"], "train": ["training"],
    "criterion": ["loss"], "losses": ["loss"], "base": ["extends"], "parent": ["extends"],
    "inherits": ["extends"],
    "fc": ["dense"], "linear": ["dense", "linear"], "fully_connected": ["dense"], "affine": ["dense"],
    "batchnorm1d": ["batch_norm"], "batchnorm2d": ["batch_norm"], "batch_normalization": ["batch_norm"],
    "batchnormalization": ["batch_norm"], "bn": ["batch_norm"], "conv": ["conv2d", "conv_2d"],
    "deconv": ["conv2d_transpose"], "convtranspose2d": ["conv2d_transpose"],
    "upsample": ["up_sampling2d"], "upsampling": ["up_sampling2d"], "up_sampling": ["up_sampling2d"],
    "maxpool2d": ["max_pooling2d"], "max_pool2d": ["max_pooling2d"], "max_pooling": ["max_pooling2d"],
    "avgpool2d": ["average_pooling2d"], "avg_pool2d": ["average_pooling2d"],
    "average_pooling": ["average_pooling2d"], "separable_conv": ["separable_conv2d"],
    "concatenate": ["concat"], "resblock": ["residual"], "residual_block": ["residual"], "skip": ["residual"],
    "attention": ["self_attention"], "spectral_normalization": ["spectral_norm"],
    "spectralnormalization": ["spectral_norm"], "minibatch_stddev": ["minibatch_std"],
    "minibatch_standard_deviation": ["minibatch_std"], "scale_factor": ["size"], "num_pieces": ["pieces"],
    "mode": ["interpolation"],
    "instance_noise": ["gaussian_noise"], "num_kernels": ["kernels"], "kernel_dim": ["kernel_dimension"],
    "n_power_iterations": ["power_iterations"],
    "gan": ["non_saturating"], "vanilla": ["non_saturating"], "vanilla_gan": ["non_saturating"],
    "standard": ["non_saturating"], "nsgan": ["non_saturating"], "ns": ["non_saturating"],
    "logistic": ["non_saturating"], "cross_entropy": ["non_saturating"], "categorical_crossentropy": ["cross_entropy"],
    "sparse_categorical_crossentropy": ["cross_entropy"], "crossentropyloss": ["cross_entropy"],
    "softmax_cross_entropy": ["cross_entropy"], "model": ["network"], "classifier": ["network"], "net": ["network"],
    "val": ["validation"], "validation_split": ["share", "validation"], "bceloss": ["non_saturating"],
    "bcewithlogitsloss": ["non_saturating"], "saturating": ["minimax"], "mm": ["minimax"],
    "mse": ["least_squares"], "mseloss": ["least_squares"], "hinge_loss": ["hinge"],
    "earth_mover": ["wasserstein"], "emd": ["wasserstein"],
    "gp": ["gradient_penalty"], "wgan_gp": ["gradient_penalty"], "lambda": ["weight", "gamma"],
    "lambda_gp": ["weight"], "coefficient": ["weight"], "ema": ["generator_average", "average"],
    "penalties": ["regularization"], "regularizers": ["regularization"], "cosine": ["cosine_decay"],
    "exponential": ["exponential_decay"], "linear_decay": ["polynomial_decay"], "warmup": ["warmup_steps"],
    "diffaugment": ["augmentation"], "accumulate": ["gradient_accumulation"],
    "bce": ["non_saturating", "minimax"], "binary_crossentropy": ["non_saturating", "minimax"],
    "lrelu": ["leaky_relu"], "none": ["linear"], "identity": ["linear"], "xavier": ["glorot_uniform"],
    "xavier_uniform": ["glorot_uniform"], "kaiming": ["he_uniform"], "gaussian": ["normal"],
    "binarycrossentropy": ["non_saturating", "minimax"], "save_interval": ["checkpoint_every"],
    "checkpoint": ["checkpoint_every"], "sample_interval": ["samples_every"],
    "image_size": ["size"], "img_size": ["size"], "resolution": ["size"], "root": ["path"], "dir": ["path"],
    "directory": ["path"], "file": ["path"], "folder": ["path", "image_folder"], "imagefolder": ["image_folder"],
    "cifar": ["cifar10"], "flip": ["horizontal_flip"], "hflip": ["horizontal_flip"],
    "random_horizontal_flip": ["horizontal_flip"],
    "std": ["stddev"], "sigma": ["stddev"], "unflatten": ["reshape"], "view": ["reshape"],
  ]

  /// A value a person would try first for a field of this name, in YAML.
  static let examples: [String: String] = [
    "name": "my-experiment", "seed": "42", "units": "256", "filters": "64", "kernel_size": "3",
    "strides": "2",
    "rate": "0.3", "dim": "100", "shape": "[28, 28, 1]", "learning_rate": "2e-4", "beta_1": "0.5",
    "momentum": "0.9", "batch_size": "128", "epochs": "30", "size": "2", "negative_slope": "0.2",
    "weight": "10",
    "modes": "8", "radius": "1.0", "stddev": "0.02", "path": "data", "pool_size": "2", "value": "0.01",
  ]
}
