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
    let assembly = XMLAssembly(
      description: description, keepsUnknown: keepsUnknown, member: member, wrapper: wrapper)
    do {
      try XMLReader.read(body, into: assembly)
    } catch {
      throw WireFault(message: "the body is no XML: \(error.message)")
    }
    guard let value = assembly.value else {
      throw WireFault(message: "<\(wrapper ?? "")> is missing")
    }
    return value
  }

  /// The data of an element that is read already.
  func decode(_ element: XMLElement, as member: Member) -> Value {
    let assembly = XMLAssembly(
      description: description, keepsUnknown: keepsUnknown, member: member, wrapper: nil)
    element.replay(into: assembly)
    return assembly.value ?? .null
  }
}

extension XMLElement {
  /// Hands this element to a consumer, as if it were just being read.
  func replay(into consumer: any XMLConsumer) {
    consumer.begin(Array(name.utf8).span, attributes)
    consumer.take(Array(text.utf8).span)
    for child in children { child.replay(into: consumer) }
    consumer.end()
  }
}
