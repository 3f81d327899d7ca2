"""Owns the proof that each page of the settings window does what it is there for, with the app beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dictation.core import settings as declared
from dictation.core.errors import MicrophoneError, StorageError
from dictation.core.types import Finished, Inserted
from dictation.ui.fields.keys_field import Catcher
from dictation.ui.pages.about_page import AboutPage
from dictation.ui.pages.ai_page import AiPage
from dictation.ui.pages.commands_page import EXAMPLE, CommandsPage
from dictation.ui.pages.general_page import GeneralPage
from dictation.ui.pages.history_page import HistoryPage
from dictation.ui.pages.hotkeys_page import HotkeysPage
from dictation.ui.pages.microphone_page import MicrophonePage
from dictation.ui.pages.privacy_page import PrivacyPage
from dictation.ui.pages.words_page import WordsPage
from dictation.ui.room import Page, Room
from tests.ui.fake_controls import FakeControls

Kind = TypeVar("Kind", bound=Page)


Opened = Callable[[Callable[[Room], Kind]], Kind]


# --- general, hotkeys


def test_the_start_with_the_desktop_is_switched(
    qtbot: QtBot, opened: Opened[GeneralPage], controls: FakeControls
) -> None:
    controls.starts = True
    page = opened(GeneralPage)
    qtbot.waitUntil(page.autostart.isChecked)
    page.autostart.click()
    qtbot.waitUntil(lambda: controls.starts is False)


def catcher(page: Page, key: str) -> Catcher:
    """The button that waits for the keys of a setting."""
    found = page.form.fields[key].widget.findChild(Catcher)
    assert found is not None
    return found


def press(button: Catcher, key: Qt.Key, native: int, down: bool = True) -> None:
    """A key with the symbol that tells left from right."""
    kind = QKeyEvent.Type.KeyPress if down else QKeyEvent.Type.KeyRelease
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, 0, native, 0)
    QGuiApplication.sendEvent(button, event)


def test_a_modifier_alone_is_caught_with_its_side_and_the_old_keys_rest_meanwhile(
    opened: Opened[Page], controls: FakeControls
) -> None:
    page = opened(HotkeysPage)
    button = catcher(page, "keys.dictate")
    button.click()
    assert button.text() == "Press the keys…" and controls.paused()
    press(button, Qt.Key.Key_Alt, 0xFFEA)
    press(button, Qt.Key.Key_Alt, 0xFFEA, down=False)
    assert controls.settings().keys.dictate == "alt_r"
    assert button.text() == "Right Alt" and not controls.paused()


def test_a_chord_is_caught_at_its_last_key(opened: Opened[Page], controls: FakeControls) -> None:
    page = opened(HotkeysPage)
    button = catcher(page, "keys.command")
    button.click()
    press(button, Qt.Key.Key_Control, 0xFFE3)
    press(button, Qt.Key.Key_Alt, 0xFFE9)
    press(button, Qt.Key.Key_Space, 0x20)
    assert controls.settings().keys.command == "ctrl+alt+space"
    assert button.text() == "Ctrl + Alt + Space"


def test_a_mouse_button_is_caught_and_a_click_elsewhere_gives_up(opened: Opened[Page], controls: FakeControls) -> None:
    page = opened(HotkeysPage)
    button = catcher(page, "keys.dictate")
    button.click()
    QTest.mousePress(button, Qt.MouseButton.BackButton)
    assert controls.settings().keys.dictate == "mouse_back"
    button.click()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert not button.waiting and not controls.paused()
    assert controls.settings().keys.dictate == "mouse_back"


def test_the_key_in_force_is_named(qtbot: QtBot, opened: Opened[HotkeysPage], controls: FakeControls) -> None:
    page = opened(HotkeysPage)
    catchers = page.findChildren(Catcher)[:2]
    assert [each.text() for each in catchers] == ["Right Ctrl (automatic)", "Right Alt (automatic)"]
    page.form.apply("keys.dictate", "f9")
    assert catchers[0].text() == "F9"


# --- microphone


def test_the_test_shows_level_and_speech_and_closes_the_microphone_when_the_page_is_left(
    qtbot: QtBot, opened: Opened[MicrophonePage], controls: FakeControls
) -> None:
    page = opened(MicrophonePage)
    controls.loudness, controls.voice = 0.3, 0.9
    page.hearing.test.click()
    meter = next(iter(page._gates.values())).meter
    qtbot.waitUntil(lambda: page.hearing.level.share > 0.5 and meter.voice == 0.9 and meter.live)
    assert page.hearing.told.text() == "You are heard."
    page.hearing.test.click()
    qtbot.waitUntil(page.hearing.play.isEnabled)
    assert not meter.live
    page.hearing.test.click()
    qtbot.waitUntil(lambda: controls.asked.count("microphone opened") == 2)
    page.hide()
    qtbot.waitUntil(lambda: controls.asked.count("microphone closed") == 2)


def test_a_muted_microphone_is_told(qtbot: QtBot, opened: Opened[MicrophonePage], controls: FakeControls) -> None:
    page = opened(MicrophonePage)
    page.hearing.test.click()
    qtbot.waitUntil(lambda: page.hearing.told.text().startswith("No sound at all"))
    page.hearing.stop()
    qtbot.waitUntil(lambda: not page.hearing.running)


def test_a_microphone_that_cannot_be_opened_says_why_in_its_row(
    qtbot: QtBot, opened: Opened[MicrophonePage], controls: FakeControls
) -> None:
    page = opened(MicrophonePage)
    controls.refusal = MicrophoneError("gone", "The microphone is gone", "Plug it in.")
    page.hearing.test.click()
    qtbot.waitUntil(lambda: page.hearing.trouble.text() == "The microphone is gone. Plug it in.")


def test_the_measured_room_proposes_a_gate_that_one_press_puts_in_force(
    qtbot: QtBot, opened: Opened[MicrophonePage], controls: FakeControls
) -> None:
    page = opened(MicrophonePage)
    page.measure.click()
    qtbot.waitUntil(page.use.isVisible)
    assert page.use.text() == "Use 0.65"
    page.use.click()
    assert controls.settings().hearing.gate == 0.65 and not page.use.isVisible()


# --- words


@pytest.fixture
def words(qtbot: QtBot, opened: Opened[WordsPage], controls: FakeControls) -> WordsPage:
    """The page with the glossary on it."""
    page = opened(WordsPage)
    qtbot.waitUntil(lambda: page.table.rowCount() == len(controls.glossary))
    return page


def write(page: WordsPage, row: int, column: int, text: str) -> None:
    """Edit a cell."""
    item = page.table.item(row, column)
    assert item is not None
    item.setText(text)


def test_a_term_is_added_changed_and_deleted_in_the_table(
    qtbot: QtBot, words: WordsPage, controls: FakeControls
) -> None:
    words.add.click()
    write(words, 2, 0, "Nginx")
    qtbot.waitUntil(lambda: controls.glossary.get("Nginx") == ())
    qtbot.waitUntil(lambda: words.said.text() == "Nginx is known from now on.")
    write(words, 2, 1, "engine x，恩静克斯")
    qtbot.waitUntil(lambda: controls.glossary["Nginx"] == ("engine x", "恩静克斯"))
    write(words, 2, 0, "nginx")
    qtbot.waitUntil(lambda: "nginx" in controls.glossary and "Nginx" not in controls.glossary)
    qtbot.waitUntil(lambda: words.said.text() == "nginx is known from now on.")
    words.table.selectRow(2)
    words.delete.click()
    qtbot.waitUntil(lambda: "nginx" not in controls.glossary)


def test_a_term_that_cannot_be_one_says_why(qtbot: QtBot, words: WordsPage) -> None:
    write(words, 0, 0, "!")
    qtbot.waitUntil(lambda: words.trouble.text() == "'!' cannot be a term. Use letters.")


def test_a_word_said_often_becomes_a_term_only_when_it_is_chosen(
    qtbot: QtBot, words: WordsPage, controls: FakeControls
) -> None:
    assert not words.often.isVisibleTo(words)
    controls.said_often = [("Zorblax", 5)]
    words.refresh()
    qtbot.waitUntil(lambda: words.often.isVisibleTo(words))
    assert "Zorblax" not in controls.glossary
    words.offered.actions()[0].trigger()
    qtbot.waitUntil(lambda: controls.glossary.get("Zorblax") == ())


def test_terms_are_searched_in_both_columns(words: WordsPage) -> None:
    words.filter.setText("吉特")
    assert [words.table.isRowHidden(row) for row in range(2)] == [True, False]
    words.filter.setText("KUBE")
    assert [words.table.isRowHidden(row) for row in range(2)] == [False, True]


def test_a_sentence_is_tried_and_says_which_rule_did_what(qtbot: QtBot, words: WordsPage) -> None:
    words.trial.setText("推到吉特哈布上")
    qtbot.waitUntil(lambda: words.result.text() == "推到GitHub上")
    assert words.why.text() == "Term: 吉特哈布 → GitHub"
    words.trial.setText("你好")
    qtbot.waitUntil(lambda: words.why.text() == "Nothing is changed.")


# --- ai


def test_the_key_goes_to_the_keyring_and_is_not_shown_again(
    qtbot: QtBot, opened: Opened[AiPage], controls: FakeControls
) -> None:
    controls.change(declared.put(controls.settings(), "llm.provider", "deepseek"))
    page = opened(AiPage)
    qtbot.waitUntil(lambda: page.key.placeholderText() == "No key yet")
    QTest.keyClicks(page.key, "wrong")
    QTest.keyClick(page.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: controls.key == "wrong" and page.key.text() == "")
    assert page.key.placeholderText() == "A key is kept"
    page.test.click()
    qtbot.waitUntil(lambda: page._test_row.trouble.text() == "The key is wrong. Check it.")
    controls.key = "right"
    page.test.click()
    qtbot.waitUntil(lambda: page.good.text() == "It works.")
    assert page._test_row.trouble.text() == ""
    page.drop.click()
    qtbot.waitUntil(lambda: controls.key == "")


def test_a_keyring_that_refuses_says_so_beside_the_key(
    qtbot: QtBot, opened: Opened[AiPage], controls: FakeControls
) -> None:
    controls.change(declared.put(controls.settings(), "llm.provider", "deepseek"))
    page = opened(AiPage)
    controls.refusal = StorageError("no-keyring", "The keyring is locked", "Unlock it.")
    page.key.setText("secret")
    page.keep.click()
    qtbot.waitUntil(lambda: page._key_row.trouble.text() == "The keyring is locked. Unlock it.")


def test_what_a_provider_uses_stands_in_the_empty_fields_and_its_models_are_offered(
    qtbot: QtBot, opened: Opened[AiPage], controls: FakeControls
) -> None:
    page = opened(AiPage)
    page.form.apply("llm.provider", "deepseek")
    page.hint()
    address = page.form.fields["llm.url"].widget
    assert address.property("placeholderText") == "https://api.deepseek.com"
    page.list.click()
    model = page.form.fields["llm.model"].widget
    qtbot.waitUntil(lambda: model.property("count") == 2)
    assert controls.settings().llm.model == "" and model.property("currentText") == ""


# --- commands


def test_snippets_are_checked_before_they_are_kept(
    qtbot: QtBot, opened: Opened[CommandsPage], controls: FakeControls
) -> None:
    page = opened(CommandsPage)
    page.text.setPlainText("[[snippet]]\nsay = 'go'")
    page.save.click()
    qtbot.waitUntil(lambda: page._row.trouble.text() == "snippet 1 needs a command in run. Mend it.")
    assert controls.own_commands == ""
    page.text.clear()
    page.example.click()
    page.save.click()
    qtbot.waitUntil(lambda: controls.own_commands.strip() == EXAMPLE.strip())
    qtbot.waitUntil(lambda: not page.save.isEnabled())
    assert page._row.trouble.text() == ""


def test_the_line_for_a_shell_is_copied(opened: Opened[CommandsPage]) -> None:
    page = opened(CommandsPage)
    page.copies["fish"].click()
    assert QGuiApplication.clipboard().text() == "dictation shell-widget fish | source"
    assert page.copies["fish"].text() == "Copied" and page.copies["zsh"].text() == "Copy"


# --- history


def said(id: int, text: str, heard: str = "", audio: str | None = None) -> dict[str, object]:
    """An entry as the app gives it."""
    edits = [{"rule": "terms", "from": heard, "to": text}] if heard else []
    return {
        "id": id, "at": "2026-03-14T15:09:26+00:00", "purpose": "dictate", "outcome": "inserted", "reason": None,
        "text": text, "heard": heard or text, "edits": edits, "app": "Code", "seconds": 2.5,
        "timings_ms": {"transcribe": 300}, "audio": audio,
    }  # fmt: skip


@pytest.fixture
def history(qtbot: QtBot, opened: Opened[HistoryPage], controls: FakeControls) -> HistoryPage:
    """The page with three entries, the newest first."""
    controls.past = [said(3, "重启数据库"), said(2, "GitHub", "吉特哈布"), said(1, "hello there", audio="/nowhere.wav")]
    page = opened(HistoryPage)
    qtbot.waitUntil(lambda: page.list.count() == 3)
    return page


def test_an_entry_says_what_was_heard_and_why_it_was_changed(history: HistoryPage) -> None:
    history.list.setCurrentRow(1)
    assert history.text.text() == "GitHub"
    assert history.heard.text() == "Heard: 吉特哈布"
    assert history.why.text() == "Term: 吉特哈布 → GitHub"
    assert "Code · 2.5 s of speech · 300 ms of waiting" in history.about.text()


def test_the_history_is_searched_in_chinese(qtbot: QtBot, history: HistoryPage) -> None:
    history.search.setText("数据")
    qtbot.waitUntil(lambda: history.list.count() == 1)
    assert history.text.text() == "重启数据库"
    history.search.setText("没有的话")
    qtbot.waitUntil(lambda: history.text.text() == "Nothing found.")
    assert not history.copy.isEnabled()


def test_an_entry_is_copied_transcribed_again_and_deleted(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    history.copy.click()
    assert QGuiApplication.clipboard().text() == "重启数据库"
    assert not history.retry.button.isVisible()
    history.list.setCurrentRow(2)
    assert history.retry.button.isVisible() and history.play.isVisible()
    history.retry.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: "retry 1" in controls.asked)
    history.delete.click()
    qtbot.waitUntil(lambda: "forget 1" in controls.asked and history.list.count() == 2)


def test_the_window_makes_way_before_a_text_is_put_in_again(
    qtbot: QtBot, history: HistoryPage, controls: FakeControls
) -> None:
    history.again.click()
    assert not history.window().isVisible()
    qtbot.waitUntil(lambda: "insert_again 3" in controls.asked)


def test_all_is_deleted_only_at_the_second_press(qtbot: QtBot, history: HistoryPage, controls: FakeControls) -> None:
    history.clear.click()
    assert len(controls.past) == 3 and history.clear.text() == "Really delete?"
    history.clear.click()
    qtbot.waitUntil(lambda: history.list.count() == 0)
    assert controls.past == []


def test_what_is_said_meanwhile_appears(qtbot: QtBot, history: HistoryPage, controls: FakeControls) -> None:
    history.list.setCurrentRow(1)
    controls.past.insert(0, said(4, "fresh"))
    controls.tell(Finished(4, Inserted("fresh")))
    qtbot.waitUntil(lambda: history.list.count() == 4)
    assert history.text.text() == "GitHub"  # what was looked at stays


# --- privacy, about


def test_privacy_says_what_leaves_the_machine_with_the_settings_in_force(
    qtbot: QtBot, opened: Opened[PrivacyPage], controls: FakeControls
) -> None:
    page = opened(PrivacyPage)
    qtbot.waitUntil(lambda: "history" in page.rows)
    assert page.texts.help.text() == "Stay here: no provider of a language model is chosen."
    assert page.rows["history"][0].help.text() == "For 90 days\n~/history.sqlite"
    assert page.rows["history"][1].text() == "82 kB"
    now = declared.put(controls.settings(), "llm.provider", "deepseek")
    controls.change(declared.put(now, "history.keep", False))
    page.refresh()
    assert "https://api.deepseek.com" in page.texts.help.text()
    qtbot.waitUntil(lambda: page.rows["history"][0].help.text().startswith("Nothing new is kept"))


def test_the_findings_are_copied_without_the_users_name(qtbot: QtBot, opened: Opened[AboutPage]) -> None:
    page = opened(AboutPage)
    qtbot.waitUntil(page.copy.isEnabled)
    assert page.findings.note.text() == "Does not work: 1"
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "broken  microphone: there is none Plug one in." in text
    assert "mini in ~/models" in text
