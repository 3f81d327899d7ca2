"""Stand-in: says by messages of the desktop's own what the pill would, where there is neither a place for the pill nor
a tray (GNOME without an extension)."""

from __future__ import annotations

from dictation.ui.bridge import Bridge
from dictation.ui.overlay.overlay_text import Message, Sign

PASSING = (Sign.METER, Sign.DOTS)
"""Said once when they begin: a message is no place for what moves."""

DONE = (Sign.CHECK, Sign.SENT)
"""The text stands at the cursor, where it can be read."""


class StandIn:
    """One message, which becomes another and goes."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._last: Sign | None = None

    def say(self, message: Message) -> None:
        """What the pill would say, as far as somebody must know it."""
        controls = self._bridge.controls
        if not self._bridge.silent or controls.settings().look.overlay == "off":
            return
        if message.sign in PASSING:
            if message.sign is not self._last:
                controls.room.message(message.text, "")
        elif message.sign in DONE and not message.hint:
            self.hush()
            return
        else:
            controls.room.message(message.text, message.hint)
        self._last = message.sign

    def hush(self) -> None:
        """Nothing is to be said any more."""
        if self._last is not None:
            self._last = None
            self._bridge.controls.room.message("", "")
