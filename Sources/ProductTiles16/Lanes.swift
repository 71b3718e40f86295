/// The vector that tiles are made of: 512 bits, for processors of x86-64-v4.
typealias Lanes = SIMD16<Float>
