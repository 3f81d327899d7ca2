"""Owns the tests of the remote recogniser against a server on this machine that also misbehaves."""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import json
import threading
import time
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dictation.core.errors import EngineError
from dictation.core.types import RATE
from dictation.engines.remote import RemoteRecogniser
from tests.patience import SOON

KEY = "sk-very-secret"
SOUND = array("f", [0.0, 0.5, -0.5, 1.0, -1.0, 3.0] * 800).tobytes()


@dataclass
class Server:
    """A transcription server: what it shall answer, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b'{"text": "hello"}'
    kind: str = "application/json"
    manner: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    sounds: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def recogniser(self, timeout: float = 5) -> RemoteRecogniser:
        """One that asks this server."""
        return RemoteRecogniser(self.url, "a-model", KEY, timeout)


def fields(content_type: str, body: bytes) -> dict[str, bytes]:
    """A multipart form by name."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    found = {}
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(part.get_param("name", header="content-disposition"))] = content
    return found


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback for one test."""
    about = Server()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            form = fields(self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"])))
            about.sounds.append(form.pop("file"))
            about.asked.append({name: value.decode() for name, value in form.items()})
            about.keys.append(self.headers["Authorization"])
            if about.manner == "hang":
                about.closing.wait(30)
                return
            self.send_response(about.status if self.path == "/v1/audio/transcriptions" else 404)
            self.send_header("Content-Type", about.kind)
            self.send_header("Content-Length", str(len(about.body)))
            self.end_headers()
            if about.manner == "drop":
                self.wfile.write(about.body[:5])
                self.wfile.flush()
                self.connection.close()
            elif about.manner == "drip":
                for byte in about.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if about.closing.wait(0.2):
                        return
            else:
                self.wfile.write(about.body)

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client has hung up, as some tests want it to
                super().handle()

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    about.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, args=(0.05,))
    thread.start()
    yield about
    about.closing.set()
    http.shutdown()
    thread.join()
    http.server_close()


def failure(recogniser: RemoteRecogniser) -> EngineError:
    """The error that a request ends with; it has all its parts and does not give the key away."""
    with pytest.raises(EngineError) as raised:
        recogniser.transcribe(SOUND, "auto")
    assert raised.value.remedy
    assert KEY not in raised.value.line()
    return raised.value


def test_the_words_come_back(server: Server) -> None:
    heard = server.recogniser().transcribe(SOUND, "auto")
    assert (heard.text, heard.language) == ("hello", "en")
    assert heard.spans[0].end == pytest.approx(0.3)


def test_the_server_gets_the_sound_as_a_wav_file(server: Server) -> None:
    server.recogniser().transcribe(SOUND, "auto")
    with wave.open(io.BytesIO(server.sounds[0])) as sound:
        assert sound.getparams()[:4] == (1, 2, RATE, 4800)
        assert array("h", sound.readframes(6)).tolist() == [0, 16384, -16384, 32767, -32767, 32767]


def test_the_server_is_told_the_model_the_key_and_a_language_only_when_there_is_one(server: Server) -> None:
    recogniser = server.recogniser()
    recogniser.transcribe(SOUND, "auto-zh")
    recogniser.transcribe(SOUND, "zh", ["Kubernetes", "git rebase"])
    plain = {"model": "a-model", "response_format": "json", "temperature": "0"}
    assert server.asked == [plain, plain | {"language": "zh", "prompt": "Kubernetes, git rebase"}]
    assert server.keys == [f"Bearer {KEY}"] * 2


@pytest.mark.parametrize(("text", "language"), [("用 git 提交", "zh"), ("git commit", "en"), ("", "en")])
def test_the_language_is_told_by_the_script(server: Server, text: str, language: str) -> None:
    server.body = json.dumps({"text": text}).encode()
    heard = server.recogniser().transcribe(SOUND, "auto")
    assert (heard.text, heard.language) == (text, language)


def test_a_server_that_heard_nothing_gives_no_words(server: Server) -> None:
    server.body = b'{"text": " "}'
    heard = server.recogniser().transcribe(SOUND, "zh")
    assert (heard.text, heard.language, heard.spans) == ("", "zh", ())


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "remote-refused"),
        (401, "remote-key"),
        (403, "remote-key"),
        (404, "remote-not-found"),
        (429, "remote-busy"),
        (500, "remote-broken"),
        (503, "remote-broken"),
    ],
)
def test_a_refusal_is_said_plainly_and_not_repeated(server: Server, status: int, code: str) -> None:
    server.status, server.body = status, json.dumps({"error": {"message": f"bad key {KEY}"}}).encode()
    assert failure(server.recogniser()).code == code
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"text": ', "application/json"),
        (b'{"words": []}', "application/json"),
        (b'["text"]', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"text": null}', "application/json"),
        (b"<html>Welcome</html>", "text/html"),
        (b"", "application/json"),
        (b"\xff\xfe", "text/plain"),
    ],
)
def test_an_answer_that_is_no_transcript_is_never_typed(server: Server, body: bytes, kind: str) -> None:
    server.body, server.kind = body, kind
    assert failure(server.recogniser()).code == "remote-answer"


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_patience_has_an_end(server: Server, manner: str) -> None:
    server.manner = manner
    started = time.monotonic()
    assert failure(server.recogniser(timeout=1)).code == "remote-timeout"
    assert time.monotonic() - started < SOON


def test_after_a_hang_the_next_request_is_answered(server: Server) -> None:
    recogniser = server.recogniser(timeout=1)
    server.manner = "hang"
    failure(recogniser)
    server.manner = ""
    assert recogniser.transcribe(SOUND, "auto").text == "hello"


def test_an_answer_that_breaks_off_is_a_failure(server: Server) -> None:
    server.manner = "drop"
    assert failure(server.recogniser()).code == "remote-unreachable"


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    assert failure(RemoteRecogniser(f"http://127.0.0.1:{port}/v1", "m", KEY, 5)).code == "remote-unreachable"


@pytest.mark.parametrize("url", ["", "gpu:8000", "ftp://gpu", "file:///etc/passwd"])
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert failure(RemoteRecogniser(url, "m", KEY, 5)).code == "remote-address"


def test_an_address_that_cannot_be_one_is_a_failure() -> None:
    assert failure(RemoteRecogniser("http://[::bad/v1", "m", KEY, 5)).code == "remote-failed"


def test_a_key_that_cannot_be_one_is_refused_unsaid(server: Server) -> None:
    with pytest.raises(EngineError) as raised:
        RemoteRecogniser(server.url, "m", "sk-\nsecret", 5).transcribe(SOUND, "auto")
    assert raised.value.code == "remote-key"
    assert "secret" not in raised.value.line()
    assert not server.asked


def test_a_password_in_the_address_is_not_said() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        url = f"http://me:hunter2@127.0.0.1:{free.server_port}/v1"
    assert "hunter2" not in failure(RemoteRecogniser(url, "m", "", 5)).line()
