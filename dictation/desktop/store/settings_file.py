"""The settings on disk: `config.toml`, which people may edit by hand; their comments stay."""

from __future__ import annotations

from pathlib import Path

from dictation.core.errors import DictationError, StorageError
from dictation.core.foreign import toml_from
from dictation.core.settings import Settings, get, options, read
from dictation.desktop.store.folders import write_whole


def load(path: Path) -> tuple[Settings, list[DictationError]]:
    """The settings in ``path`` and what was wrong with it; never raises.

    No file gives the defaults. A file that is not TOML is set aside under another name, so it is never overwritten.
    """

    wrong: list[DictationError] = []
    table: dict[str, object] = {}
    try:
        table = toml_from(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except OSError as error:
        wrong.append(
            StorageError(
                "config-unreadable", f"{path} cannot be read: {error.strerror}", "Make it readable; defaults are used."
            )
        )
    except ValueError as error:
        wrong.append(_set_aside(path, error))
    settings, bad = read(table)
    return settings, [*wrong, *bad]


def save(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults, keeping comments and what we do not know. Raises StorageError."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise StorageError(
            "config-unreadable", f"{path} cannot be read: {error}", "Mend it or move it away, then try again."
        ) from error
    for each in options():
        section, name = each.key.split(".")
        value = get(settings, each.key)
        part = document.get(section)
        if not isinstance(part, dict):
            if value == each.default:
                continue
            part = document[section] = tomlkit.table()
        if value != each.default:
            part[name] = value
        elif name in part:
            del part[name]
    write_whole(path, tomlkit.dumps(document))


def _set_aside(path: Path, error: Exception) -> DictationError:
    aside = path.with_name(f"{path.name}.broken")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.broken-{number}")
    where = "line" + str(error).rpartition("line")[2].rstrip(")") if "line" in str(error) else str(error)
    try:
        path.replace(aside)
    except OSError:
        return StorageError("config-broken", f"{path} is not TOML ({where})", "Mend it; defaults are used until then.")
    return StorageError(
        "config-broken", f"{path} is not TOML ({where})", f"It was moved to {aside}; mend it and move it back."
    )
