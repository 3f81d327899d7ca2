"""From keys that go down and up to what they mean: press, release, another key, escape. No clock, no threads."""

from __future__ import annotations

from dictation.core.types import Purpose
from dictation.desktop.hotkeys.chords import MOUSE, SIDED, Bindings, Chord, means

Signal = tuple[str, Purpose | None]
"""What is told: ``("press", purpose)``, ``("release", purpose)``, ``("other", None)``, ``("escape", None)``, or an
action's name and None."""


class Pressed:
    """Which keys are down, and which hotkeys that makes.

    Keys are names of ``keys.py`` with their side (``ctrl_l``, never ``ctrl``); a key without a name may be any text.
    A hotkey is pressed when its key goes down with exactly its modifiers (so f9 and ctrl+f9 are two hotkeys) and
    released when any of its keys goes up. Auto-repeat, a key that goes down while it is down, is nothing.
    """

    def __init__(self, bound: Bindings) -> None:
        self.bound = bound
        self.down_keys: set[str] = set()
        self.hidden: set[str] = set()
        """Keys that are down and belong to a hotkey alone: where a platform asks, no program should see them."""
        self._held: dict[Purpose, frozenset[str]] = {}

    @property
    def held(self) -> frozenset[str]:
        """The keys of hotkeys that are pressed now."""
        return frozenset().union(*self._held.values())

    def down(self, name: str) -> list[Signal]:
        """``name`` went down."""
        if name in self.down_keys:
            return []
        self.down_keys.add(name)
        signals: list[Signal] = []
        cancels = self._cancels(name)
        if not cancels and name not in MOUSE and any(self._interrupted(p, name) for p in self._held):
            signals.append(("other", None))
        for purpose, chord in self.bound.hotkeys.items():
            if purpose not in self._held and self._completes(chord, name):
                self._held[purpose] = frozenset(k for k in self.down_keys if any(means(p, k) for p in chord.parts))
                if not chord.bare_modifier:
                    self.hidden.add(name)
                signals.append(("press", purpose))
        for action, chord in self.bound.actions.items():
            if self._completes(chord, name):
                if not chord.bare_modifier:
                    self.hidden.add(name)
                signals.append((action, None))
        if cancels:
            signals.append(("escape", None))
        return signals

    def up(self, name: str) -> list[Signal]:
        """``name`` went up."""
        self.down_keys.discard(name)
        self.hidden.discard(name)
        released = [purpose for purpose, names in self._held.items() if name in names]
        for purpose in released:
            del self._held[purpose]
        return [("release", purpose) for purpose in released]

    def swap(self, bound: Bindings) -> list[Signal]:
        """Listen for others from now on; what was held of the old ones is released."""
        released: list[Signal] = [("release", purpose) for purpose in self._held]
        self._held.clear()
        self.bound = bound
        return released

    def release_all(self) -> list[Signal]:
        """Forget every key: from here on it is not known what is down."""
        self.down_keys.clear()
        self.hidden.clear()
        return self.swap(self.bound)

    def _completes(self, chord: Chord, name: str) -> bool:
        modifiers = {each for each in self.down_keys if each in SIDED}
        if chord.bare_modifier:
            return any(means(part, name) for part in chord.parts) and _exactly(chord.parts, modifiers)
        return name == chord.key and _exactly(chord.modifiers, modifiers)

    def _interrupted(self, purpose: Purpose, name: str) -> bool:
        chord = self.bound.hotkeys[purpose]
        return chord.bare_modifier and not any(means(part, name) for part in chord.parts)

    def _cancels(self, name: str) -> bool:
        # More modifiers than asked are fine: Esc is pressed while Right Ctrl is held.
        cancel = self.bound.cancel
        return (
            cancel is not None
            and means(cancel.key, name)
            and all(any(means(part, key) for key in self.down_keys) for part in cancel.modifiers)
        )


def _exactly(parts: tuple[str, ...], modifiers: set[str]) -> bool:
    return all(any(means(part, key) for key in modifiers) for part in parts) and all(
        any(means(part, key) for part in parts) for key in modifiers
    )
