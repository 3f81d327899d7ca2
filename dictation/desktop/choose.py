"""Which adapter serves which platform: one table, and environment variables that force a row of it.

``DICTATION_HOTKEYS``, ``DICTATION_TYPIST`` and ``DICTATION_FOCUS`` take a name from the table, ``DICTATION_MICROPHONE``
a device; that is also how a fault is narrowed down.
"""

from __future__ import annotations

import dataclasses
import importlib
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dictation.core.errors import DictationError, InsertError, UsageError

if TYPE_CHECKING:
    # `dictation toggle` comes through here and has no time for more than it needs.
    from dictation.core.ports import Focus, Hotkeys, Microphone, PictureLayer, Typist
    from dictation.core.settings import Settings
    from dictation.core.types import Target
    from dictation.desktop.prompt.shell_prompt import Prompts

TABLE = {
    "hotkeys": {
        "x11": "hotkeys.hotkeys_x11:X11Hotkeys",
        "wayland": "hotkeys.hotkeys_wayland:WaylandHotkeys",
        "macos": "hotkeys.hotkeys_macos:MacHotkeys",
        "windows": "hotkeys.hotkeys_windows:WindowsHotkeys",
        "none": "nothing:NoHotkeys",
    },
    "typist": {
        "x11": "typing.typist_x11:X11Typist",
        "wayland": "typing.typist_wayland:WaylandTypist",
        "macos": "typing.typist_macos:MacTypist",
        "windows": "typing.typist_windows:WindowsTypist",
        "none": "nothing:NoTypist",
    },
    "focus": {
        "x11": "focus.focus_x11:X11Focus",
        "macos": "focus.focus_macos:MacFocus",
        "windows": "focus.focus_windows:WindowsFocus",
        "wayland": "focus.focus_wayland:WaylandFocus",
        "none": "nothing:NoFocus",
    },
    "prompts": {
        "x11": "prompt.prompt_linux:LinuxPrompts",
        "wayland": "prompt.prompt_linux:LinuxPrompts",
        "macos": "nothing:NoPrompts",
        "windows": "nothing:NoPrompts",
        "none": "prompt.prompt_linux:LinuxPrompts",
    },
}

NO_SESSION = "no desktop session"


def session() -> str:
    """``x11``, ``wayland``, ``macos``, ``windows``, or ``none`` where there is no desktop session."""
    if sys.platform == "darwin":
        return "macos"
    if sys.platform == "win32":
        return "windows"
    # Inside a Wayland session DISPLAY is set as well, for old programs; what it shows is not the whole desktop.
    if os.environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "x11" if os.environ.get("DISPLAY") else "none"


def require_session() -> None:
    """Raises DictationError where windows cannot be shown, before Qt would end the process over it."""
    kind = session()
    if kind == "none":
        raise DictationError(
            "no-display", "There is no desktop session here (neither DISPLAY nor WAYLAND_DISPLAY is set)",
            "Start it inside your desktop session, or use `dictation run --headless`.",
        )  # fmt: skip
    if kind == "x11":
        from dictation.desktop.display.display_x11 import open_display

        open_display().close()


def hotkeys() -> Hotkeys:
    """Global keys of this session."""
    name = _name("hotkeys")
    made: Hotkeys = _make("hotkeys", name, *([NO_SESSION] if name == "none" else []))
    return made


def typist() -> Typist:
    """What types here."""
    parts: list[object] = []
    if (name := _name("typist")) == "none":
        parts = [NO_SESSION]
    elif name == "x11":
        from dictation.desktop.clipboard.clipboard_x11 import X11Clipboard
        from dictation.desktop.store.folders import places

        parts = [X11Clipboard(places().runtime / "clipboard"), secret]
    elif name == "wayland":
        from dictation.desktop.clipboard.clipboard_portal import PortalClipboard
        from dictation.desktop.clipboard.clipboard_wayland import WaylandClipboard
        from dictation.desktop.store.folders import places
        from dictation.desktop.typing.keys_wayland import KeysHere
        from dictation.desktop.typing.permission_portal import PortalPermission

        permission = PortalPermission(places().state / "typing.json")
        parts = [
            WaylandClipboard(places().runtime / "clipboard"), focus().same, secret, KeysHere(permission),
            PortalClipboard(permission.selection, places().runtime / "portal-clipboard"),
        ]  # fmt: skip
    made: Typist = _make("typist", name, *parts)
    return made


def selected_text() -> str:
    """What stands selected in the window in front; empty where nothing is. Raises InsertError where nobody can say."""
    from dictation.desktop.clipboard import selected_text

    match session():
        case "x11":
            return selected_text.selected_x11()
        case "wayland":
            return selected_text.selected_wayland()
    raise InsertError(
        "no-selection",
        "What is selected cannot be read on this platform",
        "Teach with `dictation learn HEARD TERM`, or on the history page.",
    )


def asks(used: Typist) -> bool:
    """Whether this desktop must be asked before the typist in use may press keys. Some 0.2 s."""
    from dictation.core.ports import Allows

    return isinstance(used, Allows) and used.asks()


def allow(used: Typist, told: Callable[[DictationError | None], None], first: bool = False) -> None:
    """Have the desktop asked to let the typist in use press keys; ``told`` hears how that ended, None for well.

    Where nobody need be asked it is told at once. ``first``: at the start of the app, when who has said no is spared.
    """
    from dictation.core.ports import Allows

    if isinstance(used, Allows):
        used.allow(told, first)
    else:
        told(None)


def focus() -> Focus:
    """What knows the window with the cursor; on platforms that do not say, nothing does."""
    made: Focus = _make("focus", _name("focus"))
    return made


def unknown_focus(used: Focus) -> str:
    """Why nobody knows which window has the cursor (a sentence); empty where that is known."""
    from dictation.core.ports import Describes

    return used.describe() if isinstance(used, Describes) else ""


def prompts() -> Prompts:
    """What knows whether a terminal waits for a command; on platforms that do not say, nothing does."""
    made: Prompts = _make("prompts", _name("prompts"))
    return made


def secret(target: Target) -> str:
    """Why the cursor in ``target`` is in a field for a password, as far as anybody says so."""
    from dictation.desktop.focus.password_field import why_secret

    return why_secret(target, prompts())


def swallows(target: Target) -> str:
    """Why a text would not reach the program in ``target`` although the window has the cursor; empty where it would."""
    seen = prompts().look(target) if target.terminal else None
    return seen.why if seen and seen.browsed and seen.certain else ""


def prompted(target: Target) -> bool:
    """Whether ``target`` is a terminal that waits for a command, for certain."""
    seen = prompts().look(target) if target.terminal else None
    return seen is not None and seen.state == "prompt" and seen.certain


def taken(target: Target) -> str:
    """What has taken the terminal ``target`` since the key went down at its prompt (a sentence); empty for nothing."""
    seen = prompts().look(target) if target.prompted else None
    return seen.why if seen and seen.state in ("busy", "editor", "remote") and seen.certain else ""


def system() -> str:
    """What commands are made for: ``linux``, ``macos`` or ``windows``."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")


def microphone(settings: Settings) -> Microphone:
    """The microphone these settings name."""
    if forced := os.environ.get("DICTATION_MICROPHONE"):
        settings = dataclasses.replace(settings, microphone=dataclasses.replace(settings.microphone, device=forced))
    from dictation.desktop.sound.microphone import SoundDeviceMicrophone
    from dictation.desktop.sound.reopening import ReopeningMicrophone

    return ReopeningMicrophone(SoundDeviceMicrophone(settings.microphone))


def devices() -> list[dict[str, object]]:
    """The input devices. Raises MicrophoneError when there is no way to ask."""
    from dictation.desktop.sound.microphone import devices as ask

    return ask()


def adapt(used: Microphone, settings: Settings) -> None:
    """Let the microphone in use take over changed settings."""
    from dictation.core.ports import Changes

    if isinstance(used, Changes):
        used.change(settings.microphone)


def place(used: Focus) -> tuple[int, int] | None:
    """The middle of the window with the cursor, in the screen's own pixels; None where nobody can say."""
    from dictation.core.ports import Locates

    return used.place() if isinstance(used, Locates) else None


def blends() -> bool:
    """Whether windows may be see-through here; on X11 that takes a compositing manager."""
    if session() != "x11":
        return True
    from dictation.desktop.focus.focus_x11 import composited

    return composited()


def layer() -> PictureLayer | None:
    """The layer above all windows, where a desktop that lets no window say where it stands has one."""
    from dictation.desktop.layer.layer_wayland import WaylandLayer

    try:
        return WaylandLayer() if session() == "wayland" else None
    except InsertError:
        return None


def messages() -> Callable[[str, str], None]:
    """What shows the one message of the desktop's own, by title and text; an empty title takes it away."""
    if session() not in ("wayland", "x11"):
        return lambda *_: None
    from dictation.desktop.session.desktop_messages import DesktopMessages

    return DesktopMessages().show


def instance() -> ModuleType:
    """The module with ``Door``, ``ask`` and ``AlreadyRunning`` for this platform."""
    name = "instance_windows" if sys.platform == "win32" else "instance"
    return importlib.import_module(f"dictation.desktop.session.{name}")


def entry() -> ModuleType:
    """The module with ``install`` and ``uninstall`` for this platform. Raises DictationError where there is none."""
    if sys.platform in ("darwin", "win32"):
        where = "Login Items" if sys.platform == "darwin" else "the Startup folder (shell:startup)"
        raise DictationError(
            "not-built",
            "Menu entry and autostart are made on Linux only",
            f"Put `dictation` into {where} yourself.",
        )
    return importlib.import_module("dictation.desktop.session.desktop_entry")


def shortcut() -> ModuleType:
    """The module with ``install`` and ``uninstall`` of the desktop's own shortcut. Raises DictationError."""
    entry()
    return importlib.import_module("dictation.desktop.session.desktop_shortcut")


def _name(capability: str) -> str:
    known = tuple(TABLE[capability])
    forced = os.environ.get(f"DICTATION_{capability.upper()}")
    if forced and forced not in known:
        raise UsageError(
            "unknown-adapter", f"DICTATION_{capability.upper()} cannot be {forced!r}", f"Use one of {', '.join(known)}."
        )
    return forced or session()


def _make(capability: str, name: str, *parts: object) -> Any:
    file, _, kind = TABLE[capability][name].partition(":")
    return getattr(importlib.import_module(f"dictation.desktop.{file}"), kind)(*parts)
