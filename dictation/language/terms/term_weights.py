"""The fitted table: what the features of a candidate are worth together. Written by ``models/language/fit.py``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from dictation.language.terms.lists.packed import data

_DATA = "term_weights.json"
Node = Any
"""A leaf's number, or (feature, threshold, where it is at most that, where it is more); tuples nest."""


@dataclass(frozen=True, slots=True)
class Table:
    """Trees whose leaves add up to the log odds that a candidate is meant, and the ``bar`` that they must reach."""

    names: tuple[str, ...]
    base: float
    bar: float
    trees: tuple[Node, ...]
    rest: tuple[float, ...]

    def score(self, features: Sequence[float], floor: float = float("-inf")) -> float:
        """Log odds that a candidate with these features is meant; anything below ``floor`` for odds below it.

        ``rest[i]`` is the most that the trees from ``i`` on can add: a candidate that it does not save is given up.
        """
        total = self.base
        for node, rest in zip(self.trees, self.rest, strict=True):
            if total + rest < floor:
                return total + rest
            while node.__class__ is tuple:
                node = node[2] if features[node[0]] <= node[1] else node[3]
            total += node
        return total


@cache
def shipped_table() -> Table:
    """The table that is shipped."""
    return table_of(json.loads(data(_DATA)))


def table_of(read: dict[str, Any]) -> Table:
    """The table of what the file holds."""
    trees = tuple(_node(tree) for tree in read["trees"])
    rest = tuple(accumulate((_most(tree) for tree in reversed(trees)), initial=0.0))
    return Table(tuple(read["names"]), read["base"], read["bar"], trees, rest[:0:-1])


def _most(node: Node) -> float:
    return max(_most(node[2]), _most(node[3])) if isinstance(node, tuple) else float(node)


def _node(tree: Any) -> Node:
    return (tree[0], tree[1], _node(tree[2]), _node(tree[3])) if isinstance(tree, list) else float(tree)
