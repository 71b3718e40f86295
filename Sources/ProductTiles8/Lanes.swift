/// The vector that tiles are made of: 256 bits, as every x86-64-v3 and arm64 processor has them at least in two halves.
typealias Lanes = SIMD8<Float>
