"""Makes many calls with boto3; does what `AWSCalls.swift` does with Weir's client.

`aws_calls.py URL json|xml CALLS CONNECTIONS` prints one line of JSON.
"""

import json
import resource
import sys
import threading
import time

import boto3
from botocore.config import Config


def main(url: str, kind: str, calls: int, connections: int) -> None:
    """Calls from as many threads as connections, each with its share."""
    config = Config(max_pool_connections=connections, retries={"mode": "standard"})
    client = boto3.client(
        "ssm" if kind == "json" else "s3",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        config=config,
    )

    def call() -> None:
        if kind == "json":
            output = client.get_parameters(Names=["/weir/limits/free"], WithDecryption=True)
            assert len(output["Parameters"]) == 1
        else:
            output = client.get_bucket_lifecycle_configuration(Bucket="recordings")
            assert len(output["Rules"]) > 100

    def work(share: int) -> None:
        for _ in range(share):
            call()

    call()
    shares = [calls // connections + (index < calls % connections) for index in range(connections)]
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    start, cpu = time.monotonic(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, cpu = time.monotonic() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"calls": calls, "seconds": seconds, "cpu": cpu, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
