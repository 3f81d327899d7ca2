"""Finds commands that hide in the values of options: tar's actions, remote shells, exec in containers, editors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from dictation.shell.guard.argv import after_options, read
from dictation.shell.guard.inspection import UNKNOWN, Call, Look, Output
from dictation.shell.guard.rules.rules_subscripts import starts_a_program
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late

Judge = Callable[[Call, Look], Output]


ELSEWHERE = frozenset(
    "docker podman nerdctl kubectl oc docker-compose lxc incus machinectl vagrant adb gcloud aws az flyctl heroku "
    "multipass limactl".split()
)
"""Programs that run a command in a container or on another machine."""

STOPS = dict.fromkeys(
    ("busctl", "gdbus", "qdbus", "qdbus6"), late(r"(?i)poweroff|reboot|shutdown|halt|StopUnit|logout")
) | {"dbus-send": late(r"(?i)poweroff|reboot|shutdown|StopUnit|hibernate")}
"""Programs that send messages to services, and the messages that stop the machine."""


def options(call: Call, look: Look, judge: Judge) -> None:
    """Look into every value of ``call`` that its program would run."""
    name, args = call.name, call.args
    known = programs.sheet(name)
    for each in _run_values(call, known.get("runs_argument", "")):
        _value(each, call, look)
    if name in ("make", "gmake"):
        _makefile(call, look)
    if "runs_text" in known:
        _texts(call, look)
    if name in ELSEWHERE:
        _inside(call, look, judge)
    if name in ("python", "python3") and args[:2] == ["-m", "pty"]:
        look.caution("runs-command", "It starts a shell.", call.at)
    if name in STOPS and STOPS[name].search(" ".join(args)):
        look.danger("power", "It stops or restarts the machine.", call.at)


def _run_values(call: Call, pattern: str) -> list[str]:
    """The values that run, by the program's sheet: in arguments that fit ``pattern``, and behind some options."""
    joined = [re.fullmatch(pattern, each, re.DOTALL) for each in call.args] if pattern else []
    flags = programs.listed(call.name, "runs_value_of")
    apart = [value for flag, value in itertools.pairwise(call.args) if flag in flags] if flags else []
    return [found[1] for found in joined if found] + apart


def _texts(call: Call, look: Look) -> None:
    """Arguments that a window manager or a scheduler hands to a shell."""
    for each in call.args:
        if re.search(r"\s", each):
            look.text(re.sub(r"^(?:exec|key|type)\s+", "", each), "bash", call.at)
    if call.args[:1] in (["exec"], ["type"]) or call.name == "sched":
        look.text(" ".join(call.args[1:]), "bash", call.at)


def _value(text: str, call: Call, look: Look) -> None:
    plain = re.sub(r"^(?:exec=|execute(?:-silent)?\(|become\(|shell |!|platform shell |sh\$)", "", text).rstrip(")")
    if re.fullmatch(
        r"(?:gzip|pigz|zstd|xz|bzip2|pbzip2|lz4|lzma|brotli|less|cat|more|dot|ssh|bat|most)?(?: [\w./@:~=-]+)*",
        plain,
    ) and not re.match(r"(?:rm|sh|bash)\b", plain):
        return
    if re.match(r"(?:dot|echo|ttyout|sleep|bell|totals)(?:=|$)", plain):
        return
    if UNKNOWN in plain and not plain.strip(UNKNOWN):
        look.unclear(call.at, "What it runs is only known when it runs.")
    look.text(plain, "bash", call.at)
    if starts_a_program(plain):
        look.caution("runs-command", "One of its options runs another program.", call.at)


def _makefile(call: Call, look: Look) -> None:
    """``make -f``: a makefile made by this line or fetched."""
    for path in read(call.args, "-f --file --makefile -C -j -o -W").value("-f", "--file", "--makefile"):
        piped = call.feed if path in ("-", "/dev/stdin") else None
        if found := look.scope.streams.get(path) or look.scope.written.get(path) or piped:
            _made(found, call, look)


def _made(found: Output, call: Call, look: Look) -> None:
    """A makefile: each of its lines runs."""
    if "network" in found.marks:
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    elif found.text is None:
        look.caution("runs-output", "It runs whatever comes down the pipe.", call.at)
    else:
        for each in re.split(r"[;\n\t]", found.text.replace("\\n", "\n")):
            look.text(re.sub(r"^[@+-]+|^[\w.-]+:\s*", "", each.strip()).replace("$$", "$"), "bash", call.at)


EXEC_VALUED = "-e -u -w --env --user --workdir --env-file --index -n --namespace -c --container --detach-keys"


def _inside(call: Call, look: Look, judge: Judge) -> None:
    """``docker exec``, ``kubectl exec --``, ``adb shell``, ``vagrant ssh -c``: a command in another place."""
    args = call.args
    if call.name in ("gcloud", "az", "flyctl", "heroku", "vagrant") or (call.name == "aws" and "ssm" in args):
        for text in [*read(args, "-c --command -C").value("-c", "--command", "-C")]:
            look.text(text, "bash", call.at)
        return
    if "shell" in args[:3] and call.name in ("adb", "limactl", "machinectl", "multipass"):
        look.text(" ".join(args[args.index("shell") + (1 if call.name == "adb" else 2) :]), "bash", call.at)
        return
    if "exec" not in args:
        return
    start = args.index("exec") + 1
    if "--" in args[start:]:
        start = args.index("--", start) + 1
    else:
        start += after_options(args[start:], EXEC_VALUED) + 1
    if call.words[start:]:
        judge(call.run(call.words[start:]), look)
