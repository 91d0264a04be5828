"""The servers that are measured: the real one on a fresh store, and the reference. Both on loopback, on one core."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import urllib.parse


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Metropoli:
    """The release server with one network of people who all have a session."""

    PASSWORD = "password-di-prova"

    def __init__(self, binary, core):
        self.folder = tempfile.TemporaryDirectory(prefix="metropoli-bench-")
        environment = dict(os.environ, METROPOLI_LIMITS_RATE="off", METROPOLI_LOG_LEVEL="error")
        self.process = subprocess.Popen(
            ["taskset", "-c", core, binary, "serve", "--data", self.folder.name, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline()
        match = re.match(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not match:
            raise SystemExit(f"the server did not start: {line!r}")
        self.port = int(match.group(1))
        self.admin = UnixConnection(os.path.join(self.folder.name, "metropoli.sock"))
        self.tokens = []
        self._made = 0

    @property
    def pid(self):
        return self.process.pid

    def do(self, command, token=None, /, **body):
        connection = self.admin if token is None else http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        # The administration's connection may have been idle for longer than the server keeps one.
        connection.close()
        connection.request("POST", f"/api/v1/{command}", json.dumps(body), headers)
        reply = connection.getresponse()
        answer = json.loads(reply.read() or b"{}")
        if reply.status != 200:
            raise SystemExit(f"{command}: {answer}")
        return answer

    def ask(self, query, **parameters):
        """A query as the administration."""
        connection = self.admin
        connection.close()
        connection.request("GET", f"/api/v1/{query}?" + urllib.parse.urlencode(parameters))
        reply = connection.getresponse()
        answer = json.loads(reply.read() or b"{}")
        if reply.status != 200:
            raise SystemExit(f"{query}: {answer}")
        return answer

    def populate(self, people):
        """One city, one network, `people` members, each with a session."""
        self.city = self.do("organisation.create", kind="citta_metropolitana", slug="cm-prova", name="Città di prova")["id"]
        self.network = self.do(
            "network.create", type="NationalThematic", slug="prova", name={"it": "Prova", "en": "Test"})["id"]
        self.add_people(people)

    def add_people(self, count):
        """More members of the network, each with a session."""
        for number in range(len(self.tokens), len(self.tokens) + count):
            login = f"persona{number}@example.it"
            mandate = {"organisation": self.city, "role": "employee"}
            person = self.do(
                "person.create", name=f"Persona {number}", email=login, password=self.PASSWORD, mandates=[mandate])
            opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            opened.request("POST", "/api/v1/session.open", json.dumps({"login": login, "password": self.PASSWORD}),
                           {"Content-Type": "application/json"})
            token = json.loads(opened.getresponse().read())["token"]
            self.do("network.join", token, network=self.network)
            self.tokens.append(token)

    def channel(self):
        """A fresh channel with everybody in it."""
        self._made += 1
        channel = self.do(
            "channel.create", network=self.network, slug=f"c{self._made}", name=f"c{self._made}", kind="open")["id"]
        return channel

    def joined_channel(self, token):
        """A fresh channel that one person has joined."""
        channel = self.channel()
        self.do("channel.join", token, channel=channel)
        return channel

    def token_file(self, connections, rooms, joined=None):
        """A line TOKEN<tab>CHANNEL for each connection; connection i is in room i % rooms."""
        channels = [self.channel() for _ in range(rooms)]
        path = os.path.join(self.folder.name, f"tokens-{self._made}")
        pairs = set()
        with open(path, "w") as file:
            for i in range(connections):
                # A connection reads all channels of its person: with many rooms each person belongs to one, so that a
                # post goes to its room only; with few, a room's connections are many people's.
                who = (i % rooms if rooms >= len(self.tokens) else i // rooms) % len(self.tokens)
                pair = (who, channels[i % rooms])
                if pair not in pairs:
                    pairs.add(pair)
                    self.do("channel.join", self.tokens[who], channel=pair[1])
                file.write(f"{self.tokens[who]}\t{pair[1]}\n")
        return path, channels

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        self.folder.cleanup()


class Broadcaster:
    """The bare libwebsockets broadcaster: stores nothing, knows nobody."""

    def __init__(self, binary, core, mode="direct"):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            ["taskset", "-c", core, binary, "-p", str(self.port), "-e", "uv", "-m", mode])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=0.1).close()
                break
            except OSError:
                continue

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        self.process.kill()
        self.process.wait()
