"""What a clipboard holds, whatever the platform: the same thing in several kinds."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT_KINDS = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT")


@dataclass(frozen=True, slots=True)
class Content:
    """What a selection holds: by target name, the type name and the bytes."""

    kinds: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


def text_content(text: str) -> Content:
    """``text`` in every spelling that readers ask for, with the hint that asks clipboard histories to leave it out."""
    data = text.encode("utf-8", "replace")
    kinds = {name: ("UTF8_STRING" if name == "TEXT" else name, data) for name in TEXT_KINDS}
    with contextlib.suppress(UnicodeEncodeError):  # STRING is Latin-1: better refused than full of question marks
        kinds["STRING"] = ("STRING", text.encode("latin-1"))
    kinds["x-kde-passwordManagerHint"] = ("x-kde-passwordManagerHint", b"secret")
    return Content(kinds)
