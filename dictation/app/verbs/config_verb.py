"""`dictation config`: settings from the command line; a running app takes them over at once."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dictation.core.errors import DictationError, HotkeyError, SettingError, UnreachableError, UsageError
from dictation.core.settings import Settings, find, get, options, put
from dictation.desktop import choose
from dictation.desktop.store import settings_exchange, settings_file
from dictation.desktop.store.folders import places

Out = Callable[[str], None]


def run(action: str, key: str | None, value: str | None, as_json: bool, out: Out) -> int:
    """One call of ``config``. Raises SettingError, UsageError and StorageError."""
    path = places().settings
    if action == "path":
        _say({"path": str(path)}, str(path), as_json, out)
        return 0
    settings, wrong = settings_file.load(path)
    _note(wrong)
    if action == "list":
        _list(settings, as_json, out)
        return 0
    if key is None or (action == "set" and value is None):
        what = {"set": "a key and a value", "get": "a key"}.get(action, "a file")
        raise UsageError("bad-call", f"`config {action}` needs {what}", "See `dictation config list`.")
    if action == "export":
        count = settings_exchange.give(Path(key), settings, path)
        _say({"file": key, "settings": count}, f"{count} -> {key}", as_json, out)
    elif action == "import":
        return _take(path, Path(key), settings, as_json, out)
    elif action == "get":
        found = get(settings, key)
        _say({"key": key, "value": found}, _text(found), as_json, out)
    elif value is not None:
        _set(path, settings, key, value, as_json, out)
    return 0


def _note(wrong: Sequence[DictationError]) -> None:
    """Say what is wrong with single settings: the remedy is a call of this very verb. Raises what is no such error."""
    for error in wrong:
        if not isinstance(error, SettingError):
            raise error
        sys.stderr.write(f"dictation: note: {error.line()}\n")


def _list(settings: Settings, as_json: bool, out: Out) -> None:
    for each in options():
        found = get(settings, each.key)
        about = {"key": each.key, "value": found, "default": each.default, "help": each.help}
        _say(about, f"{each.key} = {_text(found)}", as_json, out)


def _say(about: Mapping[str, object], text: str, as_json: bool, out: Out) -> None:
    out(json.dumps(about, ensure_ascii=False) if as_json else text)


def _set(path: Path, settings: Settings, key: str, value: str, as_json: bool, out: Out) -> None:
    """Keep a new value; keys that cannot be listened for are refused at once."""
    find(key)
    changed = put(settings, key, value)
    if key.startswith("keys."):
        _check_keys(changed)
    _keep(path, changed)
    if as_json:
        _say({"key": key, "value": get(changed, key)}, "", as_json, out)


def _take(path: Path, file: Path, settings: Settings, as_json: bool, out: Out) -> int:
    """Put what ``file`` says over ``settings``, all of it or nothing, and tell what is another value now."""
    wanted = settings_exchange.take(file, settings)
    _check_keys(wanted)
    changed = {
        each.key: get(wanted, each.key) for each in options() if get(wanted, each.key) != get(settings, each.key)
    }
    if changed:
        _keep(path, wanted)
    if as_json:
        out(json.dumps({"file": str(file), "changed": changed}, ensure_ascii=False))
    for key, value in () if as_json else changed.items():
        out(f"{key} = {_text(value)}")
    return 0


def _keep(path: Path, settings: Settings) -> None:
    """Keep them; a running app takes them over."""
    settings_file.save(path, settings)
    with contextlib.suppress(UnreachableError):
        list(choose.instance().ask(places().socket, {"do": "reload"}))


def _check_keys(settings: Settings) -> None:
    """Raises SettingError for keys that cannot be; whether another program has them is found out by the app."""
    from dictation.desktop.hotkeys.chords import bindings

    try:
        bindings(settings.keys, ("ctrl_r", "alt_r"))
    except HotkeyError as error:
        raise SettingError(error.code, error.message, error.remedy) from None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
