"""Finds a name whose way of writing is asked for: "camel case fetch user data returns" -> ``fetchUserData`` returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dictation.spelled import cases, signs
from dictation.spelled.chains import ending
from dictation.spelled.endings import AFTER_DOT
from dictation.spelled.pieces import Said
from dictation.spelled.stretches.stretch import SURE, Stretch, runs
from dictation.spelled.wordlist import words

_STRONG = frozenset(("camel", "pascal", "snake", "kebab", "constant"))
"""Ways that nobody names but for writing a name."""

_BEFORE = words("named called name function method class variable field column key file branch type write is to")
"""What stands before a name that is to be written: with it a way that is also plain English counts."""


_OF = ("的", "法", "式", "命名")
"""What stands between a way of writing and the name: 驼峰法 user id."""

_GIVES = ("改成", "写成", "叫", "命名为", "换成", "名是")


def names(text: str, pieces: Sequence[Said]) -> Iterator[Stretch]:
    """Every name of ``text`` that is asked for in a way of writing."""
    for run in runs(text, pieces):
        at = 0
        while at < len(run):
            found = _name(run, at)
            if found is not None:
                yield found[0]
            at += found[1] if found is not None else 1


def _name(run: list[Said], at: int) -> tuple[Stretch, int] | None:
    """The name asked for at ``at``, and over how many pieces it goes."""
    asked = run[at]
    if (behind := _asked_behind(run, at)) is not None:
        return behind
    way = cases.anywhere().get(" ".join(asked.raw.lower().split()), "") or _underscored(run, at)
    if asked.kind != "sign" or not way:
        return None
    first = last = at + 1 + (at + 1 < len(run) and run[at + 1].kind == "han" and run[at + 1].text in _OF)
    while last < len(run) and _word(run[last]):
        last += 1
    said = [_word(each) for each in run[first:last]]
    size = cases.length(said, whole=last == len(run) or run[last].kind == "han")
    if not size or not _asked_for(run, at, way, size):
        return None
    written, end = cases.write(way, said[:size]), first + size
    if end == last and (ended := _file_ending(run, end)):
        written, end = f"{written}.{ended}", end + 2
    return Stretch(asked.start, run[end - 1].end, written, SURE, "name"), end - at


_LEADS = words("it called named to is as")
"""What a name follows whose way of writing is said behind it: "call it fetch user data in camel case"."""

_SPOKEN_OF = words(
    "write writes type say use uses keep put prefer have make spell format convert everything anything all like want "
    "need see show store send"
)
"""Words that speak of how something is written, or of what is: no name begins with one that is said before its way."""


def _asked_behind(run: list[Said], at: int) -> tuple[Stretch, int] | None:
    """The name at ``at`` whose way of writing is said behind it and ends the run: "fetch user data in camel case"."""
    ways = cases.anywhere()
    way = ways.get(" ".join(run[-1].raw.lower().split()), "")
    end = len(run) - 2
    if way not in _STRONG or end - at < 2 or run[end].low != "in" or (at and run[at - 1].low not in _LEADS):
        return None
    said = [_word(each) for each in run[at:end]]
    if not all(said) or not _whole_name(said):
        return None
    return Stretch(run[at].start, run[-1].end, cases.write(way, said), SURE, "name"), len(run) - at


def _whole_name(said: list[str]) -> bool:
    """Whether all of ``said`` are one name, and not a sentence that speaks of how something is written."""
    if said[0] in _LEADS - {"is"} or cases.spoken_about(said) or _SPOKEN_OF & set(said):
        return False
    return len(said) <= cases.MOST and cases.length(said, whole=True) == len(said)


def _asked_for(run: list[Said], at: int, way: str, size: int) -> bool:
    """Whether a name of ``size`` words is asked for, and the way of writing is not merely spoken about."""
    chinese = not run[at].raw.isascii()
    if way in _STRONG:
        return size > 1 or chinese or way in ("pascal", "constant")
    return size > 1 and (chinese or _named(run, at))


def _file_ending(run: list[Said], at: int) -> str:
    """The ending of a file that is said at ``at``, without its dot; empty where none is."""
    if at + 1 >= len(run) or run[at].text != ".":
        return ""
    last = ending(run[at + 1].low)
    return last if last in AFTER_DOT else ""


def _word(piece: Said) -> str:
    """``piece`` as a word of a name; empty where it is none. A sign that is also plain English is one: "created at"."""
    if piece.kind in ("word", "number"):
        return piece.low if piece.text.isalnum() else ""
    plain = piece.kind == "sign" and piece.raw.isascii() and piece.raw.isalpha()
    return piece.raw.lower() if plain and (piece.low == "@" or piece.raw.lower() not in signs.anywhere()) else ""


def _underscored(run: list[Said], at: int) -> str:
    """改成下划线 user id: the sign's name alone asks for a way of writing, where a name is given."""
    before = run[at - 1] if at else None
    gives = before is not None and before.kind == "han" and before.text.endswith(_GIVES)
    following = [each.kind for each in run[at + 1 : at + 3]]
    return "snake" if run[at].raw == "下划线" and gives and following == ["word", "word"] else ""


def _named(run: list[Said], at: int) -> bool:
    return at > 0 and run[at - 1].low in _BEFORE
