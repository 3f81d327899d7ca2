"""Judges calls of python, perl, node and the like: code in an option, a file, or standard input."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import CAUTION, DANGER, Call, Look, Output, Word
from dictation.shell.guard.interpreters import ANYWHERE, piped, script
from dictation.shell.guard.risky_places import persistent, power, tidy
from dictation.shell.guard.rules.rules_cloud import RULES
from dictation.shell.guard.rules.rules_code import LANGUAGES, code
from dictation.shell.guard.rules.rules_sql import admin


def language(call: Call, look: Look) -> Output:
    """python, perl, node ...: code in an option, a file, or standard input."""
    name = re.sub(r"[\d.]+$", "", call.name)
    kind_of, flags, valued = LANGUAGES[name]
    args, texts, place = call.args, list[Word](), 0
    while place < len(args):
        each = args[place]
        hit = next(
            (
                flag
                for flag in flags.split()
                if each == flag
                or (
                    each.startswith("-")
                    and not each.startswith("--")
                    and len(flag) == 2
                    and each.endswith(flag[1])
                    and len(each) <= 6
                )
            ),
            "",
        )
        joined = next(
            (
                flag
                for flag in flags.split()
                if (flag.startswith("--") and each.startswith(flag + "="))
                or (len(flag) == 2 and each.startswith(flag) and len(each) > 8)
            ),
            "",
        )
        if hit and place + 1 < len(args):
            texts.append(call.words[place + 1])
            place += 2
        elif joined:
            texts.append(Word(each[len(joined) :].lstrip("="), marks=call.words[place].marks))
            place += 1
        elif each == "-m" and kind_of == "python":
            if rule := RULES.get("".join(args[place + 1 : place + 2])):
                rule(Call(args[place + 1], call.words[place + 2 :], call.at), look)
            return Output(None, frozenset({"local"}) | (call.feed.marks if call.feed else frozenset()))
        elif each in valued.split():
            place += 2
        elif each.startswith("-") and each != "-":
            place += 1
        else:
            break
    if kind_of in ("perl", "ruby") and any(re.match(r"-[a-zA-Z0]*i", each) for each in args[:3]):
        level = DANGER if any(power(each) or persistent(each) for each in args) else CAUTION
        look.note(level, "edits-files", "It changes files without keeping a copy.", call.at)
    if (
        not texts
        and any(re.match(ANYWHERE, each) for each in args[:4])
        and kind_of != "apple"
        and name in ("deno", "bun", "node", "php", "python")
    ):
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    for word in texts:
        if "network" in word.marks:
            look.danger("remote-code", "It runs code that comes from the network.", call.at)
        code(word.text, kind_of, call.at, look)
        if call.feed and "network" in call.feed.marks and re.search(r"\b(?:exec|eval|system|subprocess)\b", word.text):
            look.danger("remote-code", "It runs code that comes from the network.", call.at)
    if texts:
        return Output(
            None,
            frozenset({"local", "mangled"}) | (call.feed.marks if call.feed else frozenset()),
        )
    if place < len(args) and re.search(r"(?:^|/)(?:artisan|manage\.py|console|rails|rake)$", args[place]):
        admin(call, look)
        return Output()
    if place < len(args):
        word = call.words[place]
        return (
            script(word, call, look, kind_of)
            if not args[place].endswith(".py") or "/" in args[place] or tidy(word.text) in look.scope.written
            else Output()
        )
    return piped(call, look, kind_of)
