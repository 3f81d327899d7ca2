"""Tables that open in parts: a word list of 100,000 lines is split by its words' first letters, and each part is read
when a word in it is first asked for."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")
Other = TypeVar("Other")


def data(name: str) -> bytes:
    """A file of the rules' own data; ``FileNotFoundError`` if it is not there.

    By ``pkgutil``, for ``importlib.resources`` takes longer to import than the file to read.
    """
    body = pkgutil.get_data("dictation.language", f"data/{name}")
    if body is None:
        raise FileNotFoundError(name)
    return body


class Packed(Generic[Value]):
    """Looks like a dictionary with text keys; made by ``pack`` and read with the same ``width``.

    ``read`` makes a value of its text.
    """

    def __init__(self, text: str, width: int, read: Callable[[str], Value]) -> None:
        self._closed = dict(part.split("\t", 1) for part in text.split("\n")) if text else {}
        self._open: dict[str, dict[str, Value]] = {}
        self._width, self._read = width, read

    @overload
    def get(self, key: str) -> Value | None: ...
    @overload
    def get(self, key: str, default: Other) -> Value | Other: ...
    def get(self, key: str, default: Other | None = None) -> Value | Other | None:
        """The value of ``key``, or ``default``."""
        head = key[: self._width]
        part = self._open.get(head)
        if part is None:
            if head not in self._closed:
                return default
            part = self._part(head)
        return part.get(key, default)

    def beside(self, key: str) -> Mapping[str, Value]:
        """Every key with the same head as ``key``, which is no shorter than a head."""
        head = key[: self._width]
        part = self._open.get(head)
        return part if part is not None else self._part(head) if head in self._closed else {}

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def _part(self, head: str) -> dict[str, Value]:
        made: dict[str, Value] = {}
        read = self._read
        # A group is a value and the rests of the words that have it: words of one cost stand together.
        for group in self._closed.get(head, "").split("\v"):
            value, *rests = group.split(" ")
            made.update(dict.fromkeys((head + rest for rest in rests), read(value)))
        self._open[head] = made
        return made

    def words(self) -> Iterable[str]:
        """Every key. Opens everything."""
        for head in self._closed:
            yield from self._open.get(head) or self._part(head)

    def items(self) -> Iterable[tuple[str, Value]]:
        """Every key and its value. Opens everything."""
        for head in self._closed:
            yield from (self._open.get(head) or self._part(head)).items()

    def __len__(self) -> int:
        return sum(1 for _ in self.words())


def pack(table: Mapping[str, object], width: int) -> str:
    """One line per head of ``width`` characters: the head, a tab, and groups of a value and the rests of its words."""
    heads: dict[str, dict[str, list[str]]] = {}
    for word in sorted(table):
        heads.setdefault(word[:width], {}).setdefault(str(table[word]), []).append(word[width:])
    return "\n".join(
        f"{head}\t" + "\v".join(" ".join([value, *rests]) for value, rests in groups.items())
        for head, groups in sorted(heads.items())
    )
