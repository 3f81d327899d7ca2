"""Peels the programs that run another one: sudo, env, timeout, xargs, find -exec, ssh, docker exec and many more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dictation.shell.guard import outputs
from dictation.shell.guard.argv import after_options, read
from dictation.shell.guard.bash.shell_writes import assigned, target
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.read_only import reads_only
from dictation.shell.guard.risky_places import HUGE, kind
from dictation.shell.guard.rules.rules_subscripts import find_without_end
from dictation.spelled import programs

Judge = Callable[[Call, Look], Output]

SHELLS = frozenset(
    "sh bash dash zsh ksh mksh ash fish tcsh csh rbash yash busybox-sh pwsh powershell nu elvish xonsh su sudo "
    "login".split()
)
REMOVERS = frozenset("rm unlink shred rmdir truncate srm wipe trash mv tee dd chmod chown rimraf del".split())
NARROW = frozenset(
    "-name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -ctime -newer -empty -size".split()
)
"""Tests of find that leave only some of the files."""


def peel(call: Call, look: Look, judge: Judge) -> Output | None:
    """Judge what ``call`` runs; ``None`` if it runs nothing else."""
    name, args = call.name, call.args
    known = programs.sheet(name)
    if "as_root" in known:
        return _as_root(call, look, judge)
    if name == "env":
        return _env(call, look, judge)
    if name == "command" and {"-v", "-V"} & set(read(args[:1]).flags):
        return outputs.of(call, look)
    if name == "command":
        return judge(call.run(call.words[after_options(args) :]), look)
    if name == "zargs" and args.count("--") > 1:
        return _zargs(call, look, judge)
    if name == "xargs" or name == "gxargs":
        return _xargs(call, look, judge)
    if name in ("find", "gfind", "fd", "fdfind"):
        return _find(call, look, judge)
    if name in ("npm", "npx", "pnpm"):
        for text in read(args, "-c --call").value("-c", "--call"):
            return look.text(text, "bash", call.at)
    first = after_options(args, "--prefix -C --cwd --directory --filter -F --project -p -n")
    if "".join(args[first : first + 1]) in programs.listed(name, "runs_after"):
        start = first + 1
        valued = "-n -p --name --prefix --with --from --python -p --env-file"
        start = args.index("--", start) + 1 if "--" in args[start:] else start + after_options(args[start:], valued)
        return _rest(call, start, look, judge)
    if name in ("npx", "bunx", "uvx", "pipx"):
        remote = [each for each in args if re.match(r"(?:git\+|https?:|github:)", each)]
        if remote:
            look.danger("foreign-code", "It fetches code from an address and runs it.", call.at)
    if re.fullmatch(r"ld(?:-linux[\w.-]*|-musl[\w.-]*|)\.so(?:\.\d+)?", name):
        return _rest(call, after_options(args, "--library-path --preload --argv0"), look, judge)
    if "runs" in known:
        start = after_options(args, known.get("options.valued", "")) + int(known["runs"])
        if name == "coproc" and len(args) > 1 and args[0].isupper():
            start = 1
        if name == "chroot" and len(args) <= start:
            look.danger("privilege", "It opens a shell in another root.", call.at)
        if name == "nsenter" and re.search(r"(?:-t|--target)[ =]?1(?: |$)", " ".join(args)):
            look.danger("privilege", "It runs a command with all the rights of the machine.", call.at)
        if name in ("nsenter", "chroot", "unshare", "systemd-run") and "sudo" not in call.wrapped:
            look.caution("privilege", "It runs a command with other limits than usual.", call.at)
        return _rest(call, start, look, judge)
    return None


def _rest(call: Call, start: int, look: Look, judge: Judge) -> Output:
    words = tuple(assigned(call.words[start:], call.at, look))
    return judge(call.run(words), look) if words else Output(None, frozenset({"local"}))


def _as_root(call: Call, look: Look, judge: Judge) -> Output:
    args, before = call.args, len(look.findings)
    valued = programs.sheet(call.name).get("options.valued", "")
    options = read(args[: after_options(args, valued)], valued)
    words = call.words[after_options(args, valued) :]
    if call.name == "sudoedit" or options.has("-e", "--edit"):
        look.caution("privilege", "It edits a file as another user.", call.at)
        return Output()
    shell = options.has("-i", "-s", "--login", "--shell")
    if not words and not shell:
        if not options.has("-l", "-v", "-k", "-K", "-V", "-h", "--list", "--validate", "--help", "--version"):
            look.caution("privilege", "It runs as root.", call.at)
        return Output()
    words = tuple(assigned(words, call.at, look))
    name = words[0].text.rpartition("/")[2] if words else ""
    if (
        not words
        or (name in SHELLS and len(words) == 1)
        or (
            name == "su"
            and not any("c" in each.text for each in words[1:] if each.text[:1] == "-" and each.text != "-")
        )
    ):
        look.danger("privilege", "Everything typed next runs as root.", call.at)
    if shell and words:
        out = look.text(" ".join(each.text for each in words), "bash", call.at)
    else:
        out = judge(call.run(words), look) if words else Output()
    inner = call.run(words)
    if len(look.findings) == before and not reads_only(inner):
        look.caution("privilege", "It changes the system as root.", call.at)
    return out


def _env(call: Call, look: Look, judge: Judge) -> Output:
    valued = "-u -C -S --unset --chdir --split-string"
    args = call.args
    options = read(args, valued)
    for text in options.value("-S", "--split-string"):
        return look.text(" ".join([text, *args[after_options(args, valued) :]]), "bash", call.at)
    words = call.words[after_options(args, valued) :]
    words = tuple(assigned(words, call.at, look))
    return judge(call.run(words), look) if words else Output(None, frozenset({"environment", "local"}))


def _items(call: Call) -> list[Word]:
    feed = call.feed or Output()
    if feed.text is not None and feed.text.strip():
        zero = any(
            each.startswith("-") and not each.startswith("--") and ("0" in each or "d" in each)
            for each in call.args[:3]
        )
        parts = feed.text.strip("\n").split("\0") if zero else feed.text.split()
        return [Word(each.strip("\"'"), marks=feed.marks) for each in parts[:16] if each]
    return [Word(UNKNOWN, marks=feed.marks)]


def _xargs(call: Call, look: Look, judge: Judge) -> Output:
    valued = "-I -n -P -L -s -d -E -a -J -R --max-args --max-procs --delimiter --arg-file --max-lines"
    start = after_options(call.args, valued)
    options = read(call.args[:start], valued)
    words, items = call.words[start:] or (Word("echo"),), _items(call)
    marker = (options.value("-I", "-J", "--replace") or [""])[0] or ("{}" if options.has("-i", "--replace") else "")
    if marker:  # one run for every line
        for text in _lines(call)[:8]:
            filled = [replace(each, text=each.text.replace(marker, text.strip()), marks=each.marks | items[0].marks)
                if marker in each.text else each for each in words]  # fmt: skip
            out = judge(call.run(tuple(filled), feed=None), look)
        return out
    return judge(call.run((*words, *items), feed=None), look)


def _zargs(call: Call, look: Look, judge: Judge) -> Output:
    """``zargs -- FILES -- COMMAND`` of zsh."""
    first = call.args.index("--")
    second = call.args.index("--", first + 1)
    return judge(call.run((*call.words[second + 1 :], *call.words[first + 1 : second])), look)


def _lines(call: Call) -> list[str]:
    """The lines that parallel gets by its input."""
    text = (call.feed.text if call.feed else None) or ""
    return [each for each in text.splitlines() if each][:16] or [UNKNOWN]


def parallel(call: Call, look: Look) -> Output:
    """GNU parallel: the command is a text for the shell; without one every input line is a command."""
    args = call.args
    start = after_options(
        args, "-j --jobs -I -n -N -a -S -C --colsep --delay --timeout --joblog --tmpdir --results --retries -L -s -d"
    )
    marks = [place for place, each in enumerate(args) if re.fullmatch(r":{3,4}\+?", each)]
    end = marks[0] if marks else len(args)
    if _runs_its_input(args[start:end]):
        look.unclear(call.at, "Every line of its input runs as a command.")
    inputs = [each for each in args[end:] if not re.fullmatch(r":{3,4}\+?", each)] or _lines(call)
    text = " ".join(args[start:end])
    if not text:
        for each in inputs[:16]:
            if each == UNKNOWN:
                look.unclear(call.at, "Every line of its input runs as a command.")
            else:
                look.text(each, "bash", call.at)
        return Output()
    for each in inputs[:8]:
        filled = re.sub(r"\{[^{}]*\}", lambda _, new=each: new, text)  # type: ignore[misc]
        look.text(filled if filled != text else f"{text} {each}", "bash", call.at)
    return Output()


def _runs_its_input(words: list[str]) -> bool:
    """``sh -c {}``, ``sh -c``: the text that the shell runs is what comes in."""
    shell = bool(words) and re.fullmatch(r"(?:\S*/)?(?:ba|z|da|k|fi)?sh", words[0]) is not None
    return (
        shell and words[1:2] == ["-c"] and all(re.fullmatch(r"[\s'\"]*\{[^{}]*\}[\s'\"]*", each) for each in words[2:])
    )


def _find(call: Call, look: Look, judge: Judge) -> Output:
    args, quick = call.args, call.name.startswith("fd")
    if not quick:
        find_without_end(call, look)
    starts = [] if quick else [each for each in args[: next((n for n,
        each in enumerate(args) if each[:1] in "-(!" and each not in ("-H", "-L", "-P")),
            len(args))] if each[:1] != "-"]  # fmt: skip
    if quick:
        starts = args[: next((n for n, each in enumerate(args) if each in ("-x", "-X", "--exec", "--exec-batch")), 0)][
            1:
        ]
    wide = any(kind(each) in HUGE for each in starts)
    place = 0
    while place < len(args):
        each = args[place]
        if each == "-delete" and not quick:
            level = DANGER if wide or not NARROW & set(args) else CAUTION
            look.note(level, "deletes-found", "It deletes every file it finds.", call.at)
        elif each in ("-fprint", "-fprintf", "-fls", "-fprint0") and place + 1 < len(args):
            target(args[place + 1], False, call.at, look)
            look.caution("overwrites", "It writes over a file.", call.at)
        elif each in ("-exec", "-execdir", "-ok", "-okdir") or (
            quick and each in ("-x", "-X", "--exec", "--exec-batch")
        ):
            end = next((n for n in range(place + 1, len(args)) if args[n] in (";", "+") and not quick), len(args))
            words = tuple(replace(word, text=word.text.replace("{}", UNKNOWN)) for word in call.words[place + 1 : end])
            if quick and not any(UNKNOWN in word.text for word in words):
                words = (*words, Word(UNKNOWN))
            inner = call.run(words, feed=None)
            if wide and (inner.name in REMOVERS or (inner.name in ("sed", "perl") and "-i" in inner.args)):
                look.danger(
                    "deletes-found",
                    "It changes every file it finds in a place of the system or the home folder.",
                    call.at,
                )
            if words:
                judge(inner, look)
            place = end
        place += 1
    return Output(None, frozenset({"paths", "local"}))
