import CHost

/// What the processor can do.
package enum HostCheck {
  /// Whether it has the instructions that the kernels are compiled for: on x86-64 AVX2, FMA and BMI2.
  package static let isSupported: Bool = host_has_vectors()

  /// Whether it has the instructions that the tiles of 16 lanes are compiled for: AVX-512 as in x86-64-v4.
  package static let hasAVX512: Bool = host_has_avx512()
}
