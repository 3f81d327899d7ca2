"""The language model of the settings in force: one conversation per server, its key, and what is wrong with it."""

from __future__ import annotations

import difflib
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from dictation.core import rewrite
from dictation.core.errors import DictationError, RewriteError
from dictation.core.settings import Settings
from dictation.desktop.store import secrets
from dictation.engines.chat.json_modes import Ladder
from dictation.engines.chat.llm import Chat
from dictation.engines.chat.providers import PROVIDERS, Endpoint, endpoint

KEY = "llm"
"""The name that the key is kept under."""

PATIENCE_SECONDS = 15.0
"""How long a test waits: whoever presses the button looks at it."""

_READY_SECONDS = 120.0
"""A model that was asked this lately is still loaded: Ollama keeps one for five minutes."""

_SAID, _OFFERED, _MEANT = "把代码推到吉特哈布上", ("GitHub",), "GitHub"


class Switchboard:
    """Keeps the conversations, so that a connection and what a server was found to take are used again. Thread-safe."""

    def __init__(self, memory: Path | None = None) -> None:
        """``memory`` is a file for what servers take."""
        self._ladder = Ladder(memory)
        self._lock = threading.Lock()
        self._chats: dict[tuple[str, str, bool], Chat] = {}
        self._ready_until = 0.0

    def chat(self, settings: Settings, model: str = "") -> Chat | None:
        """Who to ask; None for the provider ``none``. ``model`` goes before the setting's. Raises RewriteError."""
        where = configured(settings, model)
        if where is None:
            return None
        kept = (where.url, where.model, where.needs_key)
        with self._lock:
            if kept not in self._chats:
                self._chats[kept] = Chat(where, lambda: secrets.get(KEY), self._ladder)
            return self._chats[kept]

    def warm(self, settings: Settings) -> None:
        """Make ready in the background where a model may be asked. Returns at once, never raises."""
        if wanted(settings):
            threading.Thread(target=self._warm, args=(settings,), name="language-model-warm", daemon=True).start()

    def _warm(self, settings: Settings) -> None:
        try:
            chat = self.chat(settings)
        except RewriteError:
            return
        if chat:
            chat.warm()

    def read_ahead(self, settings: Settings) -> None:
        """Somebody began to speak: let a model on this machine get ready. Returns at once, never raises."""
        now = time.monotonic()
        if not wanted(settings) or now < self._ready_until:
            return
        self._ready_until = now + _READY_SECONDS
        threading.Thread(target=self._read_ahead, args=(settings,), name="language-model-ready", daemon=True).start()

    def _read_ahead(self, settings: Settings) -> None:
        try:
            chat = self.chat(settings)
        except RewriteError:
            return
        if chat:
            chat.read_ahead(rewrite.messages(""))

    def forget(self) -> None:
        """Let go of all connections: the key was changed."""
        with self._lock:
            chats, self._chats = list(self._chats.values()), {}
        for each in chats:
            each.close()


def configured(settings: Settings, model: str = "") -> Endpoint | None:
    """Where the settings say to ask; None for nowhere. Raises RewriteError."""
    return endpoint(settings.llm.provider, settings.llm.url, model or settings.llm.model)


def wanted(settings: Settings) -> bool:
    """Whether texts may be sent to a language model at all."""
    return settings.llm.when != "off" and settings.llm.provider != "none"


def list_models(settings: Settings, board: Switchboard | None = None) -> list[str]:
    """Names of the models there, in order. Blocks up to 8 s; raises RewriteError."""
    chat = (board or Switchboard()).chat(settings)
    return sorted(chat.models(), key=str.lower) if chat else []


def test_endpoint(settings: Settings, board: Switchboard | None = None) -> list[str]:
    """What is wrong with the language model as it is set, a sentence each with its remedy; empty when it works.

    Asks it to mend one fixed sentence. Blocks up to 25 s; never raises and never says the key.
    """
    return [each.line() for each in problems(settings, board or Switchboard())]


def problems(settings: Settings, board: Switchboard) -> list[DictationError]:
    """The same, as errors."""
    try:
        chat = board.chat(settings)
        if chat is None:
            return [_wrong("llm-none", "No provider is set, so nothing is ever sent", "Choose one under llm.provider.")]
        found: list[DictationError] = []
        if chat.endpoint.url.startswith("http://") and not chat.endpoint.local:
            remedy = "Use an address that begins with https, if the server has one."
            found.append(
                _wrong("llm-plain-http", "What is said and the key travel unencrypted to this address", remedy)
            )
        if named := _named(chat):
            found.append(named)
        return found + _tried(chat, settings.llm.deadline_seconds)
    except RewriteError as error:
        return [error]


def _named(chat: Chat) -> DictationError | None:
    """Whether the server has the model of that name, as far as it says. Raises RewriteError if the key is refused."""
    try:
        there = chat.models()
    except RewriteError as error:
        if error.code in ("llm-not-found", "llm-models"):
            return None  # some servers list nothing
        raise
    model = chat.endpoint.model
    if not model or not there or model in there or any(each.split("/")[-1] == model for each in there):
        return None
    near = difflib.get_close_matches(model, there, 3, 0.3) or there[:3]
    return _wrong("llm-no-model", f"The server does not list a model {model!r}", f"It has {', '.join(near)}.")


def _tried(chat: Chat, deadline: float) -> list[DictationError]:
    chat.warm()
    began = time.monotonic()
    reply = chat.ask(rewrite.messages(_SAID, _OFFERED), "edits", rewrite.SCHEMA, PATIENCE_SECONDS, 600)
    took = time.monotonic() - began
    found: list[DictationError] = []
    try:
        edits = rewrite.read(reply)
    except RewriteError as error:
        return [error]
    if not any(_MEANT in edit.after for edit in edits):
        remedy = "Choose a larger model; what it proposes is checked, so it does no harm."
        found.append(
            _wrong("llm-weak", "The model answers in the right form but did not mend a simple sentence", remedy)
        )
    if took > deadline:
        remedy = "Raise llm.deadline_seconds, or choose a faster model."
        found.append(
            _wrong("llm-slow", f"It took {took:.1f} s, and texts wait no longer than {deadline:g} s for it", remedy)
        )
    return found


def about(settings: Settings) -> tuple[str, DictationError | None]:
    """What is set, in a line for ``doctor``, and what is odd about it. Sends the key, no text. Raises RewriteError."""
    chat = Switchboard().chat(settings)
    if chat is None:
        return "none is set, so nothing is ever sent", None
    where = chat.endpoint
    use = {"off": "for commands only", "doubtful": "for doubtful texts", "always": "for every text"}[settings.llm.when]
    if settings.llm.when == "off" and not settings.commands.ask:
        use = "but nothing asks it"
    odd = _named(chat)
    return f"{where.model or 'the first model'} at {where.shown}, {use}", odd


def providers() -> Sequence[tuple[str, str, str, str]]:
    """Name, label, address and usual model of each preset, for the settings window."""
    return [(each.name, each.label, each.url, each.model) for each in PROVIDERS.values()]


def _wrong(code: str, message: str, remedy: str) -> DictationError:
    return RewriteError(code, message, remedy)
