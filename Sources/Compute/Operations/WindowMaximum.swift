/// The largest value of each window of an image, and its gradients: closed under differentiation, since where the
/// largest lies is constant almost everywhere.
///
/// Windows are those of a `ConvolutionGeometry` whose kernel is the window; places outside the image are in none.
protocol WindowOperation: StagedOperation, RowwiseOperation {
  var geometry: ConvolutionGeometry { get }
}

extension WindowOperation {
  package func rowOperands(operands: [Shape], result: Shape) -> [Bool]? { [true, true] }
}

/// y[n, a, b, c] = x at the first place of window (a, b) where the key is largest; operands x, keys [N, ..., C].
package struct WindowPick: WindowOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "window's pick" }

  package func shape(of operands: [Shape]) -> Shape {
    let (x, keys) = (operands[0], operands[1])
    precondition(
      x == keys && x.rank == 4 && x[1] == geometry.input.height && x[2] == geometry.input.width,
      "windows of \(x) by \(keys)")
    return [x[0], geometry.output.height, geometry.output.width, x[3]]
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.isNeeded[0] ? site.upstream.windowPut(by: site.operands[1], geometry) : nil, nil]
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int { result.count * geometry.kernel.area }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let shape = link.operandShape(0)
    return [
      Windows(geometry, channels: shape[3]).pick(
        from: link.operand(0), by: link.operand(1), images: shape[0], into: link.result)
    ]
  }
}

/// The transpose of `WindowPick`: x[place] = sum of y over the windows whose largest key is there; operands y
/// [N, a, b, C], keys [N, ..., C].
package struct WindowPut: WindowOperation {
  package let geometry: ConvolutionGeometry

  package var name: String { "window's place" }

  package func shape(of operands: [Shape]) -> Shape {
    let (y, keys) = (operands[0], operands[1])
    precondition(
      y.rank == 4 && keys.rank == 4 && y[1] == geometry.output.height && y[2] == geometry.output.width
        && keys[1] == geometry.input.height && keys[2] == geometry.input.width && y[3] == keys[3],
      "\(y) put into windows of \(keys)")
    return keys
  }

  package func gradients(at site: GradientSite) -> [Tensor?] {
    [site.isNeeded[0] ? site.upstream.windowPick(by: site.operands[1], geometry) : nil, nil]
  }

  package func operationCount(operands: [Shape], result: Shape) -> Int { operands[0].count * geometry.kernel.area }

  func stages(_ link: LinkedPlan) -> [Stage] {
    let shape = link.operandShape(1)
    return [
      Windows(geometry, channels: shape[3]).put(
        link.operand(0), by: link.operand(1), images: shape[0], into: link.result)
    ]
  }
}

extension Tensor {
  /// The largest value of each window of images [N, height, width, C], the kernel of the geometry being the window; its
  /// gradient goes to the first place that has it.
  package func windowMaximum(_ geometry: ConvolutionGeometry) -> Tensor { windowPick(by: self, geometry) }

  /// The value at the first place of each window where the keys, of the same shape, are largest.
  package func windowPick(by keys: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(WindowPick(geometry: geometry), keys)
  }

  /// The transpose of `windowPick`: a value for each window, added where its keys are largest.
  package func windowPut(by keys: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    applying(WindowPut(geometry: geometry), keys)
  }
}
