internal import Manifests
internal import Model

extension TaskWindow {
  /// The bounds of a window: its own, and those of its target where it says nothing.
  static func bounds(
    _ fields: Fields, _ base: CapacityBounds, into diagnostics: inout Diagnostics
  ) -> CapacityBounds? {
    let (least, most) = (fields.integer("min"), fields.integer("max"))
    if fields.has("count") {
      if fields.has("min") || fields.has("max") {
        diagnostics.add(
          error: "`count` beside `min` and `max`", at: fields.keyRange(of: "count"),
          detail: "`count` sets both bounds.", hint: "Leave out `count`, or the other two.")
        return nil
      }
      return fields.integer("count").map { CapacityBounds(min: $0.value, max: $0.value) }
    }
    if !fields.has("min"), !fields.has("max") {
      diagnostics.add(
        error: "a window that changes nothing", at: fields.range,
        detail: "A window has `count`, or `min`, `max` or both.")
      return nil
    }
    if fields.has("min"), least == nil { return nil }
    if fields.has("max"), most == nil { return nil }
    let bounds = (min: least?.value ?? base.min, max: most?.value ?? base.max)
    guard bounds.min <= bounds.max else {
      report(least, most, base, into: &diagnostics)
      return nil
    }
    return CapacityBounds(min: bounds.min, max: bounds.max)
  }

  private static func report(
    _ least: Located<Int>?, _ most: Located<Int>?, _ base: CapacityBounds,
    into diagnostics: inout Diagnostics
  ) {
    if let least, let most {
      diagnostics.add(
        error: "min is above max", at: least.range,
        detail: "The fewest tasks, \(least.value), are more than the most, \(most.value).")
    } else if let least {
      diagnostics.add(
        error: "min is above the TaskSize's max", at: least.range,
        detail: "The window wants at least \(least.value) tasks; the TaskSize allows \(base.max).",
        hint: "Give the window a `max` of its own.")
    } else if let most {
      diagnostics.add(
        error: "max is below the TaskSize's min", at: most.range,
        detail: "The window wants at most \(most.value) tasks; the TaskSize asks for \(base.min).",
        hint: "Give the window a `min` of its own.")
    }
  }
}
