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
  private let proxy: String?

  /// A transfer that is ready to be added to a multi handle.
  init(_ job: Job, configuration: CurlConfiguration) {
    self.job = job
    proxy = configuration.proxy
    response = ResponseBuffer(bodyLimit: configuration.bodyLimit)
    var easy = EasyHandle()
    easy.connect(with: configuration)
    easy.load(job.request, configuration: configuration)
    self.easy = easy
    unsafe self.easy.set(
      CURLOPT_PRIVATE, pointer: Unmanaged.passUnretained(self).toOpaque())
    unsafe self.easy.set(
      CURLOPT_HEADERFUNCTION, function: receiveHeader, CURLOPT_HEADERDATA, object: self)
    unsafe self.easy.set(
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

  /// Whether surely no byte of the request has left, not even on an earlier connection: none was
  /// written at all, or only to a proxy, before TLS was agreed on with the server.
  var sentNothing: Bool {
    easy.number(CURLINFO_REQUEST_SIZE) == 0
      || job.request.isSecure && easy.offset(CURLINFO_APPCONNECT_TIME_T) == 0
        && easy.offset(CURLINFO_PRETRANSFER_TIME_T) == 0
  }

  /// What the caller is told, given libcurl's result.
  func outcome(_ code: CURLcode) -> Result<HTTPResponse, any Error> {
    // libcurl is content where the connection ends inside the headers.
    if code == CURLE_OK, response.hasAllHeaders {
      return .success(response.complete(httpVersion: httpVersion))
    }
    let failure = TransferFailure(
      code: code == CURLE_OK ? CURLE_PARTIAL_FILE : code, text: easy.errorText,
      systemError: Int32(easy.number(CURLINFO_OS_ERRNO)),
      sentNothing: sentNothing, hasStatusLine: response.status != 0, overflow: response.overflow,
      proxy: proxy)
    return .failure(failure.error(for: job.request))
  }

  private var httpVersion: String {
    switch easy.number(CURLINFO_HTTP_VERSION) {
    case Int(CURL_HTTP_VERSION_1_0): "HTTP/1.0"
    case Int(CURL_HTTP_VERSION_2_0): "HTTP/2"
    case Int(CURL_HTTP_VERSION_3): "HTTP/3"
    default: "HTTP/1.1"
    }
  }

  fileprivate func receive(headerLine: UnsafeRawBufferPointer) -> Bool {
    unsafe response.append(headerLine: headerLine)
  }

  fileprivate func receive(body: UnsafeRawBufferPointer) -> Bool {
    unsafe response.append(body: body)
  }
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
