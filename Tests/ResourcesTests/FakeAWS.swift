import Foundation
import Model
import Pricing
import Resources
import Synchronization

/// A refusal as AWS would make it.
struct FakeFailure: AWSFailure, Equatable {
  let code: String
}

/// Answers calls from a closure, page by page, and remembers them.
final class FakeAWS: AWSCaller {
  /// One request.
  struct Call: Equatable {
    let service: String
    let operation: String
    let input: Value
  }

  private struct Record {
    var calls: [Call] = []
    var running = 0
    var mostRunning = 0
  }

  private let record = Mutex(Record())
  private let answer: @Sendable (String, Value) throws -> Value

  /// A fake that answers an operation and its input.
  init(_ answer: @escaping @Sendable (_ operation: String, _ input: Value) throws -> Value) {
    self.answer = answer
  }

  /// The requests so far.
  var calls: [Call] { record.withLock { $0.calls } }
  /// How many requests were under way at once.
  var mostRunning: Int { record.withLock { $0.mostRunning } }
  /// The operations so far.
  var operations: [String] { calls.map(\.operation) }

  /// The inputs of the requests of one operation.
  func inputs(of operation: String) -> [Value] {
    calls.filter { $0.operation == operation }.map(\.input)
  }

  func call(_ service: String, _ operation: String, _ input: Value) async throws -> Value {
    record.withLock {
      $0.calls.append(Call(service: service, operation: operation, input: input))
      $0.running += 1
      $0.mostRunning = max($0.mostRunning, $0.running)
    }
    defer { record.withLock { $0.running -= 1 } }
    await Task.yield()
    try Task.checkCancellation()
    return try answer(operation, input)
  }

  func all(_ service: String, _ operation: String, _ input: Value, items: String) async throws
    -> [Value]
  {
    var all: [Value] = []
    var input = input
    while true {
      let page = try await call(service, operation, input)
      all += page[items]?.list ?? []
      guard let token = page["NextToken"] else { return all }
      input = .map((input.map ?? [:]).merging(["NextToken": token]) { $1 })
    }
  }
}

/// The page of `items` that an input asks for, `size` to a page.
///
/// - Parameter tokens: the members with the token of an input, and with that of the next page.
func page(
  _ items: [Value], of key: String, size: Int, _ input: Value,
  tokens: (String, String) = ("NextToken", "NextToken")
) -> Value {
  let start = Int(input[tokens.0]?.string ?? "0") ?? 0
  var page: [String: Value] = [key: .list(Array(items.dropFirst(start).prefix(size)))]
  if start + size < items.count { page[tokens.1] = .string(String(start + size)) }
  return .map(page)
}

/// One resource type over a fake.
func resourceType(_ type: String, _ client: any AWSCaller, region: String = "us-east-1")
  -> any ResourceType
{
  let types = allResourceTypes(
    client: client, account: "123456789012", region: region, prices: .builtIn)
  guard let found = types.first(where: { $0.type == type }) else {
    preconditionFailure("there is no type \(type)")
  }
  return found
}

/// One resource type that calls nothing.
func resourceType(_ type: String, region: String = "us-east-1") -> any ResourceType {
  resourceType(type, FakeAWS { _, _ in throw FakeFailure(code: "NotCalled") }, region: region)
}

extension Value {
  /// The members with `changes` over them.
  func with(_ changes: [String: Value]) -> Value {
    .map((map ?? [:]).merging(changes) { $1 }.filter { !$0.value.isNull })
  }

  /// The texts of a list.
  var texts: [String] { (list ?? []).compactMap(\.string) }
}

extension ResourceSchema {
  /// The errors, without the remarks, of a write.
  func errors(_ write: ResourceWrite) -> [String] {
    problems(with: write).filter { $0.severity == .error }.map(\.message)
  }
}
