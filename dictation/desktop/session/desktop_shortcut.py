"""The desktop's own shortcut for `dictation toggle`, where no program may listen for keys (GNOME and KDE)."""

from __future__ import annotations

import ast
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from dictation import APP_ID
from dictation.core.errors import DictationError, StorageError
from dictation.desktop.session.desktop_entry import quoted
from dictation.own_call import own_command

NAME = "Start or stop dictation"

_KEYS = "org.gnome.settings-daemon.plugins.media-keys"
_PLACE = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/dictation/"
_GNOME_CHORD, _KDE_CHORD = "<Control><Alt>space", "Ctrl+Alt+Space"
"""The first wish of the portal's keys as well; see ``hotkeys_portal.PREFERRED``."""


def install(command: list[str] | None = None) -> list[str]:
    """Bind Ctrl+Alt+Space to `dictation toggle`; what was written. Raises DictationError where there is no way."""
    words = [*(command or own_command()), "toggle"]
    match _desktop():
        case "gnome":
            places = _places()
            _gsettings(["set", f"{_KEYS}.custom-keybinding:{_PLACE}", "name", _said(NAME)])
            _gsettings(["set", f"{_KEYS}.custom-keybinding:{_PLACE}", "command", _said(shlex.join(words))])
            _gsettings(["set", f"{_KEYS}.custom-keybinding:{_PLACE}", "binding", _said(_GNOME_CHORD)])
            if _PLACE not in places:
                _gsettings(["set", _KEYS, "custom-keybindings", str([*places, _PLACE])])
            return [f"Ctrl+Alt+Space ({_PLACE})"]
        case _:
            file = _kde_file()
            lines = [
                "[Desktop Entry]", "Type=Application", f"Name={NAME}", f"Exec={quoted(words)}", "Icon=dictation",
                "NoDisplay=true", "StartupNotify=false", f"X-KDE-Shortcuts={_KDE_CHORD}",
            ]  # fmt: skip
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            except OSError as why:
                raise StorageError(
                    "install", f"{file} cannot be written: {why.strerror}", "Make the folder writable."
                ) from why
            return [f"Ctrl+Alt+Space, from the next login on ({file})"]


def uninstall() -> list[str]:
    """Take it away; what was there. Raises DictationError."""
    match _desktop():
        case "gnome":
            if _PLACE not in (places := _places()):
                return []
            _gsettings(["set", _KEYS, "custom-keybindings", str([each for each in places if each != _PLACE])])
            for key in ("name", "command", "binding"):
                _gsettings(["reset", f"{_KEYS}.custom-keybinding:{_PLACE}", key])
            return [_PLACE]
        case _:
            file = _kde_file()
            if not file.exists():
                return []
            file.unlink()
            return [str(file)]


def _desktop() -> str:
    names = os.environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    if "kde" in names:
        return "kde"
    if {"gnome", "unity", "budgie", "cinnamon-wayland"} & set(names):
        return "gnome"
    raise DictationError(
        "no-shortcut", "Only GNOME's and KDE's own shortcuts can be set from here",
        "Bind `dictation toggle` to a key in the settings of this desktop or compositor.",
    )  # fmt: skip


def _kde_file() -> Path:
    """What stands in this folder has its shortcut from X-KDE-Shortcuts (KGlobalAccel of Plasma 5 and 6)."""
    data = os.environ.get("XDG_DATA_HOME", "")
    folder = Path(data) if data.startswith("/") else Path.home() / ".local" / "share"
    return folder / "kglobalaccel" / f"{APP_ID}.toggle.desktop"


def _places() -> list[str]:
    """The user's custom shortcuts. Raises DictationError."""
    said = _gsettings(["get", _KEYS, "custom-keybindings"]).removeprefix("@as ")
    try:
        found = ast.literal_eval(said)
    except (ValueError, SyntaxError):
        found = None
    if not isinstance(found, list):
        raise _failed(f"it holds {said[:80]}")
    return [str(each) for each in found]


def _said(text: str) -> str:
    """A string as gsettings reads it (GVariant's text form, of which JSON's strings are a part)."""
    return json.dumps(text, ensure_ascii=False)


def _gsettings(words: list[str]) -> str:
    if shutil.which("gsettings") is None:
        raise _failed("gsettings is not installed")
    done = subprocess.run(["gsettings", *words], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise _failed(" ".join(done.stderr.split())[:200])
    return done.stdout.strip()


def _failed(why: str) -> DictationError:
    return DictationError(
        "no-shortcut", f"GNOME's custom shortcuts cannot be set ({why})",
        "Settings > Keyboard > Custom Shortcuts: bind `dictation toggle` to a key.",
    )  # fmt: skip
