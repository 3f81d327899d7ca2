"""The names of the project in front: its files, identifiers, branches and dependencies, found by their letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from dictation.language.terms.lists.glossary import Entry
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.term_index import Index, compile_index


@dataclass(frozen=True)
class Project:
    """Names of one project; compiled once, when they are first needed."""

    files: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Branches and dependencies."""

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """Paths by the letters of their name, without and with the ending."""
        found: dict[str, list[str]] = {}
        for path in self.files:
            name = PurePosixPath(path).name
            stem = name.split(".")[0] if not name.startswith(".") else name[1:]
            for key in {_key(stem), _key(name)}:
                if key:
                    found.setdefault(key, []).append(path)
        return found

    @cached_property
    def by_path(self) -> dict[str, str]:
        """A path by its letters from each of its folders on: ``srcusersessionpy`` and ``src/user/...``."""
        found: dict[str, str] = {}
        for path in self.files:
            parts = path.split("/")
            for first in range(max(0, len(parts) - 4), len(parts) - 1):
                found.setdefault(_key("/".join(parts[first:])), "/".join(parts[first:]))
        return found

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Identifiers, branches and dependencies by their letters; the first of a spelling counts."""
        found: dict[str, str] = {}
        for name in (*self.identifiers, *self.others):
            found.setdefault(_key(name), name)
        return found

    @cached_property
    def index(self) -> Index:
        """Odd single words, which the rules for terms may find by sound: no list has them, so they are names."""
        table = lexicon()
        odd = [name for name in dict.fromkeys(self.others) if re.fullmatch("[A-Za-z][a-z]{4,20}", name)]
        return compile_index(Entry(name, flags="lu") for name in odd[:200] if not table.knows(name.lower()))

    def hints(self, most: int) -> tuple[str, ...]:
        """Names that a recogniser can hardly know, those used most first."""
        names = [*self.identifiers[: most // 2], *(path.rpartition("/")[2] for path in self.files if "_" in path)]
        return tuple(dict.fromkeys(name for name in names if 4 < len(name) < 32))[:most]


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())
