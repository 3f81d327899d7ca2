"""Grades a command: how much harm it may do, why, and whether it may stand at a prompt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.core.commands import Reason
from dictation.shell.guard import provenance
from dictation.shell.guard.characters import LONGEST, fold, problems
from dictation.shell.guard.inspection import (
    CAUTION,
    DANGER,
    ORDER,
    SAFE,
    UNKNOWN,
    Call,
    Look,
    Output,
    TooMuchError,
)
from dictation.shell.guard.rules import rules_subscripts
from dictation.spelled.lazy_regex import late

DECEIVES = frozenset({"control-character", "text-direction", "invisible-character", "look-alike"})
"""Problems of characters that make a command into another one than is read."""

FED = late(r"\b(?:curl|wget)\b[^;&\n]*>\(\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b")
"""A download sent into a shell by way of ``>(sh)``."""

PIPED = late(r"\A(?=.*\bmk(?:fifo|nod)\b)(?=.*\b(?:nc|ncat|netcat|telnet|openssl|socat)\b)", re.DOTALL)
"""A named pipe and a raw connection in one line."""

OLDER = late(r"(?:^|[\s;&|\"(])!(?:!|-?\d|[A-Za-z?][\w-]*|\$|\*)")
BOMB = late(r"(?:^|[;&|{]\s*)(?::|\w+)\s*\(\)\s*\{\s*(\S{1,30}?)\s*\|\s*\1\s*&\s*;?\s*\}")

ENDLESS = late(
    r"\b(?:while\s+(?:true|:|\[+\s*1\s*\]+|\(\(\s*1?\s*\)\))|until\s+false|for\s*\(\(\s*;\s*;\s*\)\))\s*[;\n]"
    r"(?:(?!\bsleep\b|\bwait\b).)*[^&>]&\s*(?:done|end)\b",
    re.DOTALL,
)
"""A loop without end that starts one program after another and waits for none."""


@dataclass(frozen=True, slots=True)
class Grade:
    """``risk`` is safe, caution or danger; ``insertable`` says whether it may be put at a prompt as it stands."""

    risk: str
    reasons: tuple[Reason, ...]
    insertable: bool


def grade(command: str, shell: str = "bash", said: str = "") -> Grade:
    """The grade of one command of ``shell``; ``said`` is what the user said. Never raises: what fails is not safe."""
    look = Look(command, shell)
    odd: tuple[Reason, ...] = (Reason("not-understood", "It cannot be looked through.", ""),)
    try:
        odd = problems(command, shell)
        _noted(odd, look)
        _graded(look, command[:LONGEST], said)
        if len(command) > LONGEST:
            look.unclear(command[:40], f"It is longer than {LONGEST} characters.")
    except (TooMuchError, RecursionError):
        look.unclear(command[:80], "There is more in it than can be looked through.")
    except Exception as error:  # noqa: BLE001 - a guard that fails must not let anything through
        look.unclear(command[:80], f"It cannot be looked through ({type(error).__name__}).")
    ranked = sorted(look.findings.values(), key=lambda each: -ORDER.index(each[0]))
    codes = {reason.code for _, reason in ranked}
    reasons = [reason for _, reason in ranked] + [reason for reason in odd if reason.code not in codes]
    return Grade(ranked[0][0] if ranked else SAFE, tuple(reasons[:12]), not odd and bool(command.strip()))


def _noted(odd: tuple[Reason, ...], look: Look) -> None:
    """The problems of characters; that there are several lines or very many is none by itself."""
    for reason in odd:
        if reason.code not in ("several-lines", "too-long"):
            level = DANGER if reason.code in DECEIVES else CAUTION
            look.findings[reason.code, reason.at] = (level, reason)


def calls_in(command: str, shell: str) -> list[Call]:
    """The programs that ``command`` runs, outer ones before those they run; none where it cannot be looked through."""
    look = Look(command, shell)
    try:
        _graded(look, command[:LONGEST], "")
    except Exception:  # noqa: BLE001 - a command that cannot be looked through is never safe by its grade
        return []
    return look.made


def _graded(look: Look, command: str, said: str) -> None:
    text = re.sub(r"\s{200,}", lambda found: found[0][:200], fold(command).replace(UNKNOWN, "\ufffd"))
    look.inner = _inner
    if text != command:
        look.command = text
    _inner(look, text, look.shell)
    if said:
        provenance.check(text, said, look)


def _inner(look: Look, text: str, shell: str) -> Output:
    """Look at a text of any shell; pieces that are not known are put in as an empty variable."""
    from dictation.shell.guard.bash.bash_tree import walk
    from dictation.shell.guard.calls import judge

    plain = text.replace(UNKNOWN, "${__}")
    _raw(look, plain, shell)
    if shell == "powershell":
        from dictation.shell.guard.windows import powershell

        return powershell.look_at(plain, look)
    if shell == "cmd":
        from dictation.shell.guard.windows import cmd

        return cmd.look_at(plain, look)
    if shell == "zsh":
        from dictation.shell.guard.bash import zsh

        plain = zsh.as_bash(plain, look)
    elif shell == "fish":
        from dictation.shell.guard.bash import fish

        plain = fish.as_bash(plain)
    elif shell != "bash":
        look.unclear(text[:80], f"The shell {shell} is not known here.")
    return walk(plain, look, judge)


def _raw(look: Look, text: str, shell: str) -> None:
    """What is plain from the text alone, whatever the parser makes of it."""
    bare = re.sub(r"'[^']*'", "''", text)
    if shell in ("bash", "zsh"):
        rules_subscripts.raw(text, look)
        if not look.outer and OLDER.search(bare):
            look.caution("history-expansion", "The shell puts an older command in its place.", text)
    for sign, pattern, code, message in RAW:
        if sign in bare and pattern.search(bare):
            look.danger(code, message, text)


RAW = (
    ("/dev/", late(r"[<>]\s*/dev/(?:tcp|udp)/"), "network-channel", "It opens a network connection from the shell."),
    ("mk", PIPED, "reverse-shell", "It hands a shell on this machine to another one."),
    (">(", FED, "remote-code", "It runs code that comes from the network."),
    ("&", ENDLESS, "fork-bomb", "It starts programs without end until the machine stops."),
    ("()", BOMB, "fork-bomb", "It starts itself again and again until the machine stops."),
)
"""A sign without which it cannot be, a pattern, and what that means."""
