"""Checks that what only the user can mean came from the user's mouth: addresses, hosts, blobs, places far away."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Look
from dictation.shell.guard.risky_places import kind
from dictation.spelled.lazy_regex import late

ADDRESS = late(r"\b(?:https?|ftp|ssh|git|wss?)://([^/\s'\"`)>]+)")
MACHINE = late(r"(?<![\w./@-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<=@)[\w-]+(?:\.[\w-]+)+")
BLOB = late(
    r"(?<![\w/+=.-])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{24,}={0,2}(?![\w/+=])"
)
PLACE = late(r"(?<![\w.~:/$}=-])/(?:[\w.+-]+/)*[\w.+-]+")
OURS = late(r"^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|192\.168\.\d+\.\d+$|10\.\d+\.)")
COMMON = late(r"^/(?:dev|tmp|proc|bin|usr/bin|usr/local/bin|usr/share|etc/(?:hosts|os-release|passwd)|var/log)(?:/|$)")


def check(command: str, said: str, look: Look) -> None:
    """Note every address, blob or far place in ``command`` that is not in ``said``."""
    heard = bare(said)
    for pattern, judged in WATCHED:
        for found in pattern.finditer(command):
            judged(found, heard, look)


def _blob(found: re.Match[str], heard: str, look: Look) -> None:
    if not re.fullmatch(r"[0-9a-f]+", found[0]) and bare(found[0]) not in heard:
        look.danger("not-said", "This piece of hidden text was not spoken.", found[0])


def _place(found: re.Match[str], heard: str, look: Look) -> None:
    if look.shell == "cmd" and found[0].count("/") == 1:
        return  # an option: "dir /s"
    if not COMMON.match(found[0]) and kind(found[0]) in ("system", "outside") and not _named(found[0], heard):
        look.caution("not-said", "This place was not spoken.", found[0])


def _address(found: re.Match[str], heard: str, look: Look) -> None:
    address = found[found.re.groups]
    host = address.rpartition("@")[2].partition(":")[0].lower()
    if host and not OURS.match(host) and not _said(host, heard):
        look.danger("not-said", "This address was not spoken.", found[0])


def bare(text: str) -> str:
    """Letters and digits alone, so that "example dot com" and "example.com" are one."""
    text = re.sub(r"\b(?:dot|point|slash|colon|dash|at)\b|[点斜杠冒号横杠]", "", text.lower())
    return "".join(each for each in text if each.isalnum())


def _said(host: str, heard: str) -> bool:
    """A host counts as spoken when its own name was, with or without ``www`` and the ending."""
    parts = host.removeprefix("www.").split(".")
    return bare(host) in heard or (host[-1:].isalpha() and len(parts) == 2 and len(parts[0]) > 2 and parts[0] in heard)


def _named(path: str, heard: str) -> bool:
    return any(bare(part) and bare(part) in heard for part in path.split("/")[-1:]) or bare(path) in heard


WATCHED = ((ADDRESS, _address), (MACHINE, _address), (BLOB, _blob), (PLACE, _place))
"""What only the user can mean, and how each is checked; the last group of a pattern is the address."""
