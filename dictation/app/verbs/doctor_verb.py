"""`dictation doctor`: what works on this machine, what does not, and the remedy for each."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

from dictation import __version__
from dictation.app.history.unkept import unkept
from dictation.app.take.recognition import only_the_self_test_model
from dictation.app.words import endpoint
from dictation.core.errors import DictationError, InsertError, UnreachableError
from dictation.core.ports import Describes, Hotkeys, KnowsTrouble, Typist
from dictation.core.settings import Settings
from dictation.desktop import choose
from dictation.desktop.nothing import NoPrompts
from dictation.desktop.prompt import prompt_file
from dictation.desktop.prompt.shell_prompt import LINE_SHELLS
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import Places, first_there, places
from dictation.desktop.store.history_store import SqliteHistory
from dictation.engines.models import catalog

Finding = dict[str, Any]
SPARE_MB = 200
"""Room a recording of half an hour needs (110 MB), and some."""


def run(room: bool, as_json: bool, out: Callable[[str], None], insertion: float | None = None) -> int:
    """Print the findings, on the room or the window in front alone, or on everything; 1 if something is broken.

    ``insertion``: look at the window that has the cursor after so many seconds.
    """
    code = 0
    if room:
        sys.stderr.write("dictation: note: Five seconds of silence, please.\n")
    if insertion is not None:
        from dictation.app.verbs.insertion_verb import examine as examine_window

        findings = iter([check("insertion", lambda: examine_window(insertion))])
    else:
        findings = examine_room() if room else examine()
    for finding in findings:
        code = max(code, 1 if finding["verdict"] == "broken" else 0)
        if as_json:
            out(json.dumps(finding, ensure_ascii=False))
            continue
        mark = {"fine": "ok ", "note": "-- ", "broken": "BAD"}[finding["verdict"]]
        out(f"{mark}  {finding['part']}: {finding['message']}")
        if finding["remedy"]:
            out(f"     {finding['remedy']}")
    return code


def examine() -> Iterator[Finding]:
    """One finding per part: part, verdict (fine, note, broken), message, remedy."""
    where = places()
    settings, wrong = settings_file.load(where.settings)
    yield _fine("version", f"Dictation {__version__}, Python {platform.python_version()}, {platform.platform()}")
    yield _fine("libraries", ", ".join(_versions()))
    yield from _each("settings", wrong, f"{where.settings}")
    app = _running(where)
    yield _fine("app", "running") if app else _note("app", "not running", "Start it with `dictation run`.")
    kind = choose.session()
    if kind == "none":
        yield _note(
            "session", "no desktop session", "`dictation run --headless` and `dictation transcribe` work without."
        )
    else:
        yield _fine("session", kind)
    if app:
        yield _asked(where, "hotkeys") or _fine("hotkeys", str(app["hotkeys"]))
    else:
        yield check("hotkeys", lambda: _hotkeys(settings))
    yield (_asked(where, "typing") if app else None) or check("typing", lambda: typing(choose.typist(), kind))
    yield _commands(kind)
    yield check("microphone", lambda: _microphone(settings))
    yield check("model", lambda: _model(settings, where))
    if app and isinstance(about := app.get("engine"), dict) and about.get("short"):
        yield _context(about)
    yield check("language model", lambda: _language_model(settings))
    yield check("history", lambda: _history(settings, where))
    yield _disk(where)


def examine_room() -> Iterator[Finding]:
    """One finding on five seconds of the room, with level_dbfs, peak_dbfs, clipped and threshold."""
    from dictation.app.room.calibrate import calibrate

    settings, _ = settings_file.load(places().settings)
    yield check("room", lambda: calibrate(settings).as_json())


def _hotkeys(settings: Settings) -> Finding:
    keys = choose.hotkeys()
    keys.start(settings, lambda _what, _purpose: None)
    try:
        return _fine("hotkeys", keys.describe())
    finally:
        keys.stop()


def hearing(keys: Hotkeys) -> Finding:
    """How ``keys``, which listen, are heard."""
    if isinstance(keys, KnowsTrouble) and keys.trouble:
        raise keys.trouble
    return _fine("hotkeys", keys.describe())


def _commands(kind: str) -> Finding:
    folder = prompt_file.folder()
    keyed = len(list(folder.iterdir())) if folder.is_dir() else 0
    with_key = f"; {keyed} shells have a key of ours" if keyed else ""
    seen = kind == "x11" or (kind == "wayland" and not choose.unknown_focus(choose.focus()))
    if seen and not isinstance(choose.prompts(), NoPrompts):
        return _fine("commands", f"put in at prompts of {', '.join(LINE_SHELLS)}, shown elsewhere{with_key}")
    return _note(
        "commands", f"always shown: no prompt can be seen from outside here{with_key}",
        "`dictation shell-widget` gives bash, zsh or fish a key that fills the line.",
    )  # fmt: skip


def typing(hands: Typist, kind: str) -> Finding:
    """How ``hands`` put text in, in a session of that ``kind``. Raises DictationError where they cannot."""
    try:
        how = hands.describe() if isinstance(hands, Describes) else type(hands).__name__ + f" on {kind}"
    except InsertError as error:
        if error.code != "typing-not-allowed":
            raise
        return _note("typing", error.message, error.remedy)  # the desktop asks when the app starts
    if unknown := choose.unknown_focus(choose.focus()):
        return _note("typing", f"{how}. {unknown}", "Keep the cursor where the text should go until it is there.")
    return _fine("typing", how)


def _microphone(settings: Settings) -> Finding:
    there = choose.devices()
    wanted = settings.microphone.device
    chosen = next((each for each in there if each.get("default")), there[0] if there else None)
    if chosen is None:
        return _broken("microphone", "there is none", "Plug one in, then run `dictation devices`.")
    return _fine("microphone", f"{wanted or chosen['name']} ({len(there)} there)")


def _model(settings: Settings, where: Places) -> Finding:
    if settings.engine.kind == "remote":
        return _fine("model", f"{settings.remote.model} at {settings.remote.url}")
    folder = catalog.models_folder(settings.models.folder, where.models)
    directory, name = catalog.choose(settings.engine.model, folder, settings.hearing.language, False)
    if note := only_the_self_test_model(name):
        return _note("model", note.message, note.remedy)
    return _fine("model", f"{name} (folder {directory})")


def _context(about: dict[str, Any]) -> Finding:
    """How the short encoder context has done on the user's own speech."""
    counted = (
        f"{about['short']} pieces of speech, {about['fallbacks']} of them again in full; "
        f"of {about['compared']} compared with the full 30 s, {about['different']} of {about['words']} words differed"
    )
    if about.get("note"):
        return _note("encoder context", f"{about['note']} ({counted})", "")
    return _fine("encoder context", counted)


def _language_model(settings: Settings) -> Finding:
    message, odd = endpoint.about(settings)
    return _note("language model", f"{message}: {odd.message}", odd.remedy) if odd else _fine("language model", message)


def _history(settings: Settings, where: Places) -> Finding:
    wrong: list[DictationError] = []
    history = SqliteHistory(where.history, wrong.append)
    try:
        kept = history.count()
    finally:
        history.close()
    if wrong:
        return _broken("history", wrong[0].message, wrong[0].remedy)
    until = f"for {settings.history.days} days" if settings.history.days else "for good"
    return _fine("history", f"{kept} texts in {where.history}, {until if settings.history.keep else 'no new ones'}")


def _disk(where: Places) -> Finding:
    if lost := unkept(where):
        return _broken("disk", lost.message, lost.remedy)
    folder = first_there(where.spool)
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < SPARE_MB:
        return _broken(
            "disk", f"{free} MB free at {folder}", "Free some space: recordings are kept on disk until typed."
        )
    return _fine("disk", f"{free} MB free at {folder}")


def _versions() -> Iterator[str]:
    elsewhere = () if sys.platform == "linux" else ("pynput",)
    for name in ("faster-whisper", "ctranslate2", "sounddevice", *elsewhere, "PySide6-Essentials", "openai", "numpy"):
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} missing"


def _running(where: Places) -> dict[str, object] | None:
    try:
        return next(iter(choose.instance().ask(where.socket, {"do": "status"}, 2.0)), None)
    except UnreachableError:
        return None


def _asked(where: Places, part: str) -> Finding | None:
    """What the running app itself finds: a permission to press keys is its alone. None of one that is older."""
    try:
        answer: dict[str, object] = next(iter(choose.instance().ask(where.socket, {"do": part}, 5.0)), {})
    except UnreachableError:
        return None
    found = answer.get(part)
    return found if isinstance(found, dict) else None


def check(part: str, look: Callable[[], Finding]) -> Finding:
    """What ``look`` finds, or the error with which it ended."""
    try:
        return look()
    except DictationError as error:
        return _broken(part, error.message, error.remedy)


def _each(part: str, wrong: list[DictationError], good: str) -> Iterator[Finding]:
    if not wrong:
        yield _fine(part, good)
    for error in wrong:
        yield _broken(part, error.message, error.remedy)


def _fine(part: str, message: str) -> Finding:
    return {"part": part, "verdict": "fine", "message": message, "remedy": ""}


def _note(part: str, message: str, remedy: str) -> Finding:
    return {"part": part, "verdict": "note", "message": message, "remedy": remedy}


def _broken(part: str, message: str, remedy: str) -> Finding:
    return {"part": part, "verdict": "broken", "message": message, "remedy": remedy}
