internal import Model

extension ScalingTargetName {
  /// The target that a request to Application Auto Scaling is about.
  init?(request: Value) {
    guard let dimension = request["scalableDimension"]?.string,
      let resource = request["resourceId"]?.string
    else { return nil }
    self.init(dimension: dimension, resourceID: resource)
  }
}

extension WriteEvents {
  /// Writes to what belongs to a scalable target; its own name stands under `member`.
  static func scalingParts(changing: String, deleting: String, member: String) -> WriteEvents {
    WriteEvents(changing: [changing], deleting: [deleting]) { request in
      guard let target = ScalingTargetName(request: request), let part = request[member]?.string,
        let name = ScalingPartName(target: target, part: part)
      else { return [] }
      return [name.text]
    }
  }
}
