"""The command and the script that starts it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.request import urlopen

from .support import DEADLINE, wait_until

ROOT = Path(__file__).resolve().parents[2]


def is_gone(pid: int) -> bool:
    """Whether the process has ended (a zombie has)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


class CommandTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.port_file = self.folder / "port"
        self.serve = [sys.executable, "-m", "weir_sandbox", "serve", "--port-file", str(self.port_file)]

    def test_serves_until_it_is_told_to_stop(self) -> None:
        process = subprocess.Popen(self.serve, cwd=ROOT / "Sandbox", stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        self.assertTrue(wait_until(self.port_file.exists))
        endpoint = f"http://127.0.0.1:{self.port_file.read_text().strip()}"
        with urlopen(f"{endpoint}/_sandbox/health", timeout=60) as response:
            self.assertEqual(response.status, 200)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.communicate(timeout=DEADLINE)[0].strip(), endpoint)
        self.assertEqual(process.returncode, 0)
        self.assertFalse(self.port_file.exists())

    def test_ends_with_its_parent(self) -> None:
        command = " ".join(f"'{word}'" for word in [*self.serve, "--exit-with-parent"])
        parent = subprocess.Popen(
            ["bash", "-c", f"{command} >/dev/null 2>&1 & echo $!; wait"], cwd=ROOT / "Sandbox", stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        self.assertTrue(wait_until(self.port_file.exists))
        parent.kill()
        parent.wait()
        parent.stdout.close()
        self.assertTrue(wait_until(lambda: is_gone(pid)))

    def test_the_script_starts_and_stops(self) -> None:
        script, folder = str(ROOT / "Scripts" / "sandbox"), self.folder / "box"
        started = subprocess.run([script, "start", "--seed", "demo", "--dir", folder], capture_output=True, text=True)
        self.assertEqual(started.returncode, 0, started.stderr)
        pid = int((folder / "pid").read_text())
        try:
            self.assertEqual(stat.S_IMODE(os.stat(folder / "env").st_mode), 0o600)
            self.assertEqual(subprocess.run([script, "status", "--dir", folder], capture_output=True).returncode, 0)
            again = subprocess.run([script, "start", "--dir", folder], capture_output=True, text=True)
            self.assertEqual((again.returncode, "runs already" in again.stderr), (1, True))
            code = "import boto3; print(boto3.client('ecs').list_clusters()['clusterArns'])"
            shell = f"source '{folder}/env' && AWS_DEFAULT_REGION=$AWS_REGION '{sys.executable}' -c \"{code}\""
            listed = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
            self.assertIn("pythonide-cluster", listed.stdout, listed.stderr)
        finally:
            subprocess.run([script, "stop", "--dir", folder], check=True, capture_output=True)
        self.assertTrue(is_gone(pid))
        self.assertFalse(folder.exists())
        self.assertEqual(subprocess.run([script, "status", "--dir", folder], capture_output=True).returncode, 1)
