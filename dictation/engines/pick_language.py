"""Owns the choice between the two languages of the user, where it is left to the recogniser."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from dictation.core.errors import EngineError
from dictation.core.transcript import Span

LANGUAGES = ("zh", "en")

CLEARLY = 0.2
"""So much likelier, of what both have together, is the other language when it follows; else it stays as it was."""


RIVAL, SENTENCE_SECONDS = 0.1, 2.0
"""The other language is tried too where it has so much of the chance of both, in speech of so many seconds: who speaks
English with a Chinese accent is taken for Chinese at times. The chance and the likelihood of the text then decide
together. Fitted by ``models/gate/fit_language.py``: of 81 sentences none is decoded in the wrong language (2 before),
and 6 are decoded twice. A single syllable tells too little: there the chances decide alone."""


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


def languages_of(model: Any, encoded: Any, asked: str, directory: str, seconds: float) -> dict[str, float]:
    """What ``encoded`` may be decoded as by CTranslate2's ``model`` from ``directory``, the likelier language first.

    Each has the logarithm of its chance. Raises EngineError.
    """
    if not model.is_multilingual:
        if asked == "zh":
            raise EngineError(
                "model-knows-english-only",
                f"The model in {directory} knows English only",
                "Choose a multilingual model, or English as the language.",
            )
        return {"en": 0.0}
    if not left_open(asked):
        return {asked: 0.0}
    chances = dict(model.detect_language(encoded)[0])
    if not (language := choose(chances, asked)):
        raise EngineError(
            "model-without-languages",
            f"{directory}/config.json does not say which languages there are (lang_ids)",
            "Choose zh or en as the language, or download the model again.",
        )
    return rivals(chances, language) if asked == "auto" and seconds >= SENTENCE_SECONDS else {language: 0.0}


def rivals(chances: Mapping[str, float], language: str) -> dict[str, float]:
    """``language``, and the other one where that is hardly less likely, each with the logarithm of its chance."""
    known = {each: chances.get(f"<|{each}|>", 0.0) for each in LANGUAGES}
    whole = sum(known.values())
    other = next(each for each in LANGUAGES if each != language)
    if not known[other] or known[other] < RIVAL * whole:
        return {language: 0.0}
    return {each: math.log(known[each] / whole) for each in (language, other)}


def likelier(spans: Mapping[str, Span], chances: Mapping[str, float]) -> str:
    """The language whose text the sound speaks for more, in view of the chance of each; an empty text is never it."""

    def worth(language: str) -> float:
        span = spans[language]
        return chances[language] + span.logprob * (span.tokens + 1) if span.text else -math.inf

    return max(spans, key=worth)
