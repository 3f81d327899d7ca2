"""The words that are certain already, as they will be typed; and none of them where a password is asked for."""

from __future__ import annotations

from collections.abc import Callable

from dictation.app.take.take import Take
from dictation.core import methods
from dictation.core.events import Progress
from dictation.core.hearing.spoken import press
from dictation.core.settings import Settings
from dictation.core.types import Draft, Purpose, Target
from dictation.desktop import choose


def secret(target: Target) -> bool:
    """Whether the cursor in ``target`` is where a password is asked for, as far as anybody says so. Some 50 ms."""
    return methods.kind_of(target).secret or bool(choose.secret(target))


class Preview:
    """Stands between what is decoded while the key is down and who shows it. Called in one thread."""

    def __init__(
        self,
        correct: Callable[[Settings, str, str, Target], Draft],
        secret: Callable[[Target], bool],
        tell: Callable[[Progress], None],
    ) -> None:
        """``correct`` applies the language rules; ``secret`` says whether the cursor is where a password is asked for,
        which may take a moment and is asked once an utterance."""
        self._correct, self._secret, self._tell = correct, secret, tell

    def show(self, take: Take, text: str) -> None:
        """All that is certain of ``take`` so far."""
        if take.ended is not None or take.cancelled:
            return
        if take.secret is None:
            take.secret = self._secret(take.target)
        if take.secret:
            return
        if take.purpose is Purpose.DICTATE:
            text = press(self._correct(take.settings, text, "", take.target)).draft.text
        self._tell(Progress(take.id, text))
