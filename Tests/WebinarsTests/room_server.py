"""Servers of rooms for the tests: a Jitsi that judges tokens and a BigBlueButton that judges checksums.

Both are written from their documentation with Python's own parts (and `openssl dgst` for RSA), and know nothing of ours.
The first line of the output bears the port. What a caller asks is kept and shown by GET /log.
"""
import argparse
import base64
import hashlib
import hmac
import json
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

arguments = argparse.ArgumentParser()
arguments.add_argument("--secret", default="")
arguments.add_argument("--public-key")
arguments.add_argument("--audience", default="jitsi")
arguments.add_argument("--issuer", default="metropoli")
arguments.add_argument("--subject", default="meet.example.it")
options = arguments.parse_args()

log = []
meetings = {}
hooks = {}
mood = {"value": "well"}


class Refused(Exception):
    pass


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def unpadded(text):
    require("=" not in text, "padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def rsa_verifies(content, signature):
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        command = ["openssl", "dgst", "-sha256", "-verify", options.public_key, "-signature", file.name]
        return subprocess.run(command, input=content, capture_output=True, check=False).returncode == 0


def judge_token(room, token, now):
    parts = token.split(".")
    require(len(parts) == 3, "not three parts")
    header, claims = json.loads(unpadded(parts[0])), json.loads(unpadded(parts[1]))
    content, signature = f"{parts[0]}.{parts[1]}".encode(), unpadded(parts[2])
    if options.public_key:
        require(header["alg"] == "RS256" and header.get("kid"), "alg or kid")
        require(rsa_verifies(content, signature), "signature")
    else:
        require(header["alg"] == "HS256", "alg")
        require(hmac.compare_digest(signature, hmac.digest(options.secret.encode(), content, "sha256")), "signature")
    require(claims["aud"] == options.audience, "aud")
    require(claims["iss"] == options.issuer, "iss")
    require(claims["sub"] == options.subject, "sub")
    require(claims["room"] == room, "room")
    require(claims["nbf"] <= now, "nbf")
    require(now < claims["exp"], "exp")
    user = claims["context"]["user"]
    require(isinstance(user["id"], str) and user["name"], "user")
    return {"header": header, "claims": claims}


def judge_call(call, target):
    query = urlsplit(target).query
    fields = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    given = fields.pop("checksum", "")
    base, _, last = query.rpartition("checksum=")
    require(last == given, "the checksum does not come last")
    expected = hashlib.sha256((call + base.rstrip("&") + options.secret).encode()).hexdigest()
    if not hmac.compare_digest(given, expected):
        return None
    return fields


def answer(inner, code="SUCCESS"):
    return f"<response><returncode>{code}</returncode>{inner}</response>"


def failed(key):
    return answer(f"<messageKey>{key}</messageKey><message>no</message>", "FAILED")


RECORDING = (
    "<recording><recordID>{id}</recordID><meetingID>{meeting}</meetingID><name>{name}</name><published>true</published>"
    "<state>published</state><startTime>1796893200000</startTime><playback><format><type>presentation</type>"
    "<url>https://bbb.example.it/playback/{id}</url><length>58</length></format></playback></recording>"
)


def bigbluebutton(call, target):
    fields = judge_call(call, target)
    log.append({"call": call, "fields": fields})
    if fields is None:
        return failed("checksumError")
    if call == "create":
        known = meetings.setdefault(fields["meetingID"], fields)
        return answer(f"<meetingID>{escape(fields['meetingID'])}</meetingID><internalMeetingID>i1</internalMeetingID>"
                      + ("<messageKey>duplicateWarning</messageKey>" if known is not fields else "<messageKey/>"))
    if call == "join":
        meeting = meetings.get(fields["meetingID"])
        if meeting is None:
            return failed("notFound")
        return answer(f"<fullName>{escape(fields['fullName'])}</fullName><role>{fields['role']}</role>")
    if call == "end":
        return answer("<messageKey>sentEndMeetingRequest</messageKey>") if meetings.pop(fields["meetingID"], None) else failed("notFound")
    if call == "getRecordings":
        meeting = fields["meetingID"]
        return answer("<recordings>" + RECORDING.format(id="r1", meeting=escape(meeting), name="Sportello &amp; unico") + "</recordings>")
    if call == "hooks/create":
        if mood["value"] == "hookless":
            return failed("unsupportedRequest")
        hooks[fields["callbackURL"]] = fields
        return answer("<hookID>7</hookID>")
    return failed("unsupportedRequest")


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
          "<response><returncode>SUCCESS</returncode><meetingID>&b;</meetingID></response>")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/log":
            return self.send(json.dumps({"log": log}))
        if path.startswith("/mood/"):
            mood["value"] = path.removeprefix("/mood/")
            return self.send("{}")
        if path.startswith("/bigbluebutton/api/"):
            return self.misbehave() or self.send(bigbluebutton(path.removeprefix("/bigbluebutton/api/"), self.path), "text/xml")
        return self.jitsi(path.removeprefix("/"))

    def jitsi(self, room):
        token = parse_qs(urlsplit(self.path).query).get("jwt", [""])[0]
        try:
            self.send(json.dumps(judge_token(room, token, int(self.headers["X-Now"]))))
        except Refused as refusal:
            self.send(json.dumps({"refused": str(refusal)}), status=403)

    def misbehave(self):
        if mood["value"] == "hang":
            log.append({"call": "hang", "fields": None})
            stopped.wait(30)
            return True
        if mood["value"] == "flood":
            self.send("<response>" + "x" * 8_000_000, "text/xml")
            return True
        if mood["value"] == "laugh":
            self.send(LAUGHS, "text/xml")
            return True
        if mood["value"] == "moved":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            return True
        if mood["value"] == "broken":
            self.send("<html>Bad gateway", "text/html", 502)
            return True
        return False

    def send(self, text, kind="application/json", status=200):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


stopped = threading.Event()
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(json.dumps({"port": server.server_address[1]}), flush=True)
server.serve_forever()
