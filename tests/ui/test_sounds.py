"""Owns the proof that the cues are short and soft, and heard only by who wants them."""

from __future__ import annotations

import array
import os
import stat
import wave
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.types import State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.look import sounds as room
from dictation.ui.look.sounds import Sounds, folder, play
from tests.ui.fake_controls import FakeControls


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been heard."""
    names: list[str] = []
    monkeypatch.setattr(room, "play", names.append)
    return names


@pytest.mark.parametrize("wanted", [False, True])
def test_the_cues_are_played_when_listening_begins_and_ends_if_they_are_wanted(
    qtbot: QtBot, bridge: Bridge, controls: FakeControls, played: list[str], wanted: bool
) -> None:
    cues = Sounds(bridge)
    if wanted:
        controls.change(declared.put(controls.settings(), "look.sounds", True))
    for state in (State.LISTENING, State.THINKING, State.IDLE, State.LOADING, State.IDLE):
        with qtbot.waitSignal(bridge.changed):
            controls.tell(StateChanged(state))
    assert played == (["begin", "end"] if wanted else [])
    cues.deleteLater()


def test_nobody_hears_anything_unless_he_asked_for_it() -> None:
    assert declared.find("look.sounds").default is False


@pytest.mark.parametrize("name", ["begin", "end"])
def test_a_cue_is_short_and_soft_and_begins_and_ends_without_a_click(name: str) -> None:
    with wave.open(str(folder() / f"{name}.wav"), "rb") as file:
        samples = array.array("h", file.readframes(file.getnframes()))
        seconds = file.getnframes() / file.getframerate()
    assert 0.2 < seconds < 0.5
    assert 0.05 < max(map(abs, samples)) / 32768 < 0.11
    assert max(map(abs, samples[:20])) < 200 and max(map(abs, samples[-20:])) < 20


def test_a_cue_is_played_by_the_desktops_own_player(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, heard = tmp_path / "paplay", tmp_path / "heard"
    player.write_text(f'#!/bin/sh\necho "$@" > {heard}.part && mv {heard}.part {heard}\n', encoding="utf-8")
    player.chmod(player.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(room, "PLAYERS", (("pw-play-that-is-not-here",), ("paplay",)))
    assert play("begin")
    qtbot.waitUntil(heard.exists)
    assert heard.read_text(encoding="utf-8").strip() == str(folder() / "begin.wav")


def test_without_a_player_there_is_silence_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PLAYERS", ())
    assert play("begin") is False
