// swift-tools-version: 6.2
import PackageDescription

// Targets are layers: each imports only what stands below it (docs/architecture.md).

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "weir",
  products: [
    .executable(name: "weir", targets: ["weir"]),
    // For Benchmarks/, which is a package of its own.
    .library(name: "AWSClient", targets: ["AWSClient", "CurlTransport", "Model"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Layer 0: system libraries.
    .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

    // Layer 1: values.
    .target(name: "Model", swiftSettings: strict),

    // Layer 2: one outside thing each.
    .target(name: "YAMLReader", dependencies: ["CYAML", "Model"], swiftSettings: strict),
    .target(
      name: "GitStorage", dependencies: ["CGit2", "Model", crypto, subprocess, systemPackage],
      swiftSettings: strict),
    .target(name: "CurlTransport", dependencies: ["CCurl", "CZlib"], swiftSettings: strict),
    .target(name: "Pricing", dependencies: ["Model"], swiftSettings: strict),

    // Layer 3: languages: manifests, and the AWS wire.
    .target(name: "Manifests", dependencies: ["Model", "YAMLReader"], swiftSettings: strict),
    .target(
      name: "AWSClient", dependencies: ["CExpat", "CurlTransport", "Model", crypto],
      swiftSettings: strict),

    // Layer 4: what is managed, and how a plan is made and applied.
    .target(
      name: "Resources", dependencies: ["AWSClient", "Model", "Pricing", crypto],
      swiftSettings: strict),
    .target(name: "Engine", dependencies: ["Model", crypto], swiftSettings: strict),

    // Layer 5: what people write, and what they read.
    .target(
      name: "Policy", dependencies: ["Manifests", "Model", "YAMLReader", crypto],
      swiftSettings: strict),
    .target(
      name: "Rendering", dependencies: ["Manifests", "Model", "YAMLReader"], swiftSettings: strict),

    // Layer 6: the program.
    .executableTarget(
      name: "weir",
      dependencies: [
        "AWSClient", "CurlTransport", "Engine", "GitStorage", "Manifests", "Model", "Policy",
        "Pricing", "Rendering", "Resources", "YAMLReader", argumentParser, crypto,
      ],
      swiftSettings: strict),

    // A driver for published protocol and signature suites; built, not installed.
    .executableTarget(
      name: "weir-wire", dependencies: ["AWSClient", "Model"], swiftSettings: strict),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Engine", "Model"], path: "Sources/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["Model"], swiftSettings: strict),
    .testTarget(
      name: "YAMLReaderTests", dependencies: ["Model", "TestSupport", "YAMLReader"],
      swiftSettings: strict),
    .testTarget(
      name: "GitStorageTests", dependencies: ["GitStorage", "Model", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CurlTransportTests", dependencies: ["CurlTransport", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "PricingTests", dependencies: ["Model", "Pricing"], swiftSettings: strict),
    .testTarget(
      name: "ManifestsTests", dependencies: ["Manifests", "Model", "TestSupport", "YAMLReader"],
      swiftSettings: strict),
    .testTarget(
      name: "AWSClientTests", dependencies: ["AWSClient", "CurlTransport", "Model", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ResourcesTests",
      dependencies: ["AWSClient", "CurlTransport", "Model", "Pricing", "Resources"],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "Model", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PolicyTests", dependencies: ["Manifests", "Model", "Policy", "Rendering"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["Model", "weir-wire"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CurlTransport", "Manifests", "Model", "Policy", "Pricing", "Resources", "TestSupport",
        "weir",
      ],
      exclude: ["Cases", "Fleet", "Model/model.py", "Policies", "Preload", "Snapshots"],
      swiftSettings: strict),
    .testTarget(
      name: "RenderingTests", dependencies: ["Model", "Rendering"], exclude: ["Snapshots"],
      swiftSettings: strict),
  ]
)
