"""Puts committed chunks in at pauses, while the key is still down, where the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dictation.core import chunks, insertion
from dictation.core.errors import DictationError
from dictation.core.ports import Focus, Typist
from dictation.core.settings import Settings
from dictation.core.spoken import press
from dictation.core.types import Ahead, Draft, Edit, Purpose, Shown, Target, Transcript

Aim = tuple[Settings, Purpose, Target]


@dataclass(slots=True)
class _State:
    id: int
    heard: list[Transcript] = field(default_factory=list)
    count: int = 0  # of ``heard``, that are put in
    text: str = ""
    edits: list[Edit] = field(default_factory=list)
    gap: str = ""
    over: bool = False  # the rest waits for the key to come up


class Pauses:
    """What is put in early, and only into the window where the utterance began.

    Whatever goes wrong there is met again, with the user's attention, when the key comes up. A language model sees only
    what is left then.
    """

    def __init__(
        self,
        typist: Typist,
        focus: Focus,
        correct: Callable[[Settings, str, str], Draft],
        wanted: Callable[[int], bool],
        aim: Callable[[int], Aim | None],
        free: Callable[[], bool],
        run: Callable[[Callable[[], object]], object],
        placed: Callable[[str, Target], None],
        gap: Callable[[str, Target, Settings], str] = lambda _text, _target, _settings: "",
    ) -> None:
        """``aim`` gives what the running utterance began with, None when ``id`` does not run.

        ``free`` says whether the typist can type now: not while a key is down that makes shortcuts of what is typed,
        above all a dictation key that is a modifier. What cannot be put in waits for the next pause, or the end.
        ``run`` and ``placed`` are the worker's: a job in its turn, and what can be taken back;
        ``gap`` gives the space that a text needs where it is put.
        """
        self._free, self._run, self._placed, self._gap = free, run, placed, gap
        self._typist, self._focus, self._correct = typist, focus, correct
        self._wanted, self._aim = wanted, aim
        self._state = _State(0, over=True)

    def committed(self, id: int, number: int, heard: Transcript) -> None:
        """Chunk ``number`` of utterance ``id`` is decoded. From any thread; returns at once."""
        if (aim := self._aim(id)) and aim[0].insert.when == "pause" and aim[1] is Purpose.DICTATE:
            self._run(lambda: self._put(id, number, heard))

    def end(self, id: int, known: Ahead) -> Ahead:
        """``known`` with what of it has been put in; no more of utterance ``id`` will be. In the worker's thread."""
        state = self._state
        if state.id != id:
            self._state = _State(id, over=True)
            return known
        state.over = True
        return replace(known, shown=Shown(state.count, state.text, tuple(state.edits), state.gap))

    def _put(self, id: int, number: int, heard: Transcript) -> None:
        if self._state.id != id:
            if number > 0 or id < self._state.id:
                return
            self._state = _State(id)
        state, aim = self._state, self._aim(id)
        # A chunk that comes late finds the utterance ended, or cancelled: it belongs to the rest, or to nothing.
        if state.over or aim is None or number != len(state.heard):
            return
        state.heard.append(heard)
        settings, _, target = aim
        if not self._wanted(id) or not self._focus.same(target):
            state.over = True
        elif self._free():
            self._put_all(state, settings, target)

    def _put_all(self, state: _State, settings: Settings, target: Target) -> None:
        said = chunks.follow(state.text, chunks.join([each.text for each in state.heard[state.count :]]))
        pressed = press(self._correct(settings, said, state.heard[-1].language))
        draft = pressed.draft
        if pressed.back or not draft.text.strip():
            state.over = True  # what is taken back is at the cursor already: when the key comes up, all of it is known
            return
        more = insertion.fit(chunks.seam(state.text, draft.text) + draft.text, target)
        gap = "" if state.text else self._gap(more, target, settings)
        try:
            self._typist.perform(insertion.plan(gap + more, target, settings), target)
        except DictationError:
            state.over = True
            return
        state.count, state.text, state.gap = len(state.heard), state.text + more, state.gap + gap
        state.edits += draft.edits
        self._placed(state.gap + state.text, target)
