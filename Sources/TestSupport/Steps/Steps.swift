internal import Synchronization

/// The steps that a program takes to the outside, in their order; any of them can fail, and the
/// program can die at any of them. All fakes of one test share one.
public final class Steps: Sendable {
  private struct Fault {
    let matches: @Sendable (Step) -> Bool
    let moment: Moment
    let isDeath: Bool
    /// How many matching steps pass before it strikes.
    var passes: Int
    /// How many matching steps it strikes.
    var strikes: Int
  }

  private struct Book {
    var taken: [Step] = []
    var faults: [Fault] = []
    var isDead = false

    mutating func strike(_ moment: Moment, _ step: Step) -> InjectedFailure? {
      if isDead { return InjectedFailure(step: step, moment: moment, isDeath: true) }
      for index in faults.indices
      where faults[index].moment == moment && faults[index].matches(step) {
        if faults[index].passes > 0 {
          faults[index].passes -= 1
        } else if faults[index].strikes > 0 {
          faults[index].strikes -= 1
          isDead = isDead || faults[index].isDeath
          return InjectedFailure(step: step, moment: moment, isDeath: isDead)
        }
      }
      return nil
    }
  }

  private let book = Mutex(Book())

  /// No steps yet, and none that fails.
  public init() {}

  /// The steps that were begun, in their order.
  public var taken: [Step] { book.withLock { $0.taken } }

  /// Whether the program died.
  public var isDead: Bool { book.withLock { $0.isDead } }

  /// Lets steps fail.
  ///
  /// - Parameters:
  ///   - nth: which of the steps that match, from 1, counted from now.
  ///   - times: how many in a row.
  ///   - isDeath: whether the program is dead from there on: every later step fails, too.
  public func fail(
    _ moment: Moment, nth: Int = 1, times: Int = 1, isDeath: Bool = false,
    where matches: @escaping @Sendable (Step) -> Bool
  ) {
    book.withLock {
      $0.faults.append(
        Fault(
          matches: matches, moment: moment, isDeath: isDeath, passes: nth - 1, strikes: times))
    }
  }

  /// Lets this step fail once.
  public func fail(_ moment: Moment, _ step: Step) { fail(moment) { $0 == step } }

  /// Lets the program die at the step with this number, from 1, counted from now.
  public func die(_ moment: Moment, at number: Int) {
    fail(moment, nth: number, isDeath: true) { _ in true }
  }

  /// A new program begins: no step fails any more, and none has been taken.
  public func revive() { book.withLock { $0 = Book() } }

  /// The program begins a step.
  ///
  /// - Throws: `InjectedFailure`; the step then has no effect.
  func enter(_ step: Step) throws(InjectedFailure) {
    let failure = book.withLock { book -> InjectedFailure? in
      if book.isDead { return InjectedFailure(step: step, moment: .before, isDeath: true) }
      book.taken.append(step)
      return book.strike(.before, step)
    }
    if let failure { throw failure }
  }

  /// A step has had its effect.
  ///
  /// - Throws: `InjectedFailure`; the effect stays.
  func leave(_ step: Step) throws(InjectedFailure) {
    let failure = book.withLock { $0.strike(.after, step) }
    if let failure { throw failure }
  }
}
