"""A local OpenAI-compatible server that answers by a script and keeps what it was asked."""

import json
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]


@dataclass
class Reply:
    """One answer: `content` as the model's words, or `raw` as the whole body; late by `delay` seconds, or `cut` in the middle.

    With `schemas` False a request for a JSON schema is refused as a server would that knows none.
    """

    content: str = ""
    status: int = 200
    raw: str | None = None
    delay: float = 0.0
    cut: bool = False
    finish: str = "stop"
    schemas: bool = True

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw.encode()
        if self.status != 200:
            return json.dumps({"error": {"message": f"scripted {self.status}", "type": "scripted"}}).encode()
        message = {"role": "assistant", "content": self.content}
        return json.dumps(
            {
                "id": "x", "object": "chat.completion", "created": 0, "model": "scripted",
                "choices": [{"index": 0, "message": message, "finish_reason": self.finish}],
                "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
            }
        ).encode()  # fmt: skip


@dataclass
class ScriptedServer:
    """Replies are taken in order; the last one stays."""

    address: str
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def will(self, *replies: Reply | str | dict[str, Any]) -> None:
        self.replies = [_reply(each) for each in replies]
        self.asked.clear()
        self.gone.clear()

    def next(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def said(self, number: int = -1) -> str:
        """All messages of a request, as one text."""
        return "\n".join(str(message["content"]) for message in self.asked[number]["messages"])


def _reply(given: Reply | str | dict[str, Any]) -> Reply:
    if isinstance(given, Reply):
        return given
    return Reply(given if isinstance(given, str) else json.dumps(given))


@contextmanager
def serving() -> Generator[ScriptedServer]:
    """The server, which is away once the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    scripted = ScriptedServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.RequestHandlerClass = _handler(scripted)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        scripted.will(Reply(cut=True))  # to connections that are still open
        server.shutdown()
        server.server_close()


def _handler(scripted: ScriptedServer) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = scripted.next(asked)
            if not reply.schemas and "response_format" in asked:
                reply = Reply(status=400)
            if self._waits(reply.delay):
                self._send(reply)

        def _waits(self, delay: float) -> bool:
            """Whether the asker is still there after `delay` seconds."""
            until = time.monotonic() + delay
            self.connection.settimeout(0.02)
            while time.monotonic() < until:
                try:
                    if self.connection.recv(1, socket.MSG_PEEK) == b"":
                        scripted.gone.set()
                        self.close_connection = True
                        return False
                except TimeoutError:
                    continue
            self.connection.settimeout(None)
            return True

        def _send(self, reply: Reply) -> None:
            body = reply.body()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if reply.cut else body)
            self.close_connection = self.close_connection or reply.cut

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
