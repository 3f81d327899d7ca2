"""`dictation serve`: transcription for other programs on this machine, as OpenAI's API has it, with a token."""

from __future__ import annotations

import email.parser
import email.policy
import hmac
import json
import os
import queue
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dictation.app.verbs.transcribe_verb import Report, Wishes, note, transcribe
from dictation.core.errors import DictationError, UsageError
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import places, private_folder

Out = Callable[[str], None]
Hear = Callable[[Path, "PostedForm"], Report]

PORT = 8178
"""Of no well-known service; another can be asked for."""

LARGEST = 200_000_000
"""Bytes of one upload: an hour of 16-bit stereo at 25 kHz."""

TOKEN = "DICTATION_SERVE_TOKEN"


@dataclass(frozen=True, slots=True)
class PostedForm:
    """What was sent: the file's bytes and name, and the other fields as text."""

    body: bytes
    name: str
    fields: Mapping[str, str] = field(default_factory=dict)


def run(port: int, model: str | None, out: Out) -> int:
    """Serve on loopback until interrupted. Raises DictationError."""
    where = places()
    settings, _ = settings_file.load(where.settings)
    token = os.environ.get(TOKEN) or kept_token(where.state / "serve-token")
    folder = private_folder(where.state / "serve")

    hearer = Hearer(lambda files, language: transcribe(files, settings, where, Wishes(language, model)))
    try:
        server = Server(port, token, hearer, folder)
    except OSError as error:
        raise UsageError(
            "serve-port", f"Port {port} cannot be used: {error.strerror or error}", "Choose another with --port."
        ) from error
    out(f"http://127.0.0.1:{server.server_port}/v1")
    sys.stderr.write(f"dictation: note: the token (api key) is in {where.state / 'serve-token'}, or in {TOKEN}.\n")
    try:
        with server:
            server.serve_forever()
    finally:
        hearer.close()
    return 0


def kept_token(file: Path) -> str:
    """The token of this user, made once and readable by nobody else. Raises StorageError."""
    try:
        if token := file.read_text(encoding="ascii").strip():
            return token
    except (OSError, UnicodeError):
        pass
    private_folder(file.parent)
    token = secrets.token_urlsafe(24)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write(token + "\n")
    return token


class Hearer:
    """Keeps one engine loaded from request to request, as long as they ask for the same language."""

    def __init__(self, begin: Callable[[Iterable[Path], str | None], Generator[Report, None, None]]) -> None:
        """``begin`` starts an engine for a language and gives a report for each file, as the file comes."""
        self._begin = begin
        self._language: str | None = None
        self._files: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._reports: Generator[Report, None, None] | None = None

    def __call__(self, file: Path, form: PostedForm) -> Report:
        """What was said in ``file``. Blocks; one call at a time. Raises DictationError."""
        given = form.fields.get("language", "")
        language = given if given in ("zh", "en") else None
        if self._reports is None or language != self._language:
            self.close()
            self._language, self._reports = language, self._begin(iter(self._files.get, None), language)
        self._files.put(file)
        try:
            return next(self._reports)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the engine."""
        if self._reports:
            self._reports.close()
        self._reports, self._files = None, queue.SimpleQueue()


class Server(ThreadingHTTPServer):
    """Listens on loopback only; one recording is heard at a time, the others wait."""

    daemon_threads = True

    def __init__(self, port: int, token: str, hear: Hear, folder: Path) -> None:
        """``hear`` transcribes a file; uploads lie in ``folder`` meanwhile. Raises OSError where the port is taken."""
        self.token, self.hear, self.folder = token, hear, folder
        self.turn = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing of what is asked is written down."""

    def do_GET(self) -> None:
        if not self._allowed():
            return
        if self.path.rstrip("/") == "/v1/models":
            self._json({"object": "list", "data": [{"id": "whisper-1", "object": "model", "owned_by": "dictation"}]})
        else:
            self._error(HTTPStatus.NOT_FOUND, "not_found", "There is only /v1/audio/transcriptions and /v1/models.")

    def do_POST(self) -> None:
        if not self._allowed():
            return
        if self.path.rstrip("/") != "/v1/audio/transcriptions":
            self._error(HTTPStatus.NOT_FOUND, "not_found", "There is only /v1/audio/transcriptions and /v1/models.")
            return
        try:
            form = read_form(self.headers.get("Content-Type", ""), self._body())
        except UsageError as error:
            self._error(HTTPStatus.BAD_REQUEST, error.code, error.line())
            return
        self._answer(form)

    def _answer(self, form: PostedForm) -> None:
        with tempfile.NamedTemporaryFile(dir=self.server.folder, suffix=Path(form.name).suffix[:8]) as file:
            file.write(form.body)
            file.flush()
            try:
                with self.server.turn:
                    report = self.server.hear(Path(file.name), form)
            except DictationError as error:
                note(error)
                self._error(HTTPStatus.SERVICE_UNAVAILABLE, error.code, error.line())
                return
        if failed := report.get("error"):
            self._error(HTTPStatus.BAD_REQUEST, failed["code"], f"{failed['message']}. {failed['remedy']}")
        elif form.fields.get("response_format") == "text":
            self._send(str(report["text"]).encode(), "text/plain; charset=utf-8")
        elif form.fields.get("response_format") == "verbose_json":
            more = {"task": "transcribe", "language": report["language"], "duration": report["seconds"]}
            self._json({**more, "text": report["text"], "segments": []})
        else:
            self._json({"text": report["text"]})

    def _allowed(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if hmac.compare_digest(given.encode(), self.server.token.encode()):
            return True
        self.close_connection = True  # its body was not read
        self._error(HTTPStatus.UNAUTHORIZED, "invalid_api_key", "The token is missing or wrong.")
        return False

    def _body(self) -> bytes:
        try:
            size = int(self.headers.get("Content-Length", ""))
        except ValueError:
            size = -1
        if not 0 <= size <= LARGEST:
            self.close_connection = True
            raise UsageError(
                "upload-size", "The length of the upload is missing or too large", f"Send at most {LARGEST} bytes."
            )
        return self.rfile.read(size)

    def _error(self, status: HTTPStatus, code: str, message: str) -> None:
        self._json({"error": {"message": message, "type": "invalid_request_error", "code": code}}, status)

    def _json(self, value: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(json.dumps(value, ensure_ascii=False).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def read_form(kind: str, body: bytes) -> PostedForm:
    """The parts of a ``multipart/form-data`` request. Raises UsageError."""
    if not kind.lower().startswith("multipart/form-data"):
        raise UsageError("upload-form", "The request is no form with a file", "Send multipart/form-data with `file`.")
    head = f"Content-Type: {kind}\r\nMIME-Version: 1.0\r\n\r\n".encode("latin-1", "replace")
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    upload: tuple[bytes, str] | None = None
    fields: dict[str, str] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = str(part.get_param("name", "", header="content-disposition"))
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if name == "file":
            upload = content, str(part.get_filename() or "")
        else:
            fields[name] = content.decode("utf-8", "replace").strip()
    if upload is None:
        raise UsageError("upload-file", "The form has no file", "Send the sound as `file`.")
    return PostedForm(upload[0], upload[1], fields)
