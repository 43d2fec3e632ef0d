/// Jobs that wait for a free connection, first come first served.
///
/// libcurl has such a line too, but counts the time in it as time spent connecting.
struct WaitingLine {
  private var jobs: [UInt64: Job] = [:]
  private var order: [UInt64] = []
  private var head = 0

  /// Whether nobody waits.
  var isEmpty: Bool {
    jobs.isEmpty
  }

  /// Puts a job at the end of the line.
  mutating func append(_ job: Job) {
    jobs[job.id] = job
    order.append(job.id)
  }

  /// Takes a job out of the line, wherever it stands.
  mutating func remove(_ id: UInt64) -> Job? {
    jobs.removeValue(forKey: id)
  }

  /// Takes the job that has waited longest.
  mutating func popFirst() -> Job? {
    while head < order.count {
      let job = jobs.removeValue(forKey: order[head])
      head += 1
      if let job {
        forgetTaken()
        return job
      }
    }
    order.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }

  /// Keeps a line that is never empty from growing for ever.
  private mutating func forgetTaken() {
    guard head >= 1_024, head * 2 >= order.count else { return }
    order.removeFirst(head)
    head = 0
  }
}
