import Compute
import Datasets
import Files
import Networks
import Specs

/// The `initial_weights` section: parameters to begin with in place of drawn ones, from a safetensors file of any program.
///
/// A parameter `generator.0.kernel` is looked for by its own name, of which `map` may change a beginning, behind `prefix`; with
/// `form: torch` under PyTorch's name for it and in PyTorch's order of axes. All must be there with their shapes: what is to keep
/// its drawn values has null in `map`.
package struct InitialWeightsFields: Sendable {
  /// The file.
  package let path: String
  /// What stands before every name.
  private let prefix: String
  private let form: ParameterForm
  /// What beginnings of names are called there, the longest first; nil for what the file does not have.
  private let map: [(own: String, other: String?, mark: Mark)]
  /// Where the section stands.
  private let mark: Mark

  init(from fields: inout Fields) {
    path = fields.string(
      FieldName("path", alsoCalled: ["file", "weights"], example: "pretrained.safetensors"),
      "the path of the file, also a checkpoint of a run")
    prefix = fields.string("prefix", default: "", "what stands before every name there")
    form = fields.choice(
      "form", default: ParameterForm.own, "own: names and order of axes of gan-exp and Keras; torch: those of PyTorch")
    let pairs =
      fields.optionalMapping(
        "map", of: "what the tensors are called there, or null", isOfTexts: true,
        "names of parameters, or their beginnings, with what they are called there; null keeps the drawn values")?.pairs
      ?? []
    map = pairs.map { ($0.key.text ?? "", $0.value.isNull ? nil : $0.value.text ?? "", $0.key.mark) }
      .sorted { $0.own.utf8.count > $1.own.utf8.count }
    mark = fields.isGiven("path") ? fields.mark(of: "path") : fields.mark
  }

  /// Where the parameters of an experiment come from.
  struct Source {
    let variable: Variable
    /// What it is called in the file.
    let name: String
    /// What it would be called in the other form.
    let otherName: String
  }

  private var otherForm: ParameterForm { form == .own ? .torch : .own }

  private static func begins(_ name: String, with beginning: String) -> Bool {
    name == beginning || name.hasPrefix(beginning + ".")
  }

  /// The variables that the file must have.
  private func sources(of networks: [Network]) -> [Source] {
    networks.flatMap { $0.parameters.map(\.variable) + $0.statistics.map(\.variable) }.compactMap { variable in
      let name = variable.name
      guard let entry = map.first(where: { InitialWeightsFields.begins(name, with: $0.own) }) else {
        return Source(variable: variable, name: prefix + form.name(name), otherName: prefix + otherForm.name(name))
      }
      guard let other = entry.other else { return nil }
      // A whole name is taken to the letter.
      let rest = name.dropFirst(entry.own.count)
      let changed = other.isEmpty ? String(rest.drop { $0 == "." }) : other + rest
      if entry.own == name { return Source(variable: variable, name: prefix + changed, otherName: prefix + changed) }
      return Source(variable: variable, name: prefix + form.name(changed), otherName: prefix + otherForm.name(changed))
    }
  }

  /// Reports, at their places, what in the file does not fit the networks.
  func check(_ networks: [Network], in location: DataLocation, _ diagnostics: Diagnostics) {
    let names = networks.flatMap { $0.parameters.map(\.variable.name) + $0.statistics.map(\.variable.name) }
    for entry in map where !names.contains(where: { InitialWeightsFields.begins($0, with: entry.own) }) {
      let remedy = Suggestion.nearest(to: entry.own, among: names).map { "did you mean \($0)?" }
      diagnostics.error(
        "no parameter's name begins with \(entry.own)", at: entry.mark,
        remedy: remedy ?? "there are \(InitialWeightsFields.list(names))")
    }
    do {
      let file = try SafetensorsFile(path: location.path(of: path, isFolder: false, at: "path"))
      let problems = sources(of: networks).compactMap { problem(of: $0, in: file) }
      for problem in problems.prefix(InitialWeightsFields.mostReported) {
        diagnostics.error(problem.message, at: mark, remedy: problem.remedy)
      }
      if problems.count > InitialWeightsFields.mostReported {
        diagnostics.error(
          "\(problems.count - InitialWeightsFields.mostReported) more parameters are not in \(path) as they are wanted",
          at: mark, remedy: "it has \(InitialWeightsFields.list(file.tensors.map(\.name)))")
      }
    } catch let error as DataError {
      diagnostics.error(error.headline, at: mark, remedy: error.remedy)
    } catch {
      let error = RunError(of: error)
      diagnostics.error(error.message, at: mark, remedy: error.remedy)
    }
  }

  private static let mostReported = 3

  /// A few names.
  private static func list(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
  }

  private var useOtherForm: String { "use form: \(otherForm.rawValue)" }

  /// What is wrong with a parameter's values in the file; nil where nothing is.
  private func problem(of source: Source, in file: SafetensorsFile) -> (message: String, remedy: String)? {
    let (own, wanted) = (source.variable.name, form.shape(source.variable.shape.axes, of: source.variable.name))
    guard let shape = file.shape(of: source.name) else {
      let names = file.tensors.map(\.name)
      if names.contains(source.otherName) {
        return ("\(path) has no tensor \(source.name), the values of \(own), but \(source.otherName)", useOtherForm)
      }
      let known = Suggestion.nearest(to: source.name, among: names).map { "\($0) is there" }
      return (
        "\(path) has no tensor \(source.name), the values of \(own)",
        (known ?? "it has \(InitialWeightsFields.list(names))")
          + "; say its name with map: {\(own): NAME}, or keep drawn "
          + "values with map: {\(own): null}"
      )
    }
    guard shape != wanted else { return nil }
    let isOther = otherForm.shape(source.variable.shape.axes, of: own) == shape
    return (
      "\(source.name) in \(path) is \(Shape(shape)), but \(own) must be \(Shape(wanted))",
      isOther
        ? useOtherForm
        : "let the layer have that shape, or keep drawn values with map: {\(own): null}"
    )
  }

  /// Reads the values.
  /// - Throws: `RunError` (66) where the file is missing, (65) where it is damaged or does not fit.
  package func load(_ networks: [Network], in location: DataLocation) throws(RunError) -> InitialWeights {
    do {
      let place = try location.path(of: path, isFolder: false, at: "path")
      let file = try SafetensorsFile(path: place)
      var values: [InitialWeights.Values] = []
      for source in sources(of: networks) {
        if let problem = problem(of: source, in: file) {
          throw RunError(problem.message, remedy: problem.remedy, exitCode: 65)
        }
        guard let found = try file.floats(source.name) else { continue }
        guard found.allSatisfy(\.isFinite) else {
          throw RunError(
            "\(source.name) in \(place) has values that are not finite", remedy: "give another file", exitCode: 65)
        }
        let shape = source.variable.shape.axes
        values.append(
          InitialWeights.Values(
            variable: source.variable, values: form.restored(found, shape: shape, of: source.variable.name)))
      }
      return InitialWeights(path: place, digest: Digest.sha256(try DurableFile.read(place)), values: values)
    } catch { throw RunError(of: error) }
  }
}
