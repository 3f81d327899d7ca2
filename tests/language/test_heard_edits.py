"""An edit of a language model is made only where the sound speaks for it nearly as well as for what it replaces."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dictation.core.errors import EngineError
from dictation.core.evidence import Weight
from dictation.core.types import Span, Transcript
from dictation.language.model.heard_edits import NEARLY, HeardEdits


class Sound:
    """Weighs texts by a table: what is in none of them is heard with certainty."""

    weighs = True

    def __init__(self, **costs: float) -> None:
        self.costs, self.asked = costs, list[tuple[int, str]]()
        self.dead = False

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        if self.dead:
            raise EngineError("engine-died", "It died", "Try again.")
        self.asked += [(piece, text) for text in texts]
        return tuple(
            Weight(text, -sum(cost for word, cost in self.costs.items() if word in text), -99.0, 9) for text in texts
        )

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        return None

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript("", "")

    def transcribe_short(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript("", "")

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        return Transcript("", "")


def span(text: str, piece: int) -> Span:
    return Span(text, 0.0, 1.0, piece=piece)


def allowed(sound: Sound | None, text: str, before: str, after: str, *spans: Span) -> bool:
    start = text.index(before)
    return HeardEdits(text, spans, sound)(start, start + len(before), after)


@pytest.mark.parametrize(
    ("before", "after"), [("GitLab", "GitHub"), ("AWS", "WSL"), ("CSRF", "SSRF"), ("线程", "县城"), ("公式", "公司")]
)
def test_a_word_that_was_heard_stays(before: str, after: str) -> None:
    text = f"push it to {before} now"
    assert not allowed(Sound(**{after: NEARLY + 1}), text, before, after, span(text, 3))
    assert allowed(Sound(**{after: NEARLY - 1}), text, before, after, span(text, 3))


def test_a_misheard_word_gives_way_to_one_that_is_likelier() -> None:
    text = "push it to get lab now"
    assert allowed(Sound(**{"get lab": 8.0}), text, "get lab", "GitLab", span(text, 3))


def test_an_edit_is_weighed_in_the_piece_where_it_was_heard() -> None:
    sound = Sound()
    one, two = span("we use redis", 4), span("and cougar netties here", 5)
    assert allowed(sound, "We use Redis and cougar netties here.", "cougar netties", "Kubernetes", one, two)
    assert sound.asked == [(5, "and cougar netties here"), (5, "and Kubernetes here")]


def test_what_the_rules_changed_is_weighed_as_they_wrote_it() -> None:
    sound = Sound(WSL=20.0)
    assert not allowed(sound, "deploy it to AWS now", "AWS", "WSL", span("deploy it to a w s now", 6))
    assert sound.asked == [(6, "deploy it to AWS now"), (6, "deploy it to WSL now")]


def test_an_edit_across_two_pieces_is_not_made() -> None:
    text = "we use cougar netties here"
    assert not allowed(Sound(), text, "cougar netties", "Kubernetes", span("we use cougar", 1), span("netties here", 2))


def test_an_engine_that_dies_changes_nothing() -> None:
    sound = Sound()
    sound.dead = True
    assert not allowed(sound, "to GitLab", "GitLab", "GitHub", span("to GitLab", 1))


def test_without_a_sound_to_ask_the_guards_decide_alone() -> None:
    assert allowed(None, "to GitLab", "GitLab", "GitHub", span("to GitLab", 1))
    assert allowed(Sound(GitHub=99.0), "to GitLab", "GitLab", "GitHub", span("to GitLab", 0))
