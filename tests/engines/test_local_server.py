"""Whether a model server runs on this machine: asked on the loopback alone, and never an error."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dictation.engines.chat import local_server
from dictation.engines.chat.providers import PROVIDERS


class Answering(BaseHTTPRequestHandler):
    """Lists models, as Ollama does."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/v1/models" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def served() -> Iterator[HTTPServer]:
    """A server on a port of its own."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def at(port: int, monkeypatch: pytest.MonkeyPatch, host: str = "127.0.0.1") -> None:
    """Ollama stands at this port."""
    preset = dataclasses.replace(PROVIDERS["ollama"], url=f"http://{host}:{port}/v1")
    monkeypatch.setitem(PROVIDERS, "ollama", preset)


@pytest.mark.parametrize("status, there", [(200, True), (404, False), (500, False)])
def test_a_server_that_lists_models_is_found(
    served: HTTPServer, monkeypatch: pytest.MonkeyPatch, status: int, there: bool
) -> None:
    monkeypatch.setattr(Answering, "status", status)
    at(served.server_port, monkeypatch)
    assert local_server.answers("ollama") is there


def test_an_empty_port_and_another_kind_of_server_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        def babble() -> None:
            with other.accept()[0] as line:
                line.recv(1000)
                line.sendall(b"\x00\xff SSH-2.0\r\n")

        talker = threading.Thread(target=babble)
        talker.start()
        at(port, monkeypatch)
        assert not local_server.answers("ollama")
        talker.join()
    assert not local_server.answers("ollama")


@pytest.mark.parametrize("provider", ["openai", "deepseek", "none", "custom", "no such"])
def test_no_other_machine_is_ever_asked(monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("something was asked"))
    assert not local_server.answers(provider)
