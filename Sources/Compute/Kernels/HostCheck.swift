import CHost

/// What the processor can do.
package enum HostCheck {
  /// Whether it has the instructions that the kernels are compiled for: AVX2, FMA and BMI2.
  package static let isSupported: Bool = host_has_avx2()

  /// Whether it has the 512-bit vectors that OpenBLAS's fastest kernels use.
  package static let hasAVX512: Bool = host_has_avx512()

  /// Whether it also has the 512-bit products of bfloat16.
  package static let hasBFloat16: Bool = host_has_avx512_bf16()
}
