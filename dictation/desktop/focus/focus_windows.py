"""Knows which window has the cursor, by Win32 through ctypes. Never run on Windows: written from Microsoft's pages."""

from __future__ import annotations

import ctypes
from typing import Any

from dictation.core.types import NOWHERE, Target
from dictation.desktop.focus.terminals import is_terminal

PROCESS_QUERY_LIMITED_INFORMATION = 0x1000


class WindowsFocus:
    """Asks anew each time; keeps nothing. What runs in a terminal is not known here: shell and cwd stay None."""

    def current(self) -> Target:
        """See ``Focus.current``. ``started`` is the process' creation time in units of 100 ns since 1601."""
        try:
            return _target()
        except (OSError, AttributeError):
            return NOWHERE

    def same(self, target: Target) -> bool:
        """Whether exactly this window of exactly this process still has the cursor."""
        now = self.current()
        return (target.window, target.pid, target.started) == (now.window, now.pid, now.started)


def library(name: str) -> Any:
    """user32 or kernel32 with every handle as wide as a pointer. Raises AttributeError off Windows."""
    found = getattr(ctypes, "WinDLL")(name, use_last_error=True)  # noqa: B009 - only Windows has it, mypy knows that
    for call in ("GetForegroundWindow", "OpenProcess", "GlobalAlloc", "GlobalLock", "GetClipboardData"):
        if hasattr(found, call):
            getattr(found, call).restype = ctypes.c_void_p
    return found


def _target() -> Target:
    user = library("user32")
    window = user.GetForegroundWindow()
    if not window:
        return NOWHERE
    handle = ctypes.c_void_p(window)
    title = ctypes.create_unicode_buffer(512)
    user.GetWindowTextW(handle, title, 512)
    pid = ctypes.c_uint32()
    user.GetWindowThreadProcessId(handle, ctypes.byref(pid))
    app, started = _process(pid.value)
    return Target(
        app=app, title=title.value, window=window, pid=pid.value, started=started, terminal=is_terminal(app)
    )  # fmt: skip


def _process(pid: int) -> tuple[str, int | None]:
    """Image name in lower case and creation time; another user's process may refuse both."""
    kernel = library("kernel32")
    handle = kernel.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid)
    if not handle:
        return "", None
    process = ctypes.c_void_p(handle)
    try:
        path = ctypes.create_unicode_buffer(1024)
        size = ctypes.c_uint32(1024)
        known = kernel.QueryFullProcessImageNameW(process, 0, path, ctypes.byref(size))
        made, ended, inside, outside = (ctypes.c_uint64() for _ in range(4))
        timed = kernel.GetProcessTimes(process, *(ctypes.byref(each) for each in (made, ended, inside, outside)))
    finally:
        kernel.CloseHandle(process)
    return path.value.rsplit("\\", 1)[-1].lower() if known else "", made.value if timed else None
