import Model
import Testing

@Suite struct FormatVersionTests {
  @Test(arguments: ["1.0", "1.1", "1.99", "1"]) func readsMinorVersions(found: String) throws {
    try FormatVersionError.check("plan", found: found, supported: "1.0")
  }

  @Test(arguments: ["2.0", "0.9", "10.0", "", "one"]) func refusesOtherMajorVersions(found: String)
  {
    let error = #expect(throws: FormatVersionError.self) {
      try FormatVersionError.check("plan", found: found, supported: "1.0")
    }
    #expect(error?.document == "plan")
    #expect(error?.found == found)
    #expect(error?.supported == "1.0")
  }
}
