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
    let tape: XMLTape
    do {
      tape = try XMLReader.tape(of: body)
    } catch {
      throw WireFault(message: "the body is no XML: \(error.message)")
    }
    guard let wrapper else { return decode(tape, at: 0, as: member) }
    guard let inner = tape.firstChild(of: 0, named: wrapper) else {
      throw WireFault(message: "<\(wrapper)> is missing")
    }
    return decode(tape, at: inner, as: member)
  }

  /// The data of an element that is read already.
  func decode(_ element: XMLElement, as member: Member) -> Value {
    decode(XMLTape(element), at: 0, as: member)
  }

  private func decode(_ tape: XMLTape, at element: Int, as member: Member) -> Value {
    var assembly = XMLAssembly(
      description: description, keepsUnknown: keepsUnknown, tape: tape)
    return assembly.value(at: element, of: member.shape)
  }
}
