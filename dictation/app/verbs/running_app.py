"""The verbs that ask the running app over its socket; called between two keystrokes, so imports are few."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from dictation.core.errors import DictationError

Out = Callable[[str], None]

WAITING = ("allow", "anyway", "insert_last", "raw", "undo")
"""Verbs that are answered when they are done."""

WAITING_SECONDS = 130.0
"""A little longer than the app itself lets them wait for their turn."""


def ask(request: dict[str, Any], patience: float | None = 5.0) -> Iterator[dict[str, Any]]:
    """The app's answers. Raises UnreachableError, and what the app answers with as a DictationError."""
    from dictation.desktop import choose
    from dictation.desktop.store.folders import places

    for answer in choose.instance().ask(places().socket, request, patience):
        if error := answer.get("error"):
            raise DictationError(error["code"], error["message"], error["remedy"])
        yield answer


def tell(verb: str, mode: str | None, as_json: bool, out: Out) -> int:
    """One that is only told to do something."""
    for answer in ask({"do": verb, "mode": mode}, WAITING_SECONDS if verb in WAITING else 5.0):
        if as_json:
            out(_json(answer))
    return 0


def teach(at_once: bool, as_json: bool, out: Out) -> int:
    """`dictation teach`."""
    (answer,) = ask({"do": "teach", "now": at_once})
    answer.pop("ok", None)
    if as_json:
        out(_json(answer))
        return 0
    for word, pairs in (("learned", "learnt"), ("noted, learned the next time", "noted"), ("unlearned", "unlearnt")):
        for heard, term in answer[pairs]:
            out(f"{word}: {heard} -> {term}")
    return 0


def status(follow: bool, as_json: bool, out: Out) -> int:
    """`dictation status`."""
    for answer in ask({"do": "status", "follow": follow}, None if follow else 5.0):
        answer.pop("ok", None)
        if as_json:
            out(_json(answer))
        else:
            last = answer["last"] or {}
            said = [answer["state"], answer["detail"], last.get("text") or last.get("reason")]
            out(" ".join(dict.fromkeys(filter(None, said))))  # what failed last is often what is wrong now: said once
    return 0


def last(heard: bool, as_json: bool, out: Out) -> int:
    """`dictation last`."""
    (answer,) = ask({"do": "last"})
    text = answer["last"]
    if as_json:
        out(_json(dict(text or {"outcome": None, "text": ""}, heard=answer["heard"])))
    else:
        out(answer["heard"] if heard else (text or {}).get("text", ""))
    return 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
