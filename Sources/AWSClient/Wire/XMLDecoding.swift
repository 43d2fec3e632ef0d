internal import Foundation
internal import Model

/// Turns a service's XML into data; elements that the description lacks come along as `UnknownXML`.
struct XMLDecoding {
  let description: APIDescription
  let keepsUnknown: Bool

  /// The data of a document whose root is a value of one use of a type; or, where a wrapper is
  /// named, whose root holds that value in the wrapper.
  func read(
    _ body: Data, as member: Member, wrapper: String? = nil
  ) throws(WireFault) -> Value {
    var assembly = assembly(of: member, wrapper: wrapper)
    do {
      try XMLReader.read(body, into: &assembly)
    } catch {
      throw WireFault(message: "the body is no XML: \(error.message)")
    }
    guard let value = assembly.result else {
      throw WireFault(message: "<\(wrapper ?? "")> is missing")
    }
    return value
  }

  /// The data of an element that is read already.
  func decode(_ element: XMLElement, as member: Member) -> Value {
    var assembly = assembly(of: member)
    assembly.take(element)
    return assembly.result ?? .null
  }

  private func assembly(of member: Member, wrapper: String? = nil) -> XMLAssembly {
    XMLAssembly(
      description: description, keepsUnknown: keepsUnknown, type: member.shape, wrapper: wrapper)
  }
}
