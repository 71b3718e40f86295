extension Products {
  /// The definition, word for word: what all other ways to multiply must give.
  func multiplyOneByOne(
    _ a: Factor, _ b: Factor, into c: UnsafeMutablePointer<Float>, stride: Int, m: Int, n: Int, k: Int, isAdding: Bool
  ) {
    for i in 0..<m {
      for j in 0..<n {
        let place = i &* stride &+ j
        var start = 0
        while start < k {
          var piece: Float = 0
          for l in start..<min(start &+ Products.piece, k) {
            piece.addProduct(
              a.base[i &* a.rowStride &+ l &* a.columnStride], b.base[l &* b.rowStride &+ j &* b.columnStride])
          }
          c[place] = isAdding || start > 0 ? c[place] + piece : piece
          start &+= Products.piece
        }
      }
    }
  }
}
