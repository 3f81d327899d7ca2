"""Owns the choice between the two languages of the user, where it is left to the recogniser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dictation.core.errors import EngineError

LANGUAGES = ("zh", "en")

CLEARLY = 0.2
"""So much likelier, of what both have together, is the other language when it follows; else it stays as it was."""


def left_open(asked: str) -> bool:
    """Whether ``asked`` leaves the choice: ``auto``, or ``auto-zh`` and ``auto-en`` after a piece in that language."""
    return asked.partition("-")[0] == "auto"


def choose(chances: Mapping[str, float], asked: str) -> str | None:
    """The language of a piece, by the chance of each (``<|zh|>``); None where neither is known.

    A name in the other language, or a breath, does not change the language of what somebody says.
    """
    known = {each: chances[f"<|{each}|>"] for each in LANGUAGES if f"<|{each}|>" in chances}
    if not known:
        return None
    best, before = max(known, key=lambda each: known[each]), asked.partition("-")[2]
    if before in known and known[best] - known[before] < CLEARLY * sum(known.values()):
        return before
    return best


def language_of(model: Any, encoded: Any, asked: str, directory: str) -> str:
    """What ``encoded`` is to be decoded as by CTranslate2's ``model`` from ``directory``. Raises EngineError."""
    if not model.is_multilingual:
        if asked == "zh":
            raise EngineError(
                "model-knows-english-only",
                f"The model in {directory} knows English only",
                "Choose a multilingual model, or English as the language.",
            )
        return "en"
    if not left_open(asked):
        return asked
    if not (language := choose(dict(model.detect_language(encoded)[0]), asked)):
        raise EngineError(
            "model-without-languages",
            f"{directory}/config.json does not say which languages there are (lang_ids)",
            "Choose zh or en as the language, or download the model again.",
        )
    return language
