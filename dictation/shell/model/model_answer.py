"""Reads what a language model replied to a request for a command: one clean line, a question, a note, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dictation.core.errors import CommandError
from dictation.core.replies import objects, without_thinking
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late

LONGEST = 4000

RISKS = ("none", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class ModelReply:
    """A command, or a question to the user, or a note why there is neither. ``risk`` is the model's own opinion."""

    command: str = ""
    note: str = ""
    question: str = ""
    risk: str = "none"


_FENCE = late(r"(?P<fence>```+|~~~+)[ \t]*(?P<tag>[\w+#.-]*)[^\n]*\n(?P<body>.*?)(?:\n[ \t]*(?P=fence)|\Z)", re.S)
_INLINE = late(r"\A[^`\n]{0,200}`([^`\n]+)`[^`\n]{0,200}\Z")
_PROMPT = late(
    r"\A\s*(?:PS(?: [A-Za-z]:\\[^>\n]*| /[^>\n]*)?> ?"  # PowerShell
    r"|[A-Za-z]:\\[^>\n]*>"  # cmd
    r"|[\w.-]+@[\w.-]+[: ][^\n$#%]*[$#%] |\(\w+\) \$ |[$%❯➜] (?=\S)"
    r"|> (?=\S+\s|[\w-]+\Z))"  # but not "> app.log", which empties a file
)
_ROOT = late(r"\A\s*# (?=\S)")
_DOLLAR = late(r"\s*[$❯] \S")
_TAGS = frozenset(
    ("", "bash", "sh", "shell", "zsh", "fish", "console", "shellsession", "terminal", "powershell", "pwsh", "ps1",
     "cmd", "bat", "batch", "dos", "text", "txt", "plaintext", "shell-session", "bash-session")
)  # fmt: skip
_UNFINISHED = late(r"(?:\\|\||&&|\|\||`|\^)\s*\Z")
_BLOCK_WORDS = late(
    r"\A\s*(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|end|begin|switch|try|catch|finally|"
    r"foreach|param|\{|\}|\))(?![\w-])|(?:\{|\(|\bdo|\bthen)\s*\Z|<<-?\s*['\"]?\w|@['\"]\s*\Z",
    re.I,
)
_APOLOGY = late(
    r"\A(?:sorry|i['’]?m sorry|i (?:can(?:not|['’]t)|am unable|won['’]t)|as an ai|unfortunately|"
    "抱歉|对不起|很抱歉|我无法|我不能)",
    re.I,
)
_PROSE = late(r"[。！？；]|[.!?:](?:\s|\Z)|[\u4e00-\u9fff]{4}|,\s")
_JOIN = {"powershell": "; ", "cmd": " & "}


def read(reply: str, shell: str = "bash") -> ModelReply:
    """What ``reply`` amounts to. Raises CommandError when it is nothing that can be used."""
    text = without_thinking(reply)
    if not text:
        raise _unusable("The language model answered nothing")
    wrong = False
    for found in objects(text):
        if isinstance(found.get("command"), str):
            return _from_json(found, shell)
        wrong = True
    if wrong or re.match(r"\s*(?:```\w*\s*)?[\[{]\s*[\"\[{]", text):
        raise _unusable("The language model did not answer in the form it was asked for")
    return ModelReply(_one_line(_from_text(text), shell))


def _from_json(found: Mapping[str, Any], shell: str) -> ModelReply:
    note, question, risk = (str(found.get(key) or "").strip() for key in ("note", "ask", "risk"))
    command = found["command"].strip()
    if fenced := _blocks(command):
        command = fenced[0]
    elif inline := re.fullmatch(r"`([^`\n]+)`", command):
        command = inline[1]
    note, question = " ".join(note.split())[:200], " ".join(question.split())[:200]
    if command:
        return ModelReply(_one_line(command, shell), note, "", risk if risk in RISKS else "none")
    if question:
        return ModelReply("", note, question)
    return ModelReply("", note or "The language model says that this is not a task for a shell")


def _from_text(text: str) -> str:
    """The command in a reply that is no JSON: the first block of code, else a line that is nothing but a command."""
    if blocks := _blocks(text):
        return blocks[0]
    if inline := _INLINE.match(text):
        return inline[1]
    if _APOLOGY.match(text):
        raise _unusable("The language model declined")
    lines = [line for line in text.splitlines() if line.strip().strip("`~")]
    if any(map(_DOLLAR.match, lines)):
        return text
    return _without_prose(lines)


def _without_prose(lines: list[str]) -> str:
    """The one line among sentences that is a command, or all where none is a sentence. Raises CommandError."""
    commands = [line for line in lines if not _prose(line)]
    if len(commands) == len(lines) or (len(lines) == 1 and _root(lines[0])):
        return "\n".join(lines)
    if len(commands) != 1:
        raise _unusable("The language model answered with prose")
    return commands[0]


def _blocks(text: str) -> list[str]:
    return [
        found["body"]
        for found in _FENCE.finditer(text)
        if found["tag"].lower() in _TAGS and found["body"].strip("`~ \t\n")
    ] or re.findall(r"```([^`\n]+)```", text)


def _root(line: str) -> bool:
    """Whether ``#`` is the prompt of root there, and not the beginning of a comment."""
    first = _ROOT.sub("", line).split(None, 1)
    return bool(_ROOT.match(line) and first and first[0] in programs.spoken())


def _prose(line: str) -> bool:
    """Whether a line is a sentence and not a command: quotes may hold anything."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "''", _PROMPT.sub("", line)).strip()
    if not re.match(r"[A-Za-z0-9_.~/$({\[!\\-]", bare):
        return True
    first = bare.split()[0]
    sentence = bool(_PROSE.search(bare)) and not re.search(r"\s-{1,2}\w|[|&;<>$*]", bare)
    capital = first[:1].isupper() and first[1:].islower() and "-" not in first and len(bare.split()) > 2
    return sentence or capital


def _one_line(text: str, shell: str) -> str:
    """One line at a prompt. Several are joined only if each is a statement of its own. Raises CommandError."""
    lines = [line for line in map(_stripped, _typed(text, shell)) if line and not _comment(line, shell)]
    if not lines:
        raise _unusable("There is no command in the language model's answer")
    if len(lines) > 1:
        if not all(map(_plain, lines)):
            raise _unusable("The language model wrote a script of several lines")
        lines = [line.rstrip("; ") for line in lines]
    line = _JOIN.get(shell, " && ").join(lines)
    if len(line) > LONGEST:
        raise _unusable("The language model's command is too long to be looked over")
    return line


def _typed(text: str, shell: str) -> list[str]:
    """The lines that are to be typed: where some stand behind a prompt, the rest is what they would print."""
    given = [line for line in _continued(text.strip("\r\n \t"), shell) if line.strip()]
    given = list(filter(_DOLLAR.match, given)) or given
    return [_ROOT.sub("", given[0])] if len(given) == 1 and _root(given[0]) else given


def _continued(text: str, shell: str) -> Iterator[str]:
    """Lines, with those put together that a mark at their end continues: that is one statement written in two."""
    mark = {"powershell": "`", "cmd": "^"}.get(shell, "\\")
    held = ""
    for line in text.splitlines():
        if line.rstrip().endswith(mark) and not line.rstrip().endswith(mark * 2):
            held += (line.strip() if held else line.rstrip())[:-1].rstrip() + " "
        else:
            yield held + (line.strip() if held else line)
            held = ""
    if held:
        yield held.rstrip()


def _stripped(line: str) -> str:
    line = _PROMPT.sub("", line).strip()
    # A semicolon at the end does nothing, but for find's -exec … \;
    while line.endswith(";") and not line.endswith((r"\;", ";;")):
        line = line[:-1].rstrip()
    return line


def _comment(line: str, shell: str) -> bool:
    return line.startswith("#") or (shell == "cmd" and line.lower().startswith(("rem ", "::")))


def _plain(line: str) -> bool:
    """Whether the line is a whole statement: its quotes and brackets end in it, and nothing is left open."""
    if _UNFINISHED.search(line) or _BLOCK_WORDS.search(line):
        return False
    bare = _KEPT.sub("", line)
    opened, closed = (sum(map(bare.count, signs)) for signs in ("({[", ")}]"))
    return opened == closed and not re.search(r"['\"`]", bare)


_KEPT = late(r"\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"|`(?:\\.|[^`\\])*`")
"""A sign behind a backslash, and a text in quotes."""


def _unusable(why: str) -> CommandError:
    return CommandError("llm-answer", why, "Say it again in other words, or choose another model.")
