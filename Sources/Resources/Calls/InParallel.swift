/// How many requests of one read are under way at once.
let parallelRequests = 8

/// What `body` makes of each of `inputs`, in their order, at most `parallelRequests` at a time. The
/// first failure, or cancellation, cancels the rest.
///
/// - Throws: what `body` throws first; `CancellationError`.
func inParallel<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ body: @escaping @Sendable (Input) async throws -> Output
) async throws -> [Output] {
  try await withThrowingTaskGroup(of: (Int, Output).self) { group in
    var outputs: [Int: Output] = [:]
    var started = 0
    while started < min(parallelRequests, inputs.count) {
      let index = started
      group.addTask { (index, try await body(inputs[index])) }
      started += 1
    }
    while let (index, output) = try await group.next() {
      outputs[index] = output
      try Task.checkCancellation()
      if started < inputs.count {
        let index = started
        group.addTask { (index, try await body(inputs[index])) }
        started += 1
      }
    }
    return inputs.indices.compactMap { outputs[$0] }
  }
}

extension Collection {
  /// The elements in order, in stretches of at most `size`.
  func batches(of size: Int) -> [[Element]] {
    precondition(size > 0, "a batch holds something")
    var batches: [[Element]] = []
    for element in self {
      if batches.isEmpty || batches[batches.count - 1].count == size {
        batches.append([element])
      } else {
        batches[batches.count - 1].append(element)
      }
    }
    return batches
  }
}
