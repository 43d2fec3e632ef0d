internal import Model

extension FargateSize {
  /// The sizes of memory in words: `2048, 3072 or 4096`, `4096 to 16384 in steps of 1024`.
  var memoryInWords: String {
    let first = memory[0]
    let last = memory[memory.count - 1]
    if memory.count > 4 { return "\(first) to \(last) in steps of \(memory[1] - first)" }
    return memory.dropLast().map(String.init).joined(separator: ", ") + " or \(last)"
  }
}
