internal import Model

/// All anomaly monitors of the account: AWS lists them alone, and more than one type needs the list. Those who
/// ask while it is being read get the same.
actor AnomalyMonitorList {
  /// A read under way, and how many wait for it.
  private struct Reading {
    let task: Task<[Value], any Error>
    var waiting = 0
  }

  private let client: any AWSCaller
  private var reading: Reading?

  /// The list of the client's account.
  init(client: any AWSCaller) { self.client = client }

  /// How many wait for the read that is under way.
  var waiting: Int { reading?.waiting ?? 0 }

  /// The monitors, in AWS's form, perhaps as a read that has begun already finds them.
  ///
  /// - Throws: what the AWS client throws.
  func monitors() async throws -> [Value] {
    var joined = reading ?? Reading(task: Task { try await current() })
    joined.waiting += 1
    reading = joined
    let task = joined.task
    // A read that is over is nobody's to join.
    defer { if reading?.task == task { reading = nil } }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      Task { await leave(task) }
    }
  }

  /// The monitors as of now, in AWS's form.
  ///
  /// - Throws: what the AWS client throws.
  nonisolated func current() async throws -> [Value] {
    try await client.all("ce", "GetAnomalyMonitors", [:], items: "AnomalyMonitors")
  }

  /// Ends a read that nobody waits for any more: one who gives up takes it from no other.
  private func leave(_ task: Task<[Value], any Error>) {
    guard reading?.task == task else { return }
    reading?.waiting -= 1
    guard reading?.waiting == 0 else { return }
    reading = nil
    task.cancel()
  }
}
