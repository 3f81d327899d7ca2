"""`dictation doctor --insertion`: how text would go into the window that has the cursor, and why."""

from __future__ import annotations

import time
from typing import Any

from dictation.core import methods
from dictation.core.methods import NEVER, PASTE, TYPE
from dictation.core.ports import Describes
from dictation.desktop import choose
from dictation.desktop.store import settings_file
from dictation.desktop.store.folders import places

LONGEST_WAIT = 60.0


def examine(seconds: float = 0.0) -> dict[str, Any]:
    """One finding: part, verdict, message, remedy, and app, title, pid, kind, method, key, why and secret.

    ``secret`` says why the cursor is in a field for a password, as far as anybody tells. Raises InsertError where
    nothing can be put in at all.
    """
    time.sleep(min(max(seconds, 0.0), LONGEST_WAIT))
    settings, _ = settings_file.load(places().settings)
    focus = choose.focus()
    target = focus.current()
    way = methods.way(target, settings.insert.method, settings.insert.methods)
    secret = choose.secret(target)
    hands = choose.typist()
    typing = hands.describe() if isinstance(hands, Describes) else ""
    name = target.app or choose.unknown_focus(focus) or "No window has the cursor"
    return {
        "part": "insertion",
        "verdict": "note" if secret or way.method == NEVER or not target.app else "fine",
        "message": f"{name}: {_sentence(way, secret)}",
        "remedy": "" if not target.app else f"To change that: `dictation config set insert.methods {target.app}=…`.",
        "app": target.app, "title": target.title, "pid": target.pid, "kind": way.kind.name, "method": way.method,
        "key": way.key, "why": way.why, "secret": secret, "typing": typing,
    }  # fmt: skip


def _sentence(way: methods.Way, secret: str) -> str:
    if secret:
        return f"nothing is put in. {secret}"
    does = {
        PASTE: f"text is pasted with {way.key}" if way.key else "text is pasted",
        TYPE: "text is typed as keys",
        NEVER: "nothing is put in",
    }[way.method]
    lines = "; new lines and tabs become spaces" if way.kind.blind and way.method != NEVER else ""
    return f"{does}{lines}. {way.why}"
