"""Owns the proof that words said often are offered, and that nothing is offered that a list has."""

from __future__ import annotations

from dictation.app.words.said_often import LATEST, OFTEN, said_often
from dictation.core.said import HistoryEntry


def said(*texts: str, purpose: str = "dictate") -> list[HistoryEntry]:
    """A history with these texts."""
    return [HistoryEntry(at=float(at), outcome="inserted", text=text, purpose=purpose) for at, text in enumerate(texts)]


def test_a_word_that_no_list_has_is_offered_as_it_is_written_most_often() -> None:
    texts = ["deploy Zorblax now", "Zorblax 挂了", "zorblax again", "restart it"]
    assert said_often(said(*texts), []) == [("Zorblax", 3)]


def test_what_was_said_more_often_comes_first_and_a_word_counts_once_an_utterance() -> None:
    texts = ["Zorblax Zorblax Zorblax Quuxly", "Zorblax Quuxly", "Quuxly Zorblax", "Quuxly"]
    assert said_often(said(*texts), []) == [("Quuxly", 4), ("Zorblax", 3)]


def test_ordinary_words_terms_paths_and_the_users_own_are_not_offered() -> None:
    text = "deploy the servers on Kubernetes with Zorblax from src/quuxly.py and me@frobnitz.dev"
    assert said_often(said(*[text] * OFTEN), ["Zorblax"]) == []


def test_twice_is_not_often_and_commands_do_not_count() -> None:
    assert said_often(said(*["run Zorblax"] * (OFTEN - 1)), []) == []
    assert said_often(said(*["run Zorblax"] * OFTEN, purpose="command"), []) == []


def test_what_was_said_long_ago_does_not_count() -> None:
    assert said_often(said(*["hello"] * LATEST, *["Zorblax"] * OFTEN), []) == []
