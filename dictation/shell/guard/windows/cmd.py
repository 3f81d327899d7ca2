"""Looks through lines of cmd.exe: carets, variables, FOR loops, blocks, redirections, delayed expansion."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import MOST_CALLS, MOST_EXPANDED, Look, Output, TooMuchError
from dictation.shell.guard.windows import windows_commands, windows_line
from dictation.shell.guard.windows.powershell import started

KNOWN = {
    "comspec": "cmd",
    "systemdrive": "C:",
    "systemroot": "C:\\Windows",
    "windir": "C:\\Windows",
    "userprofile": "C:\\Users\\me",
    "temp": "C:\\Temp",
    "cd": ".",
    "homedrive": "C:",
    "homepath": "\\Users\\me",
}

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
    for part in _split(text):
        look.calls += 1
        if look.calls > MOST_CALLS:
            raise TooMuchError
        _command(_filled(part, variables).strip(), look, variables, depth)


def _split(text: str) -> list[str]:
    """Commands between ``&``, ``|`` and line ends outside quotes; a caret takes a sign's meaning away and goes."""
    parts, now, quoted, place = list[str](), "", False, 0
    while place < len(text):
        each = text[place]
        if each == "^" and not quoted:
            follows = text[place + 1 : place + 2]
            now += "" if follows == "\n" else f"\x01{follows}" if follows in "&|<>()" and follows else follows
            place += 2
            continue
        if each == '"':
            quoted = not quoted
        if not quoted and (each in "|\n" or (each == "&" and not now.rstrip().endswith(">"))):
            parts.append(now)
            now = ""
        else:
            now += each
        place += 1
    return [*parts, now]


def _filled(text: str, variables: dict[str, str]) -> str:
    """``%name%``, ``!name!`` and ``%name:~0,1%`` with what is known of them."""
    if sum(map(len, variables.values())) + len(text) > MOST_EXPANDED // 4:
        raise TooMuchError

    def value(found: re.Match[str]) -> str:
        name, _, cut = found[1].partition(":")
        known = variables.get(name.lower())
        if known is None:
            return found[0]
        if span := re.fullmatch(r"~(-?\d+)(?:,(-?\d+))?", cut):
            start = int(span[1])
            return known[start:][: int(span[2])] if span[2] else known[start:]
        if swap := re.fullmatch(r"\*?([^=]+)=(.*)", cut):
            return known.replace(swap[1], swap[2])
        return known

    return re.sub(r"!(\w+(?::[^!]*)?)!", value, re.sub(r"%(\w+(?::[^%]*)?)%", value, text))


def _command(text: str, look: Look, variables: dict[str, str], depth: int) -> None:
    text = re.sub(r"^[\s@(,;=]+", "", text).rstrip() if not text.startswith("(") else re.sub(r"^[\s@(,;=]+", "", text)
    text = re.sub(r"\)\s*(?=$|else\b)", " ", text) if text.count(")") > text.count("(") else text
    if not text:
        return
    if found := re.match(r"(?i)^else\b\s*(.*)", text):
        _line(found[1], look, variables, depth + 1)
        return
    if found := re.match(
        r"(?i)^if\s+(?:/i\s+)?(?:not\s+)?(?:exist\s+(?:\"[^\"]*\"|\S+)|defined\s+\S+|errorlevel\s+\S+|"
        r"cmdextversion\s+\S+|(?:\"[^\"]*\"|\S+?)\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:\"[^\"]*\"|"
        r"\S+))\s*(.*)$",
        text,
    ):
        _line(found[1], look, variables, depth + 1)
        return
    if found := re.match(r"(?is)^for\s+(.*?)\bdo\b\s*(.*)$", text):
        inside = re.search(r"\(\s*['`](.*)['`]\s*\)", found[1])
        if inside:
            _line(inside[1], look, variables, depth + 1)
        before = len(look.findings)
        body = re.sub(r"%%?~?[a-z]*?([a-zA-Z])\b", "x", found[2])
        if re.match(r"(?i)\(?\s*@?%", found[2].strip()):
            look.danger("computed-command", "It runs what it reads.", text)
        _line(body, look, variables, depth + 1)
        if len(look.findings) > before and re.search(r"(?i)\b(?:del|erase|rd|rmdir|format)\b", body):
            look.danger("deletes-found", "It deletes in a loop.", text)
        return
    plain = text.replace("\x01", "")
    for found in re.finditer(r"(?<!\x01)(?:\d)?>(>?)\s*(\"[^\"]*\"|[^\s&|<>]+)", re.sub(r'"[^">]*>[^"]*"', '""', text)):
        windows_line.write(found[2].strip('"'), bool(found[1]), plain, look)
        if re.search(r"(?i)\.(?:bat|cmd|ps1|vbs|js)\"?$", found[2]):
            look.scope.variables.setdefault("fetched", []).append(windows_line.base(found[2]))
    shown = plain
    plain = re.sub(REDIRECT, lambda found: found[1] or " ", plain) if not re.match(r"(?i)echo\b", plain) else plain
    words = re.findall(r'(?:[^\s"]|"[^"]*"?)+', plain)
    if not words:
        if re.search(r">", shown):
            look.danger("empties-file", "The file loses its content.", shown)
        return
    first = words[0].replace('"', "")
    glued = re.match(r"(?i)^(del|erase|rd|rmdir|echo|type|cd|copy|move|set|start|call|format)([/.\\:\"].*)$", first)
    if glued and not first.lower().endswith((".exe", ".bat", ".cmd")):
        first, words = glued[1], [glued[1], glued[2], *words[1:]]
    name = re.sub(r"\.(?:exe|com)$", "", first.replace("\\", "/").rpartition("/")[2].lower())
    args = words[1:]
    if re.search(r"[%!]\w+[%!]", first) or first.startswith("%"):
        look.caution("computed-command", "Which program runs is only known when it runs.", shown)
        return
    if re.search(r"(?i)^\s*(?:@|call\s+)*(?:break|rem|type\s+nul|cd\.|copy\s+nul)\s*>(?!>|\s*nul)", shown):
        look.danger("empties-file", "The file loses its content.", shown)
    if name == "doskey" and "=" in plain:
        _line(plain.partition("=")[2], look, variables, depth + 1)
    _named(name, args, shown, look, variables, depth)


def _named(name: str, args: list[str], at: str, look: Look, variables: dict[str, str], depth: int) -> None:
    rest = " ".join(args)
    if name in ("echo", "rem", "title", "cls", "dir", "type", "find", "findstr", "where", "help", "ver", "vol", "more",
        "sort", "tree", "pause", "color", "cd", "chdir", "pushd", "popd", "md", "mkdir", "goto", "exit", "::",
        "timeout", "date_", "setlocal", "endlocal", "choice", "fc", "comp", "path_", "whoami", "hostname",
        "systeminfo", "tasklist", "netstat", "ping", "tracert", "nslookup", "getmac", "driverquery", "echo.",
        "prompt"):  # fmt: skip
        return
    if any(each == "/?" for each in args):
        return
    if name == "cmd":
        rest = re.sub(r"(?i)^(?:/[a-z](?::\w+)?\s+)*", "", rest)
        _line(rest[1:-1] if rest[:1] == '"' and rest[-1:] == '"' else rest, look, variables, depth + 1)
    elif name == "call":
        _line(rest, look, variables, depth + 1)
    elif name == "set":
        if found := re.match(r'^(?:/[ap]\s+)?"?(\w+)=([^"]*)"?$', rest):
            variables[found[1].lower()] = found[2]
            if found[1].lower() == "path" and not re.search(r"(?i)%path%", at):
                look.caution("search-path", "Programs are looked for elsewhere.", at)
    elif name in ("wsl", "bash", "sh", "ssh") and not re.match(r"--(?:unreg|shut|term)", rest):
        look.text(f"{name} {rest}", "bash", at)
    elif name in ("powershell", "pwsh"):
        text = started([each.strip('"') for each in args], at, look)
        if text:
            look.text(text, "powershell", at)
    elif name in ("del", "erase", "rd", "rmdir"):
        flags = {each.lower() for word in args for each in re.findall(r"/[a-zA-Z]", word) if word.startswith("/")}
        places = [re.sub(r"(?:/[a-zA-Z])+$", "", each.strip('"')) for each in args if not each.startswith("/")]
        deep = "/s" in flags or (name in ("rd", "rmdir") and "/s" in flags)
        if windows_line.wide(places) or (
            deep and (not places or any("*" in each or re.match(r"(?i)[a-z]:|\\\\|%|\.", each) for each in places))
        ):
            look.danger("recursive-delete", "It deletes a drive, a home folder, or everything below.", at)
        elif (
            deep
            or ("/q" in flags and any("*" in each for each in places))
            or any(re.fullmatch(r"\*(?:\.\*)?|\.", each) for each in places)
        ):
            look.danger("recursive-delete", "It deletes many files without asking.", at)
        else:
            look.caution("deletes", "It deletes for good.", at)
    elif name in ("move", "ren", "rename", "copy"):
        places = [each.strip('"') for each in args if not each.startswith("/")]
        if places and any(each.lower() == "nul" for each in places):
            look.danger("empties-file", "The file loses its content.", at)
        elif windows_line.wide(places[:1]) and name != "copy":
            look.danger("moves-away", "It moves a place that programs rely on.", at)
        elif name in ("ren", "rename") and places and re.search(r"[*?]", places[0]):
            look.caution("renames", "It renames many files.", at)
        elif any(each.lower() == "/y" for each in args):
            look.caution("overwrites", "It replaces files without asking.", at)
        elif len(places) > 1:
            windows_line.write(places[-1], False, at, look)
    elif name == "mklink":
        look.caution("overwrites", "It puts a link where programs may look.", at)
    elif name == "start":
        title = args[1:] if args[:1] and args[0].startswith('"') and len(args) > 1 else args
        windows_commands.start(windows_line.Line("start-cmd", title, at), look)
    elif name in ("date", "time"):
        if [each for each in args if not each.startswith("/")]:
            look.caution("settings", "It sets the clock.", at)
    else:
        windows_commands.program(windows_line.Line(name, args, at), look)
