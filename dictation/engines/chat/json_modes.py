"""Owns how a server is asked for JSON: by schema, as any JSON, or in plain words; and what each was found to take."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dictation.core.foreign import json_from

SCHEMA, OBJECT, PLAIN = "json_schema", "json_object", "plain"

_SCHEMA_WORDS = re.compile(r"response_format|json_schema|json_object|schema|grammar|structured", re.I)
_LIMIT_WORDS = re.compile(r"max_(?:completion_)?tokens", re.I)
_QUIET_WORDS = re.compile(r"thinking|reasoning|effort|chat_template|extra|unrecognized|unknown (?:field|param)", re.I)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to ask. ``limit`` is the name of the parameter for the longest answer, or empty."""

    form: str = SCHEMA
    quiet: bool = True
    temperature: bool = True
    limit: str = "max_tokens"


def lower(manner: Manner, said: str) -> Manner | None:
    """The next manner to try when the server refused ``manner`` with 400 or 422 and ``said`` why; None: no more.

    What the server names goes first. One that only says no is given less and less.
    """
    if _LIMIT_WORDS.search(said) and manner.limit:
        other = "max_completion_tokens" if manner.limit == "max_tokens" and "completion" in said else ""
        return replace(manner, limit=other)
    if "temperature" in said.lower() and manner.temperature:
        return replace(manner, temperature=False)
    if _SCHEMA_WORDS.search(said) and manner.form != PLAIN:
        return _plainer(manner)
    if manner.quiet and _QUIET_WORDS.search(said):
        return replace(manner, quiet=False)
    return _less(manner)


def _less(manner: Manner) -> Manner | None:
    """The manner without the next thing that a server may not take; None when nothing is left."""
    if manner.form == SCHEMA:
        return _plainer(manner)
    if manner.quiet:
        return replace(manner, quiet=False)
    if manner.form != PLAIN:
        return _plainer(manner)
    if manner.temperature:
        return replace(manner, temperature=False)
    return replace(manner, limit="") if manner.limit else None


def _plainer(manner: Manner) -> Manner:
    return replace(manner, form=OBJECT if manner.form == SCHEMA else PLAIN)


class Ladder:
    """What is known of each server and model; kept in ``file``, if one is given. Thread-safe, never raises."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, Manner] | None = None
        self._tried: set[str] = set()

    def manner(self, url: str, model: str) -> Manner:
        """How to ask; the best there is where nothing is known yet."""
        with self._lock:
            return self._load().get(f"{url} {model}", Manner())

    def learn(self, url: str, model: str, manner: Manner) -> None:
        """This was accepted."""
        with self._lock:
            known = self._load()
            if known.get(f"{url} {model}") == manner and f"{url} {model}" not in self._tried:
                return
            known[f"{url} {model}"] = manner
            self._tried.discard(f"{url} {model}")
            while len(known) > _MOST:
                del known[next(iter(known))]
            self._save({key: each for key, each in known.items() if key not in self._tried})

    def descend(self, url: str, model: str, manner: Manner | None) -> None:
        """This comes next; None: nothing was accepted, so that all is as before.

        Remembered for this run, so that a server that is slow to refuse is not asked the same again by the next text.
        """
        with self._lock:
            known = self._load()
            self._tried.add(f"{url} {model}")
            if manner is None:
                known.pop(f"{url} {model}", None)
            else:
                known[f"{url} {model}"] = manner

    def _load(self) -> dict[str, Manner]:
        if self._known is None:
            self._known = {}
            try:
                kept = json_from(self._file.read_text(encoding="utf-8")) if self._file else {}
                for key, each in kept.items():
                    self._known[str(key)] = _checked(Manner(**each))
            except (OSError, ValueError, TypeError, AttributeError):
                self._known = {}  # it is only a memory: what is lost is found out again
        return self._known

    def _save(self, known: dict[str, Manner]) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = self._file.with_suffix(".new")
            made.write_text(json.dumps({key: asdict(each) for key, each in known.items()}), encoding="utf-8")
            made.chmod(0o600)
            made.replace(self._file)
        except OSError:
            pass


def _checked(manner: Manner) -> Manner:
    if manner.form not in (SCHEMA, OBJECT, PLAIN) or manner.limit not in ("max_tokens", "max_completion_tokens", ""):
        raise ValueError(manner.form)
    return manner
