"""Owns what every test gets: a home of its own, windows nobody sees, and no network."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.real_speech import BASE, WITHOUT, weights

# Before Qt is imported by any test: `make test` on somebody's desktop must not open windows there.
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for settings, history, models and spool, also for the processes that a test starts."""
    folder = tmp_path / "home"
    for name in list(os.environ):
        if name.startswith(("DICTATION_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DICTATION_HOME", str(folder))
    return folder


@pytest.fixture
def base() -> Path:
    """The folder of real Whisper weights; the test is skipped where they are not."""
    if not weights():
        pytest.skip(WITHOUT)
    return BASE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line on the tests that were skipped for want of real weights."""
    skipped = [each for each in terminalreporter.stats.get("skipped", []) if WITHOUT in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"Skipped for want of real Whisper weights: {len(skipped)} of the tests; `make real-model` fetches them"
        )


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached from a test."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _refuse(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _refuse(self, address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


def _refuse(asker: socket.socket, address: Any) -> None:
    if asker.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])
        if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
            raise PermissionError(f"a test tried to reach {address[0]}:{address[1]}")
