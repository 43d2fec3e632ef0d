internal import Model

extension PlanInput {
  /// What commands say of parking groups once the plan is applied; nil where it stays. The way back takes it
  /// along, else the next plan would park again what it has started.
  var parkingAfterwards: [String: ParkingOverride]? {
    let current = state?.parking ?? [:]
    switch intent {
    case .policy: return parking == current ? nil : parking
    case .rollback(_, let earlier, _):
      let earlier = earlier?.parking ?? [:]
      return earlier == current ? nil : earlier
    case .finish(let pending): return pending.plan.parking
    case .undo: return nil
    }
  }
}
