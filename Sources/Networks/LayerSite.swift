import Compute

/// What a layer works with while it adds its operations.
package struct LayerSite {
  /// The graph that grows.
  package let graph: GraphBuilder
  /// Training or inference.
  package let mode: Mode
  /// The network's name.
  let network: String
  /// The layer's number in it, from 0.
  let number: Int
  var declarations: Declarations
  /// Values in place of parameters' own.
  var parameters: [Variable: Tensor] = [:]
  /// The classes of the samples; nil where the spec has none.
  var condition: Condition?

  /// Where within that layer a layer of its own is, `.body.1`.
  var nesting = ""
  /// What the layer around this one makes of kernels, such as dividing them by their spectral norm; nil if nothing.
  var kernelChange: (@Sendable (Tensor, ParameterRole, inout LayerSite) -> Tensor)?

  /// The layer's place, `generator.3`, which names its parameters and streams.
  package var path: String { "\(network).\(number)\(nesting)" }

  /// The value of a trainable parameter of the layer.
  /// - Parameters:
  ///   - name: unique within the layer, `kernel`.
  ///   - role: what it is to the layer, by which regularizers take it.
  ///   - fans: how many values each output value depends on, and the reverse; for the initializer.
  package mutating func parameter(
    _ name: String, as role: ParameterRole, _ shape: Shape, _ initializer: any Initializer, fans: Fans
  ) -> Tensor {
    let variable = declarations.parameter("\(path).\(name)", role, layer: number, shape, initializer, fans)
    let value = parameters[variable] ?? graph.read(variable)
    guard role.isKernel, let kernelChange else { return value }
    return kernelChange(value, role, &self)
  }

  /// A running statistic of the layer: kept in checkpoints, not trained.
  package mutating func statistic(_ name: String, _ shape: Shape, initially value: Float) -> Variable {
    declarations.statistic("\(path).\(name)", shape, .number(value))
  }

  /// A running statistic that begins with normal values of the stream `initial/NAME`.
  mutating func randomStatistic(_ name: String, _ shape: Shape) -> Variable {
    declarations.statistic("\(path).\(name)", shape, .normal)
  }

  /// The name of the layer's stream of random draws for one purpose.
  package func stream(_ purpose: String) -> String {
    if case .training(let pass, _) = mode { return "\(purpose)/\(path)/\(pass)" }
    return "\(purpose)/\(path)"
  }
}

/// The classes of a batch's samples.
package struct Condition {
  /// The class of each sample as a whole number, [N, 1].
  package let labels: Tensor
  /// How many classes there are.
  package let classes: Int

  package init(labels: Tensor, classes: Int) {
    self.labels = labels
    self.classes = classes
  }
}

extension LayerSite {
  /// How many classes there are.
  /// - Throws: `Misfit` where the spec has none.
  func classes(for layer: String) throws(Misfit) -> Int {
    guard let condition else {
      throw Misfit(
        "\(layer) takes the classes of the samples, but the spec has none",
        remedy: "add conditional: {classes: 10} to the spec, or leave the layer out")
    }
    return condition.classes
  }

  /// For every sample the row of a table [classes, features] that belongs to its class, [N, features].
  func rows(of table: Tensor) -> Tensor { oneHot().product(with: table) }

  /// For every sample 1 at the place of its class, else 0, [N, classes].
  func oneHot() -> Tensor {
    guard let condition else { preconditionFailure("classes of nothing") }
    return condition.labels.oneHot(classes: condition.classes)
  }
}

extension Tensor {
  /// The shape of one sample of a batch [N] + shape.
  package var sampleShape: Shape { Shape(Array(shape.axes.dropFirst())) }

  /// The number N of samples in a batch [N, ...].
  package var batch: Int { shape[0] }

  /// Features of each sample [N, features] beside every place of `x` [N, ..., C]: [N, 1, ..., features].
  func besidePlaces(of x: Tensor) -> Tensor {
    reshaped(to: Shape([batch] + x.shape.axes.dropFirst(2).map { _ in 1 } + [shape[1]]))
  }

  /// Values [N, ..., C] with features of each sample [N, features] behind their last axis, at every place the same.
  func joined(with features: Tensor) -> Tensor {
    let placed = features.besidePlaces(of: self)
    let repeated = placed.broadcast(to: Shape(shape.axes.dropLast() + [features.shape[1]]))
    return graph.concatenate([self, repeated])
  }
}

/// The sizes that initializers scale by.
package struct Fans: Sendable, Hashable {
  /// How many input values an output value depends on.
  package let `in`: Int
  /// How many output values an input value reaches.
  package let out: Int

  package init(in fanIn: Int, out fanOut: Int) {
    self.in = fanIn
    self.out = fanOut
  }

  /// The fans of a vector of values, such as a bias: both its length, as in Keras.
  package static func vector(_ count: Int) -> Fans { Fans(in: count, out: count) }
}
