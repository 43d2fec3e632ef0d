// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody builds the benchmarks with the program. Run by `make bench`.

let package = Package(
  name: "weir-benchmarks",
  dependencies: [.package(name: "weir", path: "..")],
  targets: [
    .executableTarget(
      name: "aws-calls", dependencies: [.product(name: "AWSClient", package: "weir")],
      path: "Sources/AWSCalls", swiftSettings: [.swiftLanguageMode(.v6), .strictMemorySafety()])
  ])
