import Model
import Testing

@Suite struct DiagnosticTests {
  @Test func warningsDoNotStopAndErrorsDo() throws {
    var diagnostics = Diagnostics([Diagnostic(.warning, "odd")])
    try diagnostics.throwIfErrors()
    diagnostics.add(Diagnostics([Diagnostic(.error, "wrong")]))
    #expect(diagnostics.hasErrors)
    #expect(throws: diagnostics) { try diagnostics.throwIfErrors() }
    #expect(diagnostics.all.map(\.summary) == ["odd", "wrong"])
  }

  @Test func placesAndAddressesHaveAnOrder() {
    #expect(SourcePosition(line: 1, column: 9) < SourcePosition(line: 2, column: 1))
    #expect(Address("a", "z") < Address("b", "a"))
    #expect(Address("a", "a") < Address("a", "b"))
    #expect("\(Address("ecs/service", "web/web"))" == "ecs/service web/web")
    #expect(Diagnostic.Severity.error < .warning)
  }
}
