import Foundation
import Testing

/// Looks for secrets in everything that the program writes.
struct SecretSearch {
  /// Where the program puts temporary files.
  let temporary: URL
  private let scene: Scene
  private let everywhere: [String]
  private let outsideThePolicy: [String]

  /// - Parameters:
  ///   - everywhere: what must stand in no place at all.
  ///   - outsideThePolicy: what may stand in the policy's own files and commits.
  init(_ scene: Scene, everywhere: [String], outsideThePolicy: [String]) {
    self.scene = scene
    self.everywhere = everywhere
    self.outsideThePolicy = outsideThePolicy
    temporary = scene.repository.folder.appending(path: "tmp")
    try? FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
  }

  /// Expects no secret in a text that the program wrote.
  func check(
    _ text: String, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(text, place, for: everywhere + outsideThePolicy, sourceLocation)
  }

  /// Expects none in the state branch, in any object of the repository, and in any file below the
  /// folder that holds the repository, the plan files and the temporary files.
  func files(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let state = try await scene.repository.git("log", "-p", "--format=%B", "weir/prod")
    #expect(state.contains("Weir-Serial: 1"), sourceLocation: sourceLocation)
    check(state, "the state", sourceLocation: sourceLocation)
    let objects = try await scene.repository.git("cat-file", "--batch", "--batch-all-objects")
    #expect(objects.contains("Weir-Event: begin"), sourceLocation: sourceLocation)
    check(objects, "an object of Git", for: everywhere, sourceLocation)
    let folder = scene.repository.folder
    var count = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path())
    where !file.hasPrefix("repo/manifests/") {
      guard let data = try? Data(contentsOf: folder.appending(path: file)) else { continue }
      check(String(decoding: data, as: UTF8.self), file, sourceLocation: sourceLocation)
      count += 1
    }
    #expect(count > 20, sourceLocation: sourceLocation)
  }

  private func check(
    _ text: String, _ place: String, for secrets: [String], _ sourceLocation: SourceLocation
  ) {
    for secret in secrets {
      let encoded = Data(secret.utf8).base64EncodedString().prefix { $0 != "=" }
      for form in [secret, String(encoded.dropLast())] {
        #expect(!text.contains(form), "\(secret) in \(place)", sourceLocation: sourceLocation)
      }
    }
  }
}
