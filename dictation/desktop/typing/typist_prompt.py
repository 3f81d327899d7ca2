"""Puts a command at a prompt, and only there: the last door between a command and a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from dictation.core.errors import CommandError, InsertError
from dictation.core.ports import Typist
from dictation.core.types import Move, Paste, Target, Type
from dictation.desktop.prompt import channel_kitty, channel_tmux, channel_wezterm
from dictation.desktop.prompt.shell_prompt import Prompt
from dictation.shell.guard.characters import fit

LOOKS = 4
LOOK_SECONDS = 0.08
"""A prompt that is being drawn looks busy for a moment."""

Look = Callable[[Target], Prompt]


class PromptTypist:
    """A typist for one command. What it is given must be one clean line, and the prompt the one that was looked at."""

    def __init__(self, typist: Typist, look: Look, expected: Callable[[], Prompt], deliberate: bool = False) -> None:
        """``typist`` is used where the terminal takes no text itself. ``expected`` is the prompt that the command was
        made for. ``deliberate``: the user sees the window and has pressed a key to put it in there."""
        self._typist, self._look, self._expected, self._deliberate = typist, look, expected, deliberate

    def prepare(self) -> None:
        """See ``Typist.prepare``."""
        self._typist.prepare()

    def close(self) -> None:
        """See ``Typist.close``."""
        self._typist.close()

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        """See ``Typist.perform``. Raises InsertError, and then nothing was put in."""
        text = _one_text(moves)
        expected = self._expected()
        _check(text, expected.shell or "bash")
        now = settled(self._look, target)
        if why := obstacle(now, self._deliberate):
            raise InsertError("not-at-a-prompt", why, "Copy the command, or go back to the prompt.")
        if not now.same(expected):
            raise InsertError("other-prompt", "Another prompt is in front now", "Go back to the first one.")
        match now.channel:
            case ("tmux", *server):
                channel_tmux.put(text, server, now.pane)
            case ("kitty", address, window):
                channel_kitty.put(text, address, window)
            case ("wezterm", socket, pane):
                channel_wezterm.put(text, socket, pane)
            case _:
                self._typist.perform((Paste(text),), target)


def settled(look: Look, target: Target) -> Prompt:
    """What waits there, looked at again for a moment while it seems to be busy."""
    for _ in range(LOOKS - 1):
        if (seen := look(target)).state != "busy":
            return seen
        time.sleep(LOOK_SECONDS)
    return look(target)


def obstacle(prompt: Prompt, deliberate: bool = False) -> str:
    """Why nothing may be put in there (a sentence); empty at a prompt."""
    if prompt.state != "prompt":
        return prompt.why or "No prompt is in front"
    return "" if prompt.certain or deliberate else prompt.why


def _one_text(moves: Sequence[Move]) -> str:
    """The text of the only move there may be: a command needs no key, and no key may be pressed for it."""
    (move,) = moves if len(moves) == 1 else (None,)
    if not isinstance(move, Type | Paste):
        raise InsertError("not-one-line", "A command is put in as one text", "Copy it.")
    return move.text


def _check(text: str, shell: str) -> None:
    try:
        same = fit(text, shell) == text
    except CommandError as error:
        raise InsertError(error.code, error.message, error.remedy) from error
    if not same:
        raise InsertError("not-as-graded", "The command is not the one that was looked over", "Say it again.")
