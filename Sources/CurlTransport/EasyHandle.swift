internal import CCurl

/// One libcurl transfer with the memory that libcurl borrows from us for it.
///
/// It serves one transfer after another, because making one costs more than a small transfer. Options
/// that libcurl refuses are our mistakes; what comes from outside is checked before.
@safe
final class EasyHandle {
  /// libcurl's handle; valid as long as this value.
  let pointer: UnsafeMutableRawPointer
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?

  /// A handle with libcurl's defaults, which never raises signals.
  init() {
    guard let pointer = unsafe curl_easy_init() else { fatalError("curl_easy_init: no memory") }
    unsafe self.pointer = pointer
    unsafe errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setDefaults()
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(headerList)
    unsafe errorBuffer.deallocate()
  }

  /// Forgets the transfer and its options, and keeps what libcurl knows of TLS sessions. Only where
  /// the handle has left the multi handle.
  func reset() {
    unsafe curl_easy_reset(pointer)
    unsafe curl_slist_free_all(headerList)
    unsafe headerList = nil
    unsafe errorBuffer.pointee = 0
    setDefaults()
  }

  private func setDefaults() {
    unsafe set(CURLOPT_ERRORBUFFER, pointer: errorBuffer)
    set(CURLOPT_NOSIGNAL, 1)
  }

  /// What libcurl wrote about the failure; empty where it wrote nothing.
  var errorText: String {
    unsafe String(cString: errorBuffer)
  }

  /// Sets an option that takes a number or a Boolean.
  func set(_ option: CURLoption, _ value: Int) {
    check(unsafe weir_curl_set_long(pointer, option, value), option)
  }

  /// Sets an option that takes a string, which libcurl copies.
  func set(_ option: CURLoption, _ value: String) {
    check(unsafe value.withCString { unsafe weir_curl_set_string(pointer, option, $0) }, option)
  }

  /// Sets an option that takes a pointer; what it points to outlives the transfer.
  func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) {
    check(unsafe weir_curl_set_pointer(pointer, option, value), option)
  }

  /// Sets the function that takes the bytes, and the object that it is given, unretained.
  func set(
    _ option: CURLoption, function: weir_curl_write?, _ dataOption: CURLoption, object: AnyObject
  ) {
    check(unsafe weir_curl_set_write(pointer, option, function), option)
    unsafe set(dataOption, pointer: Unmanaged.passUnretained(object).toOpaque())
  }

  /// Sets the function that is asked before each time the request is sent, and its object,
  /// unretained.
  func setPrerequest(function: curl_prereq_callback, object: AnyObject) {
    let option = CURLOPT_PREREQFUNCTION
    check(unsafe weir_curl_set_prerequest(pointer, option, function), option)
    unsafe set(CURLOPT_PREREQDATA, pointer: Unmanaged.passUnretained(object).toOpaque())
  }

  /// Sets the body, which libcurl copies, so that it can send it again on another connection.
  func setBody(_ bytes: UnsafeRawBufferPointer) {
    let size = CURLOPT_POSTFIELDSIZE_LARGE
    check(unsafe weir_curl_set_offset(pointer, size, curl_off_t(bytes.count)), size)
    unsafe set(CURLOPT_COPYPOSTFIELDS, pointer: bytes.baseAddress ?? UnsafeRawPointer(errorBuffer))
  }

  /// Sets the header lines, which this handle owns.
  func setHeaders(_ lines: [String]) {
    precondition(unsafe headerList == nil, "headers are set once")
    for line in lines {
      let longer = unsafe line.withCString { unsafe curl_slist_append(headerList, $0) }
      guard let longer = unsafe longer else { fatalError("curl_slist_append: no memory") }
      unsafe headerList = longer
    }
    let option = CURLOPT_HTTPHEADER
    check(unsafe weir_curl_set_list(pointer, option, headerList), option)
  }

  /// Asks for a number about the transfer.
  func number(_ info: CURLINFO) -> Int {
    var value = 0
    let code = unsafe weir_curl_get_long(pointer, info, &value)
    precondition(code == CURLE_OK, "libcurl does not tell \(info.rawValue)")
    return value
  }

  /// Asks for a large number about the transfer, such as a time in microseconds.
  func offset(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    let code = unsafe weir_curl_get_offset(pointer, info, &value)
    precondition(code == CURLE_OK, "libcurl does not tell \(info.rawValue)")
    return Int(value)
  }

  private func check(_ code: CURLcode, _ option: CURLoption) {
    precondition(code == CURLE_OK, "libcurl refuses option \(option.rawValue): \(code.rawValue)")
  }
}
