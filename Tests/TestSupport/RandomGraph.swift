import Compute

/// A graph put together at random from every operation, with updates between, and values to try it on.
package struct RandomGraph {
  /// The graph.
  package let graph = GraphBuilder()
  /// Values for it.
  package private(set) var trial = Trial()
  /// Matrices that any plan must give to the last bit.
  package private(set) var results: [Tensor] = []
  /// Sums and losses, which it must give as well.
  package private(set) var sums: [Tensor] = []

  var generator: SeededGenerator
  let rows: Int
  let features: Int
  let inner: Int
  /// Matrices [rows, features] that may be read.
  var matrices: [Tensor] = []
  /// Those of them that no variable went into.
  private var free: [Tensor] = []
  var parameters: [Variable] = []
  private var mirrors: [Int] = []
  private var settings: Tensor
  var draws = 0

  /// The graph of a seed.
  package init(seed: UInt64, length: Int = 24) {
    generator = SeededGenerator(seed)
    rows = [1, 1, 2, 3, 8, 33, 130].randomElement(using: &generator) ?? 1
    features = [1, 1, 2, 3, 16, 31, 64, 300].randomElement(using: &generator) ?? 1
    inner = [1, 3, 17, 64].randomElement(using: &generator) ?? 1
    settings = graph.input("settings", [2])
    trial.inputs["settings"] = [0.05, 0.01]
    makeVariables()
    for name in ["x", "y"] {
      let x = graph.input(name, [rows, features])
      trial.inputs[name] = generator.floats(rows * features)
      matrices.append(x)
      free.append(x)
    }
    makeSamples()
    for _ in 0..<length { grow() }
    train()
    results.append(contentsOf: matrices)
  }

  /// `count` of the matrices, any of which a plan may be asked for.
  package mutating func someOutputs(_ count: Int) -> [Tensor] {
    let vertices = graph.finished().vertices
    return Array(results.filter { !isOverwritten($0, vertices) }.shuffled(using: &generator).prefix(count))
  }

  /// Whether a value is a variable's that a later update replaces in place.
  private func isOverwritten(_ tensor: Tensor, _ vertices: [Graph.Vertex]) -> Bool {
    var root = graph.vertex(tensor)
    while root.operation is Reshaping || root.operation is Rows { root = vertices[root.operands[0].index] }
    return root.operation is ReadVariable || root.operation is Update
  }

  private mutating func makeVariables() {
    let block = trial.layout.addBlock("parameters")
    for (name, shape) in [
      ("kernel", Shape([inner, features])), ("bias", Shape([features])), ("table", Shape([rows, features])),
      ("column", Shape([rows, 1])), ("number", Shape([1])), ("square", Shape([inner, inner])),
    ] {
      parameters.append(trial.layout.add(name, shape: shape, to: block))
    }
    mirrors = (0..<2).map { trial.layout.mirror(block, as: "moment \($0)") }
    for parameter in parameters {
      trial.variables[parameter] = generator.floats(parameter.shape.count, in: -1...1)
      for mirror in mirrors {
        trial.variables[trial.layout.counterpart(of: parameter, in: mirror)] =
          generator.floats(parameter.shape.count, in: 0...1)
      }
    }
  }

  private mutating func makeSamples() {
    let count = 5
    trial.samples = .bytes(
      (0..<count * features).map { UInt8(truncatingIfNeeded: $0 * 37) },
      lookup: (0..<256).map { Float($0) / 127.5 - 1 })
    trial.rows["rows"] = (0..<rows + 2).map { _ in Int32.random(in: 0..<Int32(count), using: &generator) }
    let chosen = graph.input("rows", [rows + 2])
    trial.labels = (0..<count).map { Int32($0 * 3 % 7) }
    let all = graph.gather(rows: chosen, sampleShape: [features]) + 0.1 * graph.gatherLabels(rows: chosen)
    let part = all.rows(from: Int.random(in: 0...2, using: &generator), count: rows)
    matrices.append(part)
    free.append(part)
  }

  private mutating func matrix() -> Tensor { matrices.randomElement(using: &generator) ?? matrices[0] }

  /// A value that is repeated beside a matrix, or a matrix.
  private mutating func operand() -> Tensor {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return matrix().sum(over: 0..<1) * (1 / Float(rows))
    case 1:
      let mean = matrix().sum(over: 1..<2) * (1 / Float(features))
      return mean.reshaped(to: [rows, 1])
    case 2:
      let share = matrix().isPositive()
      if rows * features % 8 == 0, rows * features / 8 >= 1024 {
        return share.reshaped(to: [rows * features / 8, 8]).sum(over: 0..<1).sum()
      }
      let total = Bool.random(using: &generator) ? share.sum() : share.sumOfSquares()
      return Bool.random(using: &generator) ? total : total * (1 / Float(rows * features))
    case 3: return graph.read(parameters[1])
    case 4: return graph.read(parameters[2])
    case 5: return graph.read(parameters[Int.random(in: 3...4, using: &generator)])
    default: return matrix()
    }
  }

  private mutating func grow() {
    var result: Tensor
    let isFree = Int.random(in: 0..<4, using: &generator) == 0
    if isFree {
      let start = free.randomElement(using: &generator) ?? free[0]
      result = applied(to: start)
      free.append(result)
    } else {
      switch Int.random(in: 0..<22, using: &generator) {
      case 0...5: result = applied(to: matrix())
      case 6...8: result = combined(matrix(), operand())
      case 9: result = combined(operand(), matrix())
      case 10: result = product()
      case 11: result = drawn()
      case 12:
        let sum = Bool.random(using: &generator) ? matrix().sum() : matrix().sumOfSquares()
        sums.append(sum)
        result = matrix() + sum * (1 / Float(rows * features))
      case 13: result = regrouped(matrix(), matrix())
      case 16: result = convolved(matrix())
      case 17: result = windowed(matrix())
      case 18: result = attended(matrix())
      case 19: result = faded(matrix())
      case 20: result = moved(matrix())
      case 14:
        turn()
        return
      case 15:
        pass()
        return
      default:
        train()
        return
      }
    }
    if result.shape != [rows, features] { result = result.broadcast(to: [rows, features]) }
    matrices.append(result)
  }

  private mutating func drawn() -> Tensor {
    draws += 1
    let shape: Shape = [rows, features]
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return graph.normal(shape, stream: "draw/\(draws)")
    case 1: return graph.uniform(shape, stream: "draw/\(draws)")
    default: return graph.mask(shape, rate: 0.3, stream: "draw/\(draws)")
    }
  }

  private mutating func product() -> Tensor {
    let kernel = graph.read(parameters[0])
    let wide = matrix().product(with: kernel, transposeB: true) * (1 / Float(features))
    let bounded = wide.tanh()
    let back = bounded.product(with: kernel)
    return Bool.random(using: &generator)
      ? back * (1 / Float(inner)) : (back + graph.read(parameters[1])).relu()
  }

  private mutating func combined(_ a: Tensor, _ b: Tensor) -> Tensor {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return 0.5 * (a + b)
    case 1: return 0.5 * (a - b)
    case 2: return (a * b).clipped(to: 1.5)
    case 3: return a / (b.square() + 1)
    default:
      // The same values seen as [rows, features, 1] beside [features, 1].
      let (x, y) = (a.shape == [rows, features] ? a : b, a.shape == [rows, features] ? b : a)
      guard y.shape == [features], features > 1 else { return 0.25 * (a + b) }
      let sum = x.reshaped(to: [rows, features, 1]) - y.reshaped(to: [features, 1])
      return 0.5 * sum.reshaped(to: [rows, features])
    }
  }

  /// Replaces a matrix by a product with itself, which an update must not disturb.
  private mutating func turn() {
    let square = parameters[5]
    let old = graph.read(square)
    let result = old.product(with: old, transposeB: Bool.random(using: &generator))
    graph.assign(square, (result * (1 / Float(inner))).clipped(to: 1))
  }

  /// Noise of its own through the same layers, some number of times.
  private mutating func pass() {
    let choices = (0..<2).map { _ in Int.random(in: 0..<15, using: &generator) }
    let isDropping = Bool.random(using: &generator)
    for _ in 0..<Int.random(in: 2...3, using: &generator) {
      draws += 1
      let noise = graph.uniform([rows, inner], stream: "pass/\(draws)")
      var y = noise.product(with: graph.read(parameters[0])) + graph.read(parameters[1])
      y = applied(choices[0], to: y * (1 / Float(inner)))
      if isDropping { y = y * graph.mask([rows, features], rate: 0.2, stream: "mask/\(draws)") }
      let wide = y.product(with: graph.read(parameters[0]), transposeB: true)
      y = wide.tanh().product(with: graph.read(parameters[0]))
      matrices.append(applied(choices[1], to: y * (1 / Float(inner))))
      if Int.random(in: 0..<4, using: &generator) == 0 { train() }
    }
  }

  /// A function of a value of any shape whose result stays small.
  private mutating func applied(to x: Tensor) -> Tensor {
    applied(Int.random(in: 0..<15, using: &generator), to: x)
  }

  /// A loss of all variables, its gradients, and updates with them.
  private mutating func train() {
    let start = free.randomElement(using: &generator) ?? free[0]
    let variables = parameters.dropLast().shuffled(using: &generator).prefix(
      Int.random(in: 1...5, using: &generator))
    let read = parameters.map { graph.read($0) }
    var y = start.product(with: read[0], transposeB: true).tanh().product(with: read[0])
    y = y + read[1]
    for _ in 0..<Int.random(in: 1...3, using: &generator) { y = applied(to: y) }
    y = (y + read[2]) * read[3]
    y = applied(to: y + read[4])
    let loss = y.mean()
    let found = loss.gradients(withRespectTo: variables.map { graph.read($0) })
    sums.append(loss)
    for (variable, gradient) in zip(variables, found) {
      guard let gradient else { continue }
      update(variable, gradient.reshaped(to: variable.shape).clipped(to: 0.5))
    }
  }

  private mutating func update(_ variable: Variable, _ gradient: Tensor) {
    let old = graph.read(variable)
    let moments = mirrors.map { trial.layout.counterpart(of: variable, in: $0) }
    let rules: [UpdateRule] = [
      .adam(first: moments[0], second: moments[1], beta1: 0.5, beta2: 0.99, epsilon: 1e-3),
      .rmsProp(second: moments[1], velocity: nil, rho: 0.9, momentum: 0, epsilon: 1e-2),
      .rmsProp(second: moments[1], velocity: moments[0], rho: 0.8, momentum: 0.5, epsilon: 1e-2),
      .gradientDescent(velocity: nil, momentum: 0, isNesterov: false),
      .gradientDescent(velocity: moments[0], momentum: 0.9, isNesterov: false),
      .gradientDescent(velocity: moments[0], momentum: 0.9, isNesterov: true),
    ]
    if Int.random(in: 0..<4, using: &generator) == 0 {
      graph.assign(variable, 0.75 * old + 0.25 * gradient)
    } else if let rule = rules.randomElement(using: &generator) {
      graph.update(variable, gradient: gradient, rule: rule, settings: settings)
    }
    matrices.removeAll { $0 == old }
  }
}
