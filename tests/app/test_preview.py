"""While one speaks the words are shown as they will be typed, and not at all where a password is asked for."""

from __future__ import annotations

from dictation.app.take.preview import Preview
from dictation.core.events import Progress
from dictation.core.settings import Settings
from dictation.core.types import Draft, Purpose, Target
from tests.fakes import a_take

BANK = Target(app="bank")


def shown(purpose: Purpose, target: Target, text: str, over: bool = False) -> list[str]:
    told: list[Progress] = []
    asked: list[Target] = []

    def secret(at: Target) -> bool:
        asked.append(at)
        return at is BANK

    def mended(_: Settings, words: str, language: str, at: Target) -> Draft:
        return Draft(words.replace("酷伯内提斯", "Kubernetes"), words)

    preview, take = Preview(mended, secret, told.append), a_take(1, purpose, target=target)
    take.ended = 0.0 if over else None
    for _ in range(2):
        preview.show(take, text)
    assert len(asked) <= 1, "it is asked once an utterance"
    return [each.text for each in told]


def test_words_are_shown_as_they_will_be_typed() -> None:
    assert shown(Purpose.DICTATE, Target(), "用酷伯内提斯") == ["用Kubernetes"] * 2


def test_what_is_said_for_a_command_is_shown_as_heard() -> None:
    assert shown(Purpose.COMMAND, Target(), "用酷伯内提斯") == ["用酷伯内提斯"] * 2


def test_nothing_is_shown_where_a_password_is_asked_for_or_when_it_is_over() -> None:
    assert shown(Purpose.DICTATE, BANK, "hunter two") == []
    assert shown(Purpose.DICTATE, Target(), "late", over=True) == []
