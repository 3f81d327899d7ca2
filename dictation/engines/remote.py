"""Owns the remote recogniser: one recording to an OpenAI-compatible server, one transcript or one plain error back."""

from __future__ import annotations

import io
import queue
import re
import threading
import wave
from array import array
from collections.abc import Sequence
from typing import Any

from dictation.core.errors import EngineError
from dictation.core.foreign import json_from
from dictation.core.types import RATE, SAMPLE_BYTES, Span, Transcript
from dictation.engines.chat.redact import without_key
from dictation.engines.pick_language import left_open

HINT_TERMS = 40


class RemoteRecogniser:
    """A Recogniser behind ``url`` (such as ``http://gpu:8000/v1``); nothing is sent before the first request."""

    def __init__(self, url: str, model: str, key: str, timeout: float) -> None:
        """``key`` may be empty for a server that asks for none; ``timeout`` is the longest wait in seconds."""
        self._url, self._model, self._key, self._timeout = url.strip(), model, key.strip(), timeout
        self._where = "The server at " + re.sub("//[^/@]*@", "//", self._url)  # an address may hold a password
        self._client: Any = None

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """See ``Recogniser``. Raises EngineError, whose text never holds the key."""
        if not self._url.startswith(("http://", "https://")):
            raise EngineError(
                "remote-address",
                "The remote address is not one of a web server" if self._url else "No remote server is set",
                "Set remote.url to something like http://gpu:8000/v1.",
            )
        if not (self._key.isascii() and self._key.isprintable()):
            raise EngineError("remote-key", "The key holds characters that no key can have", "Set the key again.")
        extra = {} if left_open(language) else {"language": language}
        if hints:
            extra["prompt"] = ", ".join(hints[:HINT_TERMS])
        text = self._text(self._within_the_deadline(_wav(samples), extra))
        if left_open(language):
            language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en"
        seconds = len(samples) / SAMPLE_BYTES / RATE
        return Transcript(text, language, spans=(Span(text, 0.0, seconds),) if text else ())

    def close(self) -> None:
        """Let go of the connection; the next request makes another."""
        client, self._client = self._client, None
        if client:
            client.close()

    def _within_the_deadline(self, wav: bytes, extra: dict[str, str]) -> str:
        """The answer's body. The SDK's timeout counts from the last byte; a server that drips would never end it."""
        answers: queue.SimpleQueue[str | Exception] = queue.SimpleQueue()
        client = self._connect()

        def ask() -> None:
            try:
                answers.put(self._post(client, wav, extra))
            except Exception as error:  # noqa: BLE001 - told to the thread that waits, which sorts it
                answers.put(error)

        threading.Thread(target=ask, name="remote-recogniser", daemon=True).start()
        try:
            answer = answers.get(timeout=self._timeout)
        except queue.Empty:
            self.close()
            raise self._too_slow() from None
        if isinstance(answer, Exception):
            raise self._plain(answer) from answer
        return answer

    def _connect(self) -> Any:
        """The client. Importing the SDK takes a second or more, which is not the server's."""
        if self._client is None:
            import openai

            try:
                self._client = openai.OpenAI(
                    api_key=self._key or "none", base_url=self._url, max_retries=0, timeout=self._timeout
                )
            except Exception as error:  # an address that cannot be one has an error of its own
                raise self._plain(error) from error
        return self._client

    def _post(self, client: Any, wav: bytes, extra: dict[str, str]) -> str:
        # The raw answer: the SDK itself takes an HTML page for a transcript.
        answer = client.audio.transcriptions.with_raw_response.create(
            file=("speech.wav", wav, "audio/wav"), model=self._model, response_format="json", temperature=0, **extra
        )
        return str(answer.http_response.text)

    def _text(self, body: str) -> str:
        try:
            text = json_from(body)["text"]
        except (ValueError, KeyError, TypeError):
            text = None
        if not isinstance(text, str):
            raise EngineError(
                "remote-answer",
                f"{self._where} answered with something that is no transcript",
                "Check remote.url: it must be the base address that ends before /audio/transcriptions.",
            )
        return text.strip()

    def _too_slow(self) -> EngineError:
        return EngineError(
            "remote-timeout",
            f"{self._where} did not answer within {self._timeout:g} s",
            "Raise remote.timeout_seconds, or use the local engine.",
        )

    def _plain(self, error: Exception) -> EngineError:
        import openai

        if isinstance(error, openai.APITimeoutError):
            return self._too_slow()
        if isinstance(error, openai.APIStatusError):
            return self._refused(error.status_code, error.message)
        if isinstance(error, openai.APIConnectionError):
            why = self._without_key(str(error.__cause__ or error))
            return EngineError(
                "remote-unreachable",
                f"{self._where} cannot be reached: {why}",
                "Check that it runs and that remote.url is right, or use the local engine.",
            )
        why = self._without_key(f"{type(error).__name__}: {error}")
        return EngineError("remote-failed", f"{self._where} cannot be asked: {why}", "Check the remote settings.")

    def _refused(self, status: int, said: str) -> EngineError:
        # What a server says of a key that it does not know may hold a part of the key.
        if status in (401, 403):
            return EngineError(
                "remote-key",
                f"{self._where} does not accept the key ({status})",
                "Set the key again, or another address.",
            )
        if status == 404:
            remedy = "Check remote.url (it must end before /audio/transcriptions) and remote.model."
            return EngineError("remote-not-found", f"{self._where} does not know this address or model (404)", remedy)
        if status == 429:
            return EngineError(
                "remote-busy",
                f"{self._where} has had enough of requests for now (429)",
                "Wait a little, or check your quota.",
            )
        if status >= 500:
            return EngineError("remote-broken", f"{self._where} failed ({status})", "Try again, or look at its log.")
        said = self._without_key(said)
        return EngineError("remote-refused", f"{self._where} refused ({status}): {said}", "Check the remote settings.")

    def _without_key(self, said: str) -> str:
        return without_key(said, self._key)


def _wav(samples: bytes) -> bytes:
    """float32 samples as a 16-bit mono WAV file at 16 kHz."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(array("h", [round(32767 * max(-1.0, min(1.0, x))) for x in array("f", samples)]).tobytes())
    return file.getvalue()
