public import Foundation
public import Model
public import YAMLReader

extension Fields {
  /// A `string`, `enumeration`, `timeZone` or `accountID`.
  public func string(_ name: String) -> Located<String>? { read(name, \.string) }

  /// An `integer`.
  public func integer(_ name: String) -> Located<Int>? { read(name, \.integer) }

  /// A `number`.
  public func decimal(_ name: String) -> Located<Decimal>? { read(name, \.decimal) }

  /// A `boolean`.
  public func bool(_ name: String) -> Located<Bool>? { read(name, \.bool) }

  /// A `money`.
  public func money(_ name: String) -> Located<MoneyAmount>? { read(name, \.money) }

  /// A `percent`: 85 for `85%`.
  public func percent(_ name: String) -> Located<Decimal>? { read(name, \.percent) }

  /// A `duration` in seconds.
  public func duration(_ name: String) -> Located<Int>? { read(name, \.duration) }

  /// A `dataSize` in bytes.
  public func bytes(_ name: String) -> Located<Int64>? { read(name, \.bytes) }

  /// A `dataRate` in bits a second.
  public func bitsPerSecond(_ name: String) -> Located<Int64>? { read(name, \.bitsPerSecond) }

  /// A `cpu` in units, 1024 a vCPU.
  public func cpuUnits(_ name: String) -> Located<Int>? { read(name, \.cpuUnits) }

  /// A `timeOfDay`.
  public func timeOfDay(_ name: String) -> Located<TimeOfDay>? { read(name, \.timeOfDay) }

  /// Some `weekdays`, each once, Monday first.
  public func weekdays(_ name: String) -> Located<[Weekday]>? { read(name, \.weekdays) }

  /// An `any` with its places.
  public func node(_ name: String) -> Node? { read(name, \.node)?.value }

  /// An `any` as plain data.
  public func value(_ name: String) -> Located<Value>? { read(name) { $0.node?.value } }

  /// An `object`.
  public func object(_ name: String) -> Fields? { read(name, \.object)?.value }

  /// The elements of a `list`; none if it is missing.
  public func list(_ name: String) -> [Located<FieldValue>] { read(name, \.list)?.value ?? [] }

  /// The elements of a `list` of strings.
  public func strings(_ name: String) -> [Located<String>] { elements(name, \.string) }

  /// The elements of a `list` of objects.
  public func objects(_ name: String) -> [Fields] { elements(name, \.object).map(\.value) }

  /// The entries of a `map` in the order of the file; none if it is missing.
  public func map(_ name: String) -> [FieldEntry] { read(name, \.map)?.value ?? [] }

  /// The entries of a `map` of strings.
  public func stringMap(_ name: String) -> [(key: Located<String>, value: Located<String>)] {
    entries(name, \.string)
  }

  /// The entries of a `map` of objects.
  public func objectMap(_ name: String) -> [(key: Located<String>, value: Fields)] {
    entries(name, \.object).map { ($0.key, $0.value.value) }
  }

  private func elements<Wrapped>(
    _ name: String, _ pick: (FieldValue) -> Wrapped?
  ) -> [Located<Wrapped>] {
    list(name).map { $0.map { required(pick($0), name) } }
  }

  private func entries<Wrapped>(
    _ name: String, _ pick: (FieldValue) -> Wrapped?
  ) -> [(key: Located<String>, value: Located<Wrapped>)] {
    map(name).map { ($0.key, $0.value.map { required(pick($0), name) }) }
  }

  private func required<Wrapped>(_ value: Wrapped?, _ name: String) -> Wrapped {
    guard let value else {
      preconditionFailure("the schema gives what the field \(name) holds another type")
    }
    return value
  }
}
