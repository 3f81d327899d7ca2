"""Parses a line of bash, and mends beforehand what the grammar does not know."""

from __future__ import annotations

import re
from functools import lru_cache

from tree_sitter import Language, Node, Parser

from dictation.spelled.lazy_regex import late

LONG = 1500
"""Characters of a line that is not worth a second try when it cannot be parsed: that takes as long again."""


_FAR = late("[^\x00-\uffff]")
"""Emoji and the like. The grammar's scanner looks every character up in a table of 256 (C's ``isalpha``); those lie so
far behind it that the process is killed now and then (tree-sitter-bash 0.25.1). To the guard they are all the same."""


@lru_cache(maxsize=1)
def _parser() -> Parser:
    import tree_sitter_bash

    return Parser(Language(tree_sitter_bash.language()))


def parse(text: str) -> Node:
    """The root of the tree; a second try is made with a mended text when the first has errors."""
    text = _FAR.sub("\u25a1", text)
    root = _parser().parse(text.encode(errors="replace")).root_node
    if root.has_error and len(text) < LONG and (other := mended(text)) != text:
        root = _parser().parse(other.encode(errors="replace")).root_node
    return root


def source(node: Node | None) -> str:
    """A node as it stands in the line; nothing of none."""
    return (node.text or b"").decode(errors="replace") if node else ""


def mended(text: str) -> str:
    """The same line without what is right in bash and yet unknown to the grammar."""
    text = re.sub(
        r"((?:^|[;&|({!]|\b(?:if|while|until|then|do|else|elif))\s*)\[\s(.*?)\s\](?=[\s;&|)]|$)", r"\1test \2", text
    )
    text = re.sub(r"(?<=\s)~(?=\s+(?:\]\]|&&|\|\|))", "$HOME", text)
    text = re.sub(r"(\d?>{1,2}\s*\S+)\s+(<<<\s*(?:'[^']*'|\"[^\"]*\"|\S+))", r"\2 \1", text)
    listed = r"((?:^|[;&|(])\s*)\{([^{}\s]+,[^{}\s]*)\}"
    text = re.sub(listed, lambda found: found[1] + " ".join(found[2].split(",")), text)
    return re.sub(r"(?<=\s)[!?*+@]\([^()]*\)(?=[\s;&|]|$)", "*", text)


def wrong(node: Node) -> str:
    """The text of the first piece that cannot be parsed."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.is_error or each.is_missing:
            return source(each)
        waiting.extend(child for child in reversed(each.children) if child.has_error)
    return ""
