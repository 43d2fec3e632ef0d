internal import Foundation
internal import Manifests
internal import Model

/// The tiers and modes of a manifest, and the document made of them.
struct TierTable {
  /// The version of the document: a minor one adds, a major one changes what readers know.
  static let schemaVersion = "1.0"

  private let modes: [Located<String>]
  private let caps: [String: TierLimit]
  private let tiers: [(name: Located<String>, fields: Fields)]
  /// Where each part of the document is asked for, by its path.
  private(set) var places: [String: SourceRange] = [:]
  /// How what stands there is written, where one scalar says it.
  private(set) var forms: [String: WrittenForm] = [:]

  /// Whether there is nothing to make a document of.
  var isEmpty: Bool { modes.isEmpty || tiers.isEmpty }

  init(_ fields: Fields, into diagnostics: inout Diagnostics) {
    var seen: [String: SourceRange] = [:]
    var modes: [Located<String>] = []
    for mode in fields.strings("modes") {
      if let first = seen[mode.value] {
        diagnostics.add(
          error: "the same mode twice", at: mode.range,
          detail: "`\(mode.value)` also stands at \(place(of: first)).")
        continue
      }
      seen[mode.value] = mode.range
      modes.append(mode)
    }
    self.modes = modes
    tiers = fields.objectMap("tiers").map { (name: $0.key, fields: $0.value) }
    let caps = fields.objectMap("caps")
    self.caps = Dictionary(
      caps.map { ($0.key.value, TierLimit($0.value)) }, uniquingKeysWith: { first, _ in first })
    places["modes"] = fields.range(of: "modes")
    if fields.isWhole("modes") {
      check(caps.map(\.key), into: &diagnostics)
      for tier in tiers { check(tier.fields.objectMap("modes").map(\.key), into: &diagnostics) }
    }
    if fields.isWhole("tiers"), fields.map("tiers").isEmpty {
      diagnostics.add(
        error: "no tiers", at: fields.range(of: "tiers"), detail: "There must be at least one.")
    }
    for tier in tiers where !TierLimits.name.allows(tier.name.value) {
      diagnostics.add(
        error: "expected \(TierLimits.name.meaning) such as premium", at: tier.name.range,
        detail: "`\(tier.name.value)` names a tier in the document.")
    }
  }

  /// Reports modes that are none.
  private func check(_ names: [Located<String>], into diagnostics: inout Diagnostics) {
    let known = modes.map(\.value)
    for name in names where !known.contains(name.value) {
      diagnostics.add(
        error: "unknown mode", at: name.range,
        detail: "`\(name.value)` is none of the modes \(known.joined(separator: ", ")).",
        hint: nearestName(to: name.value, among: known).map { "Did you mean `\($0)`?" })
    }
  }

  /// The document; tiers that lack a mode are reported.
  mutating func document(into diagnostics: inout Diagnostics) -> Value {
    var members: [String: Value] = [:]
    for tier in tiers {
      members[tier.name.value] = document(of: tier.name, tier.fields, into: &diagnostics)
    }
    return [
      "schemaVersion": .string(Self.schemaVersion),
      "modes": .list(modes.map { .string($0.value) }),
      "tiers": .map(members),
    ]
  }

  private mutating func document(
    of tier: Located<String>, _ fields: Fields, into diagnostics: inout Diagnostics
  ) -> Value {
    let path = "tiers.\(tier.value)"
    places[path] = tier.range
    var members: [String: Value] = [:]
    if let price = fields.money("price") {
      members["priceUSD"] = .number(price.amount)
      places["\(path).priceUSD"] = price.range
      forms["\(path).priceUSD"] = .quantity(.money)
    }
    if let priority = fields.integer("priority") {
      members["priority"] = Value(priority.value)
      places["\(path).priority"] = priority.range
      forms["\(path).priority"] = .integer
    }
    let own = Dictionary(
      fields.objectMap("modes").map { ($0.key.value, TierLimit($0.value)) },
      uniquingKeysWith: { first, _ in first })
    let defaults = fields.object("defaults").map(TierLimit.init)
    var limits: [String: Value] = [:]
    var missing: [String] = []
    var milder: TierLimit?
    for mode in modes {
      guard let limit = limit(own[mode.value], defaults, caps[mode.value]) else {
        missing.append(mode.value)
        continue
      }
      if let milder { warn(limit, after: milder, tier, mode, into: &diagnostics) }
      milder = limit
      var values: [String: Value] = [:]
      for member in limit.members {
        values[member.name] = member.value
        let place = "\(path).modes.\(mode.value).\(member.name)"
        places[place] = member.range
        if member.range != nil { forms[place] = TierLimit.forms[member.name] }
      }
      limits[mode.value] = .map(values)
    }
    if !missing.isEmpty, !fields.has("defaults") {
      diagnostics.add(
        error: "a tier without limits in a mode", at: tier.range,
        detail: "`\(tier.value)` says nothing for \(enumeration(missing)).",
        hint: "Give the tier `defaults`, or the mode an entry under `caps`.")
    }
    members["modes"] = .map(limits)
    return .map(members)
  }

  /// The limits of a tier in a mode; nil where nothing says any.
  private func limit(_ own: TierLimit?, _ defaults: TierLimit?, _ cap: TierLimit?) -> TierLimit? {
    let common = defaults.map { cap.map($0.stricter) ?? $0 } ?? cap
    return own.map { common.map($0.filled) ?? $0 } ?? common
  }

  private func warn(
    _ limit: TierLimit, after milder: TierLimit, _ tier: Located<String>, _ mode: Located<String>,
    into diagnostics: inout Diagnostics
  ) {
    let names = limit.milder(than: milder)
    guard let first = names.first else { return }
    let ranges = [
      "admission": limit.admission?.range, "bandwidth": limit.bandwidth?.range,
      "sessions": limit.sessions?.range, "duration": limit.duration?.range,
    ]
    diagnostics.add(
      warning: "a stricter mode that allows more", at: ranges[first].flatMap { $0 } ?? tier.range,
      detail: "In `\(mode.value)` the tier `\(tier.value)` has a higher"
        + " \(enumeration(names)) than in the mode before it.",
      hint: "Put `modes` in the order from the mildest to the strictest.")
  }
}
