"""Owns what the tests of our own windows ask the X server: which there are, where, and who gets keys and clicks."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from Xlib import X, display, error


@dataclass(frozen=True, slots=True)
class Seen:
    """A window on the screen, in pixels."""

    id: int
    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Its middle."""
        return self.left + self.width // 2, self.top + self.height // 2


class Windows:
    """A connection of its own, so that nothing asked here disturbs the app."""

    def __enter__(self) -> Self:
        self._display = display.Display()
        self._display.set_error_handler(lambda *_: None)
        self._root = self._display.screen().root
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._display.close()

    def with_role(self, role: str) -> Seen | None:
        """The window on the screen that calls itself ``role`` (WM_WINDOW_ROLE)."""
        atom = self._display.get_atom("WM_WINDOW_ROLE")
        for window in self._below(self._root, 3):
            try:
                said = window.get_full_property(atom, X.AnyPropertyType)
                if said is None or bytes(said.value).decode() != role:
                    continue
                if window.get_attributes().map_state != X.IsViewable:
                    continue
                size, corner = window.get_geometry(), window.translate_coords(self._root, 0, 0)
            except error.XError:
                continue  # it has just gone
            return Seen(window.id, -corner.x, -corner.y, size.width, size.height)
        return None

    def focus(self) -> int:
        """The window that gets the keys."""
        return int(self._display.get_input_focus().focus.id)

    def belongs(self, window: int, top: int) -> bool:
        """Whether ``window`` is ``top`` or lies in it, or the other way round (a window manager's frame)."""
        return window == top or top in self._above(window) or window in self._above(top)

    def under(self, x: int, y: int) -> int:
        """The top-level window that would get a click there; the pointer goes there for it. 0: none."""
        self._root.warp_pointer(x, y)
        self._display.sync()
        child = self._root.query_pointer().child
        return int(child.id) if child else 0

    def _above(self, window: int) -> set[int]:
        """All windows that ``window`` lies in, but the root."""
        found: set[int] = set()
        each = self._display.create_resource_object("window", window)
        try:
            while each and each.id not in found | {self._root.id}:
                found.add(each.id)
                each = each.query_tree().parent
        except error.XError:
            pass
        return found - {window}

    def _below(self, window: Any, depth: int) -> list[Any]:
        try:
            children = list(window.query_tree().children)
        except error.XError:
            return []
        return children + [each for child in children if depth > 1 for each in self._below(child, depth - 1)]
