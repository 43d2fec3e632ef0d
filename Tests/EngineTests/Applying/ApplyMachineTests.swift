import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ApplyMachineTests {
  /// Runs a machine to its end; `failing` fails.
  private func run(_ shape: Shape, failing: String? = nil, limit: Int = 8)
    -> (started: [String], skipped: [String], peak: Int)
  {
    var machine = ApplyMachine(shape.changes)
    var running: [Address] = []
    var started: [String] = []
    var skipped: [String] = []
    var peak = 0
    repeat {
      while running.count < limit, let change = machine.next() {
        started.append(change.address.name)
        running.append(change.address)
      }
      peak = max(peak, running.count)
      if running.isEmpty { break }
      let address = running.removeFirst()
      let result: ChangeOutcome.Result = address.name == failing ? .failed("no") : .applied
      skipped += machine.finish(address, result).map(\.address.name)
    } while !machine.isDone
    #expect(machine.isDone)
    return (started, skipped, peak)
  }

  @Test(arguments: Shape.allCases, [1, 2, 8]) func startsEachAfterWhatItWaitsFor(
    shape: Shape, limit: Int
  ) {
    let (started, skipped, peak) = run(shape, limit: limit)
    #expect(started.sorted() == shape.names)
    #expect(skipped.isEmpty)
    #expect(peak <= limit)
    for (place, name) in started.enumerated() {
      #expect(Set(shape.after[name] ?? []).isSubset(of: started[..<place]))
    }
  }

  @Test(arguments: Shape.positions) func skipsWhatWaitsForAFailureAndNothingElse(
    shape: Shape, failing: String
  ) {
    let (started, skipped, _) = run(shape, failing: failing)
    let dependents = shape.dependents(of: failing)
    #expect(Set(skipped) == dependents)
    #expect(skipped.count == dependents.count)
    #expect(Set(started) == Set(shape.names).subtracting(dependents))
  }

  @Test(arguments: Shape.allCases) func stopSkipsWhatHasNotBegun(shape: Shape) throws {
    var machine = ApplyMachine(shape.changes)
    let next = machine.next()
    let begun = try #require(next)
    let skipped = machine.stop("interrupted")
    #expect(skipped.map(\.address) == skipped.map(\.address).sorted())
    #expect(skipped.count == shape.names.count - 1)
    #expect(skipped.allSatisfy { $0.result == .skipped("interrupted") })
    #expect(!machine.isDone)
    #expect(machine.finish(begun.address, .failed("no")).isEmpty)
    #expect(machine.isDone)
    let last = machine.next()
    #expect(last == nil)
  }

  @Test func takesWhatIsNotInThePlanAsDone() {
    var machine = ApplyMachine([creation(of: "b", after: ["a"])])
    let next = machine.next()
    #expect(next?.address.name == "b")
  }

  @Test(.timeLimit(.minutes(5))) func endsWithManyChanges() {
    let changes = (0..<4_000).map { creation(of: "\($0)", after: $0 % 2 == 0 ? [] : ["\($0 - 1)"]) }
    var machine = ApplyMachine(changes)
    var count = 0
    while !machine.isDone {
      guard let change = machine.next() else { break }
      _ = machine.finish(change.address, .applied)
      count += 1
    }
    #expect(count == 4_000)
  }
}
