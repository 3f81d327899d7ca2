"""Peels the programs that run another one: sudo, env, timeout, xargs, find -exec, ssh, docker exec and many more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dictation.shell.guard import outputs
from dictation.shell.guard.argv import after_options, read
from dictation.shell.guard.bash.shell_writes import assigned
from dictation.shell.guard.find_runs import find
from dictation.shell.guard.inspection import UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.read_only import reads_only
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late

Judge = Callable[[Call, Look], Output]

SHELLS = frozenset(
    "sh bash dash zsh ksh mksh ash fish tcsh csh rbash yash busybox-sh pwsh powershell nu elvish xonsh su sudo "
    "login".split()
)


def peel(call: Call, look: Look, judge: Judge) -> Output | None:
    """Judge what ``call`` runs; ``None`` if it runs nothing else."""
    if "as_root" in programs.sheet(call.name):
        return _as_root(call, look, judge)
    if (special := PEELS.get(call.name)) and (out := special(call, look, judge)) is not None:
        return out
    first = after_options(call.args, "--prefix -C --cwd --directory --filter -F --project -p -n")
    if "".join(call.args[first : first + 1]) in programs.listed(call.name, "runs_after"):
        return _after_subcommand(call, first + 1, look, judge)
    if call.name in ("npx", "bunx", "uvx", "pipx") and any(map(ADDRESS.match, call.args)):
        look.danger("foreign-code", "It fetches code from an address and runs it.", call.at)
    if re.fullmatch(r"ld(?:-linux[\w.-]*|-musl[\w.-]*|)\.so(?:\.\d+)?", call.name):
        return _rest(call, after_options(call.args, "--library-path --preload --argv0"), look, judge)
    return _operand(call, look, judge)


ADDRESS = late(r"(?:git\+|https?:|github:)")


def _after_subcommand(call: Call, start: int, look: Look, judge: Judge) -> Output:
    """``npm exec PROGRAM``, ``conda run -n NAME PROGRAM``: what follows the subcommand, or its ``--``."""
    args = call.args
    if "--" in args[start:]:
        start = args.index("--", start) + 1
    else:
        start += after_options(args[start:], "-n -p --name --prefix --with --from --python -p --env-file")
    return _rest(call, start, look, judge)


def _operand(call: Call, look: Look, judge: Judge) -> Output | None:
    """Programs that run their operands, after as many as their sheet says: ``timeout 5 PROGRAM``."""
    known = programs.sheet(call.name)
    if "runs" not in known:
        return None
    start = after_options(call.args, known.get("options.valued", "")) + int(known["runs"])
    if call.name == "coproc" and len(call.args) > 1 and call.args[0].isupper():
        start = 1
    _other_limits(call, start, look)
    return _rest(call, start, look, judge)


def _other_limits(call: Call, start: int, look: Look) -> None:
    """What is wrong with running a command in another root or namespace."""
    if call.name == "chroot" and len(call.args) <= start:
        look.danger("privilege", "It opens a shell in another root.", call.at)
    if call.name == "nsenter" and re.search(r"(?:-t|--target)[ =]?1(?: |$)", " ".join(call.args)):
        look.danger("privilege", "It runs a command with all the rights of the machine.", call.at)
    if call.name in ("nsenter", "chroot", "unshare", "systemd-run") and "sudo" not in call.wrapped:
        look.caution("privilege", "It runs a command with other limits than usual.", call.at)


def _command(call: Call, look: Look, judge: Judge) -> Output:
    """The builtin: ``command -v NAME`` only looks."""
    if {"-v", "-V"} & set(read(call.args[:1]).flags):
        return outputs.of(call, look)
    return judge(call.run(call.words[after_options(call.args) :]), look)


def _call_option(call: Call, look: Look, judge: Judge) -> Output | None:
    """``npx -c TEXT``."""
    for text in read(call.args, "-c --call").value("-c", "--call"):
        return look.text(text, "bash", call.at)
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
        if not options.has(*ASKS):
            look.caution("privilege", "It runs as root.", call.at)
        return Output()
    words = tuple(assigned(words, call.at, look))
    if _opens_shell(words):
        look.danger("privilege", "Everything typed next runs as root.", call.at)
    out = _run_as_root(words, shell, call, look, judge)
    if len(look.findings) == before and not reads_only(call.run(words)):
        look.caution("privilege", "It changes the system as root.", call.at)
    return out


ASKS = ("-l", "-v", "-k", "-K", "-V", "-h", "--list", "--validate", "--help", "--version")
"""Options of sudo that run nothing."""


def _run_as_root(words: tuple[Word, ...], shell: bool, call: Call, look: Look, judge: Judge) -> Output:
    """The command as a line of a ``shell``, or by itself."""
    if shell and words:
        return look.text(" ".join(each.text for each in words), "bash", call.at)
    return judge(call.run(words), look) if words else Output()


def _opens_shell(words: tuple[Word, ...]) -> bool:
    """Whether a shell starts that waits for what is typed: no command, a shell without arguments, ``su`` without -c."""
    name = words[0].text.rpartition("/")[2] if words else ""
    told = any("c" in each.text for each in words[1:] if each.text[:1] == "-" and each.text != "-")
    return not words or (name in SHELLS and len(words) == 1) or (name == "su" and not told)


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
    """The words that xargs makes of its input."""
    feed = call.feed or Output()
    if feed.text is None or not feed.text.strip():
        return [Word(UNKNOWN, marks=feed.marks)]
    zero = any(re.match(r"-(?!-).*[0d]", each, re.DOTALL) for each in call.args[:3])
    parts = feed.text.strip("\n").split("\0") if zero else feed.text.split()
    return [Word(each.strip("\"'"), marks=feed.marks) for each in parts[:16] if each]


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


def _zargs(call: Call, look: Look, judge: Judge) -> Output | None:
    """``zargs -- FILES -- COMMAND`` of zsh."""
    if call.args.count("--") < 2:
        return None
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
    end = next((place for place, each in enumerate(args) if SOURCE.fullmatch(each)), len(args))
    if _runs_its_input(args[start:end]):
        look.unclear(call.at, "Every line of its input runs as a command.")
    inputs = [each for each in args[end:] if not SOURCE.fullmatch(each)] or _lines(call)
    text = " ".join(args[start:end])
    for each in inputs[:8] if text else inputs[:16]:
        if text:
            filled = re.sub(r"\{[^{}]*\}", lambda _, new=each: new, text)  # type: ignore[misc]
            look.text(filled if filled != text else f"{text} {each}", "bash", call.at)
        else:
            _line(each, call, look)
    return Output()


SOURCE = late(r":{3,4}\+?")
"""What stands before the inputs of parallel: ``:::``, ``::::``."""


def _line(text: str, call: Call, look: Look) -> None:
    """A line of the input that is a command."""
    if text == UNKNOWN:
        look.unclear(call.at, "Every line of its input runs as a command.")
    else:
        look.text(text, "bash", call.at)


def _runs_its_input(words: list[str]) -> bool:
    """``sh -c {}``, ``sh -c``: the text that the shell runs is what comes in."""
    shell = bool(words) and re.fullmatch(r"(?:\S*/)?(?:ba|z|da|k|fi)?sh", words[0]) is not None
    return (
        shell and words[1:2] == ["-c"] and all(re.fullmatch(r"[\s'\"]*\{[^{}]*\}[\s'\"]*", each) for each in words[2:])
    )


PEELS: dict[str, Callable[[Call, Look, Judge], Output | None]] = {
    "env": _env, "command": _command, "zargs": _zargs, "xargs": _xargs, "gxargs": _xargs,
    **dict.fromkeys("find gfind fd fdfind".split(), find),
    **dict.fromkeys("npm npx pnpm".split(), _call_option),
}  # fmt: skip
"""Programs that run another one in a way of their own."""
