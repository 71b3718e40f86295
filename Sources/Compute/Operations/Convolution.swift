/// The three products of a convolution, closed under differentiation: y = x * k, x's gradient from y's, k's from both.
///
/// Images are [N, height, width, channels], kernels [height, width, channels, filters]: a convolution is the matrix of
/// patches times the kernel as [taps x channels, filters]. Patches are made for some places at a time, in each
/// worker's own memory.
protocol ConvolutionProduct: MatrixProduct {
  var geometry: ConvolutionGeometry { get }
}

extension ConvolutionProduct {
  /// Values of a worker's memory: patches, and what their product needs.
  fileprivate func patchScratch(channels: Int) -> Int { geometry.patchCount(channels: channels) + Products.scratch }
}

/// y[n, a, b, f] = sum over i, j, c of x[n, a s + i d - p, b s + j d - p, c] k[i, j, c, f].
package struct Convolution: ConvolutionProduct, ProducingOperation, RowwiseOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "convolution" }

  package func shape(of operands: [Shape]) -> Shape {
    let (x, k) = (operands[0], operands[1])
    precondition(
      x.rank == 4 && k.rank == 4 && x[1] == geometry.input.height && x[2] == geometry.input.width && x[3] == k[2]
        && k[0] == geometry.kernel.height && k[1] == geometry.kernel.width, "convolution of \(x) with \(k)")
    return [x[0], geometry.output.height, geometry.output.width, k[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (x, k, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? d.transposedConvolution(with: k, geometry) : nil,
      site.isNeeded[1] ? x.convolutionKernelGradient(with: d, geometry) : nil,
    ]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, false] }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    (result[0] * geometry.output.area, operands[1][3], geometry.kernel.area * operands[1][2])
  }

  func columns(of result: Shape) -> Int { result[3] }

  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle] {
    let rows = result.count / result[3]
    let atOnce = geometry.placesAtOnce(channels: operands[1][2])
    let parts = (rows + atOnce - 1) / atOnce
    // Whole runs of sums over places, so that those of a normalization can be made on the tile.
    let unit = SumTree(of: result, keptAxes: 1).unit / result[3]
    return Tiling.split(rows, into: parts + parts % 2, unit: unit).map { Rectangle(rows: $0, columns: 0..<result[3]) }
  }

  func workerScratch(operands: [Shape], result: Shape) -> Int { patchScratch(channels: operands[1][2]) }

  func producer(_ link: LinkedPlan) -> Producer {
    let kernel = link.operandShape(1)
    return PatchMatrix(geometry, channels: kernel[2], filters: kernel[3], products: link.products)
      .convolution(of: link.operand(0), with: link.operand(1))
  }
}

/// The gradient of a convolution's input from that of its output: x[n, a s + i d - p, ...] += y[n, a, ...] k[i, j, ...]^T.
///
/// Forward it is the transposed convolution (Dumoulin and Visin, "A guide to convolution arithmetic for deep
/// learning", 2016).
package struct ConvolutionInputGradient: ConvolutionProduct, ProducingOperation, RowwiseOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "transposed convolution" }

  package func shape(of operands: [Shape]) -> Shape {
    let (y, k) = (operands[0], operands[1])
    precondition(
      y.rank == 4 && k.rank == 4 && y[1] == geometry.output.height && y[2] == geometry.output.width && y[3] == k[3]
        && k[0] == geometry.kernel.height && k[1] == geometry.kernel.width, "transposed convolution of \(y) with \(k)")
    return [y[0], geometry.input.height, geometry.input.width, k[2]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (y, k, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? d.convolution(with: k, geometry) : nil,
      site.isNeeded[1] ? d.convolutionKernelGradient(with: y, geometry) : nil,
    ]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, false] }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    (result[0] * geometry.output.area, geometry.kernel.area * operands[1][2], operands[1][3])
  }

  func columns(of result: Shape) -> Int { result[3] }

  /// Whole images: places of the output that share an input place are then in the same tile.
  func tiles(operands: [Shape], result: Shape, isStreamed: Bool) -> [Rectangle] {
    let imageRows = geometry.input.area
    let outputArea = geometry.output.area
    let size = max(1, min((1 << 16) / (imageRows * result[3]), (1024 + outputArea - 1) / outputArea))
    let parts = (result[0] + size - 1) / size
    return Tiling.split(result[0], into: parts + parts % 2, unit: 1).map {
      Rectangle(rows: ($0.lowerBound * imageRows)..<($0.upperBound * imageRows), columns: 0..<result[3])
    }
  }

  func workerScratch(operands: [Shape], result: Shape) -> Int { patchScratch(channels: operands[1][2]) }

  func producer(_ link: LinkedPlan) -> Producer {
    let kernel = link.operandShape(1)
    return PatchMatrix(geometry, channels: kernel[2], filters: kernel[3], products: link.products)
      .transposedConvolution(of: link.operand(0), with: link.operand(1))
  }
}

/// The gradient of a convolution's kernel: k[i, j, c, f] = sum over n, a, b of x[n, a s + i d - p, ..., c] y[n, a, b, f].
package struct ConvolutionKernelGradient: ConvolutionProduct, StagedOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "convolution's kernel gradient" }

  package func shape(of operands: [Shape]) -> Shape {
    let (x, y) = (operands[0], operands[1])
    precondition(
      x.rank == 4 && y.rank == 4 && x[0] == y[0] && x[1] == geometry.input.height && x[2] == geometry.input.width
        && y[1] == geometry.output.height && y[2] == geometry.output.width, "kernel between \(x) and \(y)")
    return [geometry.kernel.height, geometry.kernel.width, x[3], y[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (x, y, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? y.transposedConvolution(with: d, geometry) : nil,
      site.isNeeded[1] ? x.convolution(with: d, geometry) : nil,
    ]
  }

  func extents(operands: [Shape], result: Shape) -> (m: Int, n: Int, k: Int) {
    (geometry.kernel.area * result[2], result[3], operands[0][0] * geometry.output.area)
  }

  /// Places that are summed by themselves, so that small kernels are the work of several tiles: part of the definition.
  private static let run = 4096

  private func parts(_ operands: [Shape]) -> [Range<Int>] {
    Tiling.runs(of: operands[0][0] * geometry.output.area, each: ConvolutionKernelGradient.run)
  }

  func scratchCount(operands: [Shape], result: Shape) -> Int {
    let parts = parts(operands).count
    return parts > 1 ? parts * result.count : 0
  }

  func workerScratch(operands: [Shape], result: Shape) -> Int { patchScratch(channels: result[2]) }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let (x, y) = (link.operandShape(0), link.operandShape(1))
    return PatchMatrix(geometry, channels: x[3], filters: y[3], products: link.products).kernelGradient(
      of: link.operand(0), link.operand(1), parts: parts([x, y]), into: link.result, partials: link.scratch,
      workers: link.workers)
  }
}

extension Tensor {
  /// Images [N, ...] convolved with a kernel [height, width, channels, filters].
  package func convolution(with kernel: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(Convolution(geometry: geometry), kernel)
  }

  /// From a convolution's output, or its gradient, to its input's.
  package func transposedConvolution(with kernel: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(ConvolutionInputGradient(geometry: geometry), kernel)
  }

  /// The gradient of a convolution's kernel, from its input, which this is, and the gradient of its output.
  package func convolutionKernelGradient(with y: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(ConvolutionKernelGradient(geometry: geometry), y)
  }
}
