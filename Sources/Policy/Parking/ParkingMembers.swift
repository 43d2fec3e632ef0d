internal import Foundation
internal import Manifests
internal import Model

/// A resource that a parking group means, as it is to be for now.
struct ParkingMember {
  let address: Address
  /// What is parked of it, where it can be.
  let parts: [ParkedForm.Part]
  /// Why it stays as it is whatever is said; nil where it does not.
  let reason: String?
  /// The calls with which schedules of AWS park and start it.
  var moves: [ParkingMove] = []
  /// Why schedules leave it as it is; nil where they do not, or where there are none.
  var hindrance: String?
  /// Whether it runs or is parked.
  var state = ParkingState.running
  /// Whether it is windows that say so.
  var isByWindow = false
  /// Whether it still has its parked values although schedules should have started it.
  var isLeftParked = false
}

extension DesiredSelection {
  /// The resources that a parking group means.
  ///
  /// - Parameter found: what each selector means.
  func members(found: [ResourceSelector: [String: LiveResource]], _ context: ParkingContext)
    -> [ParkingMember]
  {
    guard let rule = parking else { return [] }
    return outcomes(found: found, records: context.records).map { name, outcome in
      let address = Address(selector.type, name)
      guard case .parked(let parts) = outcome else {
        let reason = if case .kept(let reason) = outcome { reason } else { "" }
        return ParkingMember(address: address, parts: [], reason: reason)
      }
      var member = ParkingMember(address: address, parts: parts, reason: nil, state: rule.state)
      guard rule.isScheduled || rule.parksAt != nil else { return member }
      (member.moves, member.hindrance) = context.moves(of: parts)
      guard rule.said == nil, rule.isScheduled else { return member }
      // What no schedule parks and starts has no windows.
      if member.hindrance != nil {
        member.state = rule.declared
      } else {
        member.isByWindow = true
        member.isLeftParked =
          member.state == .running && rule.scheduled(at: rule.time - Movement.grace) == .running
          && context.present(parts).contains { part in
            context.isParked(part) && context.recorded.parked[part.address] != nil
              && context.records[part.address] == nil && context.wishes[part.address] == nil
          }
      }
      return member
    }
  }

  /// What is asked of a member while it is parked.
  ///
  /// Just after the beginning or the end of a window AWS is at it: what it has not done yet is left to it.
  func parked(_ member: ParkingMember, _ context: ParkingContext, live: LiveResource?)
    -> [ParkedResource]
  {
    guard let rule = parking else { return [] }
    let before = rule.scheduled(at: rule.time - Movement.grace)
    let isMoving = member.isByWindow && before != member.state
    return member.parts.compactMap { part in
      let isParked = context.isParked(part)
      switch member.state {
      case .parked:
        if isMoving, !isParked, context.recorded.parked[part.address] != nil { return nil }
      case .running:
        guard isMoving, isParked, context.recorded.running[part.address] != nil,
          context.records[part.address]?.found.isEmpty == false
        else { return nil }
      }
      var resource = pattern
      let range = pattern.sources[""] ?? pattern.range
      resource.address = part.address
      resource.attributes = part.attributes
      resource.sources = part.attributes.mapValues { _ in range }
      resource.dependsOn = part.dependsOn
      resource.isOptional = part.isOptional
      resource.notes = [note(rule, member)] + part.notes
      if member.isByWindow {
        // What holds for good is that it runs: the state records that.
        for move in member.moves where move.address == part.address {
          for (name, value) in move.running {
            resource.lasting[name] = context.found(part, name) ?? value
          }
        }
      }
      return ParkedResource(resource: resource, frozen: part.isFrozen ? live : nil)
    }
  }

  private func note(_ rule: ParkingRule, _ member: ParkingMember) -> String {
    guard member.isByWindow, let window = rule.window(at: rule.time),
      let occurrence = window.occurrence(at: rule.time)
    else { return Self.parkedNote + "\(pattern.manifest)" }
    return Self.parkedNote
      + "\(pattern.manifest) in the window \(window.name.value) of \(window.schedule), until"
      + " \(occurrence.until) \(window.zone.value)"
  }
}
