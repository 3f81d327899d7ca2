"""The room, the screen and this machine, for the windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dictation.app.permission import Permission
from dictation.app.settings_in_force import InForce
from dictation.app.take.hands import Hands
from dictation.core.events import Pending
from dictation.core.ports import Copies, PictureLayer
from dictation.core.settings import Settings
from dictation.desktop import choose
from dictation.desktop.store import settings_exchange
from dictation.desktop.store.folders import Places


class RoomDesk:
    """Implements ``controls.RoomControls``."""

    def __init__(self, where: Places, in_force: InForce, hands: Hands, permission: Permission) -> None:
        self._where, self._in_force, self._hands, self._permission = where, in_force, hands, permission
        self._messages = choose.messages()

    def allow(self) -> Pending:
        return self._permission.allow()

    def asks(self) -> bool:
        return self._permission.asks()

    def microphones(self) -> list[str]:
        return [str(each["name"]) for each in choose.devices()]

    def calibrate(self, level: Callable[[float], None]) -> dict[str, object]:
        from dictation.app.room.calibrate import calibrate

        return calibrate(self._in_force.now, level=level).as_json()

    def hear(self, heard: Callable[[float, float], bool]) -> bytes:
        from dictation.app.room.room_sound import hear

        return hear(self._in_force.now, heard)

    def place(self) -> tuple[int, int] | None:
        return choose.place(self._hands.focus)

    def blends(self) -> bool:
        return choose.blends()

    def copy(self, text: str) -> bool:
        typist = self._hands.typist
        if able := isinstance(typist, Copies):
            typist.copy(text)
        return able

    def message(self, title: str, text: str) -> None:
        self._messages(title, text)

    def layer(self) -> PictureLayer | None:
        return choose.layer()

    def autostarts(self) -> bool:
        return bool(choose.entry().autostarts())

    def autostart(self, yes: bool) -> None:
        choose.entry().autostart(yes)

    def findings(self) -> list[dict[str, object]]:
        from dictation.app.verbs.doctor_verb import examine

        return list(examine())

    def stored(self) -> list[tuple[str, str, int]]:
        where = self._where
        places = (
            ("settings", where.settings), ("glossary", where.glossary), ("snippets", where.snippets),
            ("history", where.history), ("recordings", where.history_audio), ("waiting", where.spool),
            ("models", where.models), ("log", where.log),
        )  # fmt: skip
        return [(name, str(path), _bytes(path)) for name, path in places]

    def export_settings(self, file: str) -> int:
        return settings_exchange.give(Path(file), self._in_force.now, self._where.settings)

    def import_settings(self, file: str) -> Settings:
        return settings_exchange.take(Path(file), self._in_force.now)


def _bytes(path: Path) -> int:
    """How much stands at ``path``, a file or a folder; what cannot be looked at counts nothing."""
    try:
        if path.is_dir():
            return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        beside = (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))
        return sum(each.stat().st_size for each in beside if each.is_file())
    except OSError:
        return 0
