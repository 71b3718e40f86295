import Compute

/// Compares emitted gradients with central differences along random directions, and planned ones with both.
package struct GradientCheck {
  /// The values that the graph reads.
  package var trial: Trial
  /// How many directions are tried.
  package var directions = 3
  /// How far the nearer of the points lie whose differences are taken: short where a function bends strongly.
  package var step = 1e-3
  /// The seed of the directions.
  package var seed: UInt64 = 1

  /// A check on these values.
  package init(_ trial: Trial) { self.trial = trial }

  /// The largest relative errors found.
  package struct Errors: Sendable {
    /// Of the emitted gradient in Double, against differences of the loss.
    package var emitted = 0.0
    /// Of the gradient of the squared norm of the gradient in Double, against differences of that norm.
    package var emittedSecond = 0.0
    /// Of the planned gradient in Float, against the emitted one in Double.
    package var planned = 0.0
    /// Of the planned second gradient in Float, against the emitted one in Double.
    package var plannedSecond = 0.0
  }

  /// Builds a loss and measures the errors of its gradients by `sources`, which are inputs or variables.
  package func errors(
    _ build: (GraphBuilder) throws -> (loss: Tensor, sources: [Tensor])
  ) throws -> Errors {
    let graph = GraphBuilder()
    let (loss, sources) = try build(graph)
    let first = loss.gradients(withRespectTo: sources)
    var norm = graph.constant(0)
    for gradient in first.compactMap({ $0 }) { norm = gradient.sumOfSquares() + norm }
    let second = norm.gradients(withRespectTo: sources)

    let interpreter = trial.interpreter
    let reference = try interpreter.run(graph.finished())
    var errors = Errors()
    var generator = SeededGenerator(seed)
    for _ in 0..<directions {
      let direction = sources.map { generator.normals($0.shape.count) }
      let along = Line(
        graph: graph.finished(), interpreter: interpreter, sources: sources, direction: direction, step: step)
      errors.emitted = max(errors.emitted, try along.error(of: first, loss, reference))
      errors.emittedSecond = max(errors.emittedSecond, try along.error(of: second, norm, reference))
    }

    let outputs = (first + second).compactMap { $0 }
    let planned = try trial.run(graph, outputs: outputs)
    for (place, (tensor, values)) in zip(outputs, planned.outputs).enumerated() {
      let error = Comparison.largestError(of: values, from: reference[tensor])
      if place < first.compactMap({ $0 }).count {
        errors.planned = max(errors.planned, error)
      } else {
        errors.plannedSecond = max(errors.plannedSecond, error)
      }
    }
    return errors
  }
}

/// A straight line through the values of a graph's sources.
private struct Line {
  let graph: Graph
  let interpreter: Interpreter
  let sources: [Tensor]
  let direction: [[Double]]
  let step: Double

  /// The error of the gradient of `value` along the line, relative to the gradient's length or the slope.
  func error(of gradients: [Tensor?], _ value: Tensor, _ reference: Interpreter.Outcome) throws -> Double {
    let near = try slope(of: value, step)
    let far = try slope(of: value, 2 * step)
    // The two central differences cancel each other's cubic terms.
    let difference = (4 * near - far) / 3
    var product = 0.0
    var square = 0.0
    for (gradient, direction) in zip(gradients, direction) {
      guard let gradient else { continue }
      for (g, d) in zip(reference[gradient], direction) {
        product += g * d
        square += g * g
      }
    }
    let scale = max(abs(product), abs(difference), square.squareRoot())
    return scale == 0 ? 0 : abs(product - difference) / scale
  }

  private func slope(of value: Tensor, _ step: Double) throws -> Double {
    (try self.value(value, at: step) - (try self.value(value, at: -step))) / (2 * step)
  }

  private func value(_ tensor: Tensor, at distance: Double) throws -> Double {
    var moved = interpreter
    for (source, direction) in zip(sources, direction) {
      let operation = graph.vertex(source.number).operation
      if let input = operation as? Input {
        moved.inputs[input.name] = moved.inputs[input.name].map {
          zip($0, direction).map { $0 + distance * $1 }
        }
      } else if let read = operation as? ReadVariable {
        moved.variables[read.variable] = moved.variables[read.variable].map {
          zip($0, direction).map { $0 + distance * $1 }
        }
      } else {
        throw Interpreter.Failure.missing("a source that is an input or a variable")
      }
    }
    return try moved.run(graph)[tensor][0]
  }
}
