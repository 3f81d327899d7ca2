"""Judges calls of python, perl, node and the like: code in an option, a file, or standard input."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dictation.shell.guard.inspection import CAUTION, DANGER, Call, Look, Output, Word
from dictation.shell.guard.interpreters import ANYWHERE, piped, script
from dictation.shell.guard.risky_places import persistent, power, tidy
from dictation.shell.guard.rules.rules_cloud import RULES
from dictation.shell.guard.rules.rules_code import LANGUAGES, code
from dictation.shell.guard.rules.rules_sql import admin


@dataclass(slots=True)
class _Given:
    """What stands on the line: the texts of code, the module after ``-m``, and where the operands start."""

    place: int = 0
    texts: list[Word] = field(default_factory=list)
    module: bool = False


def language(call: Call, look: Look) -> Output:
    """python, perl, node ...: code in an option, a file, or standard input."""
    name = re.sub(r"[\d.]+$", "", call.name)
    kind, flags, valued = LANGUAGES[name]
    given = _given(call, kind, flags.split(), valued.split())
    if given.module:
        return _module(call, given.place, look)
    _in_place(call, kind, look)
    fetching = not given.texts and name in ("deno", "bun", "node", "php", "python")
    if fetching and any(re.match(ANYWHERE, each) for each in call.args[:4]):
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    for word in given.texts:
        _text(word, call, kind, look)
    if given.texts:
        return Output(None, frozenset({"local", "mangled"}) | _fed(call))
    return _operand(call, given.place, kind, look)


def _given(call: Call, kind: str, flags: list[str], valued: list[str]) -> _Given:
    """The options of a call, read up to its first operand; ``flags`` take code, ``valued`` another value."""
    given, args = _Given(), call.args
    while given.place < len(args):
        each, joined = args[given.place], _joined(args[given.place], flags)
        if _takes_code(each, flags) and given.place + 1 < len(args):
            given.texts.append(call.words[given.place + 1])
            given.place += 2
        elif joined:
            given.texts.append(Word(each[len(joined) :].lstrip("="), marks=call.words[given.place].marks))
            given.place += 1
        elif each == "-m" and kind == "python":
            given.module = True
            return given
        elif each in valued:
            given.place += 2
        elif each.startswith("-") and each != "-":
            given.place += 1
        else:
            break
    return given


def _takes_code(each: str, flags: list[str]) -> bool:
    """Whether the next word is code: ``-e``, or ``-ne`` where ``-e`` ends a group of short options."""
    group = each.startswith("-") and not each.startswith("--") and len(each) <= 6
    return any(each == flag or (group and len(flag) == 2 and each.endswith(flag[1])) for flag in flags)


def _joined(each: str, flags: list[str]) -> str:
    """The option that its code is joined to: ``--eval=code``, ``-ecode``."""
    for flag in flags:
        if flag.startswith("--") and each.startswith(flag + "="):
            return flag
        if len(flag) == 2 and each.startswith(flag) and len(each) > 8:
            return flag
    return ""


def _fed(call: Call) -> frozenset[str]:
    return call.feed.marks if call.feed else frozenset()


def _module(call: Call, place: int, look: Look) -> Output:
    """``python -m MODULE``: a module that is a program too is judged as that program."""
    if rule := RULES.get("".join(call.args[place + 1 : place + 2])):
        rule(Call(call.args[place + 1], call.words[place + 2 :], call.at), look)
    return Output(None, frozenset({"local"}) | _fed(call))


def _in_place(call: Call, kind: str, look: Look) -> None:
    """``perl -i`` and ``ruby -i`` write the files that they read."""
    if kind in ("perl", "ruby") and any(re.match(r"-[a-zA-Z0]*i", each) for each in call.args[:3]):
        level = DANGER if any(power(each) or persistent(each) for each in call.args) else CAUTION
        look.note(level, "edits-files", "It changes files without keeping a copy.", call.at)


def _text(word: Word, call: Call, kind: str, look: Look) -> None:
    """One text of code; what it runs of its input matters where that comes from the network."""
    if "network" in word.marks:
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    code(word.text, kind, call.at, look)
    if "network" in _fed(call) and re.search(r"\b(?:exec|eval|system|subprocess)\b", word.text):
        look.danger("remote-code", "It runs code that comes from the network.", call.at)


def _operand(call: Call, place: int, kind: str, look: Look) -> Output:
    """A call without code in an option: it runs a file, or what comes in."""
    if place >= len(call.args):
        return piped(call, look, kind)
    path, word = call.args[place], call.words[place]
    if re.search(r"(?:^|/)(?:artisan|manage\.py|console|rails|rake)$", path):
        admin(call, look)
        return Output()
    if path.endswith(".py") and "/" not in path and tidy(word.text) not in look.scope.written:
        return Output()
    return script(word, call, look, kind)
