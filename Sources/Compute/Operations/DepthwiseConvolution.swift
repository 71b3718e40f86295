/// The three operations of a convolution with a kernel for each channel, closed under differentiation as those of
/// `Convolution` are: y = x * k, x's gradient from y's, k's from both.
///
/// Images are [N, height, width, C], kernels [height, width, C].
protocol DepthwiseOperation: StagedOperation {
  var geometry: ConvolutionGeometry { get }
}

extension DepthwiseOperation {
  func isInput(_ x: Shape) -> Bool {
    x.rank == 4 && x[1] == geometry.input.height && x[2] == geometry.input.width
  }

  func isOutput(_ y: Shape) -> Bool {
    y.rank == 4 && y[1] == geometry.output.height && y[2] == geometry.output.width
  }

  func isKernel(_ k: Shape, of channels: Int) -> Bool {
    k == [geometry.kernel.height, geometry.kernel.width, channels]
  }

  /// A multiplication and an addition for each tap of each place of the output.
  func products(images: Int, channels: Int) -> Int {
    2 * images * geometry.output.area * geometry.kernel.area * channels
  }
}

/// y[n, a, b, c] = sum over i, j of x[n, a s + i d - p, b s + j d - p, c] k[i, j, c].
package struct DepthwiseConvolution: DepthwiseOperation, RowwiseOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "depthwise convolution" }

  package func shape(of operands: [Shape]) -> Shape {
    let (x, k) = (operands[0], operands[1])
    precondition(isInput(x) && isKernel(k, of: x[3]), "depthwise convolution of \(x) with \(k)")
    return [x[0], geometry.output.height, geometry.output.width, x[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (x, k, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? d.depthwiseInputGradient(with: k, geometry) : nil,
      site.isNeeded[1] ? x.depthwiseKernelGradient(with: d, geometry) : nil,
    ]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, false] }

  package func operationCount(operands: [Shape], result: Shape) -> Int {
    products(images: result[0], channels: result[3])
  }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let x = link.operandShape(0)
    return [
      DepthwiseTaps(geometry, channels: x[3]).convolution(
        of: link.operand(0), with: link.operand(1), images: x[0], into: link.result)
    ]
  }
}

/// The gradient of a depthwise convolution's input: x[n, a s + i d - p, ..., c] += y[n, a, ..., c] k[i, j, c].
package struct DepthwiseInputGradient: DepthwiseOperation, RowwiseOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "depthwise convolution's input gradient" }

  package func shape(of operands: [Shape]) -> Shape {
    let (y, k) = (operands[0], operands[1])
    precondition(isOutput(y) && isKernel(k, of: y[3]), "depthwise input from \(y) with \(k)")
    return [y[0], geometry.input.height, geometry.input.width, y[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (y, k, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? d.depthwiseConvolution(with: k, geometry) : nil,
      site.isNeeded[1] ? d.depthwiseKernelGradient(with: y, geometry) : nil,
    ]
  }

  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, false] }

  package func operationCount(operands: [Shape], result: Shape) -> Int {
    products(images: result[0], channels: result[3])
  }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let y = link.operandShape(0)
    return [
      DepthwiseTaps(geometry, channels: y[3]).input(
        from: link.operand(0), with: link.operand(1), images: y[0], into: link.result)
    ]
  }
}

/// The gradient of a depthwise convolution's kernel: k[i, j, c] = sum over n, a, b of x[n, a s + i d - p, ..., c]
/// y[n, a, b, c].
package struct DepthwiseKernelGradient: DepthwiseOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "depthwise convolution's kernel gradient" }

  package func shape(of operands: [Shape]) -> Shape {
    let (x, y) = (operands[0], operands[1])
    precondition(isInput(x) && isOutput(y) && x[0] == y[0] && x[3] == y[3], "depthwise kernel between \(x) and \(y)")
    return [geometry.kernel.height, geometry.kernel.width, x[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    let (x, y, d) = (site.operands[0], site.operands[1], site.upstream)
    return [
      site.isNeeded[0] ? y.depthwiseInputGradient(with: d, geometry) : nil,
      site.isNeeded[1] ? x.depthwiseConvolution(with: d, geometry) : nil,
    ]
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int {
    products(images: operands[0][0], channels: result[2])
  }

  /// Images that are summed by themselves: part of the definition.
  private static let run = 16

  private func parts(_ images: Int) -> [Range<Int>] { Tiling.runs(of: images, each: DepthwiseKernelGradient.run) }

  func scratchCount(operands: [Shape], result: Shape) -> Int { parts(operands[0][0]).count * result.count }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let x = link.operandShape(0)
    return DepthwiseTaps(geometry, channels: x[3]).kernel(
      between: link.operand(0), link.operand(1), parts: parts(x[0]), into: link.result, partials: link.scratch)
  }
}

extension Tensor {
  /// Images [N, ..., C] convolved with a kernel [height, width, C] that each channel has for itself.
  package func depthwiseConvolution(with kernel: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(DepthwiseConvolution(geometry: geometry), kernel)
  }

  /// The gradient of a depthwise convolution's input, from that of its output, which this is.
  package func depthwiseInputGradient(with kernel: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(DepthwiseInputGradient(geometry: geometry), kernel)
  }

  /// The gradient of a depthwise convolution's kernel, from its input, which this is, and the gradient of its output.
  package func depthwiseKernelGradient(with y: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(DepthwiseKernelGradient(geometry: geometry), y)
  }
}
