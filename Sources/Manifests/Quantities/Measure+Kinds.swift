import Foundation
import Model

extension Measure {
  static let money = Measure(
    noun: "an amount of money", example: "800 USD", units: [Unit(symbol: "USD", factor: 1)],
    isWhole: false, note: "Weir takes no other currency so far.")

  static let percent = Measure(
    noun: "a percentage", example: "85%", units: [Unit(symbol: "%", factor: 1)], isWhole: false)

  static let duration = Measure(
    noun: "a duration", example: "15m",
    units: [
      Unit(symbol: "s", factor: 1), Unit(symbol: "m", factor: 60), Unit(symbol: "h", factor: 3600),
      Unit(symbol: "d", factor: 86_400),
    ],
    note: "They are seconds, minutes, hours and days.")

  static let dataSize = Measure(
    noun: "a size", example: "2 GB",
    units: [
      Unit(symbol: "MB", factor: binary(2)), Unit(symbol: "GB", factor: binary(3)),
      Unit(symbol: "TB", factor: binary(4)), Unit(symbol: "KB", factor: binary(1)),
      Unit(symbol: "MiB", factor: binary(2)), Unit(symbol: "GiB", factor: binary(3)),
      Unit(symbol: "TiB", factor: binary(4)), Unit(symbol: "KiB", factor: binary(1)),
      Unit(symbol: "B", factor: 1),
    ],
    note: "As in ECS, 1 GB is 1024 MB.")

  static let dataRate = Measure(
    noun: "a data rate", example: "20 Mbps",
    units: [
      Unit(symbol: "Mbps", factor: 1_000_000), Unit(symbol: "Gbps", factor: 1_000_000_000),
      Unit(symbol: "Kbps", factor: 1000), Unit(symbol: "bps", factor: 1),
      Unit(symbol: "KiB/s", factor: 8 * binary(1)), Unit(symbol: "MiB/s", factor: 8 * binary(2)),
      Unit(symbol: "GiB/s", factor: 8 * binary(3)),
    ],
    note: "bps are bits a second, in thousands; MiB/s are bytes a second, in steps of 1024.")

  static let cpu = Measure(
    noun: "a CPU size", example: "0.5 vCPU",
    units: [Unit(symbol: "vCPU", factor: 1024), Unit(symbol: "units", factor: 1)],
    allowsBareNumber: true, note: "1 vCPU is 1024 units.")

  private static func binary(_ power: Int) -> Decimal { pow(1024, power) }
}

extension WrittenForm.Quantity {
  /// How it is written.
  var measure: Measure {
    switch self {
    case .money: .money
    case .percent: .percent
    case .duration: .duration
    case .dataSize: .dataSize
    case .dataRate: .dataRate
    case .cpu: .cpu
    }
  }
}

/// The seconds of a duration as manifests write it, such as `2h`; nil where it is none, or nothing.
public func seconds(inDuration text: String) -> Int? {
  guard let seconds = try? Measure.duration.parse(text), seconds >= 1 else { return nil }
  return Int("\(seconds)")
}
