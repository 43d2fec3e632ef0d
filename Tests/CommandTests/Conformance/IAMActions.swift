/// The action that IAM asks for when an operation is called; nil where it asks for none. As the Service Authorization
/// Reference has it, and not as any type declares it.
func iamAction(_ service: String, _ operation: String) -> String? {
  switch (service, operation) {
  case ("sts", "GetCallerIdentity"): nil
  case ("budgets", _) where operation.hasPrefix("Describe"): "budgets:ViewBudget"
  case ("budgets", _): "budgets:ModifyBudget"
  case ("s3", "GetBucketLifecycleConfiguration"): "s3:GetLifecycleConfiguration"
  case ("s3", "PutBucketLifecycleConfiguration"), ("s3", "DeleteBucketLifecycle"):
    "s3:PutLifecycleConfiguration"
  case ("s3", "GetBucketIntelligentTieringConfiguration"),
    ("s3", "ListBucketIntelligentTieringConfigurations"):
    "s3:GetIntelligentTieringConfiguration"
  case ("s3", "PutBucketIntelligentTieringConfiguration"),
    ("s3", "DeleteBucketIntelligentTieringConfiguration"):
    "s3:PutIntelligentTieringConfiguration"
  case ("s3", "ListMultipartUploads"): "s3:ListBucketMultipartUploads"
  case ("s3", "ListBuckets"): "s3:ListAllMyBuckets"
  case ("efs", _): "elasticfilesystem:\(operation)"
  case ("resourcegroupstaggingapi", _): "tag:\(operation)"
  default: "\(service):\(operation)"
  }
}
