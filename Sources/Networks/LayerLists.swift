import Compute
import Specs

// How layers are built one after another, in a network or within a layer.
extension LayerSite {
  /// The most values of a sample between two layers; what has more fits no machine.
  static let mostValues = 1 << 28

  /// Builds one layer; also a result that no machine could hold is a misfit.
  mutating func build(_ layer: any Layer, _ x: Tensor) throws(Misfit) -> Tensor {
    let y = try layer.build(x, at: &self)
    try LayerSite.checkSize(y.sampleShape, madeBy: type(of: layer).name)
    return y
  }

  /// Throws where a sample of this shape has too many values.
  static func checkSize(_ shape: Shape, madeBy name: String) throws(Misfit) {
    guard shape.count > mostValues else { return }
    throw Misfit(
      "\(name) makes \(shape), \(shape.count) values a sample; the most are \(mostValues)",
      remedy: shape.rank == 3 ? "let images be smaller, or have fewer channels" : "let it make fewer")
  }

  /// Builds layers one after another within the layer of the site.
  ///
  /// Their parameters and streams are named `generator.3.NAME.0.kernel`; a misfit is that of the one that does not fit.
  mutating func build(_ layers: [Marked<any Layer>], as name: String, _ x: Tensor) throws(Misfit) -> Tensor {
    let outer = nesting
    defer { nesting = outer }
    var x = x
    var producer: (layer: Marked<any Layer>, shape: Shape)?
    for (number, layer) in layers.enumerated() {
      nesting = "\(outer).\(name).\(number)"
      let before = x.sampleShape
      do throws(Misfit) {
        x = try build(layer.value, x)
      } catch {
        var misfit = error
        misfit.place = Misfit.Place(
          mark: misfit.place?.mark ?? layer.mark, producer: misfit.place?.producer ?? producer)
        throw misfit
      }
      let after = x.sampleShape
      if after != before || producer == nil { producer = (layer, after) }
    }
    return x
  }
}

extension Misfit {
  /// Where a layer within a layer stands.
  struct Place: Sendable {
    /// Its place in the spec.
    let mark: Mark
    /// The layer that gave its input its shape; nil where that stands before the layer around them.
    let producer: (layer: Marked<any Layer>, shape: Shape)?
  }
}

extension Fields {
  /// Reads a list of layers within a layer.
  mutating func layers(
    _ key: FieldName, count: ClosedRange<Int>, example: String? = nil, _ summary: String
  ) -> [Marked<any Layer>] {
    items(key, of: LayerCatalog.all, count: count, example: example, summary)
  }
}
