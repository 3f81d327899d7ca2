"""Judges what changes who may use a file: chmod, chown, chgrp, setfacl, chattr."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dictation.shell.guard.argv import Options, operands
from dictation.shell.guard.inspection import CAUTION, DANGER, Call, Look, Word
from dictation.shell.guard.risky_places import HUGE, kind, power, secret
from dictation.spelled.lazy_regex import late

Note = tuple[str, str, str]
"""Level, code, message."""

OWNERS_RIGHTS = late(r"(?:^|,)[ugoa]*\+[rwx]*s|^0?[2467]\d{3}$|^[ug]=\w*s")
TO_ALL = late(r"^0?[0-7]?[0-7]?[2367]$|(?:^|,)[ugo]*[oa][ugoa]*[+=]\w*w|^\+\w*w|^a=rw|^ugo\+")
TO_OWNER = late(r"0?[4-7]00|[goa,]*-[rwx]+|go=|u=rwx?,go=|go-rwx")
"""Rights that nobody but the owner has."""

TO_NOBODY = late(r"^0?000$|^a?-[rwx]{2,}$|^a=$")


@dataclass(frozen=True, slots=True)
class RightsChange:
    """``rights`` as written, empty where none are; ``deep``: with all below; ``many``: files that a search found."""

    program: str
    rights: str
    paths: list[Word]
    deep: bool
    many: bool

    @property
    def of_system(self) -> bool:
        """Whether the machine relies on a path, or a home folder or what lies above is meant with all below."""
        places = (kind(each.text, each.guarded) for each in self.paths)
        return any(where in HUGE and (self.deep or where not in ("home", "above")) for where in places)

    @property
    def keys(self) -> bool:
        """Whether a path holds keys or passwords."""
        return any(secret(word.text) for word in self.paths)

    @property
    def accounts(self) -> bool:
        """Whether what stands at a path decides who may do what."""
        return any(power(word.text) for word in self.paths)


def change_rights(call: Call, look: Look) -> None:
    """The first thing that is wrong with a change of rights."""
    change = _read(call)
    if note := next(filter(None, (judged(change) for judged in JUDGES)), None):
        look.note(*note, call.at)


def _read(call: Call) -> RightsChange:
    options, words = operands(call, VALUED.get(call.name, "--reference --from"))
    if call.name == "chmod":  # +x is no option here
        words = [word for word in call.words if not word.text.startswith("-") or re.fullmatch(r"-[rwxst]+", word.text)]
    said = _says_rights(call.name, words, options)
    rights, paths = (words[0].text, words[1:]) if said else ("", words)
    many = bool({"find", "xargs"} & set(call.wrapped))
    return RightsChange(call.name, rights, paths, options.has("-R", "--recursive"), many)


VALUED = {"setfacl": "--reference --from -m -x --modify", "chattr": "-v -p"}
"""Options with a value, where they are not those of chmod and chown."""


def _says_rights(program: str, words: list[Word], options: Options) -> bool:
    """Whether the first word is no path. Those of setfacl and most of chattr's, which may be ``=i``, are options."""
    if not words or program == "setfacl" or options.value("--reference"):
        return False
    return program != "chattr" or words[0].text.startswith("=")


def _locks(change: RightsChange) -> Note | None:
    if change.program != "chattr":
        return None
    level = DANGER if change.of_system or change.accounts else CAUTION
    return level, "locks-files", "It locks or unlocks files, whatever their rights say."


def _gives_power(change: RightsChange) -> Note | None:
    if change.program != "chmod" or not OWNERS_RIGHTS.search(change.rights):
        return None
    return DANGER, "privilege", "It makes a program that runs with its owner's rights."


def _opens_system(change: RightsChange) -> Note | None:
    if not change.of_system:
        return None
    return DANGER, "opens-system", "It changes who may use a place of the system."


def _opens_files(change: RightsChange) -> Note | None:
    if change.program != "chmod" or not TO_ALL.search(change.rights):
        return None
    level = DANGER if change.deep or change.many or change.keys else CAUTION
    return level, "opens-files", "Everybody on this machine may write there."


def _opens_keys(change: RightsChange) -> Note | None:
    if not (change.keys or change.accounts) or TO_OWNER.fullmatch(change.rights):
        return None
    return DANGER, "opens-files", "It lets others read keys or change accounts."


def _replaces_owners(change: RightsChange) -> Note | None:
    deep = change.deep and not re.fullmatch(r"u\+[rwX]+", change.rights)
    if change.program not in ("chown", "chgrp") and not deep:
        return None
    return CAUTION, "changes-rights", "The old owners or rights are not kept."


def _closes(change: RightsChange) -> Note | None:
    if change.program != "chmod" or not TO_NOBODY.search(change.rights):
        return None
    return CAUTION, "changes-rights", "Nobody may use the files then."


def _changes_many(change: RightsChange) -> Note | None:
    many = change.many and not re.fullmatch(r"[ugoa]*\+[rxX]+", change.rights)
    if change.program != "setfacl" and not many:
        return None
    return CAUTION, "changes-rights", "It changes the rights of many files."


JUDGES: tuple[Callable[[RightsChange], Note | None], ...] = (
    _locks, _gives_power, _opens_system, _opens_files, _opens_keys, _replaces_owners, _closes, _changes_many,
)  # fmt: skip
"""In this order; the first that has something to say is heard."""

RULES = dict.fromkeys("chmod chown chgrp setfacl chattr zf_chmod zf_chown chflags".split(), change_rights)
