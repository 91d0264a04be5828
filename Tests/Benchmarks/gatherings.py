"""Events: a race for seats over everybody's own connection, a calendar feed of a thousand events, and a desk's table read
while somebody else writes.

Each has its reference in the same run. The race is set against as many people posting into one channel: both write
durably, both are told to everybody. The feed is set against the same bytes sent as a file, and against itself for who has
it already. The table is set against what a post takes while nobody reads one.
"""
import http.client
import json
import os
import select
import socket
import statistics
import struct
import threading
import time

from resume import Reader

SEATS = 50


class Crowd:
    """A connection for each person; frames are looked through, not parsed, so that the instrument stays cheap."""

    def __init__(self, server, tokens):
        self.poll = select.epoll()
        self.sockets = {}
        for number, token in enumerate(tokens):
            reader = Reader(server.port)
            reader.send({"hello": {"version": 1, "token": token, "device": f"bench-{number}", "client": "bench/1"}})
            while b'{"live":' not in reader.frame():
                pass
            reader.socket.setblocking(False)
            self.sockets[reader.socket.fileno()] = reader.socket
            self.poll.register(reader.socket, select.EPOLLIN)
        # No entity has such an id: an answer is told from what is told.
        self.asked = 9_000_000_000

    def rush(self, command, body, within=60):
        """All ask at once; the seconds until the last is answered, and how many were refused."""
        self.asked += 1
        request = json.dumps({"id": self.asked, "do": command, "with": body}).encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(request))
        frame = bytes([0x81, 0x80 | 126]) + struct.pack(">H", len(request)) + mask + masked
        answer = b'{"id":%d,' % self.asked
        waiting, tails, refused = dict(self.sockets), dict.fromkeys(self.sockets, b""), 0
        start = time.monotonic()
        for one in self.sockets.values():
            one.sendall(frame)
        while waiting:
            ready = self.poll.poll(within)
            if not ready:
                raise SystemExit(f"{command}: {len(waiting)} got no answer")
            for number, _ in ready:
                try:
                    text = tails[number] + self.sockets[number].recv(1 << 20)
                except BlockingIOError:
                    continue
                found = text.find(answer)
                if found >= 0 and len(text) > found + 40 and number in waiting:
                    del waiting[number]
                    refused += b'"error"' in text[found:found + 40]
                tails[number] = text[-80:] if found < 0 or number not in waiting else text[found:]
        spent = time.monotonic() - start
        self.drain()
        return spent, refused

    def drain(self):
        """What is still told of one rush is not to be measured with the next."""
        while self.poll.poll(0.2):
            for number, _ in self.poll.poll(0):
                try:
                    self.sockets[number].recv(1 << 20)
                except BlockingIOError:
                    continue

    def close(self):
        for one in self.sockets.values():
            one.close()
        self.poll.close()


def race_for_seats(server, people, rounds):
    """Registrations a second when `people` ask for 50 seats at once, against as many posts a second of the same people."""
    server.add_people(people - len(server.tokens))
    channel = server.channel()
    tokens = server.tokens[:people]
    for token in tokens:
        server.do("channel.join", token, channel=channel)
    rates = {"ours": [], "reference": []}
    faults = 0
    crowd = Crowd(server, tokens)
    # The first turn of each fills caches and is not counted.
    for turn in range(rounds + 1):
        spent, refused = crowd.rush("message.post", {"channel": channel, "text": f"Messaggio {turn} " + "x" * 120})
        rates["reference"] += [people / spent] if turn else []
        event = server.do(
            "event.create", network=server.network, kind="webinar", title=f"Gara {turn}", capacity=SEATS,
            start={"local": f"2099-03-{turn + 1:02}T10:00", "zone": "Europe/Rome"},
            end={"local": f"2099-03-{turn + 1:02}T12:00", "zone": "Europe/Rome"})["id"]
        server.do("event.publish", event=event, revision=1)
        crowd.drain()
        spent, turned_away = crowd.rush("registration.register", {"event": event})
        rates["ours"] += [people / spent] if turn else []
        counts = server.ask("event.get", event=event)["counts"]
        faults += refused + turned_away
        faults += abs(counts["confirmed"] - SEATS) + abs(counts["waiting"] - (people - SEATS))
    crowd.close()
    middle = {side: round(statistics.median(values)) for side, values in rates.items()}
    return {"people": people, "registrations_per_s": middle["ours"], "posts_per_s": middle["reference"],
            "ratio": round(middle["ours"] / middle["reference"], 3), "runs": rates, "faults": {"seats": faults}}


def _fetch(connection, path, **headers):
    start = time.monotonic()
    connection.request("GET", path, headers=headers)
    reply = connection.getresponse()
    content = reply.read()
    return (time.monotonic() - start) * 1000, reply, content


def calendar_feed(server, turns):
    """A feed of 1,000 events: built, asked for again unchanged, and the same bytes sent as a file."""
    for number in range(10):
        made = server.do(
            "series.create", network=server.network, kind="webinar", title=f"Ciclo {number}: strumenti e casi, «dal piano all’opera»",
            rule="FREQ=DAILY;COUNT=100", start={"local": f"2098-01-01T{number + 8:02}:00", "zone": "Europe/Rome"},
            end={"local": f"2098-01-01T{number + 8:02}:45", "zone": "Europe/Rome"})
        server.do("series.publish", series=made["id"], revision=1)
    token = server.tokens[0]
    address = server.do("calendar.feed", token)["url"]
    path = address[address.index("/calendar/"):]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    _, reply, content = _fetch(connection, path)
    tag = reply.headers["ETag"]
    events = content.count(b"BEGIN:VEVENT")
    authorized = {"Authorization": f"Bearer {token}"}
    connection.request("PUT", f"/api/v1/files?name=calendario.ics&channel={server.joined_channel(token)}", content, authorized)
    reply = connection.getresponse()
    file = json.loads(reply.read())
    if reply.status != 200:
        raise SystemExit(f"files: {file}")
    spent = {"built": [], "unchanged": [], "file": []}
    faults = max(0, 1_000 - events)
    for _ in range(turns):
        milliseconds, reply, again = _fetch(connection, path)
        spent["built"].append(milliseconds)
        faults += reply.status != 200 or again != content
        milliseconds, reply, nothing = _fetch(connection, path, **{"If-None-Match": tag})
        spent["unchanged"].append(milliseconds)
        faults += reply.status != 304 or nothing != b""
        milliseconds, reply, again = _fetch(connection, f"/files/{file['id']}", **authorized)
        spent["file"].append(milliseconds)
        faults += reply.status != 200 or again != content
    middle = {name: round(statistics.median(values), 2) for name, values in spent.items()}
    return {"events": events, "bytes": len(content), "built_ms": middle["built"], "unchanged_ms": middle["unchanged"],
            "same_bytes_ms": middle["file"], "ratio": round(middle["built"] / middle["file"], 1),
            "unchanged_ratio": round(middle["built"] / middle["unchanged"], 1),
            "faults": {"answers": faults}}


class Poster(threading.Thread):
    """Somebody who posts one message after the other while something else goes on, and how long each took."""

    def __init__(self, server, token, channel):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.body = json.dumps({"channel": channel, "text": "x" * 120})
        self.ended = threading.Event()
        self.spent = []

    def run(self):
        while not self.ended.is_set():
            start = time.monotonic()
            self.connection.request("POST", "/api/v1/message.post", self.body, self.headers)
            reply = self.connection.getresponse()
            reply.read()
            if reply.status != 200:
                raise SystemExit(f"message.post: {reply.status}")
            self.spent.append((time.monotonic() - start) * 1000)

    def during(self, act):
        """The milliseconds that `act` takes, and the longest that a post took meanwhile."""
        self.start()
        start = time.monotonic()
        answer = act()
        taken = (time.monotonic() - start) * 1000
        self.ended.set()
        self.join()
        return answer, taken, max(self.spent), statistics.median(self.spent)


def desk_import(server, rows, rounds):
    """A table of `rows` people read at an event's desk: tried, applied, and then all of them checked in."""
    token = server.tokens[0]
    channel = server.joined_channel(token)
    mandate = {"organisation": server.city, "role": "employee"}
    people = []
    for number in range(rows):
        people.append(server.do("person.create", name=f"Iscritta {number}", email=f"iscritta{number}@example.it",
                                mandates=[mandate])["id"])
        server.do("network.add", network=server.network, person=people[-1])
    _, _, alone, middle = Poster(server, token, channel).during(lambda: time.sleep(2))
    figures = {"rows": rows, "post_ms": round(middle, 2), "longest_post_ms": round(alone, 1)}
    spent = {"tried": [], "registered": [], "checked_in": []}
    faults = 0
    for turn in range(rounds):
        begins, ends = (time.strftime("%Y-%m-%dT%H:%M", time.gmtime(time.time() + after)) for after in (600, 7_800))
        event = server.do("event.create", network=server.network, kind="webinar", title=f"Tabella {turn}",
                          start={"local": begins, "zone": "UTC"}, end={"local": ends, "zone": "UTC"})["id"]
        server.do("event.publish", event=event, revision=1)
        table = "person\n" + "".join(f"{person}\n" for person in people)
        registered = None
        for name in spent:
            if name == "checked_in":
                lines = [f"{row['registration']},checked_in\n" for row in registered]
                table = "registration,state\n" + "".join(lines)
            answer, taken, longest, _ = Poster(server, token, channel).during(
                lambda: server.do("registration.import", event=event, csv=table, apply=name != "tried"))
            registered = answer["rows"]
            faults += sum(row["action"] not in ("create", "change") for row in registered)
            spent[name].append((taken, longest))
    for name, values in spent.items():
        figures[name] = {"ms": round(statistics.median(one[0] for one in values)),
                         "longest_post_ms": round(statistics.median(one[1] for one in values))}
    return figures | {"faults": {"rows": faults}}
