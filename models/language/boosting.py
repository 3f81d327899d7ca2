"""Gradient-boosted trees for two classes in plain NumPy: small, weighted, and monotone where that is asked for.

A tree is a nested list ``[feature, threshold, left, right]``, left where ``x[feature] <= threshold``; a leaf is a
number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Tree = float | list[object]
Bounds = tuple[float, float]


@dataclass
class Boosting:
    """``monotone[f]`` is 1 where the score may only rise with feature ``f``, -1 where it may only fall, else 0.

    ``least`` is the curvature (sum of p(1-p)) that a leaf needs, ``penalty`` what every leaf's curvature is raised by.
    """

    monotone: tuple[int, ...]
    rounds: int = 80
    depth: int = 4
    rate: float = 0.15
    least: float = 1.0
    penalty: float = 3.0
    bins: int = 32
    base: float = 0.0
    trees: list[Tree] = field(default_factory=list)

    def fit(self, x: Floats, y: Floats, weight: Floats) -> Boosting:
        """Fits to rows ``x`` (n, features), classes ``y`` (0 or 1) and weights (n)."""
        self._cuts = [self._edges(x[:, at]) for at in range(x.shape[1])]
        self._sign = np.array(self.monotone)[:, None]
        codes = np.column_stack([np.searchsorted(cuts, x[:, at]) for at, cuts in enumerate(self._cuts)])
        self._places = (codes + np.arange(x.shape[1]) * self.bins).astype(np.int32)
        self._codes = codes.astype(np.int32)
        share = float(np.clip((weight * y).sum() / weight.sum(), 1e-4, 1 - 1e-4))
        self.base = float(np.log(share / (1 - share)))
        score = np.full(len(y), self.base)
        for _ in range(self.rounds):
            chance = 1 / (1 + np.exp(-score))
            slope, bend = weight * (y - chance), weight * chance * (1 - chance)
            step = np.zeros(len(y))
            rows = np.arange(len(y))
            whole = self._sums(rows, slope, bend)
            self.trees.append(self._grow(rows, whole, slope, bend, self.depth, (-9.0, 9.0), step))
            score += step
        return self

    def _edges(self, column: Floats) -> Floats:
        values = np.unique(column)
        if len(values) > self.bins:
            values = np.unique(np.quantile(column, np.linspace(0, 1, self.bins)))
        return (values[:-1] + values[1:]) / 2

    def _sums(self, rows: npt.NDArray[np.int64], slope: Floats, bend: Floats) -> Floats:
        """Slope and curvature of each bin: (2, features, bins)."""
        places = self._places[rows].ravel()
        wide, size = self._places.shape[1], self._places.shape[1] * self.bins
        sums = [np.bincount(places, np.repeat(each[rows], wide), size) for each in (slope, bend)]
        return np.stack(sums).reshape(2, wide, self.bins)

    def _grow(
        self, rows: npt.NDArray[np.int64], sums: Floats, slope: Floats, bend: Floats, depth: int, bounds: Bounds,
        step: Floats,
    ) -> Tree:  # fmt: skip
        g, h = sums[:, 0].sum(axis=1)
        best = self._best(sums, bounds) if depth and h > 2 * self.least else None
        if best is None:
            step[rows] = leaf = round(self.rate * float(np.clip(g / (h + self.penalty), *bounds)), 5)
            return leaf
        feature, at, low, high = best
        goes_left = self._codes[rows, feature] <= at
        left, right = rows[goes_left], rows[~goes_left]
        # The sums of one side are those of both less those of the other: only the smaller is counted.
        if len(left) < len(right):
            of_left = self._sums(left, slope, bend)
            of_right = sums - of_left
        else:
            of_right = self._sums(right, slope, bend)
            of_left = sums - of_right
        middle, sign = (low + high) / 2, self.monotone[feature]
        below, above = (bounds[0], middle), (middle, bounds[1])
        left_bounds, right_bounds = (below, above) if sign > 0 else (above, below) if sign < 0 else (bounds, bounds)
        return [
            feature,
            round(float(self._cuts[feature][at]), 4),
            self._grow(left, of_left, slope, bend, depth - 1, left_bounds, step),
            self._grow(right, of_right, slope, bend, depth - 1, right_bounds, step),
        ]

    def _best(self, sums: Floats, bounds: Bounds) -> tuple[int, int, float, float] | None:
        """Feature, bin and the values of both sides of the split that gains most."""
        (gs, hs), (g, h) = np.cumsum(sums, axis=2), sums[:, 0].sum(axis=1)
        low = np.clip(gs / (hs + self.penalty), *bounds)
        high = np.clip((g - gs) / (h - hs + self.penalty), *bounds)
        gain = gs**2 / (hs + self.penalty) + (g - gs) ** 2 / (h - hs + self.penalty) - g**2 / (h + self.penalty)
        allowed = (hs >= self.least) & (h - hs >= self.least) & ((high - low) * self._sign >= 0)
        gain = np.where(allowed, gain, -1.0)
        feature, at = divmod(int(np.argmax(gain)), self.bins)
        if gain[feature, at] <= 1e-3 or at >= len(self._cuts[feature]):
            return None
        return feature, at, float(low[feature, at]), float(high[feature, at])

    def score(self, x: Floats) -> Floats:
        """Log odds of each row."""
        total = np.full(len(x), self.base)
        for tree in self.trees:
            self._add(tree, x, np.arange(len(x)), total)
        return total

    def _add(self, tree: Tree, x: Floats, rows: npt.NDArray[np.int64], total: Floats) -> None:
        if not isinstance(tree, list):
            total[rows] += tree
            return
        feature, threshold, left, right = tree
        goes_left = x[rows, feature] <= threshold  # type: ignore[index, operator]
        self._add(left, x, rows[goes_left], total)  # type: ignore[arg-type]
        self._add(right, x, rows[~goes_left], total)  # type: ignore[arg-type]
