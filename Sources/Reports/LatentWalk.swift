import Files
import Runs
import Training

/// Samples along lines of a generator's input, a line a row: what changes on the way from one point to another, or with a code.
package enum LatentWalk {
  /// What all walks are told.
  package struct Options: Sendable {
    /// Lines.
    package var rows = 8
    /// Samples on each.
    package var columns = 10
    /// The seed of the points; nil for that of the run's own sheets.
    package var seed: UInt64?
    /// The class of all samples, by name or number; nil for a row of each.
    package var kind: String?
    /// Which checkpoint.
    package var place = CheckpointChoice.newest
    /// Threads; nil for one a core.
    package var threads: Int?

    package init() {}
  }

  /// Samples between the points of two seeds, or between each point of a seed and the next: normal latent vectors on the great
  /// circle, uniform ones and codes on a straight line.
  /// - Parameter other: the seed of the points at which lines end; nil for those that follow.
  package static func interpolate(
    _ path: String, _ options: Options, to other: UInt64? = nil, notes: (String) -> Void
  ) throws(RunError) -> RunSamples {
    try RunSampling.making {
      let restored = try RestoredSampler(
        RunFolder(path), at: options.place, threads: options.threads, notes: notes)
      defer { restored.pool.close() }
      let parts = restored.task.inputParts
      var request = try base(options, restored)
      let (starts, ends): ([[Float]], [[Float]])
      if let other {
        request.count = options.rows
        starts = lines(try restored.inputs(request), of: parts.count)
        request.seed = other
        ends = lines(try restored.inputs(request), of: parts.count)
      } else {
        request.count = 2 * options.rows
        let all = lines(try restored.inputs(request), of: parts.count)
        starts = (0..<options.rows).map { all[2 * $0] }
        ends = (0..<options.rows).map { all[2 * $0 + 1] }
      }
      request.seed = try base(options, restored).seed
      var inputs: [Float] = []
      for (start, end) in zip(starts, ends) {
        let latent = parts.isNormal ? SphericalPath.points : SphericalPath.line
        let points = latent(Array(start[..<parts.latent]), Array(end[..<parts.latent]), options.columns)
        let codes = SphericalPath.line(
          from: Array(start[parts.latent...]), to: Array(end[parts.latent...]), count: options.columns)
        for (point, code) in zip(points, codes) { inputs += point + code }
      }
      return try samples(restored, request, inputs, options)
    }
  }

  /// Samples whose codes but one, and whose latent vectors, are the same along each row.
  /// - Parameters:
  ///   - code: its number, from 0, categorical codes first; a categorical one takes all its values in turn.
  ///   - reach: a continuous code goes from -reach to reach.
  package static func traverse(
    _ path: String, _ options: Options, code: Int, reach: Float, notes: (String) -> Void
  ) throws(RunError) -> RunSamples {
    try RunSampling.making {
      let folder = RunFolder(path)
      let restored = try RestoredSampler(folder, at: options.place, threads: options.threads, notes: notes)
      defer { restored.pool.close() }
      let parts = restored.task.inputParts
      guard parts.codes > 0 else {
        throw RunError(
          "the generator of \(folder.path) has no codes",
          remedy: "latent: {codes: {continuous: 2}} in a spec gives it some",
          exitCode: 64)
      }
      guard (0..<parts.codes).contains(code) else {
        throw RunError(
          "there is no code \(code): \(folder.path) has \(description(of: parts))",
          remedy: "give --code one of 0 to \(parts.codes - 1)", exitCode: 64)
      }
      var request = try base(options, restored)
      var options = options
      let isCategorical = code < parts.categorical.count
      if isCategorical { options.columns = parts.categorical[code] }
      request.count = options.rows
      let points = lines(try restored.inputs(request), of: parts.count)
      let range = parts.range(ofCode: code)
      /// What the code is in each column: its value, or which of its values.
      let values = (0..<options.columns).map { column in
        isCategorical ? Float(column) : reach * (2 * Float(column) / Float(options.columns - 1) - 1)
      }
      var inputs: [Float] = []
      for point in points {
        for column in 0..<options.columns {
          var input = point
          if isCategorical {
            for (value, place) in range.enumerated() { input[place] = value == column ? 1 : 0 }
          } else {
            input[range.lowerBound] = values[column]
          }
          inputs += input
        }
      }
      return try samples(restored, request, inputs, options, columnNames: values.map(text))
    }
  }

  /// The value of a code as it stands above a column: with at most two decimals.
  private static func text(_ value: Float) -> String {
    var text = Decimals.text(Double(value), 2)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// The codes in words.
  private static func description(of parts: InputParts) -> String {
    let kinds = parts.categorical.enumerated().map { "\($0) of \($1) values" }
    let others = (0..<parts.continuous).map { "\(parts.categorical.count + $0) from -1 to 1" }
    return (kinds + others).joined(separator: ", ")
  }

  /// What the points of a walk are drawn by: of each class one after the other, where there are some.
  private static func base(_ options: Options, _ restored: RestoredSampler) throws(RunError) -> SampleRequest {
    let experiment = restored.source.experiment
    var request = SampleRequest(count: options.rows, seed: options.seed ?? experiment.seed)
    if let kind = options.kind {
      request.label = try RunSampling.number(of: kind, restored.task, experiment.dataset, restored.folder)
    }
    request.samplesOfClass = 1
    return request
  }

  /// The samples of inputs, a row of `columns` a line; of generators that know classes each row is of one.
  private static func samples(
    _ restored: RestoredSampler, _ request: SampleRequest, _ inputs: [Float], _ options: Options,
    columnNames: [String] = []
  ) throws -> RunSamples {
    var request = request
    request.inputs = inputs
    request.keepsLatent = true
    request.count = options.rows * options.columns
    request.samplesOfClass = options.columns
    return try restored.samples(request, rowLength: options.columns, columnNames: columnNames)
  }

  private static func lines(_ values: [Float], of length: Int) -> [[Float]] {
    stride(from: 0, to: values.count, by: length).map { Array(values[$0..<($0 + length)]) }
  }
}
