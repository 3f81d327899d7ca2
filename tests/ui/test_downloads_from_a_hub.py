"""Owns the proof that the window gets a model from a real server: breaks are told, and it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from dictation.engines.models import download
from dictation.ui.pages.recognition_page import RecognitionPage
from dictation.ui.room import Room
from tests.engines.hub import Hub
from tests.ui.fake_controls import FakeControls, entry

SIZE = 3_000_000


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub on the loopback with one model."""
    for name in ("DICTATION_HUB", "HF_ENDPOINT", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "PAUSE_SECONDS", 0.01)
    original = tmp_path / "original"
    original.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (original / name).write_text('{"lang_ids": []}')
    head = b"\6\0\0\0\x0c\0WhisperSpec\0"  # how CTranslate2 begins a Whisper model
    (original / "model.bin").write_bytes((head + bytes(range(250)) * (SIZE // 250))[:SIZE])
    with Hub({"Systran/faster-whisper-tiny": original}) as hub:
        yield hub


@pytest.fixture
def page(
    qtbot: QtBot, room: Room, controls: FakeControls, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RecognitionPage:
    """The page over an app that downloads in earnest."""
    controls.offer.append(entry("tiny", "Tiny", 78, ("multi",), "Very weak machines."))

    def get(name: str, progress: Callable[[int, int], bool]) -> None:
        download.get(name, tmp_path / "models", hub.url, progress)
        controls.model(name)["installed"] = True

    monkeypatch.setattr(controls, "get_model", get)
    shown = RecognitionPage(room)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    qtbot.waitUntil(lambda: "tiny" in shown.rows)
    return shown


def test_a_broken_download_says_so_and_goes_on_where_it_broke(
    qtbot: QtBot, page: RecognitionPage, hub: Hub, tmp_path: Path
) -> None:
    hub.faults.break_at = 1_234_567
    page.rows["tiny"][1].click()
    qtbot.waitUntil(lambda: "cannot be reached" in page.progress.trouble.text(), timeout=20_000)
    hub.faults.break_at = None
    page.progress.pause.click()
    qtbot.waitUntil(lambda: page.rows["tiny"][1].text() == "Use", timeout=20_000)
    assert max(each.begin for each in hub.asked) == 1_234_567
    assert (tmp_path / "models" / "tiny" / "model.bin").stat().st_size == SIZE


def test_the_window_goes_on_while_a_slow_hub_sends_and_a_pause_is_obeyed(
    qtbot: QtBot, page: RecognitionPage, hub: Hub
) -> None:
    hub.faults.bytes_per_second = 400_000
    ticks = []
    ticking = QTimer(interval=10)
    ticking.timeout.connect(lambda: ticks.append(1))
    ticking.start()
    page.rows["tiny"][1].click()
    qtbot.waitUntil(lambda: page.room.downloads.done > 200_000, timeout=20_000)
    assert len(ticks) > 10
    page.progress.pause.click()
    qtbot.waitUntil(lambda: " paused at " in page.progress.amount.text(), timeout=20_000)
    hub.faults.bytes_per_second = None
    page.progress.pause.click()
    qtbot.waitUntil(lambda: page.rows["tiny"][1].text() == "Use", timeout=20_000)
