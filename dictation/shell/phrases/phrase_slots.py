"""Whether a word may fill a slot of a wording where it stands: its turn, its marker, and that a name is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS
from dictation.shell.phrases.phrase_accepts import accepts
from dictation.shell.phrases.phrase_names import NAMES, named, ordinary
from dictation.shell.phrases.phrase_nearby import ENTITIES, Nearby
from dictation.shell.phrases.phrase_places import ARCHIVES
from dictation.shell.phrases.phrase_table import WordingPart
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled import programs
from dictation.spelled.plain_words import FUNCTION
from dictation.spelled.wordlist import words

_CALLED = words(
    """context session container service pods deployment env namespace script branch image folder file package tag user
    host word text"""
)
"""What an everyday word stands beside when it is a name."""

_PLACES = words("path dir folder file dest")
_NO_PROGRAMS = words("path dir branch base dest")
"""Slots in which the name of a program is an everyday word like any other."""

_REACHING = words("ssh ping traceroute dig nslookup whois ssh-copy-id")
"""Programs that are followed by a host, so that it need not look like one."""

_SOUGHT = words("search grep for contain count time word text")
"""What stands before a word that is looked for."""


def may_fill(
    part: WordingPart, at: int, near: Nearby, filled: Collection[str], parts: Sequence[WordingPart], context: Context
) -> bool:
    """Whether word ``at`` may fill the slot ``part`` of a wording of ``parts`` whose slots ``filled`` are taken."""
    if _out_of_turn(part, filled, parts) or _names_a_folder(part.slot, at, near):
        return False
    if part.marker and not near.marked(at, part.marker):
        return False
    if not _evident(part.slot, at, near, context):
        return False
    piece, slot = near.pieces[at], _meant(part.slot, parts)
    if _any_word(part.slot, at, near, parts):
        return True
    if slot == "name" and (named := _name_of_a_thing(at, near)) is not None:
        return named
    return accepts(slot, piece, context, named=bool(part.marker) or _said_to_be_named(part.slot, at, near))


def _any_word(slot: str, at: int, near: Nearby, parts: Sequence[WordingPart]) -> bool:
    """Whether any word that could be a name is one here: "replace http with https", 叫 current."""
    if not _could_be_a_name(near.pieces[at]):
        return False
    if slot in ("pattern", "dest") and any("replace" in each.concepts for each in parts):
        return _replaced(slot, at, near)
    if any("rename" in each.concepts for each in parts):
        return _renamed(slot, at, near)
    return slot == "dest" and near.pieces[at].low == "current" and "called" in near.before(at)


def _could_be_a_name(piece: Token) -> bool:
    return piece.kind == "word" and piece.low not in FUNCTION and bool(re.fullmatch(r"[\w.+-]+", piece.text))


def _renamed(slot: str, at: int, near: Nearby) -> bool:
    """把分支 old 重命名为 new: a name stands right behind the branch, and at the end."""
    if slot == "branch":
        return near.pieces[at - 1].low in ("分支", "branch") and near.behind(at) != frozenset()
    return slot == "dest" and "branch" in near.there and at == len(near.pieces) - 1 and "to" in near.before(at)


_SIGNS = words("tabs blanks comma carriage line manylines word characters uppercase lowercase number numbers")
_REPLACES = ("replac", "substitut", "替换", "全部替换")


def _replaced(slot: str, at: int, near: Nearby) -> bool:
    """Whether "replace" stands right beside the word, or "with" before it."""
    if near.pieces[at].means & _SIGNS:
        return False  # "replace tabs with spaces" means the signs
    if not any(each.low.startswith(_REPLACES) for each in near.pieces):
        return False  # "change permissions of run.sh to 755" replaces no word
    if slot == "pattern":
        return any("replace" in each.means for each in near.beside(at))
    return "replace" in near.before(at) or near.pieces[at - 1].low in ("with", "by", "to", "为", "成")


def _name_of_a_thing(at: int, near: Nearby) -> bool | None:
    """Whether any word may be the name here: of a container, a session; ``None`` where nothing says so."""
    piece = near.pieces[at]
    if piece.low in NAMES and near.entity(at):
        return True
    if not near.led(at, ("called", "session")):
        return None
    return piece.kind == "word" and bool(re.fullmatch(r"[\w.-]{2,}", piece.text)) and "_" not in piece.means


def _out_of_turn(part: WordingPart, filled: Collection[str], parts: Sequence[WordingPart]) -> bool:
    """Whether a slot without a marker is still to be filled before this one, which has none either."""
    if part.marker:
        return False
    earlier = parts[: parts.index(part)]
    return any(each.slot and each.slot not in filled and not each.marker and not each.optional for each in earlier)


def _names_a_folder(slot: str, at: int, near: Nearby) -> bool:
    """Whether the word is what a folder is called, and nothing that is looked for."""
    return slot == "pattern" and "folder" in near.there and near.led(at, ("called",))


def _meant(slot: str, parts: Sequence[WordingPart]) -> str:
    """What ``dest`` is in this wording: another branch, another text, or another path."""
    if slot != "dest":
        return slot
    others = {each.slot for each in parts}
    return "branch" if "branch" in others else "value" if "pattern" in others else "path"


def _said_to_be_named(slot: str, at: int, near: Nearby) -> bool:
    """Whether a word before says that a name or a text follows."""
    if near.led(at, ("called",)) or near.before(at) & ENTITIES:
        return True
    return slot == "pattern" and (bool(near.before(at) & _SOUGHT) or "occurs" in near.behind(at))


def _evident(slot: str, at: int, near: Nearby, context: Context) -> bool:
    """Whether the word may be a name here: an everyday word ("go to sleep") has to be called one."""
    piece = near.pieces[at]
    if _is_a_kind(slot, at, near, context) or _is_another_deed(at, near):
        return False
    if slot == "host" and not re.search(r"[.\d@-]", piece.text):
        return any(each.low in _REACHING or each.means & words("server host domain dns") for each in near.pieces)
    if piece.kind != "word" or piece.means or not ordinary(piece.text):
        return True
    return _is_known(slot, piece, near, context) or _is_called_one(slot, at, near)


def _is_a_kind(slot: str, at: int, near: Nearby, context: Context) -> bool:
    """Whether the word says what kind of file is meant: "in typescript files" names no folder."""
    piece = near.pieces[at]
    return slot in _PLACES and piece.low in KINDS and "file" in near.behind(at) and piece.text not in context.files


def _is_another_deed(at: int, near: Nearby) -> bool:
    """Whether "and" leads to another thing to do: "push it and overwrite the remote"."""
    if near.pieces[at].kind != "word" or not at or near.pieces[at - 1].low not in ("and", "then"):
        return False
    return not near.joined(at)


def _is_known(slot: str, piece: Token, near: Nearby, context: Context) -> bool:
    """Whether an everyday word is known to be a name here, or stands where any word may stand."""
    if piece.text in (*context.files, *context.branches, *context.tools) or piece.low in named():
        return True
    if slot in ("user", "login", "value", "weekday") or (slot in ("pattern", "dest") and "replace" in near.there):
        return True
    return slot not in _NO_PROGRAMS and piece.low in programs.spoken()


def _is_called_one(slot: str, at: int, near: Nearby) -> bool:
    """Whether a word beside an everyday word says that it is a name."""
    beside = near.beside(at)
    if slot == "pattern":
        return any(each.means & words("word text") for each in beside) or near.led(at, ("match",))
    if slot == "dest" and _unpacked_into(at, near):
        return True
    return near.led(at, ("called",)) or any(each.means & _CALLED and not _several(each) for each in beside)


def _unpacked_into(at: int, near: Nearby) -> bool:
    """ "unzip photos.zip into pictures": what is unpacked goes into a folder."""
    last = at == len(near.pieces) - 1 and near.pieces[at - 1].low in ("into", "to")
    return last and any(each.low.endswith(ARCHIVES) for each in near.pieces[:at])


def _several(piece: Token) -> bool:
    return piece.kind == "word" and piece.low.endswith("s")
