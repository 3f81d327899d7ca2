"""The fitted table: what the features of a candidate are worth together. Written by ``models/language/fit.py``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dictation.language.terms.packed import data

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

    def score(self, features: Sequence[float]) -> float:
        """Log odds that a candidate with these features is meant."""
        total = self.base
        for node in self.trees:
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
    return Table(tuple(read["names"]), read["base"], read["bar"], tuple(_node(tree) for tree in read["trees"]))


def _node(tree: Any) -> Node:
    return (tree[0], tree[1], _node(tree[2]), _node(tree[3])) if isinstance(tree, list) else float(tree)
