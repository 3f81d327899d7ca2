"""`dictation install` and `uninstall`: the menu entry, the icon and the autostart of this desktop."""

from __future__ import annotations

import json
from collections.abc import Callable

from dictation.desktop import choose


def run(verb: str, as_json: bool, out: Callable[[str], None], shortcut: bool = False) -> int:
    """One call; prints what was written or taken away: files, or with ``shortcut`` the desktop's own shortcut alone.
    Raises DictationError."""
    entry = choose.shortcut() if shortcut else choose.entry()
    for path in entry.install() if verb == "install" else entry.uninstall():
        out(json.dumps({"file": str(path)}, ensure_ascii=False) if as_json else str(path))
    return 0
