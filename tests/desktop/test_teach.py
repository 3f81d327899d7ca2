"""Words that are corrected where they stand, selected, and taught to the real app."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dictation.desktop.clipboard.selected_text import selected_x11
from tests.desktop.bench import RIGHT_CTRL, Desk
from tests.desktop.demo import SHOWCASE, showcase
from tests.desktop.editors import Editor
from tests.desktop.running import App
from tests.desktop.selections import copy

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

SENTENCE = showcase(SHOWCASE.read_text(encoding="utf-8").splitlines())[0]


def test_what_stands_selected_is_read_whatever_the_language_and_nothing_is_selected_where_nothing_is(
    desk: Desk,
) -> None:
    for text in ("Zorblax 你好 😀\nnext", "x" * 50_000):
        copy(text.encode(), "primary")
        assert selected_x11() == text


def test_corrected_words_are_learned_from_the_selection(
    desk: Desk, editor: Callable[[str], Editor], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with App(tmp_path_factory.mktemp("app"), "--headless") as app:
        editor("gtk").focus()
        desk.key_down(RIGHT_CTRL)
        earlier = app.last_id()
        desk.play(desk.say(SENTENCE.text, SENTENCE.language, SENTENCE.voice, SENTENCE.speed))
        desk.key_up(RIGHT_CTRL)
        text = str(app.outcome_after(earlier)["text"])
        *_, last = text.strip(".。").split()
        copy(text.replace(last, "Zorblax").encode(), "primary")
        noted = json.loads(app.call("teach", "--json").stdout)
        assert noted["noted"] == [[last, "Zorblax"]] and not noted["learnt"]
        learnt = json.loads(app.call("teach", "--json").stdout)
        assert learnt["learnt"] == [[last, "Zorblax"]]
        assert "Zorblax" in (app.home / "glossary.tsv").read_text(encoding="utf-8")
