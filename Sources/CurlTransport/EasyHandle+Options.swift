internal import CCurl
internal import Foundation

/// After how many idle seconds a connection is not used again. When a server closes an idle
/// connection just as libcurl uses it, a request that is not repeatable is lost; young connections
/// are rarely closed.
private let idleConnectionLifetime = 15

extension EasyHandle {
  /// Sets how to reach servers: protocols, TLS, limits that all requests share.
  func connect(with configuration: CurlConfiguration) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let caBundle = configuration.caBundle {
      set(CURLOPT_CAINFO, caBundle)
      set(CURLOPT_PROXY_CAINFO, caBundle)
    }
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_MAXAGE_CONN, idleConnectionLifetime)
    // Else removing a handle waits for its name to resolve, and all other transfers with it.
    set(CURLOPT_QUICK_EXIT, 1)
  }

  /// Sets what to send.
  func load(_ request: PreparedRequest, configuration: CurlConfiguration) {
    set(CURLOPT_URL, request.url)
    // An empty string, not absence: without it libcurl reads the environment.
    set(CURLOPT_PROXY, configuration.proxy(isSecure: request.isSecure) ?? "")
    set(CURLOPT_NOPROXY, NoProxy.list(configuration.noProxy ?? "", port: request.port))
    // S3 keys may contain `..`, and the path is signed as it is.
    set(CURLOPT_PATH_AS_IS, 1)
    if request.isSecure {
      set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
      // Wait for a connection that may be shared instead of opening one more.
      set(CURLOPT_PIPEWAIT, 1)
    } else {
      set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }
    set(CURLOPT_USERAGENT, configuration.userAgent)
    set(
      CURLOPT_CONNECTTIMEOUT_MS,
      milliseconds(request.connectTimeout ?? configuration.connectTimeout))
    let total = configuration.totalTimeout
    set(CURLOPT_TIMEOUT_MS, milliseconds(min(request.totalTimeout ?? total, total)))
    if request.method == "HEAD" {
      set(CURLOPT_NOBODY, 1)
    } else {
      if request.sendsBody {
        set(CURLOPT_POST, 1)
        unsafe request.body.withUnsafeBytes { unsafe setBody($0) }
      }
      set(CURLOPT_CUSTOMREQUEST, request.method)
    }
    setHeaders(request.headerLines)
  }
}

/// A time limit as libcurl takes it, where zero would mean none.
private func milliseconds(_ duration: Duration) -> Int {
  let limited = min(max(duration, .milliseconds(1)), .seconds(86_400))
  return Int(limited / .milliseconds(1))
}
