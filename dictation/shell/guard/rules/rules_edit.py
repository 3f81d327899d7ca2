"""Judges what edits files by itself: sed, and editors that are given commands on the line."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import read
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import CAUTION, DANGER, Call, Look
from dictation.shell.guard.risky_places import HUGE, INERT, kind, persistent, power
from dictation.shell.guard.rule_table import table
from dictation.spelled.lazy_regex import late

SWAP = late(r"s([^\w\s])(?:\\.|(?!\1).)*\1(?:\\.|(?!\1).)*\1")
"""``s/old/new/`` of sed, without its flags."""


EVALUATES = late(r"(?:^|[;{}\n])\s*(?:\d+|\$|/[^/]*/)?\s*e\s*$|s(.)(?:(?!\1).)*\1(?:(?!\1).)*\1[gip\d]*e")
"""sed's ``e`` alone, or behind ``s///``: what it reads runs."""


def sed(call: Call, look: Look) -> None:
    """sed: in place, its ``w`` and ``e`` commands."""
    options = read(call.args, "-e -f -l --expression --file")
    scripts = options.value("-e", "--expression") or options.rest[:1]
    files = options.rest if options.value("-e", "--expression", "-f") else options.rest[1:]
    if options.has("-i", "--in-place") or any(each.startswith(("-i", "--in-place")) for each in call.args):
        _in_place(files, call, look)
    for script in scripts:
        _sed_script(script, call, look)


def _in_place(files: list[str], call: Call, look: Look) -> None:
    if any(persistent(each) or power(each) or kind(each) in HUGE for each in files):
        look.danger("edits-system", "It changes files of the system or what starts by itself.", call.at)
    else:
        look.caution("edits-files", "It changes files without keeping a copy.", call.at)


def _sed_script(script: str, call: Call, look: Look) -> None:
    bare = SWAP.sub("/", script)
    if found := re.search(r"(?:^|[;{}\n]|\d|\$|/[gI]*)\s*e\s+(.+)", bare):
        look.text(found[1], "bash", call.at)
        look.caution("runs-command", "sed starts another program.", call.at)
    elif EVALUATES.search(script):
        look.danger("runs-command", "sed runs what it reads as commands.", call.at)
    if found := re.search(r"(?:^|[;{}\n]|\d|\$|/[gpI\d]*)\s*[wW]\s+(\S+)", bare):
        target(found[1], False, call.at, look)
        if found[1] not in INERT:
            look.caution("overwrites", "sed writes over a file.", call.at)


def editor(call: Call, look: Look) -> None:
    """vim, ex, ed, emacs, less: commands given on the line."""
    options = read(call.args, VALUED.get(call.name, "-c --cmd -S --eval -u"))
    texts = [*options.value("-c", "--cmd"), *(each[1:] for each in call.args if each.startswith("+"))]
    for text in [*texts, *_typed(call)]:
        _editor_command(text, call, look)
    for path in options.rest:
        _opened(path, bool(texts), call, look)


VALUED = {
    "emacs": "--eval -f --funcall -l --load --script -L --directory -u --user -d --display",
    "emacsclient": "-e --eval -s --socket-name -a --alternate-editor -F -T -d",
}
"""Options with a value of editors whose options are not those of vim; their Lisp is judged as code."""


def _typed(call: Call) -> list[str]:
    """The commands that an editor reads from its input."""
    reads = call.feed is not None and call.name in ("ed", "ex", "vim", "vi")
    return (call.feed.text or "").splitlines() if reads and call.feed else []


def _opened(path: str, told: bool, call: Call, look: Look) -> None:
    """A file that is opened; ``told``: commands on the line may change it."""
    decides = power(path)
    if decides or (persistent(path) and (told or path.startswith("/"))):
        look.note(
            DANGER if decides or told else CAUTION,
            "edits-system",
            "It opens a file that decides what starts or who may do what.",
            call.at,
        )


def _editor_command(text: str, call: Call, look: Look) -> None:
    """One command of vim or ed."""
    if found := re.match(r":*\s*(?:silent!?\s*)?(?:%|\.)?(?:r|w|term\w*|read|write)?\s*!+\s*(.+)", text):
        look.text(found[1], "bash", call.at)
        look.caution("runs-command", "The editor starts another program.", call.at)
    elif re.search(r"\bdelete\s*\(", text):
        look.danger("deletes-files", "The code deletes files.", call.at)
    elif re.search(r"system\s*\(|delete\s*\(|writefile|execute\b|py3?\b|lua\b|source\b|\bcall\b", text):
        look.text(" ".join(re.findall(r"['\"]([^'\"]*)['\"]", text)), "bash", call.at)
        look.caution("runs-command", "The editor runs code of its own.", call.at)
    elif re.search(r"%?(?:s/|d\b|g/)|\bwq?\b|\bx\b", text) and len(text) < 200:
        look.caution("edits-files", "The editor changes the file by itself.", call.at)


RULES = {
    "nginx": table((r"-s[= ]?(?:stop|quit)", CAUTION, "stops-service", "It stops a service that others rely on.")),
    "haproxy": table((r"(?:^|\s)-s[tf]\b", CAUTION, "stops-service", "It stops a service that others rely on.")),
    **dict.fromkeys("sed gsed".split(), sed),
    **dict.fromkeys("vim vi nvim ex ed view rvim emacs emacsclient nano".split(), editor),
}
