"""Judges one call: what it is wrapped in, what it runs, which rules know its program."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from dataclasses import replace

from dictation.shell.guard import deferred, hidden_commands, interpreters, languages, outputs, wrappers
from dictation.shell.guard.bash import shell_writes
from dictation.shell.guard.inspection import MOST_CALLS, MOST_WORDS, UNKNOWN, Call, Look, Output, TooMuchError, Word
from dictation.shell.guard.leaks import leaks
from dictation.shell.guard.risky_places import tidy
from dictation.shell.guard.rules import (
    rules_archives,
    rules_cloud,
    rules_edit,
    rules_files,
    rules_forge,
    rules_git,
    rules_network,
    rules_rest,
    rules_rights,
    rules_sql,
    rules_sync,
    rules_system,
)
from dictation.shell.guard.rules.rules_code import LANGUAGES, awk
from dictation.shell.guard.shell_builtins import BUILTINS, export, read_input
from dictation.spelled.lazy_regex import late

CHOSEN = late(
    r"\$\{?(?:EDITOR|VISUAL|PAGER|BROWSER|SHELL|CC|CXX|PYTHON|PYTHON3|MAKE|NODE|CARGO|GIT|JAVA|TERMINAL|LD|AR|GO|"
    r"RUSTC|PIP"
    r"|VIRTUAL_ENV|JAVA_HOME|GOPATH|GOBIN|CONDA_PREFIX|HOME|PWD|ANDROID_HOME|NVM_DIR|NVM_BIN|CARGO_HOME|BUN_INSTALL|"
    r"XDG_\w+|PNPM_HOME)\b"
)
"""Variables that are meant to name a program, or the folder of one."""

VERBS = frozenset(
    "rm dd mkfs shred wipefs shutdown reboot halt poweroff srm unlink truncate mkfs.ext4 mkfs.xfs rmdir fdisk chmod "
    "chown git curl"
    " wget bash sh zsh python3 perl kubectl terraform docker".split()
)
INERT = frozenset(
    "cowsay figlet lolcat toilet"
    " echo : true false printf print grep egrep fgrep rg ag ack man info which whereis type tldr help apropos whatis "
    "cheat locate git commit test ["
    " apt apt-get brew dnf yum pacman snap pip pip3 npm yarn cargo make ls cat less head tail wc stat file touch "
    "mkdir cp mv rm find"
    " fzf jq cut sort uniq vim vi nano code cd pushd complete compgen hash unalias read logger notify-send espeak say "
    "gh hub docker"
    " kubectl terraform sed awk curl wget tr diff comm expr basename dirname pgrep pidof ps set export tee base64 rev "
    "tput yes seq"
    " string string_ fd ln chmod chown kill pkill killall cspell codespell dict trans alias dpkg rpm apt-cache "
    "apt-file adb fastboot".split()
)

STATEMENT = late(r"\s*(?:DROP|TRUNCATE|DELETE\s+FROM|ALTER\s+TABLE)\s", re.IGNORECASE)
SPECIAL: dict[str, Callable[[Call, Look], Output]] = {
    **dict.fromkeys("export declare typeset readonly local".split(), export),
    "read": read_input,
        "mapfile": read_input, "readarray": read_input,
        "eval": interpreters.evaluate, "source": interpreters.source, ".": interpreters.source,
        "ssh": interpreters.remote,
    "autossh": interpreters.remote, "mosh": interpreters.remote, "slogin": interpreters.remote,
        "sshpass": deferred.all_words(0, "-p -f -e"),
    "trap": deferred.trap, "alias": deferred.alias, "abbr": deferred.alias,
        "watch": deferred.all_words(0, "-n --interval"),
    "su": deferred.text_option("-c --command"), "runuser": deferred.text_option("-c --command"),
        "sg": deferred.text_option("-c"),
    "script": deferred.text_option("-c --command"), "nix-shell": deferred.text_option("--run --command"),
        "hyperfine": deferred.all_words(0, "-w -r -n -L -p -c -s -N --warmup --runs"),
        "tmux": deferred.multiplexer, "screen": deferred.multiplexer,
    "xterm": deferred.all_words(1), "gnome-terminal": deferred.all_words(),
        "nix": deferred.text_option("-c --command"), "flock": lambda call, look: _flock(call, look),
}  # fmt: skip
RULES: dict[str, Callable[[Call, Look], object]] = {
    **rules_cloud.RULES, **rules_system.RULES, **rules_network.RULES, **rules_git.RULES, **rules_files.RULES,
        **rules_rights.RULES, **rules_edit.RULES, **rules_forge.RULES,
        **rules_sql.RULES, **rules_archives.RULES, **rules_sync.RULES,
}  # fmt: skip


def judge(call: Call, look: Look) -> Output:
    """Note what is wrong with ``call``; what it prints, if that can be worked out."""
    _count(call, look)
    for name, value in call.env:
        shell_writes.variable(name, value, call.at, look)
    if not call.path:
        return Output("") if not call.words else judge(call.run(call.words), look)
    if call.path.startswith("=") and look.shell == "zsh":
        return judge(replace(call, path=call.path[1:], env=()), look)
    if UNKNOWN in call.path or re.search(r"[*?]|\[.+\]", call.path):
        return _computed(call, look)
    if call.path in look.scope.functions and not call.wrapped:
        return look.scope.functions[call.path](call)
    if (text := look.scope.aliases.pop(call.path, None)) is not None:
        look.text(" ".join([text, *call.args]), "bash", call.at)
    _staged(call, look)
    if (lower := _lower(call)) is not call:
        return judge(lower, look)
    return _program(call, look)


def _count(call: Call, look: Look) -> None:
    """Raises TooMuchError when one grading has seen too much."""
    look.calls += 1
    look.made.append(call)
    look.seen_words += len(call.words)
    if look.calls > MOST_CALLS or look.seen_words > MOST_WORDS:
        raise TooMuchError


def _lower(call: Call) -> Call:
    """The call with its program in lower case: a file system that ignores case finds the program all the same."""
    low = call.name.lower()
    if low == call.name or call.name in RULES or low not in (*RULES, *LANGUAGES, *VERBS):
        return call
    first = tuple(replace(word, text=word.text.lower()) for word in call.words[:1])
    return replace(call, path=low, words=(*first, *call.words[1:]))


def _program(call: Call, look: Look) -> Output:
    """Judge a call whose program is known by name: what it runs, or else what it does itself."""
    if call.name == "parallel":
        return wrappers.parallel(call, look)
    if (inner := wrappers.peel(call, look, judge)) is not None:
        return inner
    if call.name in interpreters.SHELLS:
        return interpreters.shell(call, look)
    if call.args in (["--help"], ["--version"]):
        return Output(None, frozenset({"local"}))
    if call.args[-1:] == ["--help"] and len(call.args) <= 3 and call.name in RULES:
        return Output(None, frozenset({"local"}))
    return _ruled(call, look)


def _ruled(call: Call, look: Look) -> Output:
    name = call.name
    hidden_commands.options(call, look, judge)
    if builtin := BUILTINS.get(name):
        builtin(call, look)
    if special := SPECIAL.get(name):
        out = special(call, look)
        if name not in RULES:
            return out
    if (done := _by_rule(call, look)) is not None:
        return done
    if name not in INERT or (name in RULES and name not in ("git", "echo", "sed", "cp", "mv", "find")):
        for text in filter(STATEMENT.match, call.args):
            rules_sql.sql(text, call.at, look)
    leaks(call, look, name in INERT)
    return outputs.of(call, look)


def _by_rule(call: Call, look: Look) -> Output | None:
    """Judge by the rule of the program; its output, where the rule knows it."""
    name, base = call.name, re.sub(r"[\d.]+$", "", call.name)
    if name in ("awk", "gawk", "mawk", "nawk"):
        _awk(call, look)
    elif base in LANGUAGES:
        if beside := RULES.get(name):  # emacs edits, too, and bun installs
            beside(call, look)
        return languages.language(call, look)
    elif name in interpreters.SQL:
        return interpreters.piped(call, look, "sql") if rules_sql.client(call, look) is None else None
    elif rule := RULES.get(name) or (RULES.get("mkfs") if base.startswith("mkfs.") else None):
        rule(call, look)
        if name in rules_rest.SERVICES:
            rules_rest.rest(call, look)
    elif name not in INERT:
        _hidden(call, look)
        rules_rest.rest(call, look)
    return None


def _flock(call: Call, look: Look) -> Output:
    """``flock FILE COMMAND``."""
    out = deferred.text_option("-c --command")(call, look)
    start = next((n + 1 for n, each in enumerate(call.args) if not each.startswith("-")), len(call.args))
    if call.words[start:] and not call.args[start].startswith("-"):
        judge(call.run(call.words[start:]), look)
    return out


def _computed(call: Call, look: Look) -> Output:
    """The program is only known when it runs; what it may well be (``/bin/r?``, ``r${x}m``, ``$run rm``) is judged."""
    marks = frozenset(mark for word in call.words for mark in word.marks)
    for each in _may_be(call.path.replace(UNKNOWN, "").rpartition("/")[2]):
        judge(replace(call, path=each), look)
    if not call.path.strip(UNKNOWN):
        _hidden(call, look)
    if CHOSEN.search(call.at.split(" ")[0]) and UNKNOWN in call.path and not call.path.startswith("\0\0"):
        if any(re.match(r"(?:-c$|\+|-e$)", each) for each in call.args):
            look.unclear(call.at, "Which program runs is only known when it runs.")
    else:
        look.caution("computed-command", "Which program runs is only known when it runs.", call.at)
    return Output(None, marks | {"local"})


def _may_be(base: str) -> list[str]:
    """The programs that a pattern or a rest of a name may stand for."""
    if base in VERBS:
        return [base]
    return [each for each in sorted(VERBS) if fnmatch.fnmatchcase(each, base)] if re.search(r"[a-z]", base) else []


def _staged(call: Call, look: Look) -> None:
    """Running a file that this very line has fetched or written."""
    known = look.scope.written.get(tidy(call.path)) if "/" in call.path or look.shell in ("cmd", "powershell") else None
    if known is None:
        _file_of_others(call, look)
    elif "network" in known.marks:
        look.danger("remote-code", "It runs what it has just fetched.", call.at)
    elif known.marks & {"decoded", "mangled"}:
        look.danger("hidden-code", "It runs text that was hidden or taken apart.", call.at)
    elif known.text is None:
        look.caution("runs-file", "It runs a file that it has just written.", call.at)
    else:
        look.text(known.text, "bash", call.at)


def _file_of_others(call: Call, look: Look) -> None:
    """Running a program by its path, where somebody else may have put it."""
    if look.scope.cloned and "/" in call.path and not call.path.startswith("/"):
        look.danger("remote-code", "It runs what it has just fetched.", call.at)
    elif re.match(r"/(?:tmp|var/tmp|dev/shm)/", call.path):
        look.caution("runs-file", "It runs a file from a place anybody can write to.", call.at)
    elif "sudo" in call.wrapped and call.path.startswith("./"):
        look.caution("privilege", "It runs a file of this folder as root.", call.at)


def _awk(call: Call, look: Look) -> None:
    args, place = call.args, 0
    while place < len(args) and args[place].startswith("-") and args[place] != "--":
        if args[place] in ("-e", "--source") and place + 1 < len(args):
            awk(args[place + 1], call.at, look)
        if args[place] in ("-i", "--include") and "inplace" in args[place + 1 : place + 2]:
            look.caution("edits-files", "It changes files without keeping a copy.", call.at)
        place += 2 if args[place] in ("-F", "-v", "-f", "-e", "-i", "--source") else 1
    if place < len(args):
        awk(args[place], call.at, look)


def _hidden(call: Call, look: Look) -> None:
    """A program that is not known here, with a dangerous command among its arguments: an unknown wrapper."""
    words = call.words
    for place, word in enumerate(words[:-1]):
        if word.text.rpartition("/")[2] in VERBS and _begins_command(words, place):
            judge(call.run(words[place:]), look)
            return
    for word in words:
        if word.quoted and re.search(r"\s", word.text) and COMMAND.match(word.text):
            look.text(word.text, "bash", call.at)
            return


COMMAND = late(r"\s*(?:sudo\s+)?(?:rm|dd|mkfs\S*|shred|curl|wget|bash|sh)\s+[-/~.]")
"""How a command begins that an unknown program gets as a text."""


def _begins_command(words: tuple[Word, ...], place: int) -> bool:
    """Whether a program's name is meant as one: it is the first word, or behind ``--``, or options or paths follow."""
    follows = words[place + 1].text
    return place == 0 or words[place - 1].text == "--" or follows[:1] in "-/~." or "/" in follows
