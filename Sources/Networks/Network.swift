import Compute
import Specs

/// A stack of layers with its parameters: the generator or the discriminator.
package struct Network: Sendable {
  /// What a layer of the stack makes, for the tables that people see.
  package struct Row: Sendable {
    /// The layer's name in the spec.
    package let layer: String
    /// The shape of one sample of its output.
    package let output: Shape
    /// The number of its trainable parameters.
    package let parameters: Int
    /// The name of the function that it applies last; nil where it has no `activation`.
    package let activation: String?
    /// Its place in the spec.
    package let mark: Mark
  }

  /// `generator` or `discriminator`.
  package let name: String
  /// The shape of one sample of its input.
  package let inputShape: Shape
  /// Its layers' shapes and sizes, in order.
  package private(set) var rows: [Row] = []
  /// Its trainable parameters in the order of the block.
  package private(set) var parameters: [Parameter] = []
  /// Its running statistics.
  package private(set) var statistics: [Statistic] = []
  /// The block of its parameters.
  package let block: Int
  /// How many classes samples have; nil where the spec has none.
  package let classes: Int?
  private let layers: [Marked<any Layer>]
  private let tagBase: Int
  private var declarations: Declarations

  /// Builds the network once to find its shapes and parameters, which are added to `layout`.
  /// - Parameters:
  ///   - classes: how many classes samples have; nil where the spec has none.
  ///   - firstTag: the `Origin` tag of its first layer; the next layers have the next ones.
  /// - Returns: nil after a report to `diagnostics` when shapes do not fit.
  package init?(
    name: String, layers: [Marked<any Layer>], inputShape: Shape, classes: Int? = nil, firstTag: Int,
    layout: inout StateLayout, diagnostics: Diagnostics
  ) {
    self.name = name
    self.inputShape = inputShape
    self.layers = layers
    self.classes = classes
    tagBase = firstTag
    declarations = Declarations(layout: layout, network: name)
    block = declarations.parameterBlock
    let graph = GraphBuilder()
    var x = graph.input("x", Shape([1] + inputShape.axes))
    let condition = classes.map { Condition(labels: graph.input("labels", [1, 1]), classes: $0) }
    var producer: (layer: Marked<any Layer>, shape: Shape)?
    for (number, layer) in layers.enumerated() {
      var site = LayerSite(
        graph: graph, mode: .inference, network: name, number: number, declarations: declarations, condition: condition)
      let before = x.sampleShape
      do throws(Misfit) {
        x = try site.build(layer.value, x)
      } catch {
        let maker = error.place?.producer ?? producer
        let related = maker.map { [(mark: $0.layer.mark, note: "produced here: \($0.shape)")] } ?? []
        let remedy = error.advice(after: maker?.layer.value)
        diagnostics.error(error.message, at: error.place?.mark ?? layer.mark, remedy: remedy, related: related)
        return nil
      }
      let after = x.sampleShape
      if after != before || producer == nil { producer = (layer, after) }
      let known = declarations.parameters.count
      declarations = site.declarations
      let added = declarations.parameters.dropFirst(known).reduce(0) { $0 + $1.variable.shape.count }
      rows.append(
        Row(
          layer: type(of: layer.value).name, output: after, parameters: added,
          activation: layer.value.activationName, mark: layer.mark))
    }
    parameters = declarations.parameters
    statistics = declarations.statistics
    layout = declarations.layout
  }

  /// The shape of one sample of its output.
  package var outputShape: Shape { rows.last?.output ?? inputShape }

  /// The number of its trainable values.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.variable.shape.count } }

  /// Whether one of its layers, or of those within them, has a property.
  package func contains(_ property: (any Layer) -> Bool) -> Bool {
    layers.contains { $0.value.withInner.contains(where: property) }
  }

  /// What the number of samples of a batch should be a multiple of: 1 unless layers compare the samples of groups.
  package var batchUnit: Int {
    layers.flatMap { $0.value.withInner }.reduce(1) { unit, layer in
      guard let size = (layer as? MinibatchStd)?.groupSize else { return unit }
      return unit % size == 0 ? unit : unit * size
    }
  }

  /// The number, from 0, of the layer that an origin stands for; nil where it is no layer of this network.
  package func layerNumber(of origin: Origin) -> Int? {
    let number = origin.tag - tagBase
    return rows.indices.contains(number) ? number : nil
  }

  /// Whose operation it is when a parameter of the network is updated.
  func origin(of parameter: Parameter) -> Origin { Origin(tag: tagBase + parameter.layer, isGradient: true) }

  /// Applies the network to a batch [N] + input shape.
  /// - Parameters:
  ///   - labels: the classes of the samples, [N, 1]; nil where the spec has none.
  ///   - parameters: values in place of its own, by variable.
  ///   - layers: how many of its layers, from the first; nil for all.
  package func apply(
    _ x: Tensor, mode: Mode, labels: Tensor? = nil, parameters: [Variable: Tensor] = [:],
    layers count: Int? = nil
  ) -> Tensor {
    let outputs = outputs(x, mode: mode, labels: labels, parameters: parameters, layers: count)
    return outputs.last ?? x
  }

  /// What each of its layers makes of a batch [N] + input shape, as `apply` makes the last.
  package func outputs(
    _ x: Tensor, mode: Mode, labels: Tensor? = nil, parameters: [Variable: Tensor] = [:], layers count: Int? = nil
  ) -> [Tensor] {
    let graph = x.graph
    let saved = graph.origin
    defer { graph.origin = saved }
    let condition = labels.flatMap { labels in classes.map { Condition(labels: labels, classes: $0) } }
    var x = x
    var outputs: [Tensor] = []
    for (number, layer) in layers.prefix(count ?? layers.count).enumerated() {
      var site = LayerSite(
        graph: graph, mode: mode, network: name, number: number, declarations: declarations, parameters: parameters,
        condition: condition)
      graph.origin = Origin(tag: tagBase + number)
      do throws(Misfit) {
        x = try layer.value.build(x, at: &site)
      } catch {
        preconditionFailure("a layer that fitted no longer does: \(error.message)")
      }
      precondition(
        site.declarations.count == declarations.count, "\(name) has variables that its first building did not show")
      outputs.append(x)
    }
    return outputs
  }

  /// Writes the initial values of an experiment's seed.
  package func initialize(_ state: State, seed: UInt64) {
    let random = Random(seed: seed)
    for parameter in parameters { parameter.initialize(state, random) }
    for statistic in statistics { state.buffer(statistic.variable).write(statistic.initialValues(random)) }
  }
}
