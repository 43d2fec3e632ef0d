/// Calls that wait in a line, retries before the others.
struct WaitingCalls {
  /// Whom to tell.
  typealias Continuation = CheckedContinuation<Void, any Error>

  /// What happened to a call that came to the line.
  enum Turn {
    /// It had been cancelled.
    case cancelled
    /// It waits; this one, perhaps itself, comes first now.
    case next(Continuation?)
  }

  /// Numbers of calls, first in first out; some of them may have left already.
  private struct Queue {
    private var ids: [Int] = []
    private var head = 0

    mutating func append(_ id: Int) { ids.append(id) }

    mutating func popFirst() -> Int? {
      guard head < ids.count else { return nil }
      let id = ids[head]
      head += 1
      if head == ids.count || head >= 1024 && head * 2 >= ids.count {
        ids.removeFirst(head)
        head = 0
      }
      return id
    }
  }

  private var continuations: [Int: Continuation] = [:]
  private var retries = Queue()
  private var others = Queue()
  private var lastID = 0

  /// Whether nobody waits.
  var isEmpty: Bool { continuations.isEmpty }

  /// A number for a call.
  mutating func nextID() -> Int {
    lastID += 1
    return lastID
  }

  /// Puts a call at its line's end.
  mutating func append(_ id: Int, _ continuation: Continuation, isRetry: Bool) {
    continuations[id] = continuation
    if isRetry { retries.append(id) } else { others.append(id) }
  }

  /// Takes a call out, wherever it stands.
  mutating func remove(_ id: Int) -> Continuation? { continuations.removeValue(forKey: id) }

  /// Takes out the call whose turn it is.
  mutating func popFirst() -> Continuation? {
    while let id = retries.popFirst() ?? others.popFirst() {
      if let found = remove(id) { return found }
    }
    return nil
  }
}
