"""Says what a command does, from our own table of commands: a model's note may be in another language, or untrue."""

from __future__ import annotations

import re
from functools import lru_cache

from dictation.shell.command_context import Context
from dictation.shell.model.model_question import SHOWN
from dictation.shell.phrases.phrase_table import PhraseRow, own, table
from dictation.spelled.lazy_regex import late

_SLOT = late(r"\\\{([a-z0-9\\|]+)\\\}")
_BETWEEN = late(r"\s*(?:&&|;)\s*")
_VALUE = r"""('[^']*'|"[^"$`]*"|[^\s'"|&;<>$`]+)"""


def told(command: str, note: str, context: Context, language: str) -> str:
    """What ``command`` does: by the table where each of its steps is in it, else the model's ``note`` if it may be so.

    The note has to be in the language of the request, and none that the examples had.
    """
    chinese = language == "zh"
    steps = [_step(step, context, chinese=chinese) for step in _BETWEEN.split(command)]
    if all(steps):
        return ("，然后" if chinese else ", then ").join(
            step if chinese or not at else step[:1].lower() + step[1:] for at, step in enumerate(steps)
        )
    if note and note not in SHOWN and bool(re.search("[㐀-鿿]", note)) == chinese:
        return note
    return ""


def _step(step: str, context: Context, *, chinese: bool) -> str:
    for pattern, names, entry in _patterns(context.shell):
        if found := pattern.fullmatch(step):
            values = {name: value.strip("'\"") for name, value in zip(names, found.groups(), strict=True)}
            text = entry.chinese if chinese else entry.english
            return re.sub(
                r"\{([a-z0-9|]+)\}",
                lambda slot, values=values: next(  # type: ignore[misc]
                    (values[each] for each in slot[1].split("|") if each in values), values.get(slot[1], "")
                ),
                text,
            )
    return ""


@lru_cache(maxsize=4)
def _patterns(shell: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...], PhraseRow], ...]:
    """The commands of the table for ``shell`` as patterns, those with fewer slots first."""
    found = []
    for entry in table()[0]:
        command = own(entry, shell) or ("" if shell in ("powershell", "cmd") else entry.commands[0])
        if not command or re.search(r"\{(?:s:|extract|pack|converted|listarchive|here|up|python|u)\b", command):
            continue
        names: list[str] = []

        def put(slot: re.Match[str], names: list[str] = names) -> str:
            names.append(slot[1].replace("\\", ""))
            return _VALUE

        pattern = _SLOT.sub(put, re.escape(command))
        found.append((re.compile(pattern), tuple(names), entry))
    return tuple(sorted(found, key=lambda each: len(each[1])))
