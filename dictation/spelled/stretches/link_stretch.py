"""Finds links that are spelled out: "https colon slash slash example dot com", https冒号斜杠斜杠example点com."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dictation.spelled.endings import TLDS
from dictation.spelled.pieces import Said
from dictation.spelled.stretches.stretch import SURE, Stretch, runs

_LETTERED = frozenset(("http", "https", "ftp", "sftp", "ssh", "ws", "wss"))
"""Schemes that have no sound as a word and so are said letter by letter; any word said whole may be one."""
_HOST_SIGNS = frozenset((".", "-", "_", "@"))
_PATH_SIGNS = frozenset(("/", ".", "-", "_", "?", "=", "&", "#", "%", "+", "~", ":"))


def links(text: str, pieces: Sequence[Said]) -> Iterator[Stretch]:
    """Every link in ``text``. A colon and two slashes behind one word and before another are nothing else."""
    for run in runs(text, pieces):
        end = 0
        for at in range(1, len(run)):
            host = at + _slashes(run, at)
            if host == at or host >= len(run):
                continue
            first, scheme = _scheme(run, at)
            last, written = _rest(run, host)
            if scheme and written and first >= end:
                end = last
                yield Stretch(run[first].start, run[last - 1].end, f"{scheme}://{written}", SURE + 1.0, "address")


def _slashes(run: Sequence[Said], at: int) -> int:
    """How many pieces of ``run`` from ``at`` on are a colon and two slashes; 0 where they are not."""
    for size in (2, 3):
        if "".join(each.low for each in run[at : at + size]) in ("://", ":double/"):
            return size
    return 0


def _scheme(run: Sequence[Said], colon: int) -> tuple[int, str]:
    """Where the scheme before the colon begins, and the scheme; empty where there is none."""
    last = run[colon - 1]
    if not last.letter:
        return colon - 1, last.low if last.kind == "word" and last.low.isascii() and last.low.isalnum() else ""
    spelled, found = "", (colon, "")
    for first in range(colon - 1, -1, -1):
        if not run[first].letter:
            break
        spelled = run[first].low + spelled
        if spelled in _LETTERED:
            found = (first, spelled)
    return found


def _rest(run: Sequence[Said], at: int) -> tuple[int, str]:
    """Behind the host and path that begin at ``at``, and how they are written; empty where there is no host."""
    last, written = _part(run, at)
    if not written:
        return at, ""
    written, label, path = written.lower(), "", False
    while last < len(run) and run[last].kind == "sign":
        sign = run[last].text
        after, part = _part(run, last + 1)
        path = path or sign in "/?#"
        fits = sign in _PATH_SIGNS if path else _of_host(sign, label, part)
        closes = sign == "/" and last + 1 == len(run)
        if not fits or not (part or closes):
            break
        label = part.lower()
        written += sign + (part if path else label)
        last = after
    return last, written


def _of_host(sign: str, label: str, part: str) -> bool:
    """Whether ``sign`` goes on in a host whose last label is ``label``: a port behind a colon, or one more label.

    Behind a label that ends hosts a dash or an "at" belongs to the sentence.
    """
    if sign == ":":
        return part.isdigit()
    return sign == "." or (sign in _HOST_SIGNS and label not in TLDS)


def _part(run: Sequence[Said], at: int) -> tuple[int, str]:
    """Behind the word or number at ``at``, and the word; a letter takes the number behind it along ("v two")."""
    if at >= len(run) or run[at].kind not in ("word", "number") or not run[at].text.isascii():
        return at, ""
    first = run[at]
    if first.letter and at + 1 < len(run) and run[at + 1].kind == "number":
        return at + 2, first.low + run[at + 1].text
    return at + 1, first.low if first.text.istitle() else first.text
