"""Owns the proof that the first start shows what a request becomes, typed or said, and that nothing of it is put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dictation.app.command_mode.command_desk import CommandDesk
from dictation.core.commands import Command, Reason
from dictation.core.errors import CommandError
from dictation.core.types import Finished, Proposed
from dictation.ui.command_trial import CommandTrial, examples
from dictation.ui.look.translation import Language
from dictation.ui.room import Room
from tests.ui.fake_controls import FakeControls

PUSH = Command(
    "git push --force-with-lease origin main", "bash", "Pushes main over what the remote has", "caution",
    (Reason("history", "It changes what others have", "--force-with-lease"),),
)  # fmt: skip


@pytest.fixture
def trial(qtbot: QtBot, room: Room, controls: FakeControls) -> CommandTrial:
    """The box, in front of an app that knows one request."""
    controls.known_requests = {examples()[1]: PUSH}
    shown = CommandTrial(room)
    qtbot.addWidget(shown)
    shown.resize(500, 300)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_an_example_becomes_a_command_with_its_risk_and_the_reasons(
    qtbot: QtBot, trial: CommandTrial, controls: FakeControls
) -> None:
    trial.examples[1].click()
    qtbot.waitUntil(trial.box.isVisible)
    assert trial.box.toPlainText() == PUSH.text
    assert trial.meaning.text() == "Changes things · Pushes main over what the remote has"
    assert trial.reasons.text() == "It changes what others have"
    assert controls.asked == []


def test_what_is_typed_is_looked_at_and_what_nobody_knows_says_so(qtbot: QtBot, trial: CommandTrial) -> None:
    trial.request.setText("make me a sandwich")
    qtbot.waitUntil(lambda: "No command is known" in trial.trouble.text())
    assert not trial.box.isVisible()
    trial.request.setText(examples()[1])
    qtbot.waitUntil(trial.box.isVisible)
    assert not trial.trouble.isVisible()
    trial.request.clear()
    qtbot.waitUntil(lambda: not trial.box.isVisible())


def test_a_request_that_was_said_is_shown_with_its_command(
    qtbot: QtBot, trial: CommandTrial, controls: FakeControls
) -> None:
    controls.tell(Finished(1, Proposed(Command("ls -la", "bash", "Lists everything"), "", heard="list everything")))
    qtbot.waitUntil(lambda: trial.box.toPlainText() == "ls -la")
    assert trial.request.text() == "list everything" and controls.asked == []


def test_a_question_back_is_shown_in_place_of_a_command(
    qtbot: QtBot, trial: CommandTrial, controls: FakeControls
) -> None:
    controls.known_requests["rename it"] = Command("", "bash", question="Rename it to what?")
    trial.request.setText("rename it")
    qtbot.waitUntil(lambda: trial.meaning.text() == "Rename it to what?")
    assert not trial.box.isVisible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_example_is_known_without_a_model(qapp: object, tmp_path: Path, language: str) -> None:
    speaking = Language(qapp)  # type: ignore[arg-type]
    speaking.use(language)
    try:
        wanted = examples()
    finally:
        speaking.use("en")
    desk = CommandDesk(None, None, None, tmp_path / "snippets.toml")  # type: ignore[arg-type]  # only tried
    assert all(desk.try_request(each).text and desk.try_request(each).insertable for each in wanted)
    with pytest.raises(CommandError):
        desk.try_request("make me a sandwich")
