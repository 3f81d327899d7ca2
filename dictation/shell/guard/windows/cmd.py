"""Looks through lines of cmd.exe: carets, variables, FOR loops, blocks, redirections, delayed expansion."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dictation.shell.guard.inspection import MOST_CALLS, Look, Output, TooMuchError
from dictation.shell.guard.windows import windows_commands, windows_line
from dictation.shell.guard.windows.cmd_words import KNOWN, filled, flags_and_places, parted, split
from dictation.shell.guard.windows.powershell_start import started
from dictation.spelled.lazy_regex import late

IF = late(
    r"(?i)^if\s+(?:/i\s+)?(?:not\s+)?(?:exist\s+(?:\"[^\"]*\"|\S+)|defined\s+\S+|errorlevel\s+\S+|"
    r"cmdextversion\s+\S+|(?:\"[^\"]*\"|\S+?)\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:\"[^\"]*\"|"
    r"\S+))\s*(.*)$"
)
"""``if`` with its condition; the first group is what it runs."""

HARMLESS = frozenset(
    "echo rem title cls dir type find findstr where help ver vol more sort tree pause color cd chdir pushd popd "
    "md mkdir goto exit :: timeout date_ setlocal endlocal choice fc comp path_ whoami hostname systeminfo "
    "tasklist netstat ping tracert nslookup getmac driverquery echo. prompt".split()
)
"""Commands that change nothing."""

REDIRECT = re.compile(r'("[^"]*")|\s*\d?(?:>>?|<)\s*(?:"[^"]*"|&\d|\S+)')
"""A redirection; in quotes, in the first group, it is none."""


def look_at(text: str, look: Look) -> Output:
    """One line, or the lines of a batch file."""
    if re.search(
        r"(?i)%0\s*\|\s*%0|:\s*(\w+)\b.*\bstart\b.*\bgoto\s+:?\1|for\s+/l\s.*\(\s*1\s*,\s*0\s*,.*\bstart\b", text
    ):
        look.danger("fork-bomb", "It starts itself again and again until the machine stops.", text)
    _line(re.sub(r"(?i)\)\s*else\s*\(", "\n", text), look, dict(KNOWN), 0)
    return Output(None, frozenset({"local"}))


def _line(text: str, look: Look, variables: dict[str, str], depth: int) -> None:
    if depth > 8:
        look.unclear(text, "Commands are nested too deeply to be looked through.")
        return
    if re.search(r"(?i)\|\s*(?:cmd|powershell|pwsh)(?:\.exe)?\s*(?:(?:-c\w*\s+)?-\s*(?:$|\))|/q|$|[&|>)])", text):
        look.danger("remote-code", "It runs whatever comes down the pipe.", text)
    for part in split(text):
        look.calls += 1
        if look.calls > MOST_CALLS:
            raise TooMuchError
        _command(filled(part, variables).strip(), look, variables, depth)


def _command(text: str, look: Look, variables: dict[str, str], depth: int) -> None:
    text = re.sub(r"^[\s@(,;=]+", "", text).rstrip() if not text.startswith("(") else re.sub(r"^[\s@(,;=]+", "", text)
    text = re.sub(r"\)\s*(?=$|else\b)", " ", text) if text.count(")") > text.count("(") else text
    if not text:
        return
    if found := re.match(r"(?i)^else\b\s*(.*)", text) or IF.match(text):
        _line(found[1], look, variables, depth + 1)
    elif found := re.match(r"(?is)^for\s+(.*?)\bdo\b\s*(.*)$", text):
        _loop(text, found[1], found[2], look, variables, depth)
    else:
        _simple(text, look, variables, depth)


def _loop(text: str, over: str, runs: str, look: Look, variables: dict[str, str], depth: int) -> None:
    """``for ... in (over) do runs``."""
    if inside := re.search(r"\(\s*['`](.*)['`]\s*\)", over):
        _line(inside[1], look, variables, depth + 1)
    before = len(look.findings)
    body = re.sub(r"%%?~?[a-z]*?([a-zA-Z])\b", "x", runs)
    if re.match(r"(?i)\(?\s*@?%", runs.strip()):
        look.danger("computed-command", "It runs what it reads.", text)
    _line(body, look, variables, depth + 1)
    if len(look.findings) > before and re.search(r"(?i)\b(?:del|erase|rd|rmdir|format)\b", body):
        look.danger("deletes-found", "It deletes in a loop.", text)


def _simple(text: str, look: Look, variables: dict[str, str], depth: int) -> None:
    """One command that is no ``if`` and no ``for``."""
    shown = text.replace("\x01", "")
    _written(text, shown, look)
    plain = shown if re.match(r"(?i)echo\b", shown) else re.sub(REDIRECT, lambda found: found[1] or " ", shown)
    words = re.findall(r'(?:[^\s"]|"[^"]*"?)+', plain)
    if not words:
        if ">" in shown:
            look.danger("empties-file", "The file loses its content.", shown)
        return
    first, args = parted(words)
    if re.search(r"[%!]\w+[%!]", first) or first.startswith("%"):
        look.caution("computed-command", "Which program runs is only known when it runs.", shown)
        return
    if re.search(r"(?i)^\s*(?:@|call\s+)*(?:break|rem|type\s+nul|cd\.|copy\s+nul)\s*>(?!>|\s*nul)", shown):
        look.danger("empties-file", "The file loses its content.", shown)
    name = re.sub(r"\.(?:exe|com)$", "", first.replace("\\", "/").rpartition("/")[2].lower())
    if name == "doskey" and "=" in plain:
        _line(plain.partition("=")[2], look, variables, depth + 1)
    _named(_Named(name, args, shown, look, variables, depth))


def _written(text: str, shown: str, look: Look) -> None:
    """The files that the redirections of a command write."""
    for found in re.finditer(r"(?<!\x01)(?:\d)?>(>?)\s*(\"[^\"]*\"|[^\s&|<>]+)", re.sub(r'"[^">]*>[^"]*"', '""', text)):
        windows_line.write(found[2].strip('"'), bool(found[1]), shown, look)
        if re.search(r"(?i)\.(?:bat|cmd|ps1|vbs|js)\"?$", found[2]):
            look.scope.variables.setdefault("fetched", []).append(windows_line.base(found[2]))


@dataclass(frozen=True, slots=True)
class _Named:
    """One command with a known name, and what is needed to look at what it runs."""

    name: str
    args: list[str]
    at: str
    look: Look
    variables: dict[str, str]
    depth: int

    @property
    def rest(self) -> str:
        """The arguments in one text."""
        return " ".join(self.args)

    @property
    def places(self) -> list[str]:
        """What is no switch, without quotes."""
        return [each.strip('"') for each in self.args if not each.startswith("/")]

    def line(self, text: str) -> None:
        """Look at a line that this command runs."""
        _line(text, self.look, self.variables, self.depth + 1)


def _named(this: _Named) -> None:
    if this.name in HARMLESS or "/?" in this.args:
        return
    handler = HANDLERS.get(this.name, _program)
    if handler is _other_shell and re.match(r"--(?:unreg|shut|term)", this.rest):
        handler = _program
    handler(this)


def _cmd(this: _Named) -> None:
    rest = re.sub(r"(?i)^(?:/[a-z](?::\w+)?\s+)*", "", this.rest)
    this.line(rest[1:-1] if rest[:1] == '"' and rest[-1:] == '"' else rest)


def _call(this: _Named) -> None:
    this.line(this.rest)


def _set(this: _Named) -> None:
    if found := re.match(r'^(?:/[ap]\s+)?"?(\w+)=([^"]*)"?$', this.rest):
        this.variables[found[1].lower()] = found[2]
        if found[1].lower() == "path" and not re.search(r"(?i)%path%", this.at):
            this.look.caution("search-path", "Programs are looked for elsewhere.", this.at)


def _other_shell(this: _Named) -> None:
    this.look.text(f"{this.name} {this.rest}", "bash", this.at)


def _powershell(this: _Named) -> None:
    if text := started([each.strip('"') for each in this.args], this.at, this.look):
        this.look.text(text, "powershell", this.at)


def _delete(this: _Named) -> None:
    flags, places = flags_and_places(this.args)
    if windows_line.wide(places) or ("/s" in flags and _everything(places)):
        this.look.danger("recursive-delete", "It deletes a drive, a home folder, or everything below.", this.at)
    elif "/s" in flags or _many(places, "/q" in flags):
        this.look.danger("recursive-delete", "It deletes many files without asking.", this.at)
    else:
        this.look.caution("deletes", "It deletes for good.", this.at)


def _everything(places: list[str]) -> bool:
    """Whether a deletion of all that is below reaches far."""
    return not places or any("*" in each or re.match(r"(?i)[a-z]:|\\\\|%|\.", each) for each in places)


def _many(places: list[str], quiet: bool) -> bool:
    return any((quiet and "*" in each) or re.fullmatch(r"\*(?:\.\*)?|\.", each) for each in places)


def _move(this: _Named) -> None:
    places, look, renames = this.places, this.look, this.name in ("ren", "rename")
    if "nul" in map(str.lower, places):
        look.danger("empties-file", "The file loses its content.", this.at)
    elif windows_line.wide(places[:1]) and this.name != "copy":
        look.danger("moves-away", "It moves a place that programs rely on.", this.at)
    elif renames and places and re.search(r"[*?]", places[0]):
        look.caution("renames", "It renames many files.", this.at)
    elif "/y" in map(str.lower, this.args):
        look.caution("overwrites", "It replaces files without asking.", this.at)
    elif len(places) > 1:
        windows_line.write(places[-1], False, this.at, look)


def _link(this: _Named) -> None:
    this.look.caution("overwrites", "It puts a link where programs may look.", this.at)


def _start(this: _Named) -> None:
    titled = len(this.args) > 1 and this.args[0].startswith('"')
    line = windows_line.WindowsCommand("start-cmd", this.args[1:] if titled else this.args, this.at)
    windows_commands.start(line, this.look)


def _clock(this: _Named) -> None:
    if this.places:
        this.look.caution("settings", "It sets the clock.", this.at)


def _program(this: _Named) -> None:
    windows_commands.program(windows_line.WindowsCommand(this.name, this.args, this.at), this.look)


HANDLERS: dict[str, Callable[[_Named], None]] = {
    "cmd": _cmd,
    "call": _call,
    "set": _set,
    **dict.fromkeys(("wsl", "bash", "sh", "ssh"), _other_shell),
    **dict.fromkeys(("powershell", "pwsh"), _powershell),
    **dict.fromkeys(("del", "erase", "rd", "rmdir"), _delete),
    **dict.fromkeys(("move", "ren", "rename", "copy"), _move),
    "mklink": _link,
    "start": _start,
    **dict.fromkeys(("date", "time"), _clock),
}
"""What each command of cmd itself does; everything else is a program."""
