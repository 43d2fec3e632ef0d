import CurlTransport
import Foundation

@testable import AWSClient

/// A transport that answers from a list, and remembers what was asked.
final class FakeTransport: HTTPTransport {
  /// What the next request gets.
  enum Answer: Sendable {
    case response(HTTPResponse)
    case failure(TransportError)
    case cancellation

    /// A response with a text for a body.
    static func status(
      _ status: Int, _ body: String = "{}", headers: [String: String] = [:]
    ) -> Answer {
      .response(
        HTTPResponse(
          status: status, headers: headers.map { HTTPHeader(name: $0, value: $1) },
          body: Data(body.utf8)))
    }

    /// A connection that breaks when the request may have arrived.
    static let brokenConnection = Answer.failure(
      TransportError(
        code: .connectionLost, operation: "POST host", message: "reset", hadNoEffect: false))

    /// A connection that does not come about.
    static let refusedConnection = Answer.failure(
      TransportError(
        code: .couldNotConnect, operation: "POST host", message: "refused", hadNoEffect: true))
  }

  private let state: Locked<(answers: [Answer], requests: [HTTPRequest])>

  /// Gives these answers in turn; the last one again and again.
  init(_ answers: [Answer]) { state = Locked((answers, [])) }

  /// All requests so far.
  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let answer = state.withLock { state in
      state.requests.append(request)
      return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
    }
    switch answer {
    case .response(let response): return response
    case .failure(let error): throw error
    case .cancellation: throw CancellationError()
    }
  }
}

extension HTTPRequest {
  /// The value of a header.
  func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }
}
