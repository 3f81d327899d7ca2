"""What a language model's reply holds once its thinking is taken away: the JSON objects, wherever they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 20_000
"""Characters of a reply that are looked at; what we ask for is never longer."""

_TRIES = 200
_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?</\1>", re.I | re.S)
_OPEN_THOUGHT = re.compile(r"<(?:think|thinking|thought|reasoning)>.*\Z", re.I | re.S)
_CLOSED_THOUGHT = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.I | re.S)


def without_thinking(reply: str) -> str:
    """``reply`` without its thinking, also where only the end of it is marked, or it never ends."""
    reply = _THOUGHT.sub("", reply[:LONGEST])
    return _OPEN_THOUGHT.sub("", _CLOSED_THOUGHT.sub("", reply)).strip()


def objects(reply: str) -> Iterator[Mapping[str, Any]]:
    """Every JSON object in ``reply`` that is not inside another, in order, whatever stands around them."""
    decoder, at = json.JSONDecoder(), 0
    for _ in range(_TRIES):
        at = reply.find("{", at)
        if at < 0:
            return
        try:
            found, at = decoder.raw_decode(reply, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        yield found
