"""Text from outside (what was said, names of windows, files and devices) in the places where Qt looks for markup."""

from __future__ import annotations

import html


def as_plain(text: str) -> str:
    """``text`` for a tool tip, which shows each of its characters: no picture is fetched and no link made of it.

    Qt takes a tool tip for HTML as soon as there is something like a tag in it. Such a text is written as the HTML that
    shows it.
    """
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>' if "<" in text else text
