"""Judges what packs and unpacks archives: where the files land, and what is deleted beside them."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import Call, Look, Output
from dictation.shell.guard.risky_places import kind, tidy


def archive(call: Call, look: Look) -> None:
    """Archives being unpacked: over the system, or with programs of somebody else in them."""
    if _is_fetched(call, look):
        look.scope.cloned = True
    options = read(call.args, "-f -C -d -x? --file --directory")
    for each in options.value("-C", "--directory", "-d"):
        _unpacks(each, call, look)
    if call.name == "tar":
        _tar(call, options, look)
    elif call.name == "zip" and options.has("-m", "-d", "--move", "--delete"):
        look.caution("deletes", "The files are deleted after packing.", call.at)
    elif call.name == "unzip" and options.has("-o"):
        look.caution("overwrites", "It replaces files without asking.", call.at)


def _is_fetched(call: Call, look: Look) -> bool:
    """Whether what is unpacked comes from the network."""
    known = [call.feed or Output(), *(look.scope.written.get(tidy(each), Output()) for each in call.args)]
    return any("network" in each.marks for each in known)


def _unpacks(path: str, call: Call, look: Look) -> None:
    if kind(path) in ("root", "system"):
        look.danger("writes-system", "It unpacks over a place of the system.", call.at)
    else:
        target(path, True, call.at, look)


def _tar(call: Call, options: Options, look: Look) -> None:
    """What tar does besides packing and unpacking in this folder."""
    unpacks = re.match(r"-?\w*x", "".join(call.args[:1])) is not None
    if options.has("--remove-files"):
        look.danger("overwrites", "It deletes or overwrites files outside the archive.", call.at)
    elif options.has("--recursive-unlink") or (unpacks and options.has("-P", "--absolute-names")):
        look.caution("overwrites", "It deletes or overwrites files outside the archive.", call.at)
    elif options.has("--delete"):
        look.caution("changes-archive", "It deletes from an archive.", call.at)


RULES = dict.fromkeys("tar bsdtar unzip zip 7z cpio pax".split(), archive)
