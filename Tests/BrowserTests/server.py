"""The real server on a data folder of its own, that tests may kill and start again."""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("METROPOLI_BIN", str(ROOT / ".build" / "debug" / "metropoli"))
SEEDS = sorted(ROOT.glob("seeds/[0-9]*.yaml")) + sorted(ROOT.glob("seeds/demo*.yaml"))
READY_SECONDS = 30


class Server:
    def __init__(self, data: Path):
        self.data = data
        self.address = None
        self.process = None
        self.log = data.parent / "server.log"

    def seed(self) -> None:
        subprocess.run([BINARY, "seed", "--data", str(self.data), *map(str, SEEDS)], cwd=ROOT, env=environment(), check=True,
                       stdout=subprocess.DEVNULL)

    def start(self) -> None:
        # The kernel picks the first port; a restarted server must be found where it was.
        listen = self.address.removeprefix("http://") if self.address else "127.0.0.1:0"
        self.process = subprocess.Popen([BINARY, "serve", "--data", str(self.data), "--listen", listen], cwd=ROOT, env=environment(),
                                        stdout=subprocess.PIPE, stderr=self.log.open("ab"), text=True)
        watchdog = threading.Timer(READY_SECONDS, self.process.kill)
        watchdog.start()
        for line in self.process.stdout:
            ready = re.search(r"listening on (http://\S+)", line)
            if ready:
                watchdog.cancel()
                self.address = ready[1].rstrip("/")
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        watchdog.cancel()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()


def environment() -> dict:
    return {**os.environ, "METROPOLI_LIMITS_RATE": "off"}


def demo_people() -> dict[str, dict]:
    """Those of seeds/demo-10-people.yaml, by the name before the @."""
    commands = yaml.safe_load((ROOT / "seeds" / "demo-10-people.yaml").read_text())["commands"]
    people = [command["with"] for command in commands if command["do"] == "person.create"]
    return {person["email"].split("@")[0]: person for person in people}
