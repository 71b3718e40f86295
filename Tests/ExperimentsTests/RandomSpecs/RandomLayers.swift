/// Draws the layers of a network one after another, with the shape of what they make.
struct RandomLayers {
  /// The shape of a sample between two layers.
  enum Form: Equatable {
    case vector(Int)
    case image(height: Int, width: Int, channels: Int)

    var count: Int {
      switch self {
      case .vector(let count): count
      case .image(let height, let width, let channels): height * width * channels
      }
    }
  }

  var draw: SpecDraw
  private(set) var layers: [String] = []
  private(set) var form: Form
  /// Whether layers may read the class.
  let isConditional: Bool
  /// The most units and filters of a layer.
  let widest: Int

  init(_ draw: SpecDraw, from form: Form, isConditional: Bool, widest: Int) {
    (self.draw, self.form, self.isConditional, self.widest) = (draw, form, isConditional, widest)
  }

  /// Adds a layer that makes `form`.
  mutating func add(_ layer: String, making form: Form) {
    layers.append(layer)
    self.form = form
  }

  /// Adds so many layers that a sample of this form may go through.
  mutating func add(_ count: Int) {
    for _ in 0..<count {
      switch form {
      case .vector(let count): addVectorLayer(count)
      case .image(let height, let width, let channels): addImageLayer(height, width, channels)
      }
    }
  }

  /// Adds what makes a vector of an image, or leaves a vector as it is.
  mutating func flatten() {
    guard case .image(_, _, let channels) = form else { return }
    switch draw.integer(0...4) {
    case 0: add("global_average_pooling2d", making: .vector(channels))
    case 1: add("global_sum_pooling2d", making: .vector(channels))
    default: add("flatten", making: .vector(form.count))
    }
  }

  /// Adds a dense layer, at times with a normalized kernel.
  mutating func addDense(_ units: Int, activation: String? = nil) {
    var fields = draw.kernelFields()
    if let activation { fields[0] = "activation: \(activation)" }
    let layer = draw.entry("dense", ["units: \(units)"] + (activation == nil ? [] : [fields.removeFirst()]), fields)
    add(draw.isTrue(0.15) ? normalized(layer) : layer, making: .vector(units))
  }

  private mutating func normalized(_ layer: String) -> String {
    draw.entry("spectral_norm", ["layer: {\(layer)}"], ["power_iterations: \(draw.integer(1...3))"])
  }

  private mutating func addVectorLayer(_ count: Int) {
    let units = draw.width(upTo: widest)
    switch draw.integer(0...16) {
    case 0:
      add(
        draw.entry(
          "maxout", ["units: \(units)", "pieces: \(draw.integer(2...4))"],
          [
            "use_bias: \(draw.truth())", "kernel_initializer: \(draw.initializer())",
            "bias_initializer: \(draw.initializer())",
          ]),
        making: .vector(units))
    case 1, 2: addForm()
    case 3: add(draw.activationLayer(), making: form)
    case 4:
      let kernels = draw.integer(1...9)
      add(
        draw.entry(
          "minibatch_discrimination", ["kernels: \(kernels)", "kernel_dimension: \(draw.integer(1...5))"],
          ["kernel_initializer: \(draw.initializer())"]), making: .vector(count + kernels))
    case 5: add(draw.entry("minibatch_std", [], ["group_size: \(draw.integer(2...5))"]), making: .vector(count + 1))
    case 6:
      let body = branch { $0.addDense(units) }
      let shortcut = units == count ? "" : ", shortcut: [\(branch { $0.addDense(units) })]"
      add("residual: {body: [\(body)]\(shortcut)}", making: .vector(units))
    case 7:
      add("concat: {branches: [[\(branch { $0.addDense(units) })], []]}", making: .vector(units + count))
    case 8 where isConditional: addClass(features: count) { .vector(count + $0) }
    default: addDense(units)
    }
  }

  /// Adds a layer that joins the class to the features.
  private mutating func addClass(features: Int, _ joined: (Int) -> Form) {
    let initializer = ["embeddings_initializer: \(draw.initializer())"]
    switch draw.integer(0...2) {
    case 0: add("one_hot", making: joined(RandomSpec.classes))
    case 1:
      add(
        draw.entry("embedding", ["merge: multiply"], ["output_dim: \(features)"] + initializer), making: form)
    default:
      let size = draw.integer(1...7)
      add(draw.entry("embedding", ["output_dim: \(size)"], initializer + ["merge: concatenate"]), making: joined(size))
    }
  }

  /// Layers by themselves, in a list that is written within another layer.
  private mutating func branch(_ body: (inout RandomLayers) -> Void) -> String {
    var inner = RandomLayers(draw, from: form, isConditional: isConditional, widest: widest)
    body(&inner)
    draw = inner.draw
    return inner.layers.map { $0.contains(":") ? "{\($0)}" : $0 }.joined(separator: ", ")
  }

  /// Adds a layer that leaves the form as it is.
  private mutating func addForm() {
    let affine = ["epsilon: 1e-\(draw.integer(2...5))", "center: \(draw.truth())", "scale: \(draw.truth())"]
    let momentum = "momentum: \(draw.number(0.5...0.99))"
    let isImage = if case .image = form { true } else { false }
    let features = if case .image(_, _, let channels) = form { channels } else { form.count }
    switch draw.integer(0...(isConditional ? 12 : 9)) {
    case 0, 1: add(draw.entry("batch_norm", [], [momentum] + affine), making: form)
    case 2: add(draw.entry("layer_norm", [], affine), making: form)
    case 3 where isImage: add(draw.entry("instance_norm", [], affine), making: form)
    case 4:
      let groups = draw.pick((1...features).filter { features % $0 == 0 })
      add(draw.entry("group_norm", ["groups: \(groups)"], affine), making: form)
    case 5: add(draw.entry("pixel_norm", [], ["epsilon: 1e-8"]), making: form)
    case 6: add(draw.entry("dropout", ["rate: \(draw.number(0...0.6))"]), making: form)
    case 7:
      add(
        draw.entry("gaussian_noise", ["stddev: \(draw.number(0...0.3))"], ["decay_steps: \(draw.integer(1...5))"]),
        making: form)
    case 8: add(draw.entry("prelu", [], ["alpha_initializer: \(draw.initializer())"]), making: form)
    case 9:
      add(
        draw.entry("rescaling", ["scale: \(draw.number(0.5...1.5))"], ["offset: \(draw.number(-0.5...0.5))"]),
        making: form)
    case 10...12: add(draw.entry("conditional_batch_norm", [], [momentum, affine[0]]), making: form)
    default: add(draw.activationLayer(), making: form)
    }
  }

  private mutating func addImageLayer(_ height: Int, _ width: Int, _ channels: Int) {
    func image(_ height: Int, _ width: Int, _ channels: Int) -> Form {
      .image(height: height, width: width, channels: channels)
    }
    let filters = draw.width(upTo: min(widest, 40))
    switch draw.integer(0...19) {
    case 0, 1, 2, 3: addForm()
    case 4: add(draw.activationLayer(), making: form)
    case 5 where channels >= 8 && height * width <= 200:
      add(draw.entry("self_attention", [], ["kernel_initializer: \(draw.initializer())"]), making: form)
    case 6, 7:
      let window = Extents(&draw, in: (height, width), isWindow: true)
      let name = draw.pick(["average_pooling2d", "max_pooling2d"])
      add(draw.entry(name, window.fields), making: image(window.rows, window.columns, channels))
    case 8 where height <= 10 && width <= 10:
      let size = (draw.integer(1...2), draw.integer(1...2))
      add(
        draw.entry(
          "up_sampling2d", ["size: [\(size.0), \(size.1)]"], ["interpolation: \(draw.pick(["nearest", "bilinear"]))"]),
        making: image(height * size.0, width * size.1, channels))
    case 9: resize((draw.integer(2...14), draw.integer(2...14)))
    case 10 where channels == 1: add("grayscale_to_rgb", making: image(height, width, 3))
    case 11:
      add(
        draw.entry("minibatch_std", [], ["group_size: \(draw.integer(2...5))"]),
        making: image(height, width, channels + 1))
    case 12:
      let body = branch {
        $0.addForm()
        $0.addConvolution("conv2d", filters, keepsSize: true)
      }
      let shortcut =
        filters == channels ? "" : ", shortcut: [\(branch { $0.addConvolution("conv2d", filters, keepsSize: true) })]"
      add("residual: {body: [\(body)]\(shortcut)}", making: image(height, width, filters))
    case 13:
      let body = branch { $0.addConvolution($0.draw.pick(["conv2d", "separable_conv2d"]), filters, keepsSize: true) }
      add("concat: {branches: [[\(body)], []]}", making: image(height, width, filters + channels))
    case 14 where isConditional: addClass(features: channels) { image(height, width, channels + $0) }
    case 15, 16: addConvolution("conv2d_transpose", filters, keepsSize: height * width > 60)
    case 17: addConvolution("separable_conv2d", filters, keepsSize: false)
    default: addConvolution("conv2d", filters, keepsSize: false)
    }
  }

  /// Adds what brings images to a size.
  mutating func resize(_ size: (height: Int, width: Int)) {
    guard case .image(_, _, let channels) = form else { return }
    add(
      draw.entry(
        "resizing", ["height: \(size.height)", "width: \(size.width)"],
        ["interpolation: \(draw.pick(["nearest", "bilinear"]))", "half_pixel_centers: \(draw.truth())"]),
      making: .image(height: size.height, width: size.width, channels: channels))
  }

  /// Adds a convolution of this name.
  mutating func addConvolution(_ name: String, _ filters: Int, keepsSize: Bool, activation: String? = nil) {
    guard case .image(let height, let width, _) = form else { return }
    let extents = Extents(&draw, in: (height, width), isTransposed: name == "conv2d_transpose", keepsSize: keepsSize)
    var fields = draw.kernelFields()
    if name == "separable_conv2d" {
      fields[2] = "pointwise_initializer: \(draw.initializer())"
      fields += ["depth_multiplier: \(draw.integer(1...3))", "depthwise_initializer: \(draw.initializer())"]
    }
    if let activation { fields[0] = "activation: \(activation)" }
    let needed = ["filters: \(filters)"] + extents.fields + (activation == nil ? [] : [fields.removeFirst()])
    let layer = draw.entry(name, needed, fields)
    let isNormalized = name != "separable_conv2d" && draw.isTrue(0.15)
    add(
      isNormalized ? normalized(layer) : layer,
      making: .image(height: extents.rows, width: extents.columns, channels: filters))
  }
}
