"""Judges what changes who may use a file: chmod, chown, chgrp, setfacl, chattr."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dictation.shell.guard.argv import operands
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
    def lost(self) -> list[str]:
        """The kinds of the paths that the machine or the user relies on."""
        places = (kind(each.text, each.guarded) for each in self.paths)
        return [where for where in places if where in HUGE]

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
    valued = "--reference --from -m -x --modify" if call.name == "setfacl" else "--reference --from"
    options, words = operands(call, valued)
    if call.name == "chmod":  # +x is no option here
        words = [word for word in call.words if not word.text.startswith("-") or re.fullmatch(r"-[rwxst]+", word.text)]
    without = not words or call.name == "setfacl" or bool(options.value("--reference"))
    rights, paths = ("", words) if without else (words[0].text, words[1:])
    many = bool({"find", "xargs"} & set(call.wrapped))
    return RightsChange(call.name, rights, paths, options.has("-R", "--recursive"), many)


def _locks(change: RightsChange) -> Note | None:
    if change.program != "chattr":
        return None
    # Its flags are options, so that its first path stands where the rights of other programs do.
    level = DANGER if change.lost or change.accounts or power(change.rights) else CAUTION
    return level, "locks-files", "It locks or unlocks files, whatever their rights say."


def _gives_power(change: RightsChange) -> Note | None:
    if change.program != "chmod" or not OWNERS_RIGHTS.search(change.rights):
        return None
    return DANGER, "privilege", "It makes a program that runs with its owner's rights."


def _opens_system(change: RightsChange) -> Note | None:
    lost = change.lost
    if not lost or (not change.deep and lost[0] in ("home", "above")):
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
