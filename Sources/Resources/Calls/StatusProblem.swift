internal import Model

/// That a service takes no change of a resource before it is ACTIVE; nil where it is.
///
/// - Parameter changes: what it takes: `Kinesis takes no change`.
func statusProblem(_ write: ResourceWrite, called noun: String, _ changes: String)
  -> ResourceProblem?
{
  guard let status = write.live?.context["status"]?.string, status != "ACTIVE" else { return nil }
  return ResourceProblem(
    nil, "The \(noun) is \(status), and \(changes) until it is ACTIVE: plan again then.")
}
