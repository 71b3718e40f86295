import Compute
import Testing

/// What our products are held against.
@Suite struct OpenBLASTests {
  @Test(arguments: [0, 1, 2]) func `a value that is not a number is no small difference`(place: Int) {
    var values: [Float] = [1, 2, 3]
    #expect(BLAS.largestDifference(values, [1, 2.5, 3]) == 0.5)
    values[place] = .nan
    #expect(BLAS.largestDifference(values, [1, 2.5, 3]) == .infinity)
    #expect(BLAS.largestDifference([1, 2.5, 3], values) == .infinity)
  }
}
