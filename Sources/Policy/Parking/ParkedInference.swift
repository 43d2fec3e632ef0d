internal import Model

extension ParkedForm {
  /// SageMaker: an endpoint is deleted, and made again from its configuration.
  static let endpoint = ParkedForm(
    service: "sagemaker", type: "sagemaker/endpoint", vanishes: true
  ) { subject in
    if subject.live?.context["status"] == "Failed" {
      return .kept("It has failed: nothing would bring it back from its configuration, either.")
    }
    return .parked([
      Part(
        address: Address("sagemaker/endpoint", subject.name),
        attributes: ["config": .absent, "tags": .absent, "scaling": .absent],
        notes: [
          "it is deleted, and made again from its configuration, which must stay, with its tags and"
            + " scaling"
        ])
    ])
  }

  /// SageMaker: notebook instances are stopped.
  static let notebook = ParkedForm(service: "sagemaker", type: "sagemaker/notebook") { subject in
    .parked([
      Part(
        address: Address("sagemaker/notebook", subject.name),
        attributes: ["state": .exactly("stopped")],
        notes: ["its volume stays and is billed"])
    ])
  }
}
