extension AWSConfiguration {
  /// Where services are, by variables and the profile, as the AWS CLI reads them.
  ///
  /// From the weakest to the strongest: the profile's URL, its services' URLs, `AWS_ENDPOINT_URL`,
  /// `AWS_ENDPOINT_URL_SERVICE`.
  ///
  /// - Throws: `AWSError` where a setting has a value that it cannot have.
  static func endpoints(
    _ environment: [String: String], _ profile: ProfileFiles.Section, _ files: ProfileFiles
  ) throws -> EndpointSettings {
    var settings = EndpointSettings()
    func text(_ variable: String, _ key: String) -> String? {
      (environment.nonEmpty(variable) ?? profile.nonEmpty(key))?.lowercased()
    }
    func isTrue(_ variable: String, _ key: String) -> Bool { text(variable, key) == "true" }
    settings.usesFIPS = isTrue("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
    settings.usesDualStack = isTrue("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
    settings.usesDualStackForS3 = profile.nonEmpty("s3.use_dualstack_endpoint").map {
      $0.lowercased() == "true"
    }
    settings.omitsHostPrefix = isTrue(
      "AWS_DISABLE_HOST_PREFIX_INJECTION", "disable_host_prefix_injection")
    let style = try choice(
      "s3.addressing_style", profile.nonEmpty("s3.addressing_style"), ["auto", "path", "virtual"])
    settings.usesPathStyle = style == "auto" ? nil : style == "path"
    settings.usesGlobalSTS =
      try choice(
        "sts_regional_endpoints", text("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints"),
        ["regional", "legacy"]) == "legacy"
    if isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
      return settings
    }
    settings.url = environment.nonEmpty("AWS_ENDPOINT_URL") ?? profile.nonEmpty("endpoint_url")
    // A variable for all services is stronger than a file's line for one.
    if environment.nonEmpty("AWS_ENDPOINT_URL") == nil, let services = profile.nonEmpty("services")
    {
      let section = files.services(services)
      // Without this, a misspelt name would send everything to AWS itself.
      guard !section.isEmpty else {
        throw loadError(
          "InvalidSetting", "the config file sets nothing in a section [services \(services)]")
      }
      for (key, url) in section where key.hasSuffix(".endpoint_url") {
        settings.serviceURLs[EndpointSettings.key(String(key.dropLast(13)))] = url
      }
    }
    let prefix = "AWS_ENDPOINT_URL_"
    for (variable, url) in environment where variable.hasPrefix(prefix) && !url.isEmpty {
      settings.serviceURLs[EndpointSettings.key(String(variable.dropFirst(prefix.count)))] = url
    }
    return settings
  }

  private static func choice(_ name: String, _ text: String?, _ allowed: [String]) throws -> String
  {
    guard let text = text?.lowercased() else { return allowed[0] }
    guard allowed.contains(text) else {
      throw loadError(
        "InvalidSetting", "\(name) must be one of \(allowed.joined(separator: ", ")), not \(text)")
    }
    return text
  }
}
