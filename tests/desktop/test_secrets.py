"""Keys are kept by the keyring or not at all, and the keyring never stops the app."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from dictation.core.errors import StorageError
from dictation.desktop.store import secrets
from tests.patience import SOON

KEY = "sk-very-secret"


class InMemory(keyring.backend.KeyringBackend):
    """Keeps in a dict; may be told to fail or to block."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None
        self.locked: threading.Event | None = None

    def _enter(self) -> None:
        if self.locked:
            self.locked.wait(30)
        if self.failure:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._enter()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter()
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("not there")
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    monkeypatch.delenv(secrets.VARIABLE, raising=False)
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    if ring.locked:
        ring.locked.set()
    keyring.set_keyring(before)


def test_what_is_put_is_got_under_its_own_name_until_forgotten(ring: InMemory) -> None:
    secrets.put("llm", KEY)
    assert ring.kept == {("dictation", "llm"): KEY}
    assert secrets.get("llm") == KEY
    assert secrets.get("remote") is None
    secrets.forget("llm")
    assert secrets.get("llm") is None
    secrets.forget("llm")


def test_the_environment_goes_first_and_needs_no_keyring(ring: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.put("llm", KEY)
    monkeypatch.setenv(secrets.VARIABLE, " from-outside\n")
    ring.failure = RuntimeError("must not be asked")
    assert secrets.get("llm") == "from-outside"
    monkeypatch.setenv(secrets.VARIABLE, "")
    ring.failure = None
    assert secrets.get("llm") == KEY


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_without_a_keyring_get_is_none_and_put_says_what_to_do(
    backend: Callable[[], keyring.backend.KeyringBackend],
) -> None:
    keyring.set_keyring(backend())
    assert secrets.get("llm") is None
    with pytest.raises(StorageError) as caught:
        secrets.put("llm", KEY)
    assert caught.value.code == "no-keyring"
    assert secrets.VARIABLE in caught.value.remedy


def test_a_locked_keyring_holds_nobody_up(ring: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "PATIENCE_SECONDS", 0.2)
    ring.locked = threading.Event()
    began = time.monotonic()
    assert secrets.get("llm") is None
    with pytest.raises(StorageError, match="may be locked"):
        secrets.put("llm", KEY)
    with pytest.raises(StorageError, match="may be locked"):
        secrets.forget("llm")
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("failure", [RuntimeError(KEY), OSError(KEY), keyring.errors.KeyringLocked(KEY)])
def test_a_failing_keyring_never_shows_the_key(
    ring: InMemory, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ring.failure = failure
    assert secrets.get("llm") is None
    with pytest.raises(StorageError) as caught:
        secrets.put("llm", KEY)
    assert KEY not in caught.value.line()
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert KEY not in caplog.text
