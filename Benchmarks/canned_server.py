"""An nginx on this machine that gives the same answers again and again, at once or after 30 ms."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGES = ("nginx-light", "libnginx-mod-http-echo")
ECHO_MODULE = Path("/usr/lib/nginx/modules/ngx_http_echo_module.so")
DELAY = 0.03

PARAMETERS = (
    '{"InvalidParameters":[],"Parameters":[{"ARN":"arn:aws:ssm:us-east-1:123456789012:parameter/weir/limits/free",'
    '"DataType":"text","LastModifiedDate":1787121000.123,"Name":"/weir/limits/free","Type":"String",'
    '"Value":"5 Mbps, 1 session","Version":12}]}'
)
RULE = (
    "<Rule><ID>recordings-{0:04}</ID><Filter><Prefix>recordings/{0:04}/</Prefix></Filter><Status>Enabled</Status>"
    "<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
    "<Expiration><Days>365</Days></Expiration></Rule>"
)

CONFIGURATION = """
load_module {module};
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 10000000;
  keepalive_timeout 300s;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {{
    listen 127.0.0.1:{port};
    root .;
    location = / {{ default_type application/x-amz-json-1.1; return 200 '{parameters}'; }}
    location = /recordings {{ default_type application/xml; try_files /lifecycle.xml =404; }}
  }}
  server {{
    listen 127.0.0.1:{slow_port};
    root .;
    location = / {{ echo_sleep {delay}; echo_exec /json; }}
    location = /recordings {{ echo_sleep {delay}; echo_exec /xml; }}
    location = /json {{ internal; default_type application/x-amz-json-1.1; return 200 '{parameters}'; }}
    location = /xml {{ internal; default_type application/xml; try_files /lifecycle.xml =404; }}
  }}
}}
"""


class CannedServer:
    """The server while the `with` block runs; `url` answers at once, `slow_url` after 30 ms."""

    def __enter__(self) -> CannedServer:
        install()
        self._folder = Path(tempfile.mkdtemp(prefix="weir-bench-"))
        self._folder.chmod(0o755)
        rules = "".join(RULE.format(index) for index in range(218))
        document = f'<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{rules}</LifecycleConfiguration>'
        (self._folder / "lifecycle.xml").write_text(document)
        port, slow_port = free_ports(2)
        configuration = CONFIGURATION.format(
            module=ECHO_MODULE, port=port, slow_port=slow_port, delay=DELAY, parameters=PARAMETERS
        )
        (self._folder / "nginx.conf").write_text(configuration)
        self.xml_size = len(document)
        self.url, self.slow_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{slow_port}"
        self._process = subprocess.Popen(["/usr/sbin/nginx", "-p", str(self._folder), "-c", "nginx.conf"])
        try:
            wait_for(slow_port, self._process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder)


def install() -> None:
    """Install nginx and its module from Debian, where they are missing."""
    if ECHO_MODULE.exists():
        return
    print(f"bench: installing {' '.join(PACKAGES)}", file=sys.stderr)
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if as_root and not shutil.which("sudo"):
        raise SystemExit(f"bench: run as root: apt-get install {' '.join(PACKAGES)}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run([*as_root, *environment, "apt-get", *command], check=True, stdout=sys.stderr)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until the server listens."""
    end = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("bench: nginx does not start")
