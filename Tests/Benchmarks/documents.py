"""Documents: twenty people write one text at once, and a text of fifty thousand revisions is opened.

The reference of the first is as many people posting into one channel in the same run: both write durably, both are told
to everybody. Each editor has one operation in flight, as a client has.
"""
import json
import select
import statistics
import time

from resume import Reader

EDITORS = 20
REVISIONS = 50_000
RETAINED = 10_000


def _enter(server, token, device):
    reader = Reader(server.port)
    reader.send({"hello": {"version": 1, "token": token, "device": device, "client": "bench/1"}})
    while b'{"live":' not in reader.frame():
        pass
    return reader


def _answer(reader, number):
    """The answer to a request; what is told meanwhile is looked through."""
    mark = b'{"id":%d,' % number
    while True:
        for one in reader.frame().split(b"\n"):
            if one.startswith(mark):
                return json.loads(one)


def _operation(document, revision, number):
    """Puts one unit before the text, whose length follows from the revision."""
    keep = [revision - 1] if revision > 1 else []
    return {"id": number, "do": "document.op", "with": {
        "document": document, "base": revision, "changes": [[0, "x"], *keep], "opId": f"op-{number}"}}


def write_together(server, seconds):
    """Operations a second of twenty editors and how long each waited, against posts of the same people."""
    server.add_people(max(0, EDITORS - len(server.tokens)))
    tokens = server.tokens[:EDITORS]
    document = server.do("document.create", tokens[0], network=server.network, title="Insieme")["id"]
    channel = server.channel()
    for token in tokens:
        server.do("channel.join", token, channel=channel)
    readers = [_enter(server, token, f"bench-editor-{number}") for number, token in enumerate(tokens)]
    for reader in readers:
        reader.send({"id": 1, "do": "document.open", "with": {"document": document}})
        _answer(reader, 1)

    def measure(request):
        revisions, sent, waits, done = [1] * EDITORS, [0.0] * EDITORS, [], 0
        numbers = [1_000_000 * (place + 1) for place in range(EDITORS)]
        poll = select.epoll()
        places = {reader.socket.fileno(): place for place, reader in enumerate(readers)}
        for number in places:
            poll.register(number, select.EPOLLIN)

        def send(place):
            numbers[place] += 1
            sent[place] = time.monotonic()
            readers[place].send(request(revisions[place], numbers[place]))

        start = time.monotonic()
        for place in range(EDITORS):
            send(place)
        while time.monotonic() - start < seconds:
            for number, _ in poll.poll(1):
                place = places[number]
                mark = b'{"id":%d,' % numbers[place]
                lines = readers[place].frame().split(b"\n")
                # What was read along is told by no poll.
                while readers[place].buffer:
                    lines += readers[place].frame().split(b"\n")
                for one in lines:
                    if not one.startswith(mark):
                        continue
                    answer = json.loads(one)
                    if "error" in answer:
                        raise SystemExit(f"refused: {answer}")
                    waits.append((time.monotonic() - sent[place]) * 1_000)
                    revisions[place] = answer["ok"].get("revision", 1)
                    done += 1
                    send(place)
                    break
        spent = time.monotonic() - start
        for place, reader in enumerate(readers):
            _answer(reader, numbers[place])
        waits.sort()
        return {"per_s": round(done / spent), "p50_ms": round(statistics.median(waits), 2),
                "p99_ms": round(waits[int(len(waits) * 0.99)], 2)}

    posts = measure(lambda revision, number: {
        "id": number, "do": "message.post", "with": {"channel": channel, "text": f"Messaggio {number}"}})
    operations = measure(lambda revision, number: _operation(document, revision, number))
    read = server.ask("document.read", document=document)
    faults = abs(len(read["text"]) - (read["revision"] - 1))
    for reader in readers:
        reader.socket.close()
    return {"ours": operations, "reference": posts, "ratio": round(operations["per_s"] / posts["per_s"], 3),
            "faults": {"text": faults}}


def open_old(server):
    """Milliseconds to open a text of fifty thousand revisions, and to catch up with the last ten thousand."""
    token = server.tokens[0]
    document = server.do("document.create", token, network=server.network, title="Lungo")["id"]
    writer = _enter(server, token, "bench-old")
    for revision in range(1, REVISIONS):
        writer.send(_operation(document, revision, revision))
        _answer(writer, revision)
    timings = {}
    for name, fields in (("text", {}), ("catch_up", {"haveRevision": REVISIONS - RETAINED})):
        spent = []
        for turn in range(5):
            start = time.monotonic()
            writer.send({"id": 10_000_000 + turn, "do": "document.open", "with": {"document": document, **fields}})
            answer = _answer(writer, 10_000_000 + turn)
            spent.append((time.monotonic() - start) * 1_000)
            if answer["ok"]["revision"] != REVISIONS:
                raise SystemExit(f"opened at {answer['ok']['revision']}")
        timings[f"{name}_ms"] = round(statistics.median(spent), 2)
    writer.socket.close()
    return {"revisions": REVISIONS, **timings}
