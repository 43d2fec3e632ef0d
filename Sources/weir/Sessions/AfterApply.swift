internal import Engine
internal import Manifests
internal import Model
internal import Rendering

extension ApplySession {
  /// What follows an end commit where the project asks for it: the notice, and the copy of the state.
  /// What fails of it is told and changes nothing.
  func followUp(_ report: ApplyReport, of plan: Plan, mode: Applier.Mode) async {
    guard let project, report.result != .nothingToDo, report.result != .stale else { return }
    await tell(
      .ended(
        NoticeFacts(
          report: report, plan: plan, actor: await command.actor(in: workspace),
          recovery: mode.recovery(by: plan))), of: plan)
    if let settings = project.backup {
      await backUp(
        StateBackup(
          client: session.aws.client, settings: settings, environment: plan.environment.name),
        session.store, console: command.console)
    }
  }

  /// What follows where an apply is left to `weir recover`: the notice. A recovery that is left, too,
  /// changes nothing of that, so that it is told once.
  func followUp(_ error: ApplyError, of plan: Plan, mode: Applier.Mode) async {
    guard case .new = mode else { return }
    switch error {
    case .locked: return
    case .unfinished(let serial, let reason), .notRecorded(let serial, let reason):
      await tell(
        .unfinished(
          UnfinishedFacts(
            serial: serial, plan: plan, actor: await command.actor(in: workspace), reason: reason)),
        of: plan)
    }
  }

  private func tell(_ ending: OutcomeNotice.Ending, of plan: Plan) async {
    guard let settings = project?.notices else { return }
    let notice = OutcomeNotice(settings: settings, ending: ending, lineage: plan.state.lineage)
    do {
      if try await notice.send(session.aws.client) {
        command.console.note("Told \(settings.topic).")
      }
    } catch {
      command.console.tell(
        "warning: \(settings.topic) was not told how it ended: \(Failure.line(error))")
    }
  }
}

extension Applier.Mode {
  /// How `plan` takes up an unfinished apply: to finish it leads where that one did.
  fileprivate func recovery(by plan: Plan) -> NoticeFacts.Recovery? {
    guard case .recovering(let pending, _) = self else { return nil }
    return plan.goal == pending.plan.goal ? .finish : .undo
  }
}
