"""Reads what restricts a request: words such as "hidden" or "once", named tools, and what in a command shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dictation.shell.phrases.phrase_words import DATA


@dataclass(frozen=True, slots=True)
class Restriction:
    """One kind of restricting word."""

    name: str
    forms: frozenset[str]
    shown: re.Pattern[str]


@lru_cache(maxsize=1)
def restrictions() -> tuple[Restriction, ...]:
    """The restricting words of ``restrictions.tsv``."""
    found = []
    for line in (DATA / "restrictions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, english, chinese, shown = line.split("\t")
            forms = frozenset(f"{english}|{chinese}".split("|")) - {"-"}
            found.append(Restriction(name, forms, re.compile(shown)))
    return tuple(found)


@lru_cache(maxsize=1)
def by_form() -> dict[str, tuple[Restriction, ...]]:
    found: dict[str, tuple[Restriction, ...]] = {}
    for each in restrictions():
        for form in each.forms:
            found[form] = (*found.get(form, ()), each)
    return found


@lru_cache(maxsize=1)
def tools() -> dict[str, re.Pattern[str]]:
    """What is said of a tool -> what in a command shows it: the rows of ``restrictions.tsv`` that begin with "tool"."""
    return {form: each.shown for each in restrictions() if each.name.startswith("tool ") for form in each.forms}
