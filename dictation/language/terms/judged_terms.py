"""Which terms are meant in a sentence: every candidate with its features, its score and, where there is sound, its
support; and the choice among them.

This is where the ear comes in. ``judge`` ranks the candidates of a sentence; those near the bar are shaky, and who
holds the sound may weigh them (``weigh`` of the engine: log P(text with the term | sound) less log P(text as heard |
sound), in nats) and give the answer back as ``support``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dictation.language.terms.candidate_features import features
from dictation.language.terms.candidates import Candidate
from dictation.language.terms.sentence import FUNCTION, Scene
from dictation.language.terms.term_weights import Table

SHAKY = 4.0
"""Log odds around the bar within which the sound is worth asking: a candidate further below is hardly ever meant."""
EVEN = -9.0
"""Support (nats) that speaks neither for a term nor against it: of 47 candidates weighed by the sound, 34 of the 35
right ones lay above it and all wrong ones below."""
PER_NAT = 0.8
"""Log odds that a nat of support is worth: the wrong ones begin 1.2 nats below ``EVEN``, the right ones spread over
17."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what is thought of it.

    ``features`` are those of ``candidate_features.NAMES``; ``score`` the log odds above the bar, support counted;
    ``support`` in nats, or None where the sound was not asked.
    """

    found: Candidate
    features: tuple[float, ...]
    score: float
    support: float | None = None

    @property
    def meant(self) -> bool:
        """Whether it reaches the bar."""
        return self.score >= 0

    def with_support(self, support: float) -> Judged:
        """The same candidate when the sound has been asked."""
        return Judged(self.found, self.features, self.score + PER_NAT * (support - EVEN), support)


Support = Callable[[Candidate], float | None]


def judge(scene: Scene, candidates: Sequence[Candidate], table: Table, support: Support | None = None) -> list[Judged]:
    """Every candidate with its score, the likeliest first."""
    judged = []
    for found in candidates:
        numbers = features(scene, found, candidates)
        made = Judged(found, numbers, table.score(numbers, table.bar - SHAKY) - table.bar)
        heard = support(found) if support is not None and abs(made.score) <= SHAKY else None
        judged.append(made if heard is None else made.with_support(heard))
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
