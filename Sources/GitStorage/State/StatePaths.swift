internal import Foundation
internal import Model

/// Where things lie in the tree of a state branch.
enum StatePaths {
  static let state = "state.json"
  static let pending = "pending.json"
  static let sealed = "sealed.json"
  static let resources = "resources"

  static func resource(_ address: Address) -> String {
    "\(resources)/\(address.type)/\(fileName(address.name)).json"
  }

  static func snapshot(_ serial: Int) -> String { "snapshots/\(serial).json" }

  static func reportData(_ serial: Int) -> String { "reports/\(serial).json" }

  static func reportText(_ serial: Int) -> String { "reports/\(serial).md" }

  /// A resource's name as one segment of a path: every character that a path or a file system
  /// could take for something else is written as `%` and two hex digits. No two names give one.
  private static func fileName(_ name: String) -> String {
    name.utf8.map { byte in
      if isPlain(byte) { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }.joined()
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "+"),
      UInt8(ascii: "#"):
      true
    default: false
    }
  }
}
