internal import CGit2
internal import Foundation

/// Calls a function with an array of strings as libgit2 wants it; the memory lives during the call.
func withStringArray<Result>(
  _ strings: [String], _ body: (inout git_strarray) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) }
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { pointers in
    var array = unsafe git_strarray(strings: pointers.baseAddress, count: pointers.count)
    return unsafe body(&array)
  }
}

/// Copies a C string; bytes that are not UTF-8 become U+FFFD, nil becomes an empty string.
func copy(_ text: UnsafePointer<CChar>?) -> String {
  guard let text = unsafe text else { return "" }
  return unsafe String(cString: text)
}
