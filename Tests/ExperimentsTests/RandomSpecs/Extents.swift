/// A kernel or a window on images, with its strides, padding and dilation, and the size of what comes of it.
struct Extents {
  /// As a layer's fields.
  private(set) var fields: [String] = []
  private(set) var rows = 0
  private(set) var columns = 0

  /// Draws one that fits into images of this size.
  init(
    _ draw: inout SpecDraw, in size: (height: Int, width: Int), isWindow: Bool = false, isTransposed: Bool = false,
    keepsSize: Bool = false
  ) {
    let most = (min(5, size.height), min(5, size.width))
    var kernel = (draw.integer(1...most.0), draw.integer(1...most.1))
    var strides = keepsSize ? (1, 1) : (draw.integer(1...3), draw.integer(1...3))
    if draw.isTrue(0.5) {
      kernel.1 = min(kernel.0, most.1)
      strides.1 = strides.0
    }
    // Frameworks know no dilation beside strides.
    let isDilated = !isWindow && strides == (1, 1) && draw.isTrue(0.3)
    let dilation = isDilated ? (draw.integer(1...2), draw.integer(1...3)) : (1, 1)
    let span = (dilation.0 * (kernel.0 - 1) + 1, dilation.1 * (kernel.1 - 1) + 1)
    let fits = span.0 <= size.height && span.1 <= size.width
    var padding = keepsSize || (!fits && !isTransposed) ? "same" : draw.pick(["same", "valid", "number"])
    if isWindow, padding == "number" { padding = "valid" }
    let zeros = (draw.integer(0...(kernel.0 / 2)), draw.integer(0...(kernel.1 / 2)))
    func length(_ length: Int, _ span: Int, _ stride: Int, _ zeros: Int) -> Int {
      switch (padding, isTransposed) {
      case ("same", false): (length + stride - 1) / stride
      case ("same", true): length * stride
      case ("valid", true): length * stride + max(span - stride, 0)
      case (_, true): (length - 1) * stride + span - 2 * zeros
      default: (length + 2 * zeros - span) / stride + 1
      }
    }
    if padding != "number" {
      rows = length(size.height, span.0, strides.0, 0)
      columns = length(size.width, span.1, strides.1, 0)
    } else {
      rows = length(size.height, span.0, strides.0, zeros.0)
      columns = length(size.width, span.1, strides.1, zeros.1)
    }
    fields.append("\(isWindow ? "pool_size" : "kernel_size"): \(Extents.text(kernel))")
    fields.append("strides: \(Extents.text(strides))")
    fields.append("padding: \(padding == "number" ? Extents.text(zeros) : padding)")
    if isDilated { fields.append("dilation_rate: \(Extents.text(dilation))") }
    if isTransposed, padding == "number", strides.0 > 1, strides.1 > 1 {
      rows += 1
      columns += 1
      fields.append("output_padding: 1")
    }
  }

  private static func text(_ pair: (Int, Int)) -> String { pair.0 == pair.1 ? "\(pair.0)" : "[\(pair.0), \(pair.1)]" }
}
