"""Owns the real app under test: a process of its own with a home of its own, asked over its own socket."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dictation.core.errors import DictationError
from dictation.desktop.session.instance import ask
from dictation.desktop.store.folders import Places
from tests.desktop.editors import wait_until

PATIENCE_SECONDS = 60.0
DICTATION = [sys.executable, "-m", "dictation"]

Status = dict[str, Any]


class AppError(Exception):
    """The app did not start; the message is one line."""


class App:
    """`dictation run` on whatever desktop ``os.environ`` names. Leaving it ends the app, by force if need be."""

    def __init__(
        self,
        home: Path,
        *words: str,
        environment: Mapping[str, str] | None = None,
        spaced: bool = False,
        before: Sequence[str] = (),
    ) -> None:
        """``words`` are arguments after ``run``, ``before`` those of a program that starts it and every call of it;
        ``environment`` is added to ours.

        ``spaced``: put a space between two texts, as users have it. Tests empty their windows without a key, which no
        user can, so the app takes the next text for one that goes on in the same place.
        """
        self._spaced = spaced
        self.home = home
        self._words = words
        self._dictation = [*before, *DICTATION]
        self._environment = (
            os.environ | {"DICTATION_HOME": str(home), "DICTATION_MODEL": "mini"} | dict(environment or {})
        )
        self._socket = Places(home, home, home, home / "run").socket
        home.mkdir(parents=True, exist_ok=True)
        self.log = home / "output.txt"

    def __enter__(self) -> Self:
        """Start it and wait until it listens. Raises AppError, and TimeoutError when it takes too long."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*self._dictation, "run", *self._words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
            )
        try:
            self.wait_for(lambda status: status["state"] == "idle", "the app to be ready")
            if not self._spaced:
                self.call("config", "set", "insert.spacing", "never")
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        """Ask it to quit, and see that it does."""
        if self.process.poll() is None:
            try:
                self.call("quit")
                self.process.wait(10)
            except (DictationError, subprocess.TimeoutExpired):
                self.kill()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()

    def ask(self, request: Status) -> Status:
        """The first answer to a request over the socket. Raises UnreachableError."""
        return next(iter(ask(self._socket, request)))

    def status(self) -> Status:
        """What `dictation status` shows; empty while nobody answers."""
        try:
            answer = self.ask({"do": "status"})
        except DictationError:
            return {}
        return answer if "state" in answer else {}

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A call of the command line against this app."""
        return subprocess.run(
            [*self._dictation, *words],
            env=self._environment,
            timeout=30,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def wait_for(self, wanted: Callable[[Status], object], what: str, seconds: float = PATIENCE_SECONDS) -> Status:
        """The status, once it is ``wanted``. Raises AppError when the app has ended, TimeoutError."""

        def look() -> Status | None:
            if self.process.poll() is not None:
                said = self.log.read_text(errors="replace").strip().splitlines()
                raise AppError(f"the app ended with {self.process.returncode}: {said[-1] if said else 'no word'}")
            status = self.status()
            return status if status and wanted(status) else None

        return wait_until(look, what, seconds)

    def last_id(self) -> int:
        """Number of the last utterance that ended, 0 when there is none."""
        return int((self.status().get("last") or {}).get("id", 0))

    def outcome_after(self, earlier: int) -> Status:
        """How the utterance after number ``earlier`` ended, when the app is idle again."""

        def over(status: Status) -> bool:
            return status["state"] in ("idle", "error") and (status["last"] or {}).get("id", 0) > earlier

        last: Status = self.wait_for(over, "the utterance to end")["last"]
        return last
