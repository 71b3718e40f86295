import Compute
import Datasets
import Networks
import Specs

/// The sections of a spec that belong to a task, as they are read, before shapes are looked at.
package protocol TaskSections {
  /// Reads the sections, each once; the one place that knows their names.
  /// - Parameters:
  ///   - dataset: the data; nil where they are wrong.
  ///   - data: how it is found out what further data are like.
  init(from fields: inout Fields, dataset: SurveyedDataset?, data: DataKnowledge)
  /// Samples on a sheet unless the spec says otherwise.
  func sheetSamples(of dataset: SurveyedDataset?) -> Int
  /// Builds the task, with its blocks in the layout.
  /// - Parameters:
  ///   - dataset: nil where the data are wrong; then only what does not depend on them is checked.
  ///   - spec: the spec as it was read, for the places in it.
  /// - Returns: nil after a report to `diagnostics`.
  func task(
    on dataset: SurveyedDataset?, spec: Fields, layout: inout StateLayout, diagnostics: Diagnostics
  ) -> (any Task)?
}

extension FieldName {
  static let loss = FieldName("loss", alsoCalled: ["criterion", "losses"])
  static let training = FieldName("training", alsoCalled: ["train"])
  static let augmentation = FieldName("augmentation", alsoCalled: ["diffaugment"])
}

extension Fields {
  /// Reads a stack of layers; nil where an entry is wrong, so that shapes cannot be judged.
  mutating func stack(_ key: FieldName, _ summary: String, example: String) -> [Marked<any Layer>]? {
    let errors = diagnostics.errorCount
    let layers = items(key, of: LayerCatalog.all, count: 1...200, example: example, summary)
    for layer in layers {
      guard let reshape = layer.value as? Networks.Reshape, !Fields.isCountable(reshape.shape) else { continue }
      diagnostics.error(
        "a sample of \(reshape.shape) has more values than any machine holds", at: layer.mark,
        remedy: "use a smaller shape")
    }
    return diagnostics.errorCount == errors && !layers.isEmpty ? layers : nil
  }

  /// Whether a shape's values can be counted without overflow.
  private static func isCountable(_ shape: Shape) -> Bool {
    var count = 1
    for axis in shape.axes {
      let product = count.multipliedReportingOverflow(by: axis)
      guard !product.overflow, product.partialValue < 1 << 48 else { return false }
      count = product.partialValue
    }
    return true
  }

  /// The place of the first of some keys, such as `training.batch_size`, that stands in the text; else the text's own.
  func place(_ paths: String...) -> Mark {
    let marks = paths.lazy.compactMap { path -> Mark? in
      var node: Node? = resolved
      for key in path.split(separator: ".") { node = node?[String(key)] }
      return node?.mark
    }
    return marks.first(where: \.isSomewhere) ?? mark
  }
}
