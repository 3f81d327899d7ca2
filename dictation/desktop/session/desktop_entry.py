"""The menu entry, the icon and the autostart of a freedesktop.org desktop (Linux)."""

from __future__ import annotations

import contextlib
import os
from importlib.resources import files
from pathlib import Path

from dictation import APP_ID
from dictation.core.errors import StorageError
from dictation.own_call import own_command

_QUOTED = str.maketrans({each: f"\\{each}" for each in '"`$\\'})


def install(command: list[str] | None = None) -> list[Path]:
    """Put the files in their places, the old ones replaced; which they are. Raises StorageError.

    ``command`` is what starts Dictation, without a verb.
    """
    entry = _entry(command)
    menu, icon, autostart = written()
    for old in _before():
        with contextlib.suppress(OSError):
            old.unlink()
    _write(menu, entry)
    _write(icon, _asset("icons/dictation.svg").read_text(encoding="utf-8"))
    _write(autostart, entry)
    return [menu, icon, autostart]


def uninstall() -> list[Path]:
    """Take the files away; which were there. Raises StorageError."""
    gone = []
    for each in (*written(), *_before()):
        try:
            each.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(
                "uninstall", f"{each} cannot be deleted: {error.strerror}", "Delete it yourself."
            ) from error
        gone.append(each)
    return gone


def autostarts() -> bool:
    """Whether the app starts with the desktop."""
    return written()[2].exists() or _before()[1].exists()


def autostart(yes: bool, command: list[str] | None = None) -> None:
    """Put the autostart entry in its place, or take it away. Raises StorageError."""
    place = written()[2]
    with contextlib.suppress(OSError):
        _before()[1].unlink()
    if yes:
        _write(place, _entry(command))
        return
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            "uninstall", f"{place} cannot be deleted: {error.strerror}", "Delete it yourself."
        ) from error


def known() -> None:
    """Put the menu entry in its place where there is none: a desktop's portal knows a program by it alone. Quietly:
    what depends on it says so itself."""
    menu = written()[0]
    with contextlib.suppress(StorageError):
        if not menu.exists():
            _write(menu, _entry(None))


def written() -> tuple[Path, Path, Path]:
    """Where the menu entry, the icon and the autostart entry stand."""
    data = _folder("XDG_DATA_HOME", ".local/share")
    return (
        data / "applications" / f"{APP_ID}.desktop",
        data / "icons" / "hicolor" / "scalable" / "apps" / "dictation.svg",
        _folder("XDG_CONFIG_HOME", ".config") / "autostart" / f"{APP_ID}.desktop",
    )


def _before() -> tuple[Path, Path]:
    """Where menu entry and autostart stood when they were called otherwise."""
    menu, _, autostart = written()
    return menu.with_name("dictation.desktop"), autostart.with_name("dictation.desktop")


def _entry(command: list[str] | None) -> str:
    entry = _asset("dictation.desktop").read_text(encoding="utf-8")
    lines = [line for line in entry.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace("@COMMAND@", quoted(command or own_command())) + "\n"


def quoted(command: list[str]) -> str:
    """``command`` as the key Exec wants it: quoted, then escaped as any value, and no % a field code."""
    words = [f'"{word.translate(_QUOTED)}"'.replace("\\", "\\\\").replace("%", "%%") for word in command]
    return " ".join(words)


def _write(path: Path, text: str) -> None:
    """These are for the desktop to read, so neither they nor their folders are made private."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink()
        what = f"{path} cannot be written: {error.strerror or error}"
        raise StorageError("install", what, "Make the folder writable, or free its name.") from error


def _folder(variable: str, usual: str) -> Path:
    given = os.environ.get(variable, "")
    return Path(given) if given.startswith("/") else Path.home() / usual


def _asset(name: str) -> Path:
    """A shipped file: inside the wheel, or in the checkout beside the package."""
    package = Path(str(files("dictation")))
    found = [each for each in (package / "shipped" / "assets", package.parent / "assets") if each.is_dir()]
    return found[0] / name
