"""Another model's hearing of a kept recording: the real app with real engines, and the one in use left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.soak import Clip, Soak, clips
from dictation.app.history import second_model
from dictation.app.history.offline import Offline
from dictation.core.errors import EngineError, ModelError, UsageError
from dictation.core.settings import put
from dictation.engines.models import catalog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def said() -> Clip:
    return next(each for each in clips(short=True) if each.written is not None)


@pytest.fixture
def soak(home: Path, said: Clip, monkeypatch: pytest.MonkeyPatch) -> Iterator[Soak]:
    """The app, which keeps sound, after one utterance; the same model is there as ``other``."""
    monkeypatch.setenv("DICTATION_HOTKEYS", "none")
    monkeypatch.setenv("DICTATION_MODEL", "mini")
    folder = catalog.models_folder("", home / "models")
    folder.mkdir(parents=True)
    (folder / "other").symlink_to(ROOT / "models" / "mini", target_is_directory=True)
    soak = Soak(home, 8.0, monkeypatch.setattr)
    soak.app.begin()
    soak.settle()
    soak.app.change(put(soak.app.settings(), "history.audio", True))
    soak.say(said)
    soak.settle()
    yield soak
    soak.app.end()


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Offline]:
    """Every road that was laid apart from the app's."""
    made: list[Offline] = []

    class Noted(Offline):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            made.append(self)

    monkeypatch.setattr(second_model, "Offline", Noted)
    return made


def alive(pid: int) -> bool:
    """Whether a process of that number runs."""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_another_model_hears_the_recording_while_the_one_in_use_stays_and_ends_afterwards(
    soak: Soak, said: Clip, engines: list[Offline]
) -> None:
    (entry,) = soak.app.history.find()
    before, stages, pids = soak.engine, [], []

    def tell(stage: str) -> None:
        stages.append(stage)
        pids.append(engines[0].recognition.pid)

    answer = soak.app.history.hear_with(int(str(entry["id"])), "other", tell)
    assert (answer["model"], answer["text"]) == ("other", said.written)
    assert "loading" in stages and stages[-1] == "decoding"
    assert pids[-1] not in (None, before) and engines[0].recognition.pid is None
    assert soak.engine == before and alive(before)
    assert soak.app.history.find() == [entry] and soak.paper.texts == [said.written]
    soak.say(said)
    soak.settle()
    assert soak.paper.texts == [said.written] * 2


def stopped_by(soak: Soak, engines: list[Offline], stop: Callable[[], object]) -> str:
    """The error that ends it when ``stop`` is called as soon as its engine loads; the engine is gone then."""
    begun, codes, (entry, *_) = threading.Event(), [], soak.app.history.find()

    def ask() -> None:
        try:
            soak.app.history.hear_with(int(str(entry["id"])), "other", lambda _: begun.set())
        except EngineError as error:
            codes.append(error.code)

    asking = threading.Thread(target=ask)
    asking.start()
    assert begun.wait(30)
    stop()
    asking.join(30)
    assert not asking.is_alive() and engines[-1].recognition.pid is None
    return "".join(codes)


def test_it_can_be_stopped_and_ends_with_the_app(soak: Soak, engines: list[Offline]) -> None:
    before = soak.engine
    assert stopped_by(soak, engines, soak.app.history.drop_hearing) == "stopped"
    assert soak.engine == before and alive(before)
    assert stopped_by(soak, engines, soak.app.end) == "stopped"
    (entry,) = soak.app.history.find()
    with pytest.raises(EngineError):
        soak.app.history.hear_with(int(str(entry["id"])), "other", lambda _: None)
    assert engines[-1].recognition.pid is None


def test_what_cannot_be_heard_says_why(soak: Soak, said: Clip, engines: list[Offline]) -> None:
    (entry,) = soak.app.history.find()
    with pytest.raises(ModelError, match="small is not on this computer"):
        soak.app.history.hear_with(int(str(entry["id"])), "small", lambda _: None)
    soak.app.change(put(soak.app.settings(), "history.audio", False))
    soak.say(said)
    soak.settle()
    with pytest.raises(UsageError, match="not kept"):
        soak.app.history.hear_with(int(str(soak.app.history.find()[0]["id"])), "other", lambda _: None)


def test_a_correction_is_kept_counted_and_learnt_in_the_app(soak: Soak, said: Clip) -> None:
    (entry,) = soak.app.history.find()
    id, text = int(str(entry["id"])), str(entry["text"])
    for times in (1, 2):
        soak.app.history.amend(id, f"{text} 左布拉克斯", by_hand=False)
        offered = soak.app.history.amend(id, f"{text} Zorblax")
        assert offered == (() if times == 1 else (("左布拉克斯", "Zorblax"),))
    assert soak.app.history.find("Zorblax")[0]["text"] == f"{text} Zorblax"
    soak.app.words.learn(*offered[0])
    assert soak.app.words.try_words("数据库换成左布拉克斯")["text"] == "数据库换成 Zorblax"
    with pytest.raises(UsageError):
        soak.app.history.amend(id, " ")
