internal import CCurl

/// A job that libcurl is working on: its handle, and what has come back so far.
///
/// Confined to the loop's thread, which also runs libcurl's callbacks. libcurl holds it unretained;
/// the loop keeps it alive until the handle has left the multi handle.
final class Transfer {
  /// What is asked, and who waits for it.
  let job: Job
  /// libcurl's side of it.
  let easy: EasyHandle
  private var response: ResponseBuffer
  private var silence: SilenceWatch
  /// Whether a connection was ready, so that the request was sent or may have been.
  private var wasSent = false
  private let proxy: String?

  /// A transfer that is ready to be added to a multi handle.
  init(_ job: Job, on easy: EasyHandle, configuration: CurlConfiguration) {
    self.job = job
    self.easy = easy
    proxy = configuration.proxy(isSecure: job.request.isSecure)
    response = ResponseBuffer(bodyLimit: configuration.bodyLimit)
    silence = SilenceWatch(bodySize: job.request.body.count, configuration: configuration)
    easy.connect(with: configuration)
    easy.load(job.request, configuration: configuration)
    unsafe easy.set(CURLOPT_PRIVATE, pointer: Unmanaged.passUnretained(self).toOpaque())
    unsafe easy.setPrerequest(function: allowSending, object: self)
    unsafe easy.set(
      CURLOPT_HEADERFUNCTION, function: receiveHeader, CURLOPT_HEADERDATA, object: self)
    unsafe easy.set(
      CURLOPT_WRITEFUNCTION, function: receiveBody, CURLOPT_WRITEDATA, object: self)
  }

  /// The transfer that a libcurl handle belongs to.
  static func of(_ easy: UnsafeMutableRawPointer) -> Transfer {
    var context: UnsafeMutableRawPointer?
    let code = unsafe weir_curl_get_pointer(easy, CURLINFO_PRIVATE, &context)
    guard code == CURLE_OK, let context = unsafe context else {
      preconditionFailure("a libcurl handle without its transfer")
    }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

  /// Whether surely nothing of the request has left: no connection to its server was ever ready.
  var sentNothing: Bool {
    !wasSent
  }

  /// When the transfer is to be given up unless something moves; at or before now, at once.
  func deadline(at now: ContinuousClock.Instant) -> ContinuousClock.Instant {
    silence.deadline(at: now, sent: easy.offset(CURLINFO_SIZE_UPLOAD_T))
  }

  /// What the caller is told, given libcurl's result.
  func outcome(_ code: CURLcode) -> Result<HTTPResponse, any Error> {
    // libcurl is content where the connection ends inside the headers.
    if code == CURLE_OK, response.hasAllHeaders {
      return .success(response.complete(httpVersion: httpVersion))
    }
    return .failure(failure(code == CURLE_OK ? CURLE_PARTIAL_FILE : code, text: easy.errorText))
  }

  /// What the caller is told where `deadline` has passed.
  func silenceError() -> TransportError {
    let text =
      response.status == 0
      ? "no answer came within the time limit" : "nothing came within the time limit"
    return failure(CURLE_OPERATION_TIMEDOUT, text: text)
  }

  private func failure(_ code: CURLcode, text: String) -> TransportError {
    TransferFailure(
      code: code, text: text, systemError: Int32(easy.number(CURLINFO_OS_ERRNO)),
      sentNothing: sentNothing, hasStatusLine: response.status != 0, overflow: response.overflow,
      proxy: proxy
    ).error(for: job.request)
  }

  private var httpVersion: String {
    switch easy.number(CURLINFO_HTTP_VERSION) {
    case Int(CURL_HTTP_VERSION_1_0): "HTTP/1.0"
    case Int(CURL_HTTP_VERSION_2_0): "HTTP/2"
    case Int(CURL_HTTP_VERSION_3): "HTTP/3"
    default: "HTTP/1.1"
    }
  }

  /// libcurl sends a request again by itself, several times and POST too, where a connection that it
  /// has used before breaks before the answer; the server may have acted nevertheless.
  fileprivate func beginSending() -> Bool {
    guard !wasSent || job.request.isRepeatable else { return false }
    wasSent = true
    silence.beginSending(at: .now)
    return true
  }

  fileprivate func receive(headerLine: UnsafeRawBufferPointer) -> Bool {
    silence.receive(at: .now)
    return unsafe response.append(headerLine: headerLine)
  }

  fileprivate func receive(body: UnsafeRawBufferPointer) -> Bool {
    silence.receive(at: .now)
    return unsafe response.append(body: body)
  }
}

/// libcurl's callback when a connection is ready for the request, each time that it is.
private func allowSending(
  context: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?,
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32
) -> Int32 {
  guard let context = unsafe context else { return Int32(CURL_PREREQFUNC_ABORT) }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return Int32(transfer.beginSending() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
}

/// libcurl's callback for one header line; any result but the size ends the transfer.
private func receiveHeader(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  return unsafe transfer.receive(headerLine: line) ? line.count : 0
}

/// libcurl's callback for some bytes of the body; any result but the size ends the transfer.
private func receiveBody(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let body = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  return unsafe transfer.receive(body: body) ? body.count : 0
}
