"""Finds operators, brackets and escapes of a programming language: "items 左方括号 零 右方括号" -> ``items[0]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dictation.spelled import signs
from dictation.spelled.pieces import Said
from dictation.spelled.plain_words import FUNCTION
from dictation.spelled.stretches.stretch import SURE, Stretch, runs

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_EMPTY = frozenset(("()", "[]", "{}"))
_STEPS = frozenset(("++",))
"""Operators that stand behind one name."""

_COMPARES = frozenset(("==", "===", "!=", ">=", "<=", "+=", "-=", ":=", "=>", "->", "::", "??"))
"""Operators between two names."""

_TIGHT = frozenset(("::", ".", "_", "__", "'", '"', "\\", "@", "#", "$", "/", "-", "--", ":"))
_SPACED = _COMPARES | frozenset(("=", "+", "*", "%", "&&", "||", "<", ">", "&", "|"))
_WITHIN = frozenset((".", "_"))
"""Signs inside a name."""

_ARROWS = frozenset(("->", "=>"))
_NO_TARGET = frozenset("function functions key keys button icon pointing notation".split())
"""What an arrow is spoken of with: "an arrow function", "the arrow keys"."""

_ESCAPES = frozenset("n t r b d w s v f".split())
"""Letters behind a backslash, in strings and regular expressions."""

_MOST = 14
"""Pieces between two brackets; what is longer is said in parts."""

_NO_OPERAND = FUNCTION - {"not"}
_NOT_CALLED = FUNCTION | frozenset("write type put add insert say use".split())


def expressions(text: str, pieces: Sequence[Said]) -> Iterator[Stretch]:
    """Every expression of ``text``; ``pieces`` are cut with the operators that only expressions have."""
    for run in runs(text, pieces):
        at = 0
        while at < len(run):
            found = _bracketed(run, at) or _operated(run, at) or _escaped(run, at)
            if found is not None:
                first, last, written = found
                yield Stretch(run[first].start, run[last - 1].end, written, SURE, "expression")
            at = found[1] if found is not None else at + 1


_Found = tuple[int, int, str]


def _bracketed(run: list[Said], at: int) -> _Found | None:
    """A pair of brackets with what stands in it and the name in front of it."""
    sign = _sign(run, at)
    if sign not in _PAIRS and sign not in _EMPTY:
        return None
    first = _called(run, at)
    if sign in _EMPTY:
        return (first, at + 1, _joined(run[first : at + 1])) if first < at else None
    last = _closing(run, at)
    if last is None or _of_a_sentence(run[at + 1 : last - 1], named=first < at):
        return None
    last = _tail(run, last)
    return first, last, _joined(run[first:last])


def _of_a_sentence(inside: list[Said], named: bool) -> bool:
    """Whether brackets around ``inside`` are those of a sentence; ``named``: a name stands in front of them."""
    chinese = [each.text for each in inside if each.kind == "han"]
    return (not named and len(chinese) == len(inside)) or any(len(each) > 8 for each in chinese)


def _sign(run: list[Said], at: int) -> str:
    """The sign at ``at``; empty where none stands there."""
    return run[at].text if at < len(run) and run[at].kind == "sign" else ""


def _closing(run: list[Said], at: int) -> int | None:
    """Behind the bracket that closes the one at ``at``."""
    open_: list[str] = []
    for place in range(at, min(len(run), at + _MOST + 2)):
        text = _sign(run, place)
        if text in _PAIRS:
            open_.append(_PAIRS[text])
        elif open_ and text == open_[-1]:
            open_.pop()
            if not open_:
                return place + 1
    return None


def _called(run: list[Said], at: int) -> int:
    """Where the name begins that stands right before ``at``: a word, or words joined by dots and underscores."""
    first = at
    while first and _names(run[first - 1]):
        first -= 1
        if first < 2 or _sign(run, first - 1) not in _WITHIN or not _names(run[first - 2]):
            break
        first -= 1
    return first


def _names(piece: Said) -> bool:
    """Whether ``piece`` may name something; a lone letter may, for no article stands before an operator."""
    return piece.kind == "word" and piece.text.isascii() and (piece.letter or piece.low not in _NOT_CALLED)


def _tail(run: list[Said], last: int) -> int:
    """Past what follows a closed bracket directly: another pair, or a dot and a name."""
    while last + 1 < len(run) and (sign := _sign(run, last)):
        if sign in _PAIRS and (closed := _closing(run, last)) is not None:
            last = closed
        elif sign in (".", "=>", "->") and run[last + 1].kind == "word":
            last += 2
        elif sign in _EMPTY:
            last += 1
        else:
            break
    return last


def _operated(run: list[Said], at: int) -> _Found | None:
    """An operator between two names, or one behind a name."""
    sign = run[at]
    if sign.kind != "sign" or sign.raw.lower() not in signs.expressions():
        return None
    first = _operand_before(run, at)
    if first == at:
        return None
    if sign.text in _STEPS:
        return first, at + 1, _joined(run[first : at + 1])
    last = _operand_after(run, at + 1)
    if sign.text not in _COMPARES or last == at + 1:
        return None
    if sign.text in _ARROWS and (run[at + 1].low in _NO_TARGET or len(run[first].text) > 1):
        return None
    return first, last, _joined(run[first:last])


def _operand_before(run: list[Said], at: int) -> int:
    first = _called(run, at)
    if first == at and at and run[at - 1].kind == "number":
        return at - 1
    return first


def _operand_after(run: list[Said], at: int) -> int:
    """Behind the operand that begins at ``at``."""
    if at >= len(run) or run[at].kind not in ("word", "number") or run[at].low in _NO_OPERAND:
        return at
    last = at + 1
    while last + 1 < len(run) and _sign(run, last) in _WITHIN and _names(run[last + 1]):
        last += 2
    return _tail(run, last) if last < len(run) and run[last].text in (*_PAIRS, *_EMPTY) else last


def _escaped(run: list[Said], at: int) -> _Found | None:
    """ "backslash n"."""
    after = run[at + 1] if at + 1 < len(run) else None
    if run[at].text == "\\" and run[at].kind == "sign" and after is not None and after.low in _ESCAPES:
        return at, at + 2, "\\" + after.low
    return None


def _joined(pieces: list[Said]) -> str:
    """``pieces`` with the blanks that code has."""
    out = ""
    quoted = ""
    for at, piece in enumerate(pieces):
        sign = _sign(pieces, at)
        if sign and sign in "\"'":
            quoted = "" if quoted else sign
            out += (" " if quoted and out[-1:] == "," else "") + sign
        elif sign and not quoted:
            out = _with_sign(out, sign)
        else:
            out += _blank(pieces[at - 1], piece) + piece.text if at else piece.text
    return out.strip()


def _with_sign(out: str, sign: str) -> str:
    if sign in _SPACED:
        return f"{out.rstrip()} {sign} "
    return f"{out.rstrip()}{sign} " if sign in (",", ":") else out + sign


def _blank(before: Said, piece: Said) -> str:
    """What stands between two pieces: nothing beside a sign, and none between Chinese ones."""
    chinese = not before.raw.isascii() and not piece.raw.isascii()
    return "" if "sign" in (before.kind, piece.kind) or chinese else " "
