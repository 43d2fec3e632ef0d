internal import Foundation

/// Copies a C string; bytes that are not UTF-8 become U+FFFD, nil becomes an empty string.
func copy(_ text: UnsafePointer<CChar>?) -> String {
  guard let text = unsafe text else { return "" }
  return unsafe String(cString: text)
}
