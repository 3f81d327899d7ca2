"""Settings as a file for another machine: written without secrets, and taken over whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from dictation.core.errors import SettingError, StorageError, UsageError
from dictation.core.foreign import toml_from
from dictation.core.options import Option, Value
from dictation.core.settings import Settings, get, options, put, read
from dictation.desktop.store.folders import write_whole

LARGEST = 1 << 20
"""Bytes of a file that is read at all: every setting with a long value is some 10 kB, so it is another kind of file."""

_WHO = re.compile(r"^([a-z][a-z0-9+.-]*:)?(//)?[^/]*@", re.IGNORECASE)
_ASKED = re.compile(r"[?#].*$", re.DOTALL)


def give(file: Path, settings: Settings, own: Path) -> int:
    """Write every setting to ``file``, whole or not at all; how many. ``own`` is the file in use, which is not meant.

    Keys are kept in the keyring and never among the settings; who asks, which an address may hold, is left out.
    Raises UsageError and StorageError.
    """
    import tomlkit

    if file.resolve() == own.resolve():
        raise UsageError("bad-call", f"{file} holds the settings in use", "Name another file.")
    if not file.parent.is_dir() or (file.exists() and not file.is_file()):
        raise StorageError(
            "write", f"{file} cannot be written: there is no such place", "Name a file in a folder that exists."
        )
    document = tomlkit.document()
    document.add(tomlkit.comment("Settings of Dictation, without keys and passwords: `dictation config import FILE`"))
    count = 0
    for each in options():
        section, name = each.key.split(".")
        if section not in document:
            document[section] = tomlkit.table()
        document[section][name] = _public(each, get(settings, each.key))
        count += 1
    write_whole(file.resolve(), tomlkit.dumps(document), private=False)
    return count


def take(file: Path, settings: Settings) -> Settings:
    """``settings`` with what ``file`` says put over them; what it does not name stays. Changes nothing on the disk.

    An address that ``file`` has without who asks keeps the one in ``settings``. Raises UsageError where the file cannot
    be read, and SettingError where anything in it is wrong.
    """
    try:
        table = toml_from(_text(file))
    except ValueError as error:
        raise UsageError(
            "import", f"{file} is no file of settings: {error}", "Choose one that `dictation config export` wrote."
        ) from error
    named, wrong = read(table)
    if wrong:
        first = wrong[0]
        raise SettingError(first.code, f"Nothing of {file} was taken over: {first.message}", first.remedy)
    known = {each.key: each for each in options()}
    keys = [f"{section}.{name}" for section, part in table.items() if isinstance(part, dict) for name in part]
    if not keys:
        raise UsageError(
            "import", f"{file} names no setting", "Choose one that `dictation config export` wrote."
        )  # fmt: skip
    for key in keys:
        value = get(named, key)
        if value != _public(known[key], get(settings, key)):
            settings = put(settings, key, value)
    return settings


def _text(file: Path) -> str:
    """Raises UsageError; of a file that is none (a pipe, a device) not a byte is read."""
    why, what_to_do = "", "Choose one that `dictation config export` wrote."
    try:
        if not file.exists():
            why = "it is not there"
        elif not file.is_file():
            why = "it is not a file"
        elif file.stat().st_size > LARGEST:
            why = "it is too large for settings"
        else:
            return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
    raise UsageError("import", f"{file} cannot be read: {why}", what_to_do)


def _public(option: Option, value: Value) -> Value:
    """``value`` without the name, password or token that an address may hold."""
    if not isinstance(value, str) or not ("://" in value or option.key.endswith((".url", ".hub"))):
        return value
    return _WHO.sub(lambda found: (found[1] or "") + (found[2] or "") if found[2] else "", _ASKED.sub("", value))
