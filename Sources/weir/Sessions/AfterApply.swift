internal import Engine
internal import Manifests
internal import Model
internal import Rendering

extension ApplySession {
  /// What follows an end commit where the project asks for it: the notice, and the copy of the state.
  /// What fails of it is told and changes nothing.
  func followUp(_ report: ApplyReport, of plan: Plan) async {
    guard let project, report.result != .nothingToDo, report.result != .stale else { return }
    if let settings = project.notices {
      let notice = OutcomeNotice(
        settings: settings,
        facts: NoticeFacts(
          report: report, plan: plan, actor: await command.actor(in: workspace)),
        lineage: plan.state.lineage)
      do {
        if try await notice.send(session.aws.client) {
          command.console.note("Told \(settings.topic).")
        }
      } catch {
        command.console.tell(
          "warning: \(settings.topic) was not told how it ended: \(Failure.line(error))")
      }
    }
    if let settings = project.backup {
      await backUp(
        StateBackup(
          client: session.aws.client, settings: settings, environment: plan.environment.name),
        session.store, console: command.console)
    }
  }
}
