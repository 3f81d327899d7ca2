"""Knows which program has the cursor, by NSWorkspace. Never run on macOS: written from Apple's and pyobjc's pages."""

from __future__ import annotations

import importlib

from dictation.core.types import NOWHERE, Target
from dictation.desktop.focus.terminals import is_terminal


class MacFocus:
    """The program in front. Its windows are not told apart: that would need the Accessibility permission here too."""

    def current(self) -> Target:
        """See ``Focus.current``. ``app`` is the bundle id; ``started`` the launch time in ms since 2001."""
        try:
            workspace = importlib.import_module("AppKit").NSWorkspace.sharedWorkspace()
            front = workspace.frontmostApplication()
            if front is None:
                return NOWHERE
            app = str(front.bundleIdentifier() or front.localizedName() or "").lower()
            launched = front.launchDate()
            return Target(
                app=app,
                title=str(front.localizedName() or ""),
                pid=int(front.processIdentifier()),
                started=round(launched.timeIntervalSinceReferenceDate() * 1000) if launched is not None else None,
                terminal=is_terminal(app),
            )
        except Exception:  # noqa: BLE001 - pyobjc passes on whatever Objective-C raises; this must not
            return NOWHERE

    def same(self, target: Target) -> bool:
        """Whether exactly this process is still in front."""
        now = self.current()
        return (target.pid, target.started) == (now.pid, now.started)
