"""What the hotkeys know of other keys: whether something was typed, and nothing of what."""

from __future__ import annotations

import time

import pytest

from dictation.core.settings import Settings
from dictation.desktop.hotkeys import hotkeys_feed
from dictation.desktop.hotkeys.chords import bindings
from dictation.desktop.hotkeys.hotkeys_feed import Feed


@pytest.fixture
def feed() -> Feed:
    return Feed(lambda _what, _purpose: None, bindings(Settings().keys, ("ctrl_r", "f9")))


def press(feed: Feed, *names: str) -> None:
    for name in names:
        feed.key(name, True)
    for name in reversed(names):
        feed.key(name, False)


def test_a_key_counts_only_after_the_moment(feed: Feed) -> None:
    press(feed, "key 38")
    now = time.monotonic()
    assert feed.typed_since(now - 60) and not feed.typed_since(now)


def test_hotkeys_and_modifiers_type_nothing(feed: Feed) -> None:
    now = time.monotonic()
    press(feed, "ctrl_r")
    press(feed, "shift_l")
    press(feed, "mouse_middle")
    assert not feed.typed_since(now)


def test_the_chord_that_asks_does_not_count_but_an_earlier_one_does(
    feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    press(feed, "super_l", "key 52")
    assert not feed.typed_since(now)
    monkeypatch.setattr(hotkeys_feed, "ASKED_SECONDS", 0.0)
    assert feed.typed_since(now)
    monkeypatch.undo()
    press(feed, "ctrl_l", "key 55")
    assert feed.typed_since(now)


def test_a_letter_just_before_counts(feed: Feed) -> None:
    now = time.monotonic()
    press(feed, "key 38")
    press(feed, "super_l", "key 52")
    assert feed.typed_since(now)


def test_a_click_counts_for_the_windows_it_went_into_and_for_no_other(feed: Feed) -> None:
    now = time.monotonic()
    feed.click([10, 11])
    assert feed.clicked_since(now, 10) and feed.clicked_since(now, 11) and not feed.clicked_since(now, 12)
    feed.click([12])
    assert feed.clicked_since(now, 10) and not feed.clicked_since(time.monotonic(), 10)
    for window in range(1000, 1000 + hotkeys_feed.MOST_CLICKED):
        feed.click([window])
    assert feed.clicked_since(now, 1000) and not feed.clicked_since(now, 10)
