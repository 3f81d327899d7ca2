"""Owns the talk with a language model: one question to an OpenAI-compatible server, one finished answer back."""

from __future__ import annotations

import os
import queue
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from dictation.core.errors import RewriteError
from dictation.core.foreign import json_from
from dictation.engines.chat import refusals
from dictation.engines.chat.json_modes import OBJECT, PLAIN, SCHEMA, Ladder, Manner, lower
from dictation.engines.chat.providers import Endpoint
from dictation.engines.chat.redact import without_key

Result = TypeVar("Result")

_LONGEST_BODY = 400_000
"""Characters of an answer that are read; ours have a few hundred."""

_CONNECT_SECONDS = 2.0

_READ_AHEAD_SECONDS = 30.0
"""A small model on a CPU takes up to 15 s to load and to read the instructions the first time."""

_WHOLE = ("stop", "eos", "end_turn")
"""Why an answer ended that is whole, in the words of different servers."""


class Refusal(Exception):
    """The server takes no question of this kind (400, 422)."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class Chat:
    """Asks one server. Thread-safe; nothing is sent or imported before the first question."""

    def __init__(self, endpoint: Endpoint, key: Callable[[], str | None], ladder: Ladder) -> None:
        """``key`` is called on a thread of its own, for a keyring may take its time."""
        self.endpoint, self._ladder = endpoint, ladder
        self._fetch = key
        self._lock = threading.Lock()
        self._client: Any = None
        self._key = ""
        self._model = endpoint.model

    def ask(
        self, messages: Sequence[Mapping[str, str]], name: str, schema: Mapping[str, Any], seconds: float, limit: int
    ) -> str:
        """The model's whole answer to ``messages``, in at most ``seconds``; ``limit`` is its longest in tokens.

        It is asked for JSON after ``schema`` (called ``name``), or as near to it as the server can. Raises
        RewriteError, which never holds the key, also when the answer was cut short.
        """
        return self._within(seconds, lambda until: self._ask(messages, name, schema, limit, until))

    def models(self, seconds: float = 8.0) -> list[str]:
        """Names of the models that the server offers. Raises RewriteError."""
        return self._within(seconds, lambda _: self._list())

    def warm(self) -> None:
        """Import the SDK and fetch the key, so that the first question need not. Blocks; never raises."""
        try:
            self._connect()
        except Exception:  # noqa: BLE001 - the first question will say what is wrong
            return

    def read_ahead(self, messages: Sequence[Mapping[str, str]]) -> None:
        """Let a server on this machine load its model and read ``messages``, the part that never changes.

        It asks for one token and throws the answer away: a cold model takes several times as long for its first answer.
        Servers elsewhere are always warm, and count every token. Blocks; never raises.
        """
        if not self.endpoint.local:
            return
        try:
            model = self._model or self._first(time.monotonic() + _READ_AHEAD_SECONDS)
            wishes = _wishes(Manner(form=PLAIN), "", {}, 1, self.endpoint.quiet)
            self._post(self._connect(), model, messages, wishes, time.monotonic() + _READ_AHEAD_SECONDS)
        except Exception:  # noqa: BLE001 - the first question will say what is wrong
            return

    def close(self) -> None:
        """Let go of the connection; the next question makes another."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _within(self, seconds: float, work: Callable[[float], Result]) -> Result:
        """``work`` on a thread of its own. The SDK's timeout counts from the last byte, so a drip would never end."""
        answers: queue.SimpleQueue[Result | Exception] = queue.SimpleQueue()
        until = time.monotonic() + seconds

        def run() -> None:
            try:
                answers.put(work(until))
            except Exception as error:  # noqa: BLE001 - told to the thread that waits, which sorts it
                answers.put(error)

        threading.Thread(target=run, name="language-model", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            # Closing may wait for the thread that hangs in it; the user may not.
            threading.Thread(target=self.close, name="language-model-close", daemon=True).start()
            raise refusals.too_slow(self._where, seconds) from None
        if isinstance(answer, Exception):
            raise self._plain(answer, seconds) from None
        return answer

    def _connect(self) -> Any:
        with self._lock:
            if self._client is not None:
                return self._client
            import openai

            # Kept from before, where it was accepted: a keyring may take longer than a text waits.
            key = self._key or (self._fetch() or "").strip()
            if not (key.isascii() and key.isprintable()):
                raise RewriteError("llm-key", "The key holds characters that no key can have", "Set the key again.")
            if not key and self.endpoint.needs_key:
                raise RewriteError(
                    "llm-no-key",
                    f"{self._where} wants a key and none is set",
                    "Set it in the settings window, or in the environment as DICTATION_API_KEY.",
                )
            self._key = key
            more: dict[str, Any] = {}
            if self.endpoint.local:
                # A proxy of the environment knows nothing of servers on this machine; a certificate of one may.
                own = os.environ.get("SSL_CERT_FILE")
                verify = (
                    ssl.create_default_context(cafile=own) if own and self.endpoint.url.startswith("https") else True
                )
                more["http_client"] = openai.DefaultHttpxClient(trust_env=False, verify=verify)
            self._client = openai.OpenAI(
                api_key=key or "none",
                base_url=self.endpoint.url,
                max_retries=0,
                timeout=openai.Timeout(60.0, connect=_CONNECT_SECONDS),
                **more,
            )
            return self._client

    def _ask(
        self, messages: Sequence[Mapping[str, str]], name: str, schema: Mapping[str, Any], limit: int, until: float
    ) -> str:
        client = self._connect()
        model = self._model or self._first(until)
        manner: Manner | None = self._ladder.manner(self.endpoint.shown, model)
        while manner is not None:
            wishes = _wishes(manner, name, schema, limit, self.endpoint.quiet)
            try:
                answer = self._post(client, model, messages, wishes, until)
            except Refusal as refused:
                if refusals.lacks_model(refused.said):
                    raise refusals.refused(self._where, 404, refused.said) from None
                manner = lower(manner, refused.said)
                self._ladder.descend(self.endpoint.shown, model, manner)
                if manner is None:
                    raise refusals.refused(self._where, refused.status, refused.said) from None
                continue
            self._ladder.learn(self.endpoint.shown, model, manner)
            return answer
        raise AssertionError  # the loop ends by an answer or an error

    def _post(
        self, client: Any, model: str, messages: Sequence[Mapping[str, str]], wishes: Mapping[str, Any], until: float
    ) -> str:
        import openai

        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            # The raw answer: the SDK itself takes a page of HTML for an answer without choices.
            raw = client.chat.completions.with_raw_response.create(
                model=model, messages=list(messages), timeout=openai.Timeout(left, connect=min(left, _CONNECT_SECONDS)),
                **wishes,
            )  # fmt: skip
        except openai.APIStatusError as error:
            if error.status_code in (400, 422):
                raise Refusal(error.status_code, self._without_key(error.message)) from None
            raise
        return self._finished(str(raw.http_response.text)[:_LONGEST_BODY])

    def _finished(self, body: str) -> str:
        try:
            choice = json_from(body)["choices"][0]
            reason, content = choice.get("finish_reason"), choice["message"].get("content")
        except (ValueError, LookupError, TypeError, AttributeError):
            raise RewriteError(
                "llm-answer",
                f"{self._where} answered with something that is no answer of a language model",
                "Check llm.url: it must be the base address that ends before /chat/completions.",
            ) from None
        if isinstance(content, list):
            content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
        if reason not in _WHOLE:
            why = "is too long" if reason == "length" else f"was cut short ({self._without_key(str(reason))})"
            raise RewriteError(
                "llm-cut", f"The language model's answer {why}", "Choose a model that answers without thinking first."
            )
        if not isinstance(content, str) or not content.strip():
            raise RewriteError("llm-empty", "The language model answered nothing", "Choose another model.")
        return content

    def _list(self) -> list[str]:
        client = self._connect()
        raw = client.models.with_raw_response.list()
        try:
            found = [str(each["id"]) for each in json_from(raw.http_response.text)["data"]]
        except (ValueError, LookupError, TypeError):
            raise RewriteError(
                "llm-models", f"{self._where} does not list its models", "Set the model's name in llm.model."
            ) from None
        return found

    def _first(self, until: float) -> str:
        names = [each for each in self._list() if "embed" not in each.lower()]
        if not names:
            raise RewriteError("llm-no-model", f"{self._where} has no model", "Load one there, or set llm.model.")
        if time.monotonic() >= until:
            raise TimeoutError
        self._model = names[0]
        return names[0]

    @property
    def _where(self) -> str:
        return f"The language model at {self.endpoint.shown}"

    def _plain(self, error: Exception, seconds: float) -> RewriteError:
        if isinstance(error, RewriteError):
            return error
        import openai

        if isinstance(error, openai.APITimeoutError | TimeoutError):
            return refusals.too_slow(self._where, seconds)
        if isinstance(error, openai.APIStatusError):
            if error.status_code in (401, 403):
                self.close()
                self._key = ""  # the next question fetches it anew
            # What a server says of a key that it does not know may hold a part of the key.
            return refusals.refused(self._where, error.status_code, self._without_key(error.message))
        if isinstance(error, openai.APIConnectionError):
            why = self._without_key(str(error.__cause__ or error))
            return refusals.unreachable(self._where, why, self.endpoint)
        why = self._without_key(f"{type(error).__name__}: {error}")
        return RewriteError("llm-failed", f"{self._where} cannot be asked: {why}", "Check the settings under llm.")

    def _without_key(self, said: str) -> str:
        return without_key(said, self._key)


def _wishes(
    manner: Manner, name: str, schema: Mapping[str, Any], limit: int, quiet: Mapping[str, Any]
) -> dict[str, Any]:
    wishes: dict[str, Any] = {}
    if manner.form == SCHEMA:
        form = {"name": name, "schema": dict(schema), "strict": True}
        wishes["response_format"] = {"type": "json_schema", "json_schema": form}
    elif manner.form == OBJECT:
        wishes["response_format"] = {"type": "json_object"}
    if manner.temperature:
        wishes["temperature"] = 0
    if manner.limit:
        wishes[manner.limit] = limit
    if manner.quiet and quiet:
        wishes["extra_body"] = dict(quiet)
    return wishes
