internal import CZlib
internal import Foundation

/// Why bytes are no complete gzip file within the limit.
enum GzipError: Error {
  case truncated
  case malformed
  case tooLarge

  /// The cause in words.
  var message: String {
    switch self {
    case .truncated: "the response's gzip data ends too early"
    case .malformed: "the response's gzip data is malformed"
    case .tooLarge: "the response's body exceeds the limit"
    }
  }
}

/// Decompresses gzip (RFC 1952): complete members with right checksums, or an error.
///
/// libcurl could do it, but takes the half of a file for the whole, and nothing at all for an empty
/// one.
enum Gzip {
  private static let pieceSize = 64 << 10

  /// The content of a gzip file; it may have at most `limit` bytes.
  static func decompress(_ file: Data, limit: Int) throws(GzipError) -> Data {
    // Copied once, not for each member: a file may be nothing but a million of them.
    var rest = [UInt8](file)[...]
    var piece = [UInt8](repeating: 0, count: pieceSize)
    var content = Data()
    repeat {
      let member = GzipMember()
      try member.read(&rest, by: &piece, into: &content, limit: limit)
    } while !rest.isEmpty
    return content
  }
}

/// One member of a gzip file while it is decompressed. Safe because it alone owns zlib's state and
/// lets no pointer out.
@safe private struct GzipMember: ~Copyable {
  /// zlib remembers where its state lies, so that it stays at one address.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // It fails for want of memory only, which Swift does not survive either.
    guard unsafe weir_inflate_init_gzip(stream) == Z_OK else {
      preconditionFailure("zlib is out of memory")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Takes the member off the front of `rest` and adds its content, piece by piece.
  func read(
    _ rest: inout ArraySlice<UInt8>, by piece: inout [UInt8], into content: inout Data, limit: Int
  ) throws(GzipError) {
    while true {
      let (status, read, written) = step(rest, into: &piece)
      rest.removeFirst(read)
      content.append(contentsOf: piece[..<written])
      if content.count > limit { throw .tooLarge }
      switch status {
      case Z_STREAM_END: return
      case Z_OK where read > 0 || written > 0: continue
      case Z_OK, Z_BUF_ERROR: throw .truncated
      default: throw .malformed
      }
    }
  }

  /// One call of zlib: its status, and how much it read and wrote. The pointers do not outlive it.
  private func step(_ input: ArraySlice<UInt8>, into piece: inout [UInt8]) -> (
    status: Int32, read: Int, written: Int
  ) {
    unsafe input.withUnsafeBufferPointer { source in
      unsafe piece.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(clamping: source.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: target.count)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        return (
          status, unsafe source.count - Int(stream.pointee.avail_in),
          unsafe target.count - Int(stream.pointee.avail_out)
        )
      }
    }
  }
}
