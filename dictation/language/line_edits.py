"""A line being worked on: its text, the spans no rule may touch any more, and what was changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from dictation.core.types import Edit


@dataclass(frozen=True, slots=True)
class Change:
    """Characters ``start`` to ``end`` become ``new``; ``lock`` keeps later rules away from it."""

    start: int
    end: int
    new: str
    lock: bool = False


class Sheet:
    """``text`` and, sorted and apart, the locked spans ``starts[i]`` to ``ends[i]``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.edits: list[Edit] = []

    def lock(self, spans: Iterable[tuple[int, int]]) -> None:
        """Adds spans; those that overlap grow together."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted([*zip(self.starts, self.ends, strict=True), *spans]):
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            elif end > start:
                merged.append((start, end))
        self.starts = [start for start, _ in merged]
        self.ends = [end for _, end in merged]

    def locks(self) -> list[tuple[int, int]]:
        """The locked spans, in order."""
        return list(zip(self.starts, self.ends, strict=True))

    def unlock(self, start: int, end: int) -> None:
        """Open the locked spans that lie within ``start`` to ``end``: what stands there is taken back as a whole."""
        kept = [(a, b) for a, b in self.locks() if not (start <= a and b <= end)]
        self.starts, self.ends = [a for a, _ in kept], [b for _, b in kept]

    def free(self, start: int, end: int) -> bool:
        """Whether no locked span overlaps ``start`` to ``end``; an empty span is free unless it is inside one."""
        if not self.starts:
            return True
        at = bisect_right(self.ends, start)
        return at == len(self.starts) or self.starts[at] >= end

    def locked_at(self, place: int) -> int | None:
        """The end of the locked span that begins at or contains ``place``, or ``None``."""
        at = bisect_right(self.ends, place)
        return self.ends[at] if at < len(self.starts) and self.starts[at] <= place else None

    def change(self, rule: str, changes: Iterable[Change]) -> bool:
        """Makes those changes that are free and do not overlap an earlier one; says whether there were any."""
        made: list[Change] = []
        for each in sorted(changes, key=lambda change: (change.start, change.end)):
            if (made and each.start < made[-1].end) or not self.free(each.start, each.end):
                continue
            if self.text[each.start : each.end] != each.new:
                made.append(each)
        if not made:
            return False
        self._rebuild(rule, made)
        return True

    def _rebuild(self, rule: str, made: list[Change]) -> None:
        pieces, done, shift = [], 0, 0
        locks: list[tuple[int, int]] = []
        ends = [each.end for each in made]
        moves = []
        for each in made:
            pieces += [self.text[done : each.start], each.new]
            done = each.end
            if each.lock:
                locks.append((each.start + shift, each.start + shift + len(each.new)))
            shift += len(each.new) - (each.end - each.start)
            moves.append(shift)
            before = self.text[each.start : each.end]
            self.edits.append(Edit(rule, before, each.new))
        pieces.append(self.text[done:])
        for start, end in zip(self.starts, self.ends, strict=True):
            at = bisect_right(ends, start) - 1
            by = moves[at] if at >= 0 else 0
            locks.append((start + by, end + by))
        self.text = "".join(pieces)
        self.starts, self.ends = [], []
        self.lock(locks)

    def touches(self, start: int, end: int) -> bool:
        """Whether a locked span ends at ``start`` or begins at ``end``."""
        left = bisect_left(self.ends, start)
        right = bisect_left(self.starts, end)
        return (left < len(self.ends) and self.ends[left] == start) or (
            right < len(self.starts) and self.starts[right] == end
        )
