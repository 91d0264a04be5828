"""A mail server for the tests: aiosmtpd, which shows each mail that it took as a line of JSON.

What it does to a mail is said by the receiver's name: `later…@` is put off (451) as often as LATER says, `never…@` is
refused (550), `hang…@` gets no answer. The mail is read back by Python's own parser, which knows nothing of ours.
"""
import argparse
import asyncio
import json
import ssl
import sys
from collections import Counter
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, default=0)
arguments.add_argument("--later", type=int, default=1)
arguments.add_argument("--certificate")
arguments.add_argument("--key")
arguments.add_argument("--password")
options = arguments.parse_args()


def show(**facts):
    print(json.dumps(facts), flush=True)


class Handler:
    def __init__(self):
        self.tries = Counter()

    async def handle_DATA(self, server, session, envelope):
        receiver = envelope.rcpt_tos[0]
        self.tries[receiver] += 1
        if receiver.startswith("later") and self.tries[receiver] <= options.later:
            return "451 4.3.0 come back later"
        if receiver.startswith("never"):
            return "550 5.1.1 no such mailbox"
        if receiver.startswith("hang"):
            await asyncio.sleep(3600)
        mail = message_from_bytes(envelope.original_content or envelope.content, policy=policy.default)
        parts = [
            {
                "type": part.get_content_type(),
                "parameters": dict(part["content-type"].params),
                "name": part.get_filename(),
                "text": part.get_content() if part.get_content_maintype() == "text" else None,
                "defects": [str(defect) for defect in part.defects],
            }
            for part in mail.walk()
        ]
        headers = mail.items()
        show(
            sender=envelope.mail_from, receivers=envelope.rcpt_tos, peer=session.peer[1],
            encrypted=session.ssl is not None, login=bool(session.authenticated),
            names=[name for name, _ in headers],
            headers={name.lower(): str(value) for name, value in headers},
            parts=parts, defects=[str(defect) for defect in mail.defects],
            longest=max(envelope.content.splitlines(), key=len).decode(errors="replace"),
        )
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.password.decode() == options.password
    return AuthResult(success=good, handled=good)


async def main():
    settings = {"hostname": "mail.test", "enable_SMTPUTF8": True}
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
        settings |= {"tls_context": context, "require_starttls": True}
    if options.password:
        settings |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": bool(options.certificate)}
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, loop=asyncio.get_running_loop(), **settings), "127.0.0.1", options.port
    )
    show(port=server.sockets[0].getsockname()[1])
    # Its end is that of whoever started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    import os
    os._exit(0)


asyncio.run(main())
