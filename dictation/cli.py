"""The door: `dictation VERB`, a few lines per verb; imports only what the verb needs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from dictation.core.errors import DictationError, UsageError
from dictation.grammar import arranged, parser
from dictation.streams import speak_utf8

Arguments = argparse.Namespace


def main(words: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 failed, 2 wrong call or input, 3 app not reached."""
    words = sys.argv[1:] if words is None else words
    debug = "--debug" in words
    speak_utf8()
    try:
        arguments = parser(_calls()).parse_args(arranged(words) or ["run"])
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
    sys.stderr.write(f"dictation: error: {_in_their_language(error)}\n")
    return error.exit_code


def _in_their_language(error: DictationError) -> str:
    """The error in one line, in Chinese where ``look.language`` is ``zh``; a broken settings file stays."""
    from dictation.core.foreign import toml_from
    from dictation.desktop.store.folders import places

    try:
        chinese = toml_from(places().settings.read_text(encoding="utf-8"))["look"]["language"] == "zh"
    except (OSError, LookupError, TypeError, ValueError, DictationError):
        chinese = False
    if not chinese:
        return error.line()
    from dictation.ui.look import sentences

    sentences.use("zh")
    return " ".join(sentences.line(error).split())


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _json(value: object) -> None:
    _out(json.dumps(value, ensure_ascii=False))


# --- the app


def _run(given: Arguments) -> int:
    from dictation.app.start import Windows, run

    def windows() -> Windows:
        from dictation.ui.main import QtWindows

        return QtWindows()

    return run(None if given.headless else windows)


def _tell(verb: str) -> Callable[[Arguments], int]:
    def call(given: Arguments) -> int:
        from dictation.app.verbs import running_app

        return running_app.tell(verb, getattr(given, "mode", None), given.json, _out)

    return call


def _teach(given: Arguments) -> int:
    from dictation.app.verbs import running_app

    return running_app.teach(given.now, given.json, _out)


def _status(given: Arguments) -> int:
    from dictation.app.verbs import running_app

    return running_app.status(given.follow, given.json, _out)


def _last(given: Arguments) -> int:
    from dictation.app.verbs import running_app

    return running_app.last(given.heard, given.json, _out)


# --- without the app


def _transcribe(given: Arguments) -> int:
    from dictation.app.verbs.transcribe_verb import Wishes, note, transcribe
    from dictation.desktop.store import settings_file
    from dictation.desktop.store.folders import places

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


def _read_any_text() -> None:
    """Make standard input UTF-8, whatever the locale says; what is none of it is replaced."""


def _correct(given: Arguments) -> int:
    from dictation.app.verbs.correct_verb import correct

    lines = [" ".join(given.text)] if given.text else (line.rstrip("\n") for line in sys.stdin)
    for report in correct(lines, given.llm, keys=given.json or bool(given.text)):
        if given.json:
            _json(report)
        else:
            _out(report["text"])
    return 0


def _command(given: Arguments) -> int:
    from dictation.app.verbs import command_verb

    _read_any_text()
    return command_verb.run(" ".join(given.request), given.shell, given.cwd, given.json, _out)


def _check(given: Arguments) -> int:
    from dictation.app.verbs.check_verb import check, joined, line

    _read_any_text()
    lines = [joined(given.words, given.shell)] if given.words else sys.stdin
    for report in check(lines, given.shell, given.json and not given.words):
        if given.json:
            _json(report)
        else:
            _out(line(report))
    return 0


def _learn(given: Arguments) -> int:
    from dictation.app.words.learning import Learning
    from dictation.desktop.store.folders import places

    Learning(places().glossary).learn(given.heard, given.wanted, given.always)
    return 0


def _words(given: Arguments) -> int:
    from dictation.app.verbs import words_verb

    return words_verb.run(given.action, given.file, given.json, _out)


def _from_json(error: dict[str, str]) -> DictationError:
    kind = UsageError if error["code"].startswith("audio") else DictationError
    return kind(error["code"], error["message"], error["remedy"])


def _models(given: Arguments) -> int:
    from dictation.app.verbs import models_verb

    return models_verb.run(given.action, given.name, given.json, _out)


def _bench(given: Arguments) -> int:
    from dictation.app.verbs import bench_verb

    return bench_verb.run(given.action, given.model, given.json, _out)


def _serve(given: Arguments) -> int:
    from dictation.app.verbs import serve_verb

    return serve_verb.run(given.port, given.model, _out)


def _devices(given: Arguments) -> int:
    from dictation.desktop import choose

    found = choose.devices()
    if not found:
        sys.stderr.write("dictation: note: There is no microphone. Plug one in, or start the sound server.\n")
    for each in found:
        if given.json:
            _json(each)
        else:
            mark = "*" if each.get("default") else " "
            _out(f"{mark} {each['name']}  ({each['host']}, {each['rate']} Hz, {each['channels']} ch)")
    return 0


def _doctor(given: Arguments) -> int:
    from dictation.app.verbs.doctor_verb import run

    return run(given.microphone, given.json, _out, given.insertion)


def _history(given: Arguments) -> int:
    from dictation.app.verbs.history_verb import run

    return run(given.action, given.words, given.json, _out, given.limit, given.before)


def _install(given: Arguments) -> int:
    from dictation.app.verbs.install_verb import run

    return run(given.verb, given.json, _out, given.shortcut)


def _config(given: Arguments) -> int:
    from dictation.app.verbs.config_verb import run

    return run(given.action, given.key, given.value, given.json, _out)


def _in_shell(given: Arguments) -> int:
    from dictation.app.verbs import fill_verb

    return fill_verb.run(given.shell, getattr(given, "key", fill_verb.NO_KEY), _out)


def _calls() -> dict[str, Callable[[Arguments], int]]:
    """What does each verb."""
    told = (
        "allow",
        "anyway",
        "cancel",
        "insert_last",
        "pause",
        "quit",
        "raw",
        "resume",
        "show",
        "start",
        "stop",
        "toggle",
        "undo",
    )
    return {each: _tell(each) for each in told} | {
        "bench": _bench,
        "check": _check,
        "command": _command,
        "config": _config,
        "correct": _correct,
        "devices": _devices,
        "doctor": _doctor,
        "history": _history,
        "in_shell": _in_shell,
        "install": _install,
        "last": _last,
        "learn": _learn,
        "models": _models,
        "run": _run,
        "serve": _serve,
        "status": _status,
        "teach": _teach,
        "transcribe": _transcribe,
        "words": _words,
    }


if __name__ == "__main__":
    sys.exit(main())
