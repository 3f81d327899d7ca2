"""What stands beside a word of a request: the words that lead to a name, and those that say what it is."""

from __future__ import annotations

from dictation.shell.phrases.phrase_names import named
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled.wordlist import words

_TO = tuple("到成为至进给入叫")
_AHEAD = words("在 于 从")
_BEHIND = words("里 里面 中 内 下 下面 之内 底下 里边 之下 当中 目录下 文件夹里 里头 里的 里面的 中的 下的")
"""What stands before a place, and what stands behind it."""

MARKERS = {
    "to": ("to",),
    "into": ("to", "in"),
    "in": ("in", "on", "from", "of"),
    "from": ("from", "with"),
    "called": ("called", "to"),
    "on": ("on", "in"),
    "or": ("or",),
    "by": ("by",),
    "as": ("called", "with", "by", "to"),
    "than_branch": ("than_branch", "to", "with", "between"),
}
_BETWEEN = words(
    "_ current all file folder branch server remote service project name port container value host by line"
)
ENTITIES = words("context session container service pods deployment env namespace script branch image")
"""What a name often follows without more: "the session work"."""


class Nearby:
    """The words around each word of one request."""

    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.there = frozenset[str]().union(*(piece.means for piece in pieces))
        """The concepts of all words."""

    def before(self, at: int) -> frozenset[str]:
        """The concepts of the word before; none at the beginning."""
        return self.pieces[at - 1].means if at else frozenset()

    def behind(self, at: int) -> frozenset[str]:
        """The concepts of the word behind; none at the end."""
        return self.pieces[at + 1].means if at + 1 < len(self.pieces) else frozenset()

    def beside(self, at: int) -> list[Token]:
        """The word before and the word behind."""
        return self.pieces[max(0, at - 1) : at] + self.pieces[at + 1 : at + 2]

    def entity(self, at: int) -> bool:
        """Whether a word beside says what kind of thing is named."""
        return any(each.means & ENTITIES for each in self.beside(at))

    def marked(self, at: int, marker: str) -> bool:
        """Whether the marker of a slot ("to", "in", "from") leads to the word."""
        return (marker == "in" and self._inside(at)) or self.led(at, MARKERS[marker])

    def led(self, at: int, concepts: tuple[str, ...]) -> bool:
        """Whether one of ``concepts`` stands before the word, with only small words between."""
        for piece in reversed(self.pieces[:at]):
            if piece.kind == "han" and piece.text in _BEHIND:
                return False  # "src 里 useState": what stands in src is before it
            if _leads(piece, concepts):
                return True
            if not piece.means & _BETWEEN:
                return False
        return False

    def _inside(self, at: int) -> bool:
        for piece in self.pieces[at + 1 :]:
            if "in" in piece.means and piece.kind == "han":
                return piece.text not in _AHEAD
            if not piece.means & words("file folder _"):
                return False
        return False

    def joined(self, at: int) -> bool:
        """Whether what stands before "and" is a name too: "between main and dev"."""
        if at < 2:
            return False
        first = self.pieces[at - 2]
        name = not first.means or first.kind in ("quoted", "number") or first.low in named()
        return name or "between" in self.there - self.before(at)


def _leads(piece: Token, concepts: tuple[str, ...]) -> bool:
    if not piece.means.isdisjoint(concepts):
        return True
    return "to" in concepts and piece.kind == "han" and piece.text.endswith(_TO)
