"""API keys: from the environment, else in the system's keyring; never in a file, never in the log."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from dictation.core.errors import StorageError

SERVICE = "dictation"
VARIABLE = "DICTATION_API_KEY"

PATIENCE_SECONDS = 2.0
"""Longest wait for the keyring: a locked one asks the user for a password and blocks the caller until then."""

Result = TypeVar("Result")


class Keyring(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def get(name: str) -> str | None:
    """The key kept under ``name``; ``DICTATION_API_KEY`` goes before the keyring. ``None``: none, or no usable keyring.

    Takes at most ``PATIENCE_SECONDS``. Never raises.
    """
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return given
    try:
        return _ask(lambda: _keyring().get_password(SERVICE, name)) or None
    except StorageError:
        return None


def put(name: str, key: str) -> None:
    """Keep ``key`` under ``name``. Raises StorageError when no keyring takes it."""

    def keep() -> bool:
        _keyring().set_password(SERVICE, name, key)
        return bool(_keyring().get_password(SERVICE, name) == key)

    if not _ask(keep):
        raise _refused("does not keep what it is given")  # the null backend, chosen by some to silence keyring


def forget(name: str) -> None:
    """Delete what is kept under ``name``, if anything. Raises StorageError when the keyring cannot be used."""

    def drop() -> None:
        if _keyring().get_password(SERVICE, name) is not None:
            _keyring().delete_password(SERVICE, name)

    _ask(drop)


def _keyring() -> Keyring:
    import keyring

    backend: Keyring = keyring.get_keyring()
    return backend


def _ask(question: Callable[[], Result]) -> Result:
    """The answer to ``question``, asked on a thread that may be left hanging. Raises StorageError."""
    answers: list[Result] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001 - backends raise whatever their bus or system library raises
            failures.append(error)

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    if answers:
        return answers[0]
    if not failures:
        raise _refused(f"did not answer within {PATIENCE_SECONDS:g} seconds; it may be locked")
    # The backend's own words stay out of the message: some quote what they were given.
    raise _refused("is locked, or there is none" if _is_absent(failures[0]) else "failed")


def _is_absent(error: Exception) -> bool:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    return isinstance(error, InitError | KeyringLocked | NoKeyringError)


def _refused(why: str) -> StorageError:
    return StorageError(
        "no-keyring", f"The system's keyring {why}", f"Unlock it and try again, or set {VARIABLE} in the environment."
    )
