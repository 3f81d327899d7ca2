"""Owns the proof that the ways of single programs are edited in a table, and that the setting follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QComboBox, QTableWidgetItem

from dictation.core import settings as declared
from dictation.core.methods import OTHERS, WAY, WAYS, check_wishes, read_wishes, write_wishes
from dictation.ui.fields.methods_field import MethodsField, in_words
from dictation.ui.pages.general_page import GeneralPage
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-_ ", min_size=1, max_size=20).map(str.strip)


@pytest.fixture
def page(opened: Callable[[Callable[[Room], GeneralPage]], GeneralPage], controls: FakeControls) -> GeneralPage:
    """The general page, where two programs differ already."""
    controls.change(declared.put(controls.settings(), "insert.methods", "emacs=ctrl+v, xfreerdp=paste"))
    return opened(GeneralPage)


@pytest.fixture
def field(page: GeneralPage) -> MethodsField:
    """The table on it."""
    found = page.form.fields["insert.methods"]
    assert isinstance(found, MethodsField)
    return found


def choose(field: MethodsField, row: int, way: str) -> None:
    """Pick a way, as a user does."""
    box = field.table.cellWidget(row, 1)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(way))
    box.activated.emit(box.currentIndex())


def test_the_setting_stands_in_the_table_in_plain_words(field: MethodsField) -> None:
    boxes = [field.table.cellWidget(row, 1) for row in range(field.table.rowCount())]
    shown = [each.currentText() for each in boxes if isinstance(each, QComboBox)]
    assert shown == ["Paste with Ctrl+V", "Paste"]
    assert len({in_words(each) for each in WAYS}) == len(WAYS)


def test_a_program_is_added_changed_and_removed(field: MethodsField, controls: FakeControls) -> None:
    field.add.click()
    assert controls.settings().insert.methods == "emacs=ctrl+v, xfreerdp=paste"
    field.table.setItem(2, 0, QTableWidgetItem("code"))
    choose(field, 2, "type")
    choose(field, 0, "never")
    assert controls.settings().insert.methods == "emacs=never, xfreerdp=paste, code=type"
    field.table.selectRow(1)
    field.drop.click()
    assert controls.settings().insert.methods == "emacs=never, code=type"


def test_a_name_that_cannot_be_one_is_refused_beside_the_table_and_can_be_mended(
    page: GeneralPage, field: MethodsField, controls: FakeControls
) -> None:
    field.table.setItem(0, 0, QTableWidgetItem("a=b"))
    assert "insert.methods cannot hold" in page.form.rows["insert.methods"].trouble.text()
    assert controls.settings().insert.methods == "emacs=ctrl+v, xfreerdp=paste"
    field.table.setItem(0, 0, QTableWidgetItem("kate"))
    assert page.form.rows["insert.methods"].trouble.text() == ""
    assert controls.settings().insert.methods == "kate=ctrl+v, xfreerdp=paste"


def test_a_setting_that_changes_elsewhere_is_shown(field: MethodsField) -> None:
    field.show("")
    assert field.table.rowCount() == 0
    field.show("kate=type")
    assert field.text() == "kate=type"


WISHES = st.fixed_dictionaries(
    {}, optional={WAY: st.sampled_from(WAYS)} | {what: st.sampled_from(values) for what, (_, values) in OTHERS.items()}
)


@given(st.lists(st.tuples(NAMES.filter(bool), WISHES.filter(bool)), max_size=5))
def test_what_a_table_writes_is_what_is_read(rows: list[tuple[str, dict[str, str]]]) -> None:
    text = write_wishes(rows)
    check_wishes(text)
    assert [wishes for _, wishes in read_wishes(text)] == [wishes for _, wishes in rows]


def test_what_differs_in_a_program_is_picked_beside_its_way(field: MethodsField, controls: FakeControls) -> None:
    box = field.table.cellWidget(0, 1 + [WAY, *OTHERS].index("language"))
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("zh"))
    box.activated.emit(box.currentIndex())
    assert controls.settings().insert.methods == "emacs=ctrl+v language:zh, xfreerdp=paste"
