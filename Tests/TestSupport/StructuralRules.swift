import Compute

extension Rule {
  /// What is there already, under another name or shape.
  static let structural: [Rule] = [
    Rule(ReadVariable.self) { operation, site in
      guard let values = site.memory.variables[operation.variable] else {
        throw Interpreter.Failure.missing(operation.variable.name)
      }
      return values
    },
    Rule(Input.self) { operation, site in
      guard let values = site.memory.surroundings.inputs[operation.name] else {
        throw Interpreter.Failure.missing(operation.name)
      }
      return values
    },
    Rule(ConstantValue.self) { operation, _ in [Double(operation.value)] },
    Rule(Reshaping.self) { _, site in site.operands[0].values },
    Rule(Rows.self) { operation, site in
      let length = site.operands[0].shape.count / site.operands[0].shape[0]
      return Array(
        site.operands[0].values.dropFirst(operation.start * length).prefix(operation.count * length))
    },
    Rule(GatherLabels.self) { _, site in
      site.operands[0].values.map { site.memory.surroundings.labels[Int($0)] }
    },
    Rule(Gather.self) { operation, site in
      let length = operation.sampleShape.count
      return site.operands[0].values.flatMap { row in
        site.memory.surroundings.samples[Int(row) * length..<(Int(row) + 1) * length]
      }
    },
  ]
}
