"""The door: `dictation VERB`, a few lines per verb; imports only what the verb needs."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dictation import __version__
from dictation.core.errors import DictationError, UsageError

Arguments = argparse.Namespace


def main(words: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 failed, 2 wrong call or input, 3 app not reached."""
    words = sys.argv[1:] if words is None else words
    debug = "--debug" in words
    try:
        arguments = _parser().parse_args([word for word in words if word != "--debug"] or ["run"])
        code = arguments.do(arguments)
        sys.stdout.flush()
        return int(code or 0)
    except DictationError as error:
        if debug:
            raise
        return _fail(error)
    except BrokenPipeError:
        # The reader of our output has seen enough (`dictation ... | head`). Python must not flush into it again.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if debug:
            raise
        what = f"Something unexpected happened ({type(error).__name__}: {error})"
        return _fail(DictationError("unexpected", what, "Try again with --debug and report what it prints."))


def _fail(error: DictationError) -> int:
    sys.stderr.write(f"dictation: error: {error.line()}\n")
    return error.exit_code


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _json(value: object) -> None:
    _out(json.dumps(value, ensure_ascii=False))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError("bad-call", message[:1].upper() + message[1:], f"See `{self.prog} --help`.")


# --- the app


def _run(given: Arguments) -> int:
    from dictation.app.start import Front, run

    def windows() -> Front:
        from dictation.ui.main import Front as Windows

        return Windows()

    return run(None if given.headless else windows)


def _ask(request: dict[str, Any], patience: float | None = 5.0) -> Iterator[dict[str, Any]]:
    from dictation.desktop import choose
    from dictation.desktop.places import places

    for answer in choose.instance().ask(places().socket, request, patience):
        if error := answer.get("error"):
            raise DictationError(error["code"], error["message"], error["remedy"])
        yield answer


def _tell(verb: str) -> Callable[[Arguments], int]:
    def call(given: Arguments) -> int:
        list(_ask({"do": verb, "mode": getattr(given, "mode", None)}))
        return 0

    return call


def _status(given: Arguments) -> int:
    for answer in _ask({"do": "status", "follow": given.follow}, None if given.follow else 5.0):
        answer.pop("ok", None)
        if given.json:
            _json(answer)
        else:
            last = answer["last"] or {}
            _out(" ".join(filter(None, [answer["state"], answer["detail"], last.get("text") or last.get("reason")])))
    return 0


def _last(given: Arguments) -> int:
    (answer,) = _ask({"do": "last"})
    last, heard = answer["last"], answer["heard"]
    if given.json:
        _json(dict(last or {"outcome": None, "text": ""}, heard=heard))
    else:
        _out(heard if given.heard else (last or {}).get("text", ""))
    return 0


# --- without the app


def _transcribe(given: Arguments) -> int:
    from dictation.app.transcribe import Wishes, note, transcribe
    from dictation.desktop import settings_file
    from dictation.desktop.places import places

    where, code = places(), 0
    settings, wrong = settings_file.load(where.settings)
    for error in wrong:
        note(error)
    wishes = Wishes(given.language, given.model, not given.no_gate, given.pace, given.llm)
    for report in transcribe(given.files, settings, where, wishes):
        if given.json:
            _json(report)
        elif "error" not in report:
            _out(report["text"])
        if error_ := report.get("error"):
            code = max(code, _fail(_from_json(error_)))
    return code


def _correct(given: Arguments) -> int:
    from dictation.app.correct import correct

    lines = [" ".join(given.text)] if given.text else (line.rstrip("\n") for line in sys.stdin)
    for report in correct(lines, given.llm):
        if given.json:
            _json(report)
        else:
            _out(report["text"])
    return 0


def _command(given: Arguments) -> int:
    from dictation.app.command import command, line

    made = command(" ".join(given.request), given.shell, given.cwd)
    if given.json:
        _json(made)
    else:
        _out(line(made))
    return 0


def _check(given: Arguments) -> int:
    from dictation.app.check import check, line

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    lines = [" ".join(given.words)] if given.words else sys.stdin
    for report in check(lines, given.shell, given.json and not given.words):
        if given.json:
            _json(report)
        else:
            _out(line(report))
    return 0


def _learn(given: Arguments) -> int:
    from dictation.app.learning import Learning
    from dictation.desktop.places import places

    Learning(places().glossary).learn(given.heard, given.wanted)
    return 0


def _from_json(error: dict[str, str]) -> DictationError:
    kind = UsageError if error["code"].startswith("audio") else DictationError
    return kind(error["code"], error["message"], error["remedy"])


def _models(given: Arguments) -> int:
    from dictation.app import models

    return models.run(given.action, given.name, given.json, _out)


def _devices(given: Arguments) -> int:
    from dictation.desktop import choose

    for each in choose.devices():
        if given.json:
            _json(each)
        else:
            mark = "*" if each.get("default") else " "
            _out(f"{mark} {each['name']}  ({each['api']}, {each['rate']} Hz, {each['channels']} ch)")
    return 0


def _doctor(given: Arguments) -> int:
    from dictation.app.doctor import run

    return run(given.microphone, given.json, _out)


def _history(given: Arguments) -> int:
    from dictation.app.past import run

    return run(given.action, given.words, given.json, _out)


def _install(given: Arguments) -> int:
    from dictation.app.install import run

    return run(given.verb, given.json, _out)


def _config(given: Arguments) -> int:
    from dictation.app.config import run

    return run(given.action, given.key, given.value, given.json, _out)


def _in_shell(given: Arguments) -> int:
    from dictation.app import fill

    return fill.run(given.shell, getattr(given, "key", fill.NO_KEY), _out)


# --- the grammar of the call


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        "dictation", description="Hold a key, speak Chinese, English or both; the words are at the cursor."
    )
    parser.add_argument("--version", action="version", version=f"dictation {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=_Parser)

    def verb(name: str, help: str, do: Callable[[Arguments], int]) -> argparse.ArgumentParser:
        each = verbs.add_parser(name, help=help, description=help)
        each.set_defaults(do=do)
        return each

    each = verb("run", "start the app (the default)", _run)
    each.add_argument("--headless", action="store_true", help="no tray and no windows, everything else")
    for name, help in (("start", "start listening"), ("toggle", "start listening, or stop and insert")):
        each = verb(name, help, _tell(name))
        each.add_argument("--mode", choices=("dictate", "command"), default="dictate")
    verb("stop", "stop listening and insert the text", _tell("stop"))
    verb("cancel", "throw the recording or the text away", _tell("cancel"))
    each = verb("status", "what the app is doing", _status)
    each.add_argument("--follow", action="store_true", help="one line per change")
    each.add_argument("--json", action="store_true")
    each = verb("last", "the last text", _last)
    each.add_argument("--heard", action="store_true", help="what was heard before any rule")
    each.add_argument("--json", action="store_true")
    verb("insert-last", "put the last text in again", _tell("insert_last"))
    verb("undo", "take the last text back", _tell("undo"))
    verb("anyway", "transcribe the last utterance after all, which was taken for silence", _tell("anyway"))
    verb("pause", "do not listen for the keys until `dictation resume`", _tell("pause"))
    verb("resume", "listen for the keys again", _tell("resume"))
    verb("settings", "open the window", _tell("show"))
    verb("quit", "stop the app", _tell("quit"))

    each = verb("transcribe", "text from audio files, the way the hotkey does it", _transcribe)
    each.add_argument("files", nargs="+", type=Path, metavar="FILE")
    each.add_argument("--language", choices=("auto", "zh", "en"))
    each.add_argument("--model", metavar="NAME|DIR")
    each.add_argument("--llm", action=argparse.BooleanOptionalAction, default=None, help="the language-model pass")
    each.add_argument("--no-gate", action="store_true", help="decode even what the silence gate would stop")
    each.add_argument("--pace", action="store_true", help="feed the audio at the speed it was spoken")
    each.add_argument("--json", action="store_true")
    each = verb("correct", "the language rules on text; without TEXT, one line in, one line out", _correct)
    each.add_argument("text", nargs="*", metavar="TEXT")
    each.add_argument("--llm", action="store_true", help="the language-model pass")
    each.add_argument("--json", action="store_true")
    each = verb("command", "a request in words becomes one shell command; nothing runs", _command)
    each.add_argument("request", nargs="+", metavar="REQUEST")
    each.add_argument("--shell", choices=("bash", "zsh", "fish", "powershell", "cmd"))
    each.add_argument("--cwd", metavar="DIR", help="where the command will stand; otherwise here")
    each.add_argument("--json", action="store_true")
    each = verb("check", "how risky a command is; without COMMAND, one per line on standard input", _check)
    each.add_argument("words", nargs="*", metavar="COMMAND")
    each.add_argument("--shell", choices=("bash", "zsh", "fish", "powershell", "cmd"), default="bash")
    each.add_argument("--json", action="store_true")
    each = verb("learn", "teach what a term is heard as; it goes into the glossary", _learn)
    each.add_argument("heard", metavar="HEARD")
    each.add_argument("wanted", metavar="WANTED")
    each = verb("models", "list, download and remove models", _models)
    each.add_argument("action", choices=("list", "get", "remove", "where"))
    each.add_argument("name", nargs="?", metavar="NAME")
    each.add_argument("--json", action="store_true")
    each = verb("shell-widget", "prints the key binding to `eval` in the shell's start-up file", _in_shell)
    each.add_argument("shell", choices=("bash", "zsh", "fish"))
    each.add_argument("--key", help="such as ctrl-], alt-k or 'ctrl-x ctrl-d'; also DICTATION_WIDGET_KEY")
    each = verb("fill", "what that key calls: a request on standard input, one line of shell out", _in_shell)
    each.add_argument("--shell", choices=("bash", "zsh", "fish"), required=True)
    each = verb("devices", "microphones", _devices)
    each.add_argument("--json", action="store_true")
    each = verb("doctor", "what works on this machine, what does not, and the remedy", _doctor)
    each.add_argument("--microphone", action="store_true", help="listen to the room for five seconds instead")
    each.add_argument("--json", action="store_true")
    each = verb("history", "what was said: list, show ID, search WORDS, export FILE, clear", _history)
    each.add_argument("action", choices=("list", "show", "search", "export", "clear"))
    each.add_argument("words", nargs="*", metavar="ID|WORDS|FILE")
    each.add_argument("--json", action="store_true")
    for name, help in (("install", "desktop entry, icon and autostart"), ("uninstall", "take them away again")):
        each = verb(name, help, _install)
        each.set_defaults(verb=name)
        each.add_argument("--json", action="store_true")
    each = verb("config", "settings", _config)
    each.add_argument("action", choices=("get", "set", "list", "path"))
    each.add_argument("key", nargs="?", metavar="KEY")
    each.add_argument("value", nargs="?", metavar="VALUE")
    each.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
