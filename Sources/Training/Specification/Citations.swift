/// The papers of layers, losses and the like, by the names of these.
///
/// Made by `make pages` from the comments in which the sources cite them; a test compares both.
package enum Citations {
  /// Authors, title and year.
  package static let byName: [String: [String]] = text.split(separator: "\n").reduce(into: [:]) { papers, line in
    let name = String(line.prefix { $0 != ":" })
    papers[name, default: []].append(String(line.dropFirst(name.count + 2)))
  }

  private static let text = """
    adagrad: Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011
    adam: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015
    adamw: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019
    batch_norm: Ioffe and Szegedy, "Batch Normalization", 2015
    boundary_equilibrium: Berthelot et al., "BEGAN: Boundary Equilibrium Generative Adversarial Networks", 2017
    cifar10: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009
    cifar100: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009
    concat: Szegedy et al., "Going Deeper with Convolutions", 2015
    conditional_batch_norm: de Vries et al., "Modulating early visual processing by language", 2017
    conditional_batch_norm: Miyato and Koyama, "cGANs with Projection Discriminator", 2018
    consistency: Zhang et al., "Consistency Regularization for Generative Adversarial Networks", 2020
    conv2d: LeCun et al., "Gradient-based learning applied to document recognition", 1998
    conv2d_transpose: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016
    cosine_decay: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017
    cross_entropy: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016
    dragan: Kodali et al., "On Convergence and Stability of GANs", 2017
    dropout: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014
    elu: Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear Units", 2016
    embedding: Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014
    emnist: G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017
    energy_based: Zhao et al., "Energy-based Generative Adversarial Network", 2017
    fashion_mnist: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017
    feature_matching: Salimans et al., "Improved Techniques for Training GANs", 2016
    gaussian_grid: Z. Lin, A. Khetan, G. Fanti, S. Oh, "PacGAN: The power of two samples in generative adversarial networks", 2018
    gaussian_noise: Sønderby et al., "Amortised MAP Inference for Image Super-resolution", 2017
    gaussian_ring: Z. Lin, A. Khetan, G. Fanti, S. Oh, "PacGAN: The power of two samples in generative adversarial networks", 2018
    gelu: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016
    global_average_pooling2d: Lin et al., "Network In Network", 2014
    global_sum_pooling2d: Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018
    glorot_normal: Glorot and Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", 2010
    glorot_uniform: Glorot and Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", 2010
    gradient_penalty: Gulrajani et al., "Improved Training of Wasserstein GANs", 2017
    gradient_penalty: Petzka et al., "On the regularization of Wasserstein GANs", 2018
    group_norm: Wu and He, "Group Normalization", 2018
    he_normal: He et al., "Delving Deep into Rectifiers", 2015
    he_uniform: He et al., "Delving Deep into Rectifiers", 2015
    hinge: Lim and Ye, "Geometric GAN", 2017
    hinge: Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018
    historical_averaging: Salimans et al., "Improved Techniques for Training GANs", 2016
    instance_norm: Ulyanov et al., "Instance Normalization: The Missing Ingredient for Fast Stylization", 2016
    kmnist: T. Clanuwat, M. Bober-Irizar, A. Kitamoto, A. Lamb, K. Yamamoto, D. Ha, "Deep Learning for Classical Japanese Literature", 2018
    layer_norm: Ba et al., "Layer Normalization", 2016
    leaky_relu: Maas et al., "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013
    least_squares: Mao et al., "Least Squares Generative Adversarial Networks", 2017
    lecam: Tseng et al., "Regularizing Generative Adversarial Networks under Limited Data", 2021
    lecun_normal: LeCun et al., "Efficient BackProp", 1998
    lecun_uniform: LeCun et al., "Efficient BackProp", 1998
    lion: Chen, Liang, Huang, Real, Wang, Pham, Dong, Luong, Hsieh, Lu and Le, "Symbolic Discovery of Optimization Algorithms", 2023
    max_norm: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014
    maxout: Goodfellow et al., "Maxout Networks", 2013
    minibatch_discrimination: Salimans et al., "Improved Techniques for Training GANs", 2016
    minibatch_std: Karras et al., "Progressive Growing of GANs", 2018
    minimax: Goodfellow et al., "Generative Adversarial Networks", 2014
    non_saturating: Goodfellow et al., "Generative Adversarial Networks", 2014
    non_saturating: Salimans et al., "Improved Techniques for Training GANs", 2016
    one_hot: Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014
    orthogonal: Brock et al., "Large Scale GAN Training for High Fidelity Natural Image Synthesis", 2019
    pixel_norm: Karras et al., "Progressive Growing of GANs", 2018
    prelu: He et al., "Delving Deep into Rectifiers", 2015
    projection: Miyato and Koyama, "cGANs with Projection Discriminator", 2018
    r1: Mescheder et al., "Which Training Methods for GANs do actually Converge?", 2018
    r2: Mescheder et al., "Which Training Methods for GANs do actually Converge?", 2018
    relativistic: Jolicoeur-Martineau, "The relativistic discriminator: a key element missing from standard GAN", 2019
    relativistic_average: Jolicoeur-Martineau, "The relativistic discriminator: a key element missing from standard GAN", 2019
    relu: Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", 2010
    residual: He et al., "Deep Residual Learning for Image Recognition", 2016
    resizing: Parmar et al., "On Aliased Resizing and Surprising Subtleties in GAN Evaluation", 2022
    rmsprop: Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012
    self_attention: Zhang et al., "Self-Attention Generative Adversarial Networks", 2019
    selu: Klambauer et al., "Self-Normalizing Neural Networks", 2017
    separable_conv2d: Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", 2017
    sgd: Polyak, 1964
    sgd: Nesterov, 1983
    softplus: Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing", 2000
    spectral_norm: Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018
    stacked_mnist: L. Metz, B. Poole, D. Pfau, J. Sohl-Dickstein, "Unrolled Generative Adversarial Networks", 2017
    up_sampling2d: Odena et al., "Deconvolution and Checkerboard Artifacts", 2016
    wasserstein: Arjovsky et al., "Wasserstein Generative Adversarial Networks", 2017
    weight_clipping: Arjovsky et al., "Wasserstein Generative Adversarial Networks", 2017
    weight_decay: Krogh and Hertz, "A Simple Weight Decay Can Improve Generalization", 1991
    """
}
