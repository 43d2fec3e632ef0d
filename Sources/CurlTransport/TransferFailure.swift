internal import CCurl
internal import Foundation

/// What is known about a transfer that failed, from which its error is made.
struct TransferFailure {
  /// libcurl's result.
  let code: CURLcode
  /// libcurl's explanation, or nothing.
  let text: String
  /// The system's error number of the last failed connection, or zero.
  let systemError: Int32
  /// Whether surely nothing of the request was sent.
  let sentNothing: Bool
  /// Whether a status line has come.
  let hasStatusLine: Bool
  /// The limit that the response exceeded.
  let overflow: ResponseBuffer.Overflow?
  /// The configured proxy, whose password libcurl may quote.
  let proxy: String?

  /// The error for the caller.
  func error(for request: PreparedRequest) -> TransportError {
    TransportError(
      code: transportCode, operation: request.operation, message: message(url: request.url),
      hadNoEffect: sentNothing)
  }

  private var transportCode: TransportError.Code {
    // A connection was lost where libcurl is past it and at work on the next one.
    if !sentNothing, causeCode.precedesSending || isRepeatRefused { return .connectionLost }
    return causeCode
  }

  /// Whether `Transfer.beginSending` has ended the transfer.
  private var isRepeatRefused: Bool {
    code == CURLE_ABORTED_BY_CALLBACK
  }

  private var causeCode: TransportError.Code {
    switch code {
    case CURLE_WRITE_ERROR where overflow != nil:
      .bodyTooLarge
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      .couldNotResolve
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_NO_CONNECTION_AVAILABLE:
      .couldNotConnect
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CLIENTCERT,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED:
      .tls
    case CURLE_OPERATION_TIMEDOUT:
      .timedOut(hasStatusLine ? .body : sentNothing ? .connect : .firstByte)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      sentNothing ? .couldNotConnect : .connectionLost
    case CURLE_URL_MALFORMAT:
      .badURL
    case CURLE_UNSUPPORTED_PROTOCOL:
      // The scheme was checked before: this is an answer that is not HTTP.
      .other(Int(CURLE_WEIRD_SERVER_REPLY.rawValue))
    default:
      .other(Int(code.rawValue))
    }
  }

  private func message(url: String) -> String {
    switch overflow {
    case .body: return "the response's body exceeds the limit"
    case .headers: return "the response's headers exceed \(ResponseBuffer.headerLimit) bytes"
    case nil: break
    }
    let isUnanswered = [CURLE_GOT_NOTHING, CURLE_RECV_ERROR].contains(code) && !hasStatusLine
    if isRepeatRefused || isUnanswered && !sentNothing {
      return "the connection ended after the request, before any answer"
    }
    var message = text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
    if systemError != 0, systemError != EINPROGRESS, systemError != EAGAIN {
      let reason = unsafe String(cString: strerror(systemError))
      if !message.contains(reason) { message += " (\(reason))" }
    }
    for secret in [url, proxy ?? ""] where !secret.isEmpty {
      message = message.replacingOccurrences(of: secret, with: "(URL)")
    }
    return message
  }
}
