"""Looks through PowerShell: aliases, shortened parameters, pipes, script blocks, .NET calls, encoded commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dictation.shell.guard.inspection import MOST_CALLS, Look, Output, TooMuchError
from dictation.shell.guard.windows import windows_commands, windows_line
from dictation.shell.guard.windows.powershell_methods import methods
from dictation.shell.guard.windows.powershell_start import started
from dictation.shell.guard.windows.powershell_words import inside, split
from dictation.shell.guard.windows.powershell_words import words as words_of
from dictation.shell.guard.windows.windows_commands import RULES
from dictation.shell.guard.windows.windows_line import ALIASES
from dictation.spelled.lazy_regex import late

QUOTES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
    }
)


SETTING = late(
    r"(?i)\$env:(?:path\b.*(?:temp|downloads)|psexecutionpolicypreference|complus)|\$(?:profile|ConfirmPreference)"
)
"""Variables that decide how the session runs programs."""

_KEYWORDS = (
    r"if|elseif|else|while|for|switch|try|catch|finally|do|function|filter|param|begin|process|end|trap|return|throw|exit|"
    r"workflow|class|using|until)\b"
)
KEYWORD, FIRST_KEYWORD = re.compile(r"(?i)^(?:" + _KEYWORDS), re.compile(r"(?i)^(?:foreach|" + _KEYWORDS)
"""Words that open a statement; behind a pipe ``foreach`` is a command."""


def look_at(text: str, look: Look) -> Output:
    """One line or script."""
    plain = re.sub(r"<#.*?#>", " ", text.translate(QUOTES), flags=re.DOTALL)
    plain = re.sub(r"`\r?\n", " ", plain)
    plain = _with_known_values(re.sub(r"(['\"])\s*\+\s*\1", "", plain))
    for built in _formatted(plain):
        look.caution("hidden-code", "It builds text out of pieces.", text)
        _statements(built, look)
    for started_with in re.finditer(r"(?i)Process\]::Start\(([^()]*)\)", plain):
        look.text(re.sub(r"['\"]\s*,\s*['\"]", " ", started_with[1]).strip("'\" "), "cmd", text)
    fetched = re.findall(r"(?i)DownloadFile\([^,]+,\s*['\"]([^'\"]+)|Start-BitsTransfer\s+\S+\s+([^\s;]+)", plain)
    fetched += re.findall(
        r"(?i)\b(?:irm|iwr|curl|wget|invoke-\w+)\b[^|;]*\|\s*(?:out-file|set-content|sc|tee)(\s)+([^\s;|]+)", plain
    )
    look.scope.variables.setdefault("fetched", []).extend(windows_line.base("".join(each).strip()) for each in fetched)
    _statements(plain, look)
    methods(plain, text, look)
    return Output(None, frozenset({"local"}))


def _with_known_values(plain: str) -> str:
    """``plain`` with the values of variables that it sets to plain texts itself."""
    known = dict(re.findall(r"\$(\w+)\s*=\s*(?:'([^'$]*)')", plain))
    known |= dict(re.findall(r"\$(\w+)\s*=\s*\"([^\"$]*)\"", plain))
    for name, value in known.items():
        used = re.compile(rf"\$\{{?{re.escape(name)}\}}?(?!\w|\s*=)")
        plain = "".join(piece if place == 0 else value + piece for place, piece in enumerate(used.split(plain)))
    return plain


def _formatted(plain: str) -> Iterator[str]:
    """What ``'{1}{0}' -f 'x', 'ie'`` comes to."""
    for form, parts in re.findall(r"['\"]([^'\"]*)['\"]\s*-f\s*((?:['\"][^'\"]*['\"]\s*(?:,\s*)?)+)", plain):
        built = form
        for place, value in enumerate(re.findall(r"['\"]([^'\"]*)['\"]", parts)):
            built = built.replace(f"{{{place}}}", value)
        yield built


def _statements(text: str, look: Look) -> None:
    _unmatched(text, look)
    for pipe in split(text, ";\n"):
        before = ""
        for part in [piece for each in split(pipe, "&&||") for piece in split(each, "|")]:
            look.calls += 1
            if look.calls > MOST_CALLS:
                raise TooMuchError
            _command(part.strip(), before, look)
            before = f"{before} | {part.strip()}" if before else part.strip()


def _unmatched(text: str, look: Look) -> None:
    """Note brackets and quotes that are not closed."""
    strings = STRINGS.sub("", text)
    if _open_brackets(text) and _open_brackets(strings):
        look.unclear(text, "Brackets do not match.")
    if "'" in re.sub(r"\"(?:`.|[^\"])*\"|'[^']*'", "", text) or '"' in re.sub(r"`\"", "", strings):
        look.unclear(text, "A quote is not closed.")


def _open_brackets(text: str) -> bool:
    return text.count("{") != text.count("}") or text.count("(") != text.count(")")


def _command(text: str, before: str, look: Look) -> None:
    """One command of a pipe; ``before`` is what comes down the pipe."""
    if not text:
        return
    assigned = re.match(r"^(?:\[[\w.]+\])?\s*\$(?:\w+:)?\w+(?:\.\w+|\[[^]]*\])*\s*[-+]?=\s*(?!=)(.*)$", text, re.DOTALL)
    if assigned:
        if SETTING.match(text):
            look.caution("settings", "It changes how this session runs programs.", text)
        _command(assigned[1].strip(), before, look)
    elif _bracketed(text, look) and (words := words_of(text)):
        _redirects(text, look)
        if not _quoted_program(text, before, look):
            _worded(text, words, before, look)


def _bracketed(text: str, look: Look) -> bool:
    """Look into brackets and braces; whether they are few enough to go on."""
    for each in inside(text):
        if len(look.outer) > 8:
            look.unclear(text, "Commands are nested too deeply to be looked through.")
            return False
        look.outer.append(text)
        _statements(each, look)
        look.outer.pop()
    return True


def _quoted_program(text: str, before: str, look: Look) -> bool:
    """``& "program" ...`` and ``& $env:comspec ...``: whether it was one of them."""
    if found := re.match(r"[&.]\s*(['\"])([^'\"]+)\1\s*(.*)$", text, re.DOTALL):
        if "$" in found[2]:
            look.danger("computed-command", "Which program runs is only known when it runs.", text)
        elif " " not in found[2]:
            _command(f"{found[2]} {found[3]}", before, look)
        return True
    if found := re.match(r"(?i)[&.]\s*\$env:comspec\s+(.*)$", text):
        look.text(f"cmd {found[1]}", "cmd", text)
        return True
    return False


def _worded(text: str, words: list[tuple[str, bool]], before: str, look: Look) -> None:
    """A command cut into words: a call by ``&`` or ``.``, a keyword, a value, or a program."""
    (first, quoted), args = words[0], [word for word, _ in words[1:]]
    if _is_call(first, quoted):
        first, *args = [first[1:], *args] if first[1:] else args or [""]
        if first.startswith(("(", "$", "{")):
            _computed(first, text, look)
            return
    elif quoted and not args:
        return
    if (KEYWORD if before else FIRST_KEYWORD).match(first):
        _keyword(text, before, look)
    elif not VALUE.match(first):
        _named(first, args, text, words, before, look)


def _is_call(first: str, quoted: bool) -> bool:
    """``& program`` and ``. program``; joined to it as well, where it is no path."""
    return first in ("&", ".") or (not quoted and re.match(r"[&.][^\\/.]", first) is not None)


VALUE = late(r"[$(\[@{\d'\"-]|\Z")
"""How a value begins, which runs nothing."""


def _named(first: str, args: list[str], text: str, words: list[tuple[str, bool]], before: str, look: Look) -> None:
    """A program by its name, to which its first argument may be joined: ``iex(...)``."""
    if glued := re.match(r"([A-Za-z][\w-]+)\((.*)$", first, re.DOTALL):
        first, args = glued[1], [f"({glued[2]}", *args]
    name = first.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
    _program(windows_line.WindowsCommand(ALIASES.get(name, name), args, text, before), words, look)


def _computed(call: str, text: str, look: Look) -> None:
    """What ``&`` runs is worked out first."""
    if windows_line.base(call) in look.scope.variables.get("fetched", []):
        look.danger("remote-code", "It runs what it has just fetched.", text)
    if not call.startswith("{") and not re.match(r"(?i)\$(?:profile|env:\w*|PSScriptRoot)\b", call):
        look.danger("computed-command", "Which program runs is only known when it runs.", text)


def _keyword(text: str, before: str, look: Look) -> None:
    rest = re.sub(r"(?i)^(?:return|throw)\s*", "", text)
    if re.match(r"(?i)return|throw", text) and rest:
        _command(rest, before, look)
    if ENDLESS.match(text) and STARTS.search(STRINGS.sub("''", text)):
        look.danger("fork-bomb", "It starts programs without end.", text)


ENDLESS = late(
    r"(?is)(?:while|for)\s*\(\s*(?:\$true|1|;\s*;)\s*\)"
    r"|do\b.*\}\s*(?:while\s*\(\s*(?:\$true|1)|until\s*\(\s*(?:\$false|0))\s*\)"
)
"""A loop that never ends."""

STARTS = late(
    r"(?i)(?:^|[;|{(&=\n])\s*(?:start|saps|start-process|start-job|sajb|start-threadjob|invoke-item|ii|"
    r"cmd(?:\.exe)?\s+/c\s+start)(?![\w-])(?![^;|}\n]*\s-wait\b)|[.:]start\s*\("
)
"""A statement that starts a program and does not wait for it."""

STRINGS = late(r"'[^']*'|\"(?:`.|[^\"])*\"")


def _program(line: windows_line.WindowsCommand, words: list[tuple[str, bool]], look: Look) -> None:
    """What is looked at in a way of its own because it runs text, or else by the rule of its name."""
    runs = RUNS.get(line.name)
    if line.name == "wsl" and re.match(r"--(?:unreg|shut|term)", "".join(line.args[:1])):
        runs = None
    if runs:
        runs(line, words[1:], look)
    elif "-" not in line.name or not any(map(DRY.fullmatch, line.args)):
        RULES.get(line.name, windows_commands.program)(line, look)


DRY = late(r"(?i)-(?:wi|what|whati|whatif)(?::\$true)?")


def _expression(line: windows_line.WindowsCommand, _: list[tuple[str, bool]], look: Look) -> None:
    _evaluated(line.at, line.args, line.before, look)


def _powershell(line: windows_line.WindowsCommand, _: list[tuple[str, bool]], look: Look) -> None:
    if inner := started(line.args, line.at, look):
        look.text(inner, "powershell", line.at)
    elif line.before:
        _evaluated(line.at, [], line.before, look)


def _cmd(line: windows_line.WindowsCommand, words: list[tuple[str, bool]], look: Look) -> None:
    given = (f'"{each}"' if mark and '"' not in each else each for each, mark in words)
    look.text("cmd " + " ".join(given), "cmd", line.at)


def _posix(line: windows_line.WindowsCommand, words: list[tuple[str, bool]], look: Look) -> None:
    look.text(" ".join([line.name, *(f"'{word}'" if mark else word for word, mark in words)]), "bash", line.at)


def _redirects(text: str, look: Look) -> None:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", lambda each: each[0].replace(">", " "), text)
    for found in re.finditer(r"(?<![-=])(?:\d|\*)?>(>?)\s*([^\s;|&)}]+)", bare):
        path = found[2].strip("\"'")
        windows_line.write(path, bool(found[1]), text, look)
        if not found[1] and re.match(r"\s*(?:''|\"\"|\$null)\s*>", text) and not re.match(r"(?i)\$null|nul$", path):
            look.danger("empties-file", "The file loses its content.", text)


def _evaluated(text: str, args: list[str], before: str, look: Look) -> None:
    """``iex``: what it runs may be fetched, decoded, or plain."""
    whole = f"{before} {text}"
    if re.search(r"(?i)\b(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod|download\w*|webclient|http)", whole):
        look.danger("remote-code", "It runs code that comes from the network.", text)
        return
    plain = args[1:] if args[:1] and "-command".startswith(args[0].lower()) else args
    if plain and not re.search(r"[$(]", plain[0]):
        look.text(" ".join(plain), "powershell", text)
        return
    if re.search(
        r"(?i)(?:^|[\s(&{])(?:starship|zoxide|oh-my-posh|fnm|mise|conda|gh|kubectl|helm|rustup|direnv|volta|uv)\s"
        r"(?:init|env|hook|completions?|activate|shell\S*|generate\S*|setup|-s)\b",
        whole,
    ):
        return
    fixed = re.fullmatch(r"\s*['\"]([^'\"$]*)['\"]\s*", before)
    if fixed:
        look.text(fixed[1], "powershell", text)
    look.danger("computed-command", "What it runs is only known when it runs.", text)


RUNS: dict[str, Callable[[windows_line.WindowsCommand, list[tuple[str, bool]], Look], None]] = {
    "invoke-expression": _expression,
    **dict.fromkeys(("powershell", "pwsh"), _powershell),
    **dict.fromkeys(("cmd", "command.com"), _cmd),
    **dict.fromkeys(("bash", "sh", "ssh", "wsl"), _posix),
}
"""Programs that run a text, and how it is looked at; they get the words behind their name."""
