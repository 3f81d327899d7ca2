"""Works out what echo, printf and fish's string print of their own arguments."""

from __future__ import annotations

import itertools
import math
import re

from dictation.shell.guard.bash.shell_signs import ansi
from dictation.shell.guard.inspection import NOTHING, UNKNOWN, Call, Look, Output
from dictation.shell.guard.rules.rules_network import SECRET_NAME
from dictation.spelled.lazy_regex import late

FIELD = late(r"%%|%[-+ #0]*\d*(?:\.\d+)?([a-zA-Z])")
"""A field of a format."""


def echo(call: Call, feed: Output, look: Look) -> Output:
    """``echo`` and ``print``: its words, with escapes where it reads them."""
    flags = list(itertools.takewhile(re.compile(r"-[neElrN]+").fullmatch, call.args))
    text = " ".join(call.args[len(flags) :])
    if _reads_escapes(flags, call.name == "print" or "zsh" in look.shell):
        text = _escaped(text)
    if UNKNOWN in text:
        return Output(None, frozenset({"secret"} if SECRET_NAME.search(call.at) else ()))
    return Output(text if "n" in "".join(flags) else text + "\n")


def _reads_escapes(flags: list[str], reads: bool) -> bool:
    """Whether ``\\n`` is a line end, after all the options; ``reads`` without any."""
    for each in flags:
        reads = (reads or "e" in each) and not {"E", "r"} & set(each)
    return reads


def _escaped(text: str) -> str:
    """Escapes as echo and ``%b`` know them: an octal number begins with a zero."""
    return ansi(re.sub(r"\\0([0-7]{1,3})", r"\\\1", text))


def printf(call: Call, feed: Output, look: Look) -> Output:
    """``printf``, and ``printf -v NAME``, which prints nothing."""
    kept = call.args[1:2] if call.args[:1] == ["-v"] else []
    args = call.args[2:] if kept else call.args
    args = args[1:] if args[:1] == ["--"] else args
    if not args or any(UNKNOWN in each for each in args):
        return Output()
    out = _formatted(ansi(args[0]), args[1:])
    if len(out) > MOST_PRINTED:
        return Output()
    if kept:
        look.scope.variables[kept[0]] = [out]
        return NOTHING
    return Output(out)


MOST_PRINTED = 8000
"""Characters that printf may print; more is not followed."""


def _formatted(form: str, values: list[str]) -> str:
    """``form`` with the values in it, again and again while there are any."""
    left, out = list(values), ""
    spots = sum(map(bool, FIELD.findall(form)))
    for _ in range(max(1, math.ceil(len(values) / spots)) if spots else 1):
        out += FIELD.sub(lambda found: _field(found, left), form)
        if len(out) > MOST_PRINTED:
            break
    return out


def _field(found: re.Match[str], left: list[str]) -> str:
    """One field of a format, with the next of the values that are left."""
    if found[0] == "%%":
        return "%"
    value = left.pop(0) if left else ""
    if found[1] == "b":
        return _escaped(value)
    if found[1] == "c":
        return value[:1]
    plain = re.fullmatch(r"-?(?:0x[\da-fA-F]+|\d+)", value) and not re.match(r"0\d", value)
    number = int(value, 0) if plain else 0
    return {"x": f"{number:x}", "o": f"{number:o}", "d": str(number), "i": str(number)}.get(found[1], value)


def string(call: Call, feed: Output, look: Look) -> Output:
    """``string`` of fish; only ``join`` and a plain ``replace`` are worked out."""
    words = [each for each in call.args[1:] if each == "-" or not each.startswith("-")]
    if call.args[:1] == ["join"] and words and UNKNOWN not in "".join(words):
        return Output(words[0].join(words[1:]) + "\n")
    if call.args[:1] == ["replace"] and len(words) > 2 and len(words) + 1 == len(call.args):
        return Output(" ".join(each.replace(words[0], words[1], 1) for each in words[2:]), frozenset({"mangled"}))
    return Output(None, feed.marks | {"mangled"})
