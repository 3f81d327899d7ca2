"""Cuts Chinese into words and says how much of a stretch's unlikelihood lies in a part of it."""

from __future__ import annotations

from functools import lru_cache

from dictation.language.terms.lists.lexicon import UNKNOWN, Lexicon, lexicon

_LONGEST = 5
_JOINT = 6
"""What every further word costs: without it, strings of single characters look as good as words."""


class Segments:
    """The cheapest way to cut ``text`` into words, from both ends. Costs are those of ``Lexicon``.

    ``across[i]`` is the cost of the word of that cut that lies across place ``i``, ``UNKNOWN`` where a word begins.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        size = len(text)
        self.text = text
        self._costs = costs = lexicon.chinese
        self.ahead = ahead = [0] + [1_000_000] * size
        self.behind = behind = [1_000_000] * size + [0]
        self._edges: list[list[tuple[int, int]]] = []
        for start in range(size):
            edges = []
            for end in range(start + 1, min(size, start + _LONGEST) + 1):
                cost = costs.get(text[start:end])
                if cost is None:
                    if end > start + 1:
                        continue
                    cost = UNKNOWN
                cost += _JOINT
                edges.append((end, cost))
                if ahead[start] + cost < ahead[end]:
                    ahead[end] = ahead[start] + cost
            self._edges.append(edges)
        for start in range(size - 1, -1, -1):
            behind[start] = min(cost + behind[end] for end, cost in self._edges[start])
        self.across = [UNKNOWN] * (size + 1)
        at = 0
        while at < size:
            stop, cost = next((stop, cost) for stop, cost in self._edges[at] if cost + behind[stop] == behind[at])
            self.across[at + 1 : stop] = [cost - _JOINT] * (stop - at - 1)
            at = stop

    def gain(self, start: int, end: int) -> int:
        """What the text becomes cheaper by, if ``start`` to ``end`` is explained by something else."""
        return self.ahead[-1] - self.ahead[start] - self.behind[end]

    def crossed(self, start: int, end: int) -> tuple[str, str]:
        """The words of the cheapest cut that lie across ``start`` and ``end``: 当前 and 段落 for 前段."""
        at = 0
        left = right = ""
        while at < end:
            at, before = next(stop for stop, cost in self._edges[at] if cost + self.behind[stop] == self.behind[at]), at
            if before < start < at:
                left = self.text[before:at]
            if before < end < at:
                right = self.text[before:at]
        return left, right

    def cost(self, word: str) -> int | None:
        """Cost of a word that the lexicon has."""
        return self._costs.get(word)

    def inside(self, start: int, end: int, but: str = "") -> int:
        """Cost of the commonest word of two or more characters inside ``start`` to ``end``, or ``UNKNOWN``.

        ``but`` is as long as the span: a word that it has at the same place does not count.
        """
        least = UNKNOWN
        for at in range(start, end):
            for stop, cost in self._edges[at]:
                new = not but or self.text[at:stop] != but[at - start : stop - start]
                if at + 1 < stop <= end and new and cost - _JOINT < least:
                    least = cost - _JOINT
        return least


@lru_cache(maxsize=512)
def cut(text: str) -> Segments:
    """``Segments`` of the lexicon that is shipped, remembered: a line is looked at until it settles."""
    return Segments(text, lexicon())
