"""Other programs on this machine send sound and get text, if they know the token."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.app.verbs.serve_verb import Hearer, PostedForm, Server, kept_token, read_form
from dictation.app.verbs.transcribe_verb import Report
from dictation.core.errors import ModelError, UsageError

TOKEN = "the-token"
LINE = "frontier-1"


def form(body: bytes, **fields: str) -> bytes:
    parts = [
        f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n'
    )
    return "".join(parts).encode() + head.encode() + body + f"\r\n--{LINE}--\r\n".encode()


KIND = f"multipart/form-data; boundary={LINE}"


class Heard:
    """Takes the engine's place; keeps what it was given."""

    def __init__(self) -> None:
        self.forms: list[tuple[bytes, dict[str, str]]] = []
        self.report: Report | ModelError = {"text": "你好 world", "language": "zh", "seconds": 1.5}

    def __call__(self, file: Path, form: PostedForm) -> Report:
        self.forms.append((file.read_bytes(), dict(form.fields)))
        if isinstance(self.report, ModelError):
            raise self.report
        return self.report


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def server(heard: Heard, tmp_path: Path) -> Iterator[Server]:
    with Server(0, TOKEN, heard, tmp_path) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(
    server: Server, body: bytes | None, token: str = TOKEN, path: str = "/v1/audio/transcriptions"
) -> tuple[int, str]:
    """Status and body of the answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.server_port}{path}",
        body,
        {"Authorization": f"Bearer {token}", "Content-Type": KIND},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_sound_that_is_sent_comes_back_as_text(server: Server, heard: Heard) -> None:
    status, body = ask(server, form(b"RIFF\r\n--\n\r", model="whisper-1", language="zh"))
    assert (status, json.loads(body)) == (200, {"text": "你好 world"})
    assert heard.forms == [(b"RIFF\r\n--\n\r", {"model": "whisper-1", "language": "zh"})]
    assert not list(server.folder.iterdir()), "nothing of the upload stays"


def test_the_answer_has_the_form_that_was_asked_for(server: Server) -> None:
    assert ask(server, form(b"x", response_format="text")) == (200, "你好 world")
    answer = json.loads(ask(server, form(b"x", response_format="verbose_json"))[1])
    assert answer["text"] == "你好 world" and answer["language"] == "zh" and answer["duration"] == 1.5


@pytest.mark.parametrize("token", ["", "wrong", "the-token2", "令牌"])
def test_without_the_token_nothing_is_heard(server: Server, heard: Heard, token: str) -> None:
    if token.isascii():
        assert ask(server, form(b"x"), token)[0] == 401
    assert not heard.forms


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_what_cannot_be_done_is_told_with_its_reason(server: Server, heard: Heard) -> None:
    assert ask(server, b"no form")[0] == 400
    assert ask(server, form(b"x"), path="/v1/other")[0] == 404
    heard.report = {
        "text": "",
        "error": {"code": "audio-unknown", "message": "It is no sound", "remedy": "Send a wav."},
    }
    status, body = ask(server, form(b"x"))
    assert status == 400 and json.loads(body)["error"]["code"] == "audio-unknown"
    heard.report = ModelError("model-not-installed", "The model small is not here", "Get it.")
    assert ask(server, form(b"x"))[0] == 503
    assert json.loads(ask(server, None, path="/v1/models")[1])["data"][0]["id"] == "whisper-1"


@given(st.binary(max_size=300))
def test_every_byte_of_an_upload_arrives(body: bytes) -> None:
    assert read_form(KIND, form(body, prompt="提示")) == PostedForm(body, "a.wav", {"prompt": "提示"})


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/form-data; boundary=other"])
def test_a_form_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(UsageError):
        read_form(kind, form(b"x"))


def test_the_engine_stays_loaded_from_request_to_request_in_one_language() -> None:
    begun: list[str | None] = []
    ended: list[str | None] = []

    def begin(files: Iterable[Path], language: str | None) -> Any:
        begun.append(language)
        try:
            for file in files:
                yield {"text": file.name}
        finally:
            ended.append(language)

    hearer = Hearer(begin)
    for name, language in (("a", ""), ("b", "fr"), ("c", "zh"), ("d", "zh")):
        assert hearer(Path(name), PostedForm(b"", "", {"language": language})) == {"text": name}
    assert begun == [None, "zh"] and ended == [None]
    hearer.close()
    assert ended == [None, "zh"]


def test_the_token_is_made_once_and_readable_by_its_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "state" / "serve-token"
    token = kept_token(file)
    assert len(token) >= 24 and kept_token(file) == token
    assert file.stat().st_mode & 0o077 == 0
