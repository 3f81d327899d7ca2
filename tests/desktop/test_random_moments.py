"""Faults at moments that nobody chose: the engine dies, or one utterance begins in the middle of another's thought."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.editors import Editor
from tests.desktop.running import App, Status
from tests.desktop.selections import copy, wait_for
from tests.desktop.test_faults import SENTENCES, engine, history, speech

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

SAID = (SENTENCES[6], SENTENCES[18])
"""Two short ones: some 2 s each."""

KILLS, OVERLAPS = 3, 1
SEED = 15


@pytest.fixture(scope="module")
def app(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("moments"), "--headless") as app:
        yield app


@pytest.fixture(scope="module")
def paper(desk: Desk) -> Iterator[Editor]:
    editor = desk.open("xterm")
    yield editor
    editor.close()


@contextlib.contextmanager
def at(seconds: float, what: Callable[[], object]) -> Iterator[None]:
    """Have ``what`` done so many seconds from now, whatever goes on then; it is over when this is left."""
    timer = threading.Timer(seconds, what)
    timer.start()
    try:
        yield
    finally:
        timer.join()


def say(desk: Desk, turn: int) -> None:
    desk.play(speech(desk, SAID[turn % len(SAID)]))


def test_an_engine_killed_at_any_moment_loses_no_utterance_and_doubles_none(
    desk: Desk, app: App, paper: Editor
) -> None:
    chance, before = random.Random(SEED), len(history(app))
    paper.focus()
    paper.clear()
    typed, moments = "", list[float]()

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError, TypeError):
            os.kill(app.status()["engine_pid"], signal.SIGKILL)

    for turn in range(KILLS):
        earlier = app.last_id()
        moments.append(round(chance.uniform(0.0, 3.5), 2))
        with at(moments[-1], kill):
            desk.key_down(RIGHT_CTRL)
            say(desk, turn)
            desk.key_up(RIGHT_CTRL)
            outcome = app.outcome_after(earlier)
        assert outcome["outcome"] in ("inserted", "held", "failed"), (moments, outcome)
        typed += outcome["text"] if outcome["outcome"] == "inserted" else ""
        kept = history(app)
        assert len(kept) == before + turn + 1, (moments, kept)
        sound = list((app.home / "spool").glob("*.f32"))
        assert kept[0]["text"] or sound, "the words, or the sound they are in"
    assert paper.wait_for(lambda text: len(text) >= len(typed)) == typed, moments


def both(app: App, known: int) -> tuple[Status, Status]:
    """What is in the history of the two utterances after the first ``known``, in order, once they have ended."""
    app.wait_for(lambda status: status["state"] == "idle" and len(history(app)) == known + 2, "both")
    second, first = history(app)[:2]
    return first, second


def test_an_utterance_that_begins_while_another_is_thought_about_comes_after_it_and_the_clipboard_comes_back(
    desk: Desk, app: App, paper: Editor
) -> None:
    chance = random.Random(SEED)
    for _ in range(OVERLAPS):
        paper.focus()
        paper.clear()
        copy("mine, 我的".encode())
        known = len(history(app))
        desk.key_down(RIGHT_CTRL)
        say(desk, 0)
        victim = engine(app)  # not before: one that died while nobody spoke is begun with the key
        os.kill(victim, signal.SIGSTOP)  # the first is sure to be thought about still
        desk.key_up(RIGHT_CTRL)
        # What is let go and pressed again at once is a key that repeats: one recording goes on.
        gap, late = chance.uniform(0.15, 0.6), chance.uniform(0.3, 2.5)
        with at(gap, partial(desk.key_down, RIGHT_CTRL)):
            pass
        with at(late, partial(os.kill, victim, signal.SIGCONT)):
            say(desk, 1)
            desk.key_up(RIGHT_CTRL)
        first, second = both(app, known)
        assert first["outcome"] == second["outcome"] == "inserted", (gap, late, first, second)
        texts = first["text"] + second["text"]
        assert first["text"] and second["text"] and paper.wait_for(texts) == texts, (gap, late)
        wait_for("mine, 我的".encode())
