public import Model

/// What a policy asks for once it is known which resources its selectors mean.
public struct SelectedResources: Hashable, Sendable {
  /// The resources, each once, sorted by address.
  public internal(set) var resources: [DesiredResource]
  /// What to say of those that are left for another time, or as they are: a sentence each.
  public internal(set) var remarks: [String] = []
  /// By parking group what is to be given back once AWS has parked it by itself.
  public internal(set) var returns: [String: [Address: [String: Value]]] = [:]
}
