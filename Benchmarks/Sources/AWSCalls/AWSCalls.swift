import AWSClient
import CurlTransport
import Foundation
import Model

/// Makes many calls with Weir's client, as a program of its own whose time and memory are measured.
///
/// `aws-calls URL json|xml CALLS CONNECTIONS` prints one line of JSON. It does what `aws_calls.py`
/// does with boto3.
@main
struct AWSCalls {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let call = Call(rawValue: arguments[2]),
      let calls = Int(arguments[3]), let connections = Int(arguments[4])
    else {
      FileHandle.standardError.write(Data("usage: aws-calls URL json|xml CALLS CONNECTIONS\n".utf8))
      exit(64)
    }
    var settings = CurlConfiguration()
    settings.maxConnections = connections
    let transport = CurlTransport(configuration: settings)
    let client = client(url: arguments[1], transport: transport)
    try await call.make(with: client)
    let start = ContinuousClock.now
    let usage = Usage()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<connections {
        let share = calls / connections + (index < calls % connections ? 1 : 0)
        group.addTask(executorPreference: transport.executor) {
          for _ in 0..<share { try await call.make(with: client) }
        }
      }
      try await group.waitForAll()
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let end = Usage()
    print(
      #"{"calls":\#(calls),"seconds":\#(seconds),"cpu":\#(end.cpu - usage.cpu),"#
        + #""memory":\#(end.peakMemory)}"#)
  }

  private static func client(url: String, transport: CurlTransport) -> AWSClient {
    var endpoints = EndpointSettings()
    endpoints.url = url
    let keys = Credentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    return AWSClient(
      configuration: AWSConfiguration(
        region: "us-east-1", credentials: StaticCredentials(keys), endpoints: endpoints),
      transport: transport)
  }
}

/// What is called.
enum Call: String {
  case json
  case xml

  /// Calls once, and checks that the answer was read.
  func make(with client: AWSClient) async throws {
    switch self {
    case .json:
      let output = try await client.call(
        "ssm", "GetParameters", ["Names": ["/weir/limits/free"], "WithDecryption": true])
      precondition(output["Parameters"]?.list?.count == 1, "an unexpected answer")
    case .xml:
      let output = try await client.call(
        "s3", "GetBucketLifecycleConfiguration", ["Bucket": "recordings"])
      precondition((output["Rules"]?.list?.count ?? 0) > 100, "an unexpected answer")
    }
  }
}

/// What the process has used so far.
struct Usage {
  /// Seconds of processors, in the program and in the system for it.
  let cpu: Double
  /// The most memory it ever had, in bytes.
  let peakMemory: Int

  /// Asks the system.
  init() {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    peakMemory = usage.ru_maxrss * 1024
  }
}
