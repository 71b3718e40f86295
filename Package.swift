// swift-tools-version: 6.3
import PackageDescription

// Kernels are written for AVX2 and FMA; `gan-exp` checks at start that the CPU has them. Tiles of 16 lanes are the same source
// as those of 8, compiled for AVX-512: used where the processor has it, and nowhere else. Every arm64 processor has what
// kernels need there.
#if arch(x86_64)
  let vectorised: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
  let wide: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v4"])]
#else
  let vectorised: [SwiftSetting] = []
  let wide: [SwiftSetting] = []
#endif

/// Each may use those before it, as far as its dependencies below say.
let modules: [Target.Dependency] = [
  "Specs", "Files", "Compute", "Statistics", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host", "Runs",
  "Reports",
]

/// Paths taken apart.
let paths: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// What fuzzing (`make fuzz`) and the replay of its seeds (`make test`) share: the readers under `Tests/Fuzz/Readers`.
let readers: [Target.Dependency] = modules

/// With GAN_EXP_FUZZ set there is libFuzzer's program, else the test that replays its seeds.
let fuzzing: [Target] =
  Context.environment["GAN_EXP_FUZZ"] == nil
  ? [
    .testTarget(
      name: "FuzzTests", dependencies: readers, path: "Tests/Fuzz",
      exclude: ["Driver", "Seeds", "Dictionaries", "campaign.sh"], sources: ["Readers", "Replay"])
  ]
  : [
    .executableTarget(
      name: "fuzz", dependencies: readers, path: "Tests/Fuzz",
      exclude: ["Replay", "Seeds", "Dictionaries", "campaign.sh"], sources: ["Readers", "Driver"])
  ]

let package = Package(
  name: "gan-exp",
  products: [.executable(name: "gan-exp", targets: ["gan-exp"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(name: "CCURL", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CGIF", providers: [.apt(["libgif-dev"])]),
    .systemLibrary(name: "CHost"),
    .systemLibrary(name: "CMPI"),
    .systemLibrary(name: "CCairo"),
    .target(name: "Specs", dependencies: ["CYAML"]),
    .target(name: "Files", dependencies: ["CCrypto", "CCURL", "CArchive", "CMicroHTTPD", paths]),
    .target(name: "ProductTiles8", dependencies: ["CHost"], swiftSettings: vectorised),
    .target(name: "ProductTiles16", dependencies: ["CHost"], swiftSettings: wide),
    .target(
      name: "Compute", dependencies: ["COpenBLAS", "CHost", "ProductTiles8", "ProductTiles16"],
      swiftSettings: vectorised),
    .target(name: "Sweeps", dependencies: ["Specs", "Compute", "Statistics"]),
    .target(
      name: "Datasets",
      dependencies: ["Specs", "Files", "Compute", "CDeflate", "CArchive", "CPNG", "CJPEG", "CGIF", paths],
      resources: [.copy("Resources/mnist"), .copy("Resources/features")]),
    .target(name: "Networks", dependencies: ["Specs", "Compute"]),
    .target(name: "Statistics", dependencies: ["Compute"]),
    .target(name: "Evaluation", dependencies: ["Specs", "Compute", "Networks"], swiftSettings: vectorised),
    .target(
      name: "Training", dependencies: ["Specs", "Files", "Compute", "Datasets", "Networks", "Evaluation", paths]),
    .target(
      name: "Host",
      dependencies: ["Specs", "Files", "Compute", "Datasets", "Networks", "Evaluation", "Training", "CHost", "CMPI"]),
    .target(
      name: "Runs",
      dependencies: [
        "Specs", "Files", "Compute", "Statistics", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host",
        "CHost", paths,
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "Specs", "Files", "Compute", "Statistics", "Sweeps", "Datasets", "Networks", "Evaluation", "Training", "Host",
        "Runs", "CCairo", paths,
      ],
      resources: [
        .embedInCode("Exports/Scripts/torch.py"), .embedInCode("Exports/Scripts/keras.py"),
        .embedInCode("Exports/Scripts/main.py"),
      ]),
    .executableTarget(
      name: "gan-exp",
      dependencies: modules + [.product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .target(name: "TestSupport", dependencies: ["Compute", "Specs", "Networks"], path: "Tests/TestSupport"),
    .testTarget(name: "HouseTests"),
    .testTarget(name: "SpecsTests", dependencies: ["Specs", "TestSupport"]),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "ComputeTests", dependencies: ["Compute", "CHost", "TestSupport", "CAllocationCounter"]),
    .testTarget(
      name: "SweepsTests", dependencies: ["Sweeps", "Specs", "Compute", "Statistics", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Files", "Specs", "Compute", "TestSupport"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Specs", "Compute", "TestSupport"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "Compute"]),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "Specs", "Compute", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "ExperimentsTests", dependencies: modules + ["gan-exp", "TestSupport"]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: modules + [
        "gan-exp", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "TortureTests", dependencies: ["gan-exp", "TestSupport"], exclude: ["tiny.yaml"]),
  ] + fuzzing,
  swiftLanguageModes: [.v6]
)
