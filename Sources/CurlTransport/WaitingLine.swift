/// Jobs that wait for a free connection, first come first served.
///
/// libcurl has such a line too, but counts the time in it as time spent connecting.
struct WaitingLine {
  private var jobs: [UInt64: Job] = [:]
  private var order: [UInt64] = []
  private var head = 0

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
      if let job { return job }
    }
    order.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }
}
