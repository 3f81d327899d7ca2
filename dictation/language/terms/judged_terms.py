"""Which terms are meant in a sentence: every candidate with its features and its score, and the choice among them.

``judge`` ranks the candidates of a sentence; those near the bar are shaky, and a language model may be asked.
The sound is no part of the score: where it can be weighed, the sentence is heard a second time with the likely terms
(``heard/better_words``), and what the sound speaks for comes here as the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dictation.language.terms.candidate_features import features
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.sentence import FUNCTION, Scene
from dictation.language.terms.term_weights import Table

SHAKY = 4.0
"""Log odds around the bar within which it is worth asking: a candidate further below is hardly ever meant."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what is thought of it.

    ``features`` are those of ``candidate_features.NAMES``; ``score`` the log odds above the bar; what lies
    further than ``SHAKY`` below it is not told exactly.
    """

    found: Candidate
    features: tuple[float, ...]
    score: float

    @property
    def meant(self) -> bool:
        """Whether it reaches the bar."""
        return self.score >= 0


def judge(scene: Scene, candidates: Sequence[Candidate], table: Table) -> list[Judged]:
    """Every candidate with its score, the likeliest first."""
    judged = []
    for found in candidates:
        numbers = features(scene, found, candidates)
        judged.append(Judged(found, numbers, table.score(numbers, table.bar - SHAKY) - table.bar))
    return sorted(judged, key=lambda each: -each.score)


def choose(judged: Iterable[Judged]) -> list[Candidate]:
    """Of those that are meant, the ones of greatest worth that do not overlap; one long one sooner than two short."""
    ordered = sorted((each for each in judged if each.meant), key=lambda each: each.found.end)
    best: list[tuple[float, list[Candidate]]] = [(0.0, [])]
    for at, each in enumerate(ordered):
        before = 0
        for place in range(at, 0, -1):
            if ordered[place - 1].found.end <= each.found.start:
                before = place
                break
        worth = best[before][0] + max(_worth(each), 0.1)
        best.append((worth, [*best[before][1], each.found]) if worth > best[-1][0] else best[-1])
    return best[-1][1]


def _worth(judged: Judged) -> float:
    """Characters explained, less for a worse likeness, less for every function character swallowed, and the score."""
    found = judged.found
    size = sum(1.0 if token.kind == "h" else 0.6 * len(token.low) + 0.4 for token in found.tokens)
    swallowed = sum(1.2 for token in found.tokens if token.low in FUNCTION)
    return size * (1 - 2.2 * found.distance) - swallowed + 0.4 * min(judged.score, 6.0)
