"""Puts committed chunks in at pauses, while the key is still down, where the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dictation.app.take.hands import Hands
from dictation.app.take.job import JobQueue
from dictation.app.take.last_text import LastText
from dictation.app.take.take import Take
from dictation.core import insertion
from dictation.core.errors import DictationError
from dictation.core.hearing import chunks
from dictation.core.hearing.spoken import press
from dictation.core.settings import Settings
from dictation.core.types import Ahead, Draft, Purpose, Target, Transcript


class InsertAtPauses:
    """What is put in early, and only into the window where the utterance began.

    Whatever goes wrong there is met again, with the user's attention, when the key comes up. A language model sees only
    what is left then.
    """

    def __init__(
        self, hands: Hands, correct: Callable[[Settings, str, str, Target], Draft], jobs: JobQueue, last: LastText
    ) -> None:
        """``correct`` applies the language rules. ``last`` hears what can be taken back."""
        self._hands, self._correct, self._jobs, self._last = hands, correct, jobs, last

    def committed(self, take: Take, number: int, heard: Transcript) -> None:
        """Chunk ``number`` of ``take`` is decoded. From any thread; returns at once."""
        if take.ended is None and take.settings.insert.when == "pause" and take.purpose is Purpose.DICTATE:
            self._jobs.run(lambda: self._put(take, number, heard))

    def end(self, take: Take) -> Ahead:
        """What of ``take`` is decoded, and what of that has been put in; no more will be. Within a job."""
        known = take.known()
        take.early.over = True
        return replace(known, shown=take.early.shown())

    def _put(self, take: Take, number: int, heard: Transcript) -> None:
        early = take.early
        # A chunk that comes late finds the utterance ended, or cancelled: it belongs to the rest, or to nothing.
        if early.over or take.ended is not None or number != len(early.heard):
            return
        early.heard.append(heard)
        if not take.open or take.parked or not self._hands.focus.same(take.target):
            early.over = True
        elif self._hands.free():
            # Not while a key is down that makes shortcuts of what is typed, above all a dictation key that is a
            # modifier: what cannot be put in waits for the next pause, or the end.
            self._put_all(take)

    def _put_all(self, take: Take) -> None:
        early, settings, target = take.early, take.settings, take.target
        said = chunks.follow(early.text, chunks.join([each.text for each in early.heard[early.count :]]))
        pressed = press(self._correct(settings, said, early.heard[-1].language, target))
        draft = pressed.draft
        if pressed.back or not draft.text.strip():
            early.over = True  # what is taken back is at the cursor already: when the key comes up, all of it is known
            return
        more = insertion.fit(chunks.seam(early.text, draft.text) + draft.text, target)
        gap = "" if early.text else self._last.gap(more, target, settings)
        try:
            self._hands.perform(insertion.plan(gap + more, target, settings), target)
        except DictationError:
            early.over = True
            return
        early.count, early.text, early.gap = len(early.heard), early.text + more, early.gap + gap
        early.edits += draft.edits
        self._last.place(early.gap + early.text, target)
