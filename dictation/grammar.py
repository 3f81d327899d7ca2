"""The grammar of `dictation VERB`: which verbs there are, their words, and one line of help for each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from dictation import __version__
from dictation.core.errors import UsageError

Call = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError("bad-call", message[:1].upper() + message[1:], f"See `{self.prog} --help`.")


def arranged(words: Sequence[str]) -> list[str]:
    """The words of a call without ``--debug``, and with a ``--`` before the command of `check`.

    What that command's own options are is not ours to say: `dictation check rm -rf x`. A command in quotes may be
    followed by options of `check`.
    """
    verb = next((place for place, word in enumerate(words) if word != "--debug"), len(words))
    if list(words[verb : verb + 1]) != ["check"]:
        return [word for word in words if word != "--debug"]
    start = min(_ours(words, verb + 1, "-h", "--help", "--debug"), len(words))
    head = [word for word in words[:start] if word != "--debug"]
    if start == len(words) or words[start] == "--" or _ours(words, start + 1) == len(words):
        return [*head, *words[start:]]
    return [*head, "--", *words[start:]]


def _ours(words: Sequence[str], place: int, *more: str) -> int:
    """Where the options of `check` that stand at ``place`` end."""
    while place < len(words) and (words[place] in ("--json", "--shell", *more) or words[place].startswith("--shell=")):
        place += 2 if words[place] == "--shell" else 1
    return place


def parser(call: Mapping[str, Call]) -> argparse.ArgumentParser:
    """Reads the words of a call; ``do`` of what it returns is the function in ``call`` that does it.

    Raises UsageError for a call that is wrong.
    """
    top = _Parser("dictation", description="Hold a key, speak Chinese, English or both; the words are at the cursor.")
    top.add_argument("--version", action="version", version=f"dictation {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    verbs = top.add_subparsers(metavar="VERB", required=True, parser_class=_Parser)

    def verb(name: str, help: str, do: Call) -> argparse.ArgumentParser:
        each = verbs.add_parser(name, help=help, description=help)
        each.set_defaults(do=do)
        return each

    def told(name: str, help: str) -> argparse.ArgumentParser:
        """One that the running app is told."""
        each = verb(name, help, call[name.replace("-", "_")])
        each.add_argument("--json", action="store_true")
        return each

    each = verb("run", "start the app (the default)", call["run"])
    each.add_argument("--headless", action="store_true", help="no tray and no windows, everything else")
    for name, help in (("start", "start listening"), ("toggle", "start listening, or stop and insert")):
        each = told(name, help)
        each.add_argument("--mode", choices=("dictate", "command"), default="dictate")
    told("stop", "stop listening and insert the text")
    told("cancel", "throw the recording or the text away")
    each = verb("status", "what the app is doing", call["status"])
    each.add_argument("--follow", action="store_true", help="one line per change")
    each.add_argument("--json", action="store_true")
    each = verb("last", "the last text", call["last"])
    each.add_argument("--heard", action="store_true", help="what was heard before any rule")
    each.add_argument("--json", action="store_true")
    told("insert-last", "put the last text in again")
    told("allow", "ask the desktop to let Dictation press keys (KDE and GNOME on Wayland)")
    told("undo", "take the last text back")
    told("raw", "swap the last text for what was heard, and back")
    each = verb("teach", "learn from the corrected words that are selected", call["teach"])
    each.add_argument("--now", action="store_true", help="learn at once, not only the second time")
    each.add_argument("--json", action="store_true")
    told("anyway", "transcribe the last utterance after all, which was taken for silence")
    told("pause", "do not listen for the keys until `dictation resume`")
    told("resume", "listen for the keys again")
    verb("settings", "open the window", call["show"]).add_argument("--json", action="store_true")
    told("quit", "stop the app")

    each = verb("transcribe", "text from audio files, the way the hotkey does it", call["transcribe"])
    each.add_argument("files", nargs="+", type=Path, metavar="FILE")
    each.add_argument("--language", choices=("auto", "zh", "en"))
    each.add_argument("--model", metavar="NAME|DIR")
    each.add_argument("--llm", action=argparse.BooleanOptionalAction, default=None, help="the language-model pass")
    each.add_argument("--no-gate", action="store_true", help="decode even what the silence gate would stop")
    each.add_argument("--pace", action="store_true", help="feed the audio at the speed it was spoken")
    each.add_argument("--json", action="store_true")
    each = verb("correct", "the language rules on text; without TEXT, one line in, one line out", call["correct"])
    each.add_argument("text", nargs="*", metavar="TEXT")
    each.add_argument("--llm", action="store_true", help="the language-model pass")
    each.add_argument("--json", action="store_true")
    each = verb("command", "words become one shell command; without REQUEST, one a line", call["command"])
    each.add_argument("request", nargs="*", metavar="REQUEST")
    each.add_argument("--shell", choices=("bash", "zsh", "fish", "powershell", "cmd"))
    each.add_argument("--cwd", metavar="DIR", help="where the command will stand; otherwise here")
    each.add_argument("--json", action="store_true")
    each = verb("check", "how risky a command is; without COMMAND, one per line on standard input", call["check"])
    each.add_argument("words", nargs="*", metavar="COMMAND")
    each.add_argument("--shell", choices=("bash", "zsh", "fish", "powershell", "cmd"), default="bash")
    each.add_argument("--json", action="store_true")
    each = verb("learn", "teach what a term is heard as; it goes into the glossary", call["learn"])
    each.add_argument("heard", metavar="HEARD")
    each.add_argument("wanted", metavar="WANTED")
    each.add_argument("--always", action="store_true", help="also where HEARD is an ordinary word")
    each = verb("words", "your own terms: list, import, export, and words said often that no list has", call["words"])
    each.add_argument("action", choices=("list", "import", "export", "often"))
    each.add_argument("file", nargs="?", metavar="FILE")
    each.add_argument("--json", action="store_true")
    each = verb("models", "list, download and remove models", call["models"])
    each.add_argument("action", choices=("list", "get", "remove", "where"))
    each.add_argument("name", nargs="?", metavar="NAME")
    each.add_argument("--json", action="store_true")
    each = verb("bench", "your own sentences, read once, and every installed model on them", call["bench"])
    each.add_argument("action", choices=("record", "run"))
    each.add_argument("--model", metavar="NAME|DIR", help="this one only")
    each.add_argument("--json", action="store_true")
    each = verb("serve", "transcription for other programs here: a loopback /v1/audio/transcriptions", call["serve"])
    each.add_argument("--port", type=int, default=8178, metavar="N")
    each.add_argument("--model", metavar="NAME|DIR")
    each = verb("shell-widget", "prints the key binding to `eval` in the shell's start-up file", call["in_shell"])
    each.add_argument("shell", choices=("bash", "zsh", "fish"))
    each.add_argument("--key", help="such as ctrl-], alt-k or 'ctrl-x ctrl-d'; also DICTATION_WIDGET_KEY")
    each = verb("fill", "what that key calls: a request on standard input, one line of shell out", call["in_shell"])
    each.add_argument("--shell", choices=("bash", "zsh", "fish"), required=True)
    each = verb("devices", "microphones", call["devices"])
    each.add_argument("--json", action="store_true")
    each = verb("doctor", "what works on this machine, what does not, and the remedy", call["doctor"])
    each.add_argument("--microphone", action="store_true", help="listen to the room for five seconds instead")
    each.add_argument(
        "--insertion", nargs="?", type=float, const=0.0, metavar="SECONDS",
        help="how text would go into the window that has the cursor, now or after so many seconds",
    )  # fmt: skip
    each.add_argument("--json", action="store_true")
    each = verb("history", "what was said: list, show ID, search WORDS, export FILE, clear", call["history"])
    each.add_argument("action", choices=("list", "show", "search", "export", "clear"))
    each.add_argument("words", nargs="*", metavar="ID|WORDS|FILE")
    each.add_argument("--limit", type=int, default=1000, metavar="N", help="show so many (1000); 0 is all")
    each.add_argument("--before", type=int, default=0, metavar="ID", help="show what is older than this entry")
    each.add_argument("--json", action="store_true")
    for name, help in (("install", "desktop entry, icon and autostart"), ("uninstall", "take them away again")):
        each = verb(name, help, call["install"])
        each.set_defaults(verb=name)
        each.add_argument("--shortcut", action="store_true", help="only a key of GNOME's or KDE's own, Ctrl+Alt+Space")
        each.add_argument("--json", action="store_true")
    each = verb("config", "settings", call["config"])
    each.add_argument("action", choices=("get", "set", "list", "path", "export", "import"))
    each.add_argument("key", nargs="?", metavar="KEY|FILE")
    each.add_argument("value", nargs="?", metavar="VALUE")
    each.add_argument("--json", action="store_true")
    return top
