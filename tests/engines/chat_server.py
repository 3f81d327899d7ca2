"""Owns a language model's server on this machine that answers from a script, and can misbehave in every known way.

There is no model in it. ``manner`` says how it behaves; the question it was asked is kept for the test to look at.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-very-secret-42"

Question = dict[str, Any]


def edits(*pairs: tuple[str, str]) -> str:
    """A reply after our schema."""
    return json.dumps({"edits": [{"from": before, "to": after} for before, after in pairs]}, ensure_ascii=False)


NO_EDITS = edits()


@dataclass
class ChatServer:
    """What it shall do, and what it was asked.

    ``reply`` is the model's answer, or makes it of the last message. ``manner`` is empty or one of the names that
    ``MANNERS`` lists.
    """

    reply: str | Callable[[str], str] = NO_EDITS
    manner: str = ""
    models: tuple[str, ...] = ("a-model", "b-model")
    finish: str | None = "stop"
    complaint: str = ""
    """Every question is refused with 400 and these words."""
    reason: str = ""
    """What a status of ``manner`` is answered with instead of the usual words."""
    url: str = ""
    asked: list[Question] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    lists: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    hung: threading.Event = field(default_factory=threading.Event)

    def last(self) -> str:
        """The content of the last message of the last question."""
        return str(self.asked[-1]["messages"][-1]["content"])

    def answer(self, question: Question) -> str:
        """What the model says to ``question``."""
        return self.reply if isinstance(self.reply, str) else self.reply(str(question["messages"][-1]["content"]))


STATUS = {"401": 401, "402": 402, "403": 403, "404": 404, "429": 429, "500": 500, "503": 503}
MANNERS = frozenset(
    (
        *STATUS, "no-schema", "no-json", "no-extras", "no-temperature", "completion-tokens", "refuses-all", "hang",
        "drip", "close", "empty-body", "bad-json", "html", "no-choices", "null", "parts",
    )
)  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    about: ChatServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client has hung up, as some tests want it to
            super().handle()

    def do_GET(self) -> None:
        self.about.lists += 1
        self.about.keys.append(self.headers.get("Authorization", ""))
        if self.about.manner in STATUS:
            return self._error(STATUS[self.about.manner], "no")
        if self.path != "/v1/models":
            return self._error(404, "not found")
        self._send({"object": "list", "data": [{"id": each, "object": "model"} for each in self.about.models]})

    def do_POST(self) -> None:
        question: Question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        about = self.about
        about.asked.append(question)
        about.keys.append(self.headers.get("Authorization", ""))
        if self.path != "/v1/chat/completions":
            return self._error(404, "not found")
        if complaint := about.complaint or _complaint(about.manner, question):
            return self._error(400, complaint)
        if about.manner in STATUS:
            # Real servers repeat a part of the key that they refuse.
            return self._error(
                STATUS[about.manner], about.reason or f"bad key {self.headers.get('Authorization', '')[7:]}"
            )
        if about.manner == "hang":
            about.hung.set()
            about.closing.wait(30)
            self.close_connection = True
            return
        body: object = _body(about, question)
        if about.manner == "html":
            return self._bytes(b"<html><body>Welcome</body></html>", "text/html")
        if about.manner == "empty-body":
            return self._bytes(b"", "application/json")
        if about.manner == "bad-json":
            return self._bytes(b'{"choices": [{"message"', "application/json")
        if about.manner == "null":
            body = None
        if about.manner == "no-choices":
            body = {"id": "x", "choices": []}
        self._send(body)

    def _send(self, body: object, status: int = 200) -> None:
        self._bytes(json.dumps(body, ensure_ascii=False).encode(), "application/json", status)

    def _bytes(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.about.manner == "close":
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if self.about.manner == "drip":
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.about.closing.wait(0.1):
                    return
            return
        self.wfile.write(body)

    def _error(self, status: int, message: str) -> None:
        self._send({"error": {"message": message, "type": "invalid_request_error", "code": None}}, status)


def _complaint(manner: str, question: Mapping[str, Any]) -> str:
    """Why this question is refused with 400, or nothing."""
    form = (question.get("response_format") or {}).get("type", "")
    if manner == "no-schema" and form == "json_schema":
        return "Either json_schema or grammar can be specified"
    if manner == "no-json" and form:
        return "response_format is not supported"
    if manner == "no-extras" and set(question) - {"model", "messages", "temperature", "max_tokens", "response_format"}:
        return "Unrecognized request argument supplied"
    if manner == "no-temperature" and "temperature" in question:
        return "Unsupported value: 'temperature' does not support 0 with this model."
    if manner == "completion-tokens" and "max_tokens" in question:
        return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    return "Bad request" if manner == "refuses-all" else ""


def _body(about: ChatServer, question: Question) -> Mapping[str, Any]:
    said: object = about.answer(question)
    if about.manner == "parts":
        said = [{"type": "text", "text": said}]
    message = {"role": "assistant", "content": said}
    choice = {"index": 0, "message": message, "finish_reason": about.finish}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "a-model", "choices": [choice]}


@contextlib.contextmanager
def serving(**wishes: Any) -> Iterator[ChatServer]:
    """A server on loopback while the block runs."""
    about = ChatServer(**wishes)

    class Handler(_Handler):
        pass

    Handler.about = about
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    about.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield about
    finally:
        about.closing.set()
        http.shutdown()
        thread.join()
        http.server_close()
