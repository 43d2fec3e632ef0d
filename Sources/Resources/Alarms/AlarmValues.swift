internal import Foundation
internal import Model

/// The normal form of an alarm's attributes.
enum AlarmValues {
  /// The attributes with numbers as numbers, actions in order and each once, metrics with AWS's
  /// defaults, by their IDs; without what is AWS's default for an alarm that does not say.
  ///
  /// - Parameter action: the normal form of an action.
  static func normalized(
    _ attributes: [String: Value], action: (String) -> String
  ) -> [String: Value] {
    var normal = attributes
    for name in ["period", "evaluationPeriods", "datapointsToAlarm", "threshold"] {
      normal = normal.changing(name, number)
    }
    for name in AlarmDocument.actions {
      normal = normal.changing(name) { actions in
        .list(Set(actions.elements.compactMap { $0.string.map(action) }).sorted().map(Value.string))
      }
    }
    for (name, standard) in defaults where normal[name] == standard { normal[name] = nil }
    return normal.changing("metrics") { metrics in
      .list(
        metrics.elements.map(query).sorted { ($0["Id"]?.string ?? "") < ($1["Id"]?.string ?? "") })
    }
  }

  /// API description of cloudwatch, PutMetricAlarm.
  private static let defaults: [String: Value] = [
    "description": "", "actionsEnabled": true, "treatMissingData": "missing", "dimensions": [:],
    "alarmActions": [], "okActions": [], "insufficientDataActions": [],
  ]

  /// Dimensions as a map, from AWS's list.
  static func dimensions(_ list: Value) -> Value {
    .map(
      Dictionary(
        list.elements.map { ($0["Name"]?.string ?? "", $0["Value"] ?? "") },
        uniquingKeysWith: { first, _ in first }))
  }

  /// Dimensions as AWS's list, sorted, from a map.
  static func dimensionList(_ map: Value) -> Value {
    .list(
      map.members.sorted { $0.key < $1.key }.map { ["Name": .string($0.key), "Value": $0.value] })
  }

  private static func number(_ value: Value) -> Value { value.numeral.map(Value.number) ?? value }

  /// A query of metric math; "ReturnData" is true where it is not said (API description of
  /// cloudwatch, MetricDataQuery).
  private static func query(_ query: Value) -> Value {
    var members = query.members.without()
    members["ReturnData"] = members["ReturnData"] ?? true
    members = members.changing("Period", number).changing("MetricStat") { stat in
      .map(
        stat.members.without().changing("Period", number).changing("Metric") { metric in
          .map(
            metric.members.without().changing("Dimensions") {
              $0.elements.isEmpty ? nil : dimensionList(dimensions($0))
            })
        })
    }
    return .map(members)
  }
}
