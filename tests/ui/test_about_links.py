"""Owns the proof that the about page opens the log's folder and the project's page, or says where they are."""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from dictation.ui.pages import about_links
from dictation.ui.pages.about_page import AboutPage
from dictation.ui.room import Room

Opened = Callable[[Callable[[Room], AboutPage]], AboutPage]


@pytest.mark.parametrize("opens", [True, False])
def test_the_folder_of_the_log_is_opened_or_named(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    page = opened(AboutPage)
    page.links.folder.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [QUrl.fromLocalFile(str(Path.home()))]
    said = page.links.row.trouble.text()
    assert said == ("" if opens else f"Nothing on this desktop opens it. It is here: {Path.home()}")


@pytest.mark.parametrize(
    "named, page",
    [
        (["Homepage, https://dictation.example/"], "https://dictation.example/"),
        (["Local, file:///etc", "Source, https://code.example/d"], "https://code.example/d"),
        ([], ""),
    ],
)
def test_the_projects_page_is_the_one_that_the_package_names(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, named: list[str], page: str
) -> None:
    about = Message()
    for each in named:
        about["Project-URL"] = each
    monkeypatch.setattr(about_links, "metadata", lambda _: about)
    assert about_links.project_page() == page
    assert opened(AboutPage).links.page.isVisible() == bool(page)
