"""Which recogniser is in use, and when it is exchanged or let go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dictation.app.take import recognition
from dictation.app.take.recognition import Recognition, only_the_self_test_model
from dictation.core.errors import ModelError
from dictation.core.settings import Settings, put
from dictation.engines.models import catalog


class Process:
    """Stands for the engine process; the real one has tests of its own."""

    made: list[Process]

    def __init__(self, directory: str | None, *_: Any, **__: Any) -> None:
        self.directory, self.touched, self.closed, self.busy = directory, 0, False, False
        self.unloaded = threading.Event()
        Process.made.append(self)

    def describe(self) -> dict[str, str | int]:
        return {"note": ""}

    def start(self) -> None: ...

    def touch(self) -> None:
        assert not self.closed
        self.touched += 1

    def unload(self) -> bool:
        if not self.busy:
            self.unloaded.set()
        self.busy = False
        return self.unloaded.is_set()

    def close(self) -> None:
        self.closed = True


class Hurried(threading.Timer):
    """A timer whose minutes pass at once."""

    def __init__(self, seconds: float, call: Callable[..., object], arguments: tuple[object, ...]) -> None:
        assert seconds >= 60
        super().__init__(0.01, call, arguments)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recognition]:
    Process.made = []
    monkeypatch.setattr(recognition, "KeenEngine", Process)
    monkeypatch.setattr(catalog, "choose", lambda name, *_: (tmp_path / name, name))
    made = Recognition(tmp_path)
    yield made
    made.close()


def wait_until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_an_utterance_ends_with_the_engine_that_it_began_with(
    chosen: Recognition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "OLD_SECONDS", 0.2)
    before = Settings()
    after = put(before, "engine.threads", 3)
    first, _ = chosen.use(before)
    second, _ = chosen.use(after)
    for _ in range(50):  # it is still spoken, or thought about
        assert chosen.of(before)[0] is first and chosen.nearby(before) is first
        time.sleep(0.01)
    assert chosen.of(after)[0] is second and not Process.made[0].closed
    wait_until(lambda: Process.made[0].closed)
    assert chosen.of(before)[0] is second, "what is in force is not exchanged for what was"
    assert len(Process.made) == 2 and not Process.made[1].closed


def test_the_engine_stays_until_a_setting_that_concerns_it_changes(
    chosen: Recognition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "OLD_SECONDS", 0.0)
    settings = Settings()
    chosen.use(settings)
    chosen.use(put(settings, "keys.mode", "hold"))
    assert len(Process.made) == 1 and Process.made[0].touched == 2
    chosen.use(put(settings, "engine.model", "base"))
    wait_until(lambda: [each.closed for each in Process.made] == [True, False])
    assert chosen.model == "base"


def test_the_call_goes_before_the_environment_and_that_before_the_setting(
    chosen: Recognition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DICTATION_MODEL", "tiny")
    settings = put(Settings(), "engine.model", "base")
    for called, used in (("small", "small"), (None, "tiny")):
        made = Recognition(tmp_path, model=called)
        made.use(settings)
        assert made.model == used


def test_a_remote_server_hears_words_and_our_own_process_hears_silence(chosen: Recognition) -> None:
    settings = put(put(Settings(), "engine.kind", "remote"), "remote.url", "http://127.0.0.1:9/v1")
    listener, recogniser = chosen.use(settings)
    answers: list[object] = [listener, recogniser]
    assert answers[0] is Process.made[0] and answers[1] is not answers[0]
    assert Process.made[0].directory is None
    assert chosen.nearby(settings) is None


def test_a_remote_engine_without_an_address_is_said(chosen: Recognition) -> None:
    with pytest.raises(ModelError, match="no address"):
        chosen.use(put(Settings(), "engine.kind", "remote"))


def test_an_idle_engine_is_unloaded_but_never_one_at_work(chosen: Recognition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "Timer", Hurried)
    settings = put(Settings(), "engine.unload_minutes", 1)
    chosen.nearby(settings)
    Process.made[0].busy = True
    chosen.use(settings)
    assert Process.made[0].unloaded.wait(5)
    assert Process.made[0].busy is False


def test_only_the_shipped_model_is_worth_a_note() -> None:
    assert only_the_self_test_model("mini") is not None
    assert only_the_self_test_model("small") is None
