public import Manifests
public import Model

/// The Kubernetes objects of an environment's manifests, in their order.
///
/// The manifests have been compiled without an error.
public func kubernetesObjects(_ manifests: EnvironmentManifests) -> [Value] {
  var told = Diagnostics()
  return manifests.manifests.filter { $0.kind == ClusterQuota.schema.kind }
    .flatMap { ClusterQuota.objects($0, into: &told) }
}
