"""Turns what only zsh knows into bash, so that one walker serves both; what zsh runs inside globs is looked at."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Look
from dictation.spelled.lazy_regex import late

QUALIFIER = late(
    r"(?<=[\w*?\]/.~}\"'])\((#q)?([-^~.@/=*%rwxRWXAIEstUGFfpdDNnMTLulmacoO0-9,:hkKgSPiY\[\]+]+)\)(?=[\s;|&)]|$)"
)
RUNS = late(r"\((?:#q)?[^()]*?(?:e(?P<mark>[:'\"{|/])|e\((?P<round>[^)]*)\)|\+(?P<name>[A-Za-z_]\w*))")
FLAGS = late(r"\$\{\([^)]*\)")


def as_bash(text: str, look: Look) -> str:
    """``text`` of zsh as bash."""
    _globs(text, look)
    text = re.sub(r"\$[\^~=](?=[A-Za-z{])", "$", text)
    text = re.sub(r"\$\{(?:\((\w*)\))?:-([^{}$]*)\}", _default, text)
    text = re.sub(r"\$\{(\$\{[^{}]*\})[^{}]*\}", r"\1", re.sub(r"\$\{(\$\{[^{}]*\})[^{}]*\}", r"\1", text))
    text = re.sub(r"\$\{\([\w@]+\)(\"?)(\$\([^()]*\))\1\}", r"\2", text)
    text = re.sub(r"\bfor\s+(\w+)(?:\s+\w+)+\s+in\b", r"for \1 in", text)
    text = re.sub(r"(?<=[\w.*/])\([\w.*-]+(?:\|[\w.*-]+)+\)", "*", text)
    text = re.sub(
        r"(?:^|(?<=[;\n|&{]))(\s*)(?:for|foreach)\s+(\w+)\s*\(([^)]*)\)\s*(?!do\b)([^;\n{][^;\n]*)",
        r"\1for \2 in \3; do \4; done",
        text,
    )
    text = re.sub(r"\b(?:for|foreach)\s+(\w+)\s*\(([^)]*)\)\s*\{([^}]*)\}", r"for \1 in \2; do \3; done", text)
    text = (
        re.sub(r"\b(?:for|foreach)\s+(\w+)\s*\(([^)]*)\)\s*;?\s*(do\b)?", r"for \1 in \2; do ", text)
        if re.search(r"\bfor(?:each)?\s+\w+\s*\(", text)
        else text
    )
    text = re.sub(r"\bfor\s+(\w+)\s+in\s+([^;{}\n]*);\s*\{([^{}]*)\}", r"for \1 in \2; do \3; done", text)
    text = re.sub(r"\bfor\s+(\w+)\s+in\s+([^;{}\n]*);\s*(?!do\b)([^;{}\n]+)$", r"for \1 in \2; do \3; done", text)
    text = re.sub(r"(?:^|(?<=[;\n&|{]))\s*\(\)\s*\{", " {", text)
    text = re.sub(r"\brepeat\s+\S+\s*;?\s*(?=\{)", "", text)
    text = re.sub(r"\brepeat\s+\S+\s*;?\s*do\b", "while true; do", text)
    text = re.sub(r"\brepeat\s+\S+\s+", "", text)
    text = re.sub(r"\}\s*always\s*\{", "}; {", text)
    text = re.sub(r"(?:^|(?<=[\s;|&(]))=(?=[A-Za-z][\w.-]*(?:[\s;|&)]|$))", "", text)
    text = re.sub(r"(?<=\s)=\(", "<(", text)
    text = re.sub(r"&[!|](?=\s|$|;)", "&", text)
    text = re.sub(r">(>?)[!|]", r">\1", text)
    text = re.sub(r"^(\s*)-\s+(?=\w)", r"\1command ", text)
    text = QUALIFIER.sub("", text)
    text = re.sub(r"\$\{(?:=|\([zfQ@]+\))(\w+)\}", r"$\1", text)
    text = FLAGS.sub("${__", text)
    if re.search(r"(?:^|[;\n]\s*)if\s+(?:\[\[.*?\]\]|\(\(.*?\)\))\s*\{", text):
        text = re.sub(r"(?:^|(?<=[;\n]))\s*if\s+(\[\[.*?\]\]|\(\(.*?\)\))\s*\{([^}]*)\}", r" if \1; then \2; fi", text)
    text = re.sub(r"(?<![;&{}\s])\s+\}(?=\s*(?:$|[;&|\n)}]))", "; }", text)
    return re.sub(r"<->|<\d*-\d*>(?=[\w.*/)\s])", "*", text)


def _default(found: re.Match[str]) -> str:
    """``${:-word}``, which is the word; ``${(L):-WORD}`` in small letters."""
    return found[2].lower() if "L" in (found[1] or "") else found[2]


def _globs(text: str, look: Look) -> None:
    """Glob qualifiers that run code: ``*(e:'...':)``, ``*(+function)``."""
    for found in RUNS.finditer(text):
        if found["mark"]:
            close = {"{": "}"}.get(found["mark"], found["mark"])
            rest = text[found.end() :]
            inside = rest[: rest.find(close)] if close in rest else rest
        else:
            inside = found["round"] or found["name"] or ""
        if not text[: found.start()][-1:] or text[: found.start()][-1:] in "$ =":
            continue
        look.danger("glob-runs-code", "The pattern runs code for every file.", found[0])
        look.text(inside.strip("'\"").replace("$REPLY", "x"), "bash", found[0])
