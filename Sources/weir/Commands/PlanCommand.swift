internal import ArgumentParser
internal import Engine
internal import Foundation
internal import Manifests
internal import Model
internal import Rendering

/// `weir plan`: shows what apply would do, and what it does to the bill.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what has to change so that AWS is as the policy says; changes nothing.",
    discussion: """
      With --out the plan is also saved, with a seal that shows whether the file was edited, and \
      signed with the key of WEIR_PLAN_SIGNING_KEY where that is set (docs/guardrails.md).
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "Also save the plan to this file, for `weir apply FILE`.")
  var out: String?

  @Flag(help: "End with code 2 where there are changes, and 0 where there are none.")
  var detailedExitcode = false

  @Option(help: .select)
  var select: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Print the least IAM policies for plan, drift and apply instead, as JSON.",
      discussion: "They are those of the policy and the state; AWS is not asked."))
  var iam = false

  @Flag(help: "Where no manifest is left, give up all that is managed.")
  var allowEmpty = false

  @Flag(help: ArgumentHelp(withoutStateKeyHelp))
  var withoutStateKey = false

  func run() async throws {
    try await CommandContext(options).run { context in
      let workspace = try context.workspace()
      let key = try out.flatMap { _ in try PlanKeyVariables(context.variables).signingKey() }
      let (policy, reference) = try await context.policy(in: workspace, allowsEmpty: allowEmpty)
      let (environment, compiled) = try policy.environment(named: options.environment)
      let session = try await context.session(
        of: environment, in: workspace, project: policy.loaded.project, isReading: true,
        withoutStateKey: withoutStateKey)
      if iam {
        let permissions = CommandPermissions(
          policy: compiled, project: policy.loaded.project, state: session.stored.state,
          types: session.aws.types, environment: environment.reference)
        context.console.write(
          try render(permissions: permissions.byCommand, environment: environment.reference))
        return .done
      }
      // Also where AWS fails: then it is wanted most.
      defer { tellRequests(session.aws, console: context.console) }
      let (plan, _) = try await session.plan(
        compiled, of: reference, selection: select,
        rules: PolicyRules(policy, environment))
      let digest = try plan.digest()
      if let out { try SavedPlan(plan, key: key).save(to: out, context) }
      context.console.write(
        try render(
          plan: plan, digest: options.format == .text && out == nil ? nil : digest,
          format: options.format, style: context.console.outputStyle))
      if let pending = session.stored.pending {
        let facts = lockedFacts(pending)
        context.console.tell("warning: \(facts.detail) \(facts.hint ?? "")")
      }
      return status(of: plan)
    }
  }

  private func status(of plan: Plan) -> ExitStatus {
    let errors = plan.problems.filter(\.isError)
    if !errors.isEmpty {
      return errors.allSatisfy(\.isRule) ? .guardrail : .failed
    }
    return detailedExitcode && !plan.isEmpty ? .changesPlanned : .done
  }
}
