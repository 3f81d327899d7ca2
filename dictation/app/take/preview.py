"""The words that are certain already, as they will be typed; and none of them where a password is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dictation.core import methods
from dictation.core.events import Progress
from dictation.core.settings import Settings
from dictation.core.spoken import press
from dictation.core.types import Draft, Purpose, Target
from dictation.desktop import choose

Aim = tuple[Settings, Purpose, Target]


def secret(target: Target) -> bool:
    """Whether the cursor in ``target`` is where a password is asked for, as far as anybody says so. Some 50 ms."""
    return methods.kind_of(target).secret or bool(choose.secret(target))


class Preview:
    """Stands between what is decoded while the key is down and who shows it. Called in one thread."""

    def __init__(
        self,
        aim: Callable[[int], Aim | None],
        correct: Callable[[Settings, str, str, Target], Draft],
        secret: Callable[[Target], bool],
        tell: Callable[[Progress], None],
    ) -> None:
        """``aim`` gives what the running utterance began with, ``correct`` the language rules; ``secret`` says whether
        the cursor is where a password is asked for, which may take a moment and is asked once an utterance."""
        self._aim, self._correct, self._secret, self._tell = aim, correct, secret, tell
        self._looked = (0, False)

    def __call__(self, event: Progress) -> None:
        """More of an utterance is certain."""
        if (aim := self._aim(event.id)) is None:
            return
        settings, purpose, target = aim
        if self._looked[0] != event.id:
            self._looked = event.id, self._secret(target)
        if self._looked[1]:
            return
        text = event.text
        if purpose is Purpose.DICTATE:
            text = press(self._correct(settings, text, "", target)).draft.text
        self._tell(replace(event, text=text))
