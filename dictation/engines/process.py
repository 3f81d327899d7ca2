"""Owns the engine process from the app's side: starts it, asks it, watches it, and starts it again when it dies."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from dictation.core.errors import EngineError
from dictation.core.types import RATE, SAMPLE_BYTES, Evidence, Transcript, Weight
from dictation.engines.engine_life import Gone, Lifeline
from dictation.engines.hint_prompt import HINT_TERMS
from dictation.engines.thread_count import thread_count
from dictation.engines.wire import MOST_PAYLOAD, Header, unpack_evidence, unpack_transcript, unpack_weights

ATTEMPTS = 3  # the request itself, and twice again when the process dies over it
PATIENCE = 20.0  # seconds for an answer, at least
LOAD_PATIENCE = 120.0  # seconds: 3 GB from a slow disk
STALE = 60.0  # seconds without use after which memory and caches may have gone to others

OnState = Callable[[str, str], None]


class EngineProcess:
    """A Listener and Recogniser that live in a process of their own; every method may be called from any thread.

    ``directory`` is a model's folder; None gives voice activity alone. The process is started by ``start``, ``touch``
    or the first request, and started again when it was killed, ran out of memory or hangs: the request is then sent
    again. ``on_state`` is called from any thread with ``state`` and a sentence (a note, or why it died, or empty).
    """

    def __init__(
        self,
        directory: str | None,
        device: str = "auto",
        precision: str = "auto",
        threads: int = 0,
        *,
        context: str = "auto",
        proof: Mapping[str, int] | None = None,
        on_state: OnState | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """``proof`` are counts of the short context, as ``describe`` gives them, to go on from."""
        self._config: Header = {
            "directory": directory, "device": device, "precision": precision, "threads": thread_count(threads),
            "context": context, "proof": dict(proof or {}),
        }  # fmt: skip
        self._on_state = on_state
        self._patience = patience
        self._turn = threading.Lock()  # held for a whole request
        self._guard = threading.Lock()  # held for a moment, around the three below
        self._line: Lifeline | None = None
        self._closed = False
        self._note = ""
        self._used = time.monotonic()
        self._following = -1

    @property
    def state(self) -> str:
        """``unloaded``, ``loading``, ``ready`` or ``dead``."""
        line = self._line
        return "unloaded" if line is None else line.state

    @property
    def pid(self) -> int | None:
        """The engine's process id while it runs."""
        line = self._line
        return None if line is None or line.state == "dead" else line.pid

    def describe(self) -> dict[str, str | int]:
        """What is known of the recogniser: ``device``, ``precision``, ``note`` and the counts of the short context.

        ``note`` is why it is not what was asked for, or empty. ``short`` decodes were made in a short encoder context,
        ``fallbacks`` of them again in the full one; ``compared`` pieces of ``words`` words were decoded in both when
        idle, and ``different`` words were not the same. The counts go on when the process is started again.
        """
        about = self._about()
        known: dict[str, str | int] = {key: about[key] for key in ("device", "precision") if key in about}
        counts: dict[str, str | int] = about.get("proof") or self._config["proof"]
        return known | counts | {"note": self._whole_note(about)}

    def start(self) -> None:
        """Start the process if it does not run, and return; it loads on its own. Raises EngineError."""
        self._running()

    def touch(self) -> None:
        """The key went down: have the engine running and warm by the time it is asked. Never blocks, never raises."""
        with contextlib.suppress(EngineError):
            line = self._running()
            stale = time.monotonic() - self._used > STALE
            # Somebody else's turn means that it is at work, which is warm enough.
            if stale and line.state == "ready" and self._turn.acquire(blocking=False):
                try:
                    self._used = time.monotonic()
                    line.post({"do": "warm"})
                finally:
                    self._turn.release()

    def measure(self, samples: bytes) -> Evidence:
        """See ``Listener``. Raises EngineError, or ModelError when the model cannot be loaded."""
        return unpack_evidence(*self._ask({"do": "measure"}, samples))

    def follow(self, id: int, samples: bytes) -> list[float] | None:
        """One speech probability per 512 of the next samples of utterance ``id``, which are a multiple of 512.

        None when the process was started again since that utterance began. Raises EngineError.
        """
        first, self._following = id != self._following, id
        header, payload = self._ask({"do": "follow", "utterance": id, "first": first}, samples)
        return list(unpack_evidence(header, payload).voice) if header["known"] else None

    @property
    def encode_seconds(self) -> float:
        """How long it took when loading to encode 3 s of speech in the context that is in use; 0 until then."""
        return float(self._about().get("encode", 0.0))

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """See ``Recogniser``. Raises EngineError, or ModelError when the model cannot be loaded."""
        return self._transcribe("transcribe", samples, language, hints)

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        """See ``Weigher``. Raises EngineError, or ModelError when the model cannot be loaded."""
        return self._transcribe("transcribe whole", samples, language, hints, styled)

    def transcribe_short(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """See ``Weigher``. Raises EngineError, or ModelError when the model cannot be loaded."""
        return self._transcribe("transcribe short", samples, language, hints)

    @property
    def weighs(self) -> bool:
        """See ``Weigher``."""
        return bool(self._about().get("weighs", False))

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        """See ``Weigher``. Raises EngineError, or ModelError when the model cannot be loaded."""
        if not piece or not texts:
            return ()
        header = {"do": "weigh", "piece": piece, "texts": [*texts], "language": language}
        return unpack_weights(self._ask(header, b"")[0])

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        """See ``Weigher``. Raises EngineError, or ModelError when the model cannot be loaded."""
        if not piece:
            return None
        about = {"do": "again", "piece": piece, "language": language, "hints": _terms(hints), "style": style}
        header, _ = self._ask(about, b"")
        return unpack_transcript(header) if header.get("known", True) else None

    def _transcribe(
        self, way: str, samples: bytes, language: str, hints: Sequence[str], styled: bool = True
    ) -> Transcript:
        about = {"do": way, "language": language, "hints": _terms(hints), "styled": styled}
        header, _ = self._ask(about, samples)
        return unpack_transcript(header)

    def unload(self) -> bool:
        """End the process, which gives its memory back; the next use starts it. False when it is at work."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            with self._guard:
                line, self._line, self._note = self._line, None, ""
                self._remember(line)
            if line:
                line.cut()
        finally:
            self._turn.release()
        self._tell()
        return True

    def close(self) -> None:
        """End the process for good; a request under way raises EngineError."""
        with self._guard:
            self._closed = True
            line, self._line = self._line, None
        if line:
            line.cut()

    def _ask(self, header: Header, samples: bytes) -> tuple[Header, bytes]:
        if len(samples) % SAMPLE_BYTES:
            raise EngineError("bad-samples", "The audio is cut inside a sample", "This is a mistake in the program.")
        if len(samples) > MOST_PAYLOAD:
            raise EngineError("recording-too-long", "The recording is longer than two hours", "Send it in pieces.")
        with self._turn:
            for _ in range(ATTEMPTS):
                line = self._running()
                try:
                    about = line.wait_until_loaded(LOAD_PATIENCE)
                    patience = max(self._patience, 10 * len(samples) / SAMPLE_BYTES / RATE + about["seconds"])
                    answer = line.ask(header, samples, patience)
                except Gone as gone:
                    reason = str(gone)
                    continue
                self._used = time.monotonic()
                return answer
        remedy = "Close other programs or choose a smaller model." if "SIGKILL" in reason else "See `dictation doctor`."
        raise EngineError("engine-died", f"The recogniser ended {ATTEMPTS} times over this: {reason}", remedy)

    def _running(self) -> Lifeline:
        with self._guard:
            if self._closed:
                raise EngineError("engine-closed", "The recogniser was closed", "Start the app again.")
            before = self._line
            if before and before.state != "dead":
                return before
            self._remember(before)
            config = self._config
            if before and before.died_loading and config["device"] != "cpu":
                # Some missing GPU libraries end the process without an error that it could report.
                config = {**config, "device": "cpu"}
                self._note = f"The recogniser ended while loading ({before.reason}); working on the CPU"
            try:
                line = self._line = Lifeline(config, self._hear)
            except OSError as error:
                raise EngineError(
                    "engine-start", f"The recogniser's process cannot be started: {error}", "Close other programs."
                ) from error
        self._tell()
        return line

    def _remember(self, line: Lifeline | None) -> None:
        """The next process goes on with what this one has found out about the short context."""
        if line and "proof" in line.about:
            self._config["proof"] = line.about["proof"]

    def _about(self) -> Header:
        line = self._line
        return {} if line is None else line.about

    def _whole_note(self, about: Header) -> str:
        return ". ".join(note for note in (self._note, about.get("note", "")) if note)

    def _hear(self, line: Lifeline) -> None:
        if line is self._line:
            self._tell()

    def _tell(self) -> None:
        """Called without a lock, so that ``on_state`` may ask anything of us."""
        if self._on_state and not self._closed:
            state, line = self.state, self._line
            detail = line.reason if line and state == "dead" else self._whole_note(self._about())
            # The thread that reads the line must live on whatever a listener does.
            with contextlib.suppress(Exception):
                self._on_state(state, detail)


def _terms(hints: Sequence[str]) -> list[str]:
    """A term longer than this is none, and a header has its bounds."""
    return [hint for hint in hints if len(hint) <= 100][:HINT_TERMS]
