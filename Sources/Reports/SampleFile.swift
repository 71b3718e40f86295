import Datasets
import Files
import Runs
import Training

/// The kinds of files that samples can be written as.
package enum SampleFormat: String, CaseIterable, Sendable {
  /// A picture.
  case png
  /// A table as text: a sample a line.
  case csv
  /// One array for NumPy.
  case npy
  /// Samples, labels and latent vectors as arrays for NumPy in one archive.
  case npz

  /// The kind that the ending of a path means; nil where it means none.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }
}

extension RunSamples {
  /// The bytes of a file of a kind.
  /// - Parameters:
  ///   - style: how a picture looks; nil for the form of the run's own sheets.
  ///   - real: rows of the data for the background of plots.
  ///   - backdrop: what lies behind points of a plane.
  package func bytes(
    as format: SampleFormat, style: PictureStyle? = PictureStyle(), real: Table? = nil, backdrop: Backdrop? = nil
  ) throws(RunError) -> [UInt8] {
    do throws(FormatError) {
      switch format {
      case .png:
        guard let style else {
          return try SampleSheet.png(Sheet(samples: values), of: dataset, columns: rowLength, real: real)
        }
        return try picture(style, real: real, backdrop: backdrop).encoded(texts: texts)
      case .csv: return [UInt8](csv.utf8)
      case .npy: return NPYFile.bytes(values, shape: [count] + shape)
      case .npz:
        var arrays = [("samples.npy", NPYFile.bytes(values, shape: [count] + shape))]
        if let labels { arrays.append(("labels.npy", NPYFile.bytes(labels.map(Int64.init), shape: [count]))) }
        arrays.append(("latent.npy", NPYFile.bytes(latent, shape: [count, latent.count / max(count, 1)])))
        return try ZIPFile.bytes(arrays)
      }
    } catch {
      throw RunError(
        "the samples: \(error.problem)", remedy: "ask for fewer with -n, or a smaller --scale", exitCode: 65)
    }
  }

  /// The bytes of a PNG file for each image, a pixel of it for one of the sample.
  /// - Throws: `RunError` (64) for samples that are no images of one or three channels.
  package func images() throws(RunError) -> [[UInt8]] {
    guard shape.count == 3, shape[2] == 1 || shape[2] == 3 else {
      throw RunError(
        "a sample of \(runName) is \(shape.map(String.init).joined(separator: " x ")), which is no gray or RGB image",
        remedy: "write numbers with --format csv or npz", exitCode: 64)
    }
    let bounds = dataset.bounds ?? SampleSheet.reach(of: values)
    let scale = 255 / (bounds.upperBound - bounds.lowerBound)
    let size = shape[0] * shape[1] * shape[2]
    do throws(FormatError) {
      var files: [[UInt8]] = []
      for start in stride(from: 0, to: count * size, by: size) {
        let levels = values[start..<(start + size)].map { value -> UInt8 in
          let level = (value - bounds.lowerBound) * scale
          return level.isNaN ? 0 : UInt8(max(0, min(255, level.rounded())))
        }
        files.append(
          try PNG(width: shape[1], height: shape[0], color: shape[2] == 3 ? .rgb : .gray, pixels: levels).encoded())
      }
      return files
    } catch {
      throw RunError("the samples: \(error.problem)", exitCode: 65)
    }
  }

  /// What a picture says of itself to programs.
  private var texts: [(keyword: String, text: String)] {
    [
      ("Software", "gan-exp \(Version.current)"), ("Title", name), ("run", runName), ("step", "\(step)"),
      ("seed", "\(seed)"), ("samples", "\(count)"),
    ]
  }

  /// The picture as people want to see it.
  func picture(_ style: PictureStyle, real: Table?, backdrop: Backdrop?) throws(FormatError) -> PNG {
    let caption = style.hasCaption ? captionParts : []
    guard shape.count == 1 else {
      let columns = rowLength ?? RunSamples.square(count)
      let names = isOfOneClass ? [] : (labels ?? []).map(className)
      let rows = stride(from: 0, to: names.count, by: columns)
      // One sample of each class is one row.
      let isByRow = rows.allSatisfy { names[$0] == names[min($0 + columns, count) - 1] }
      return try ImagePicture(
        values: values, shape: shape, bounds: dataset.bounds ?? SampleSheet.reach(of: values), columns: columns,
        rowNames: style.hasLabels && isByRow ? rows.map { names[$0] } : [],
        columnNames: !style.hasLabels ? [] : isByRow || count > columns ? columnNames : names
      ).png(style, caption: caption)
    }
    var picture = TablePicture(values, of: dataset, real: real, style: style)
    picture.backdrop = backdrop
    return try picture.png(caption: caption)
  }

  /// The side of the smallest square that has so many places.
  private static func square(_ count: Int) -> Int {
    var side = 1
    while side * side < count { side += 1 }
    return side
  }

  /// A line with the names, then a line a sample; the class last, where there are some.
  var csv: String {
    let width = values.count / max(count, 1)
    var text = ""
    func cell(_ name: String) -> String {
      guard name.contains(where: { ",\"\n\r".contains($0) }) else { return name }
      return "\"\(name.replacing("\"", with: "\"\""))\""
    }
    let names = valueNames + (labels == nil ? [] : ["class"])
    text += names.map(cell).joined(separator: ",") + "\n"
    for sample in 0..<count {
      var cells = (0..<width).map { "\(values[sample * width + $0])" }
      if let labels { cells.append(cell(className(labels[sample]))) }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}
