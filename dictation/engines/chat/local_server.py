"""Owns the question whether a model server runs on this machine; nothing but a loopback address is asked."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from dictation.engines.chat.providers import PROVIDERS

LOCAL = ("127.0.0.1", "localhost", "::1")

PATIENCE_SECONDS = 1.0
"""A port of this machine that is served answers in milliseconds; one behind a firewall that drops would not at all."""


def answers(provider: str) -> bool:
    """Whether the preset ``provider`` is served here: its port lists models. Blocks up to 2 s; never raises."""
    preset = PROVIDERS.get(provider)
    parts = urlsplit(preset.url if preset else "")
    if parts.hostname not in LOCAL:
        return False
    asked = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    try:
        asked.request("GET", f"{parts.path}/models")
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
