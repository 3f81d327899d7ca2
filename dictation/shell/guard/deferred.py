"""Judges what is kept as text and run later or elsewhere: traps, aliases, terminals in terminals."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.guard.argv import after_options, read
from dictation.shell.guard.inspection import Call, Look, Output


def trap(call: Call, look: Look) -> Output:
    """``trap 'command' SIGNAL``: the command runs later."""
    rest = [each for each in call.args if each not in ("-l", "-p", "--")]
    if len(rest) > 1 and rest[0] not in ("-", ""):
        look.text(rest[0], "bash", call.at)
        if {"DEBUG", "CHLD"} & set(rest[1:]):
            look.caution("persistence", "It runs by itself on every command.", call.at)
    return Output("")


def alias(call: Call, look: Look) -> Output:
    """``alias name='command'``: the command runs when the name is typed."""
    plain = [each for each in call.args if not each.startswith("-")]
    if len(plain) > 1 and "=" not in plain[0]:
        look.text(" ".join(plain[1:]), "bash", call.at)
        look.scope.aliases[plain[0]] = " ".join(plain[1:])
        return Output("")
    for each in call.args:
        name, equals, text = each.partition("=")
        if equals and not _adds_options(name, text):
            _stands_for(name, text, call, look)
    return Output("")


def _adds_options(name: str, text: str) -> bool:
    """``alias ls='ls --color'``, and none of the options that do harm."""
    same = re.fullmatch(rf"{re.escape(name)}(?: -[a-zA-Z]| --[\w=-]+)*", text)
    return bool(same) and not re.search(r" -\w*[frR]| --(?:force|recursive)", text)


def _stands_for(name: str, text: str, call: Call, look: Look) -> None:
    look.text(text.lstrip("|;& "), "bash", call.at)
    look.scope.aliases[name] = text
    if name in ("sudo", "su", "ssh", "cd", "passwd", "gpg", "doas") and not text.startswith(name):
        look.caution("persistence", "It puts another command in the place of a trusted one.", call.at)


def text_option(flags: str) -> Callable[[Call, Look], Output]:
    """A judge for programs that run the value of one option: ``su -c``, ``script -c``, ``nix-shell --run``."""

    def judged(call: Call, look: Look) -> Output:
        for text in read(call.args, flags).value(*flags.split()):
            look.text(text, "bash", call.at)
        return Output()

    return judged


def all_words(skipped: int = 0, valued: str = "") -> Callable[[Call, Look], Output]:
    """A judge for programs that hand their words to a shell: ``watch``, ``tmux new``, ``hyperfine``."""

    def judged(call: Call, look: Look) -> Output:
        words = call.words[after_options(call.args, valued) + skipped :]
        if words:
            look.text(" ".join(each.text for each in words), "bash", call.at)
        return Output()

    return judged


def multiplexer(call: Call, look: Look) -> Output:
    """tmux and screen: any argument with blanks, and keys that are sent, may be a command."""
    if {"kill-server", "kill-session"} & set(call.args):
        look.caution("ends-sessions", "It ends sessions and what runs in them.", call.at)
    start = next((n + 1 for n, each in enumerate(call.args) if each in ("send-keys", "send", "stuff")), None)
    if start is not None:
        look.text(_keys(call.args[start:]), "bash", call.at)
        return Output()
    for each in call.args:
        if " " in each:
            look.text(each, "bash", call.at)
    _, dashes, words = " ".join(call.args).partition(" -- ")
    valued = "-S -L -f -t -s -n -c -x -y -e -F -p -h -T"
    rest = call.args[after_options(call.args, valued) + (call.name == "tmux") :]
    if rest := rest[after_options(rest, valued) :]:
        look.text(words if dashes else " ".join(rest), "bash", call.at)
    return Output()


def _keys(args: list[str]) -> str:
    """What is typed in another terminal, without the key that sends it off."""
    return " ".join(each for each in args[after_options(args, "-t -N") :] if each not in ("Enter", "C-m"))
