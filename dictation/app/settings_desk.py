"""What the settings window asks beside the settings: words, servers, the room, this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dictation.app.words import endpoint
from dictation.app.words.endpoint import Switchboard
from dictation.app.words.glossary_file import GlossaryFile
from dictation.app.words.word_rules import Words
from dictation.core.errors import DictationError, StorageError
from dictation.core.settings import Settings
from dictation.desktop import choose
from dictation.desktop.store import secrets
from dictation.desktop.store.folders import Places, write_whole


class Desk:
    """The part of ``ports.Controls`` that only the settings window needs; the app adds what it stands on."""

    _where: Places
    _settings: Settings
    _llm: Switchboard
    _words: Words

    # --- words

    def terms(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(each.term, each.english + each.chinese) for each in self._glossary().entries()]

    def put_term(self, term: str, said: Sequence[str], before: str = "") -> None:
        self._glossary().put(term, said, before)

    def drop_term(self, term: str) -> None:
        self._glossary().drop(term)

    def import_terms(self, file: str) -> int:
        return self._glossary().take(Path(file))

    def export_terms(self, file: str) -> int:
        return self._glossary().give(Path(file))

    def try_words(self, text: str) -> dict[str, object]:
        draft = self._words.ready(self._settings).apply(text, "")
        edits = [{"rule": each.rule, "from": each.before, "to": each.after} for each in draft.edits]
        return {"heard": draft.heard, "text": draft.text, "edits": edits}

    def _glossary(self) -> GlossaryFile:
        return GlossaryFile(self._where.glossary)

    # --- language models

    def providers(self) -> dict[str, tuple[str, str]]:
        return {name: (url, model) for name, _, url, model in endpoint.providers()}

    def has_key(self) -> bool:
        return bool(secrets.get(endpoint.KEY))

    def keep_key(self, key: str) -> None:
        if key:
            secrets.put(endpoint.KEY, key)
        else:
            secrets.forget(endpoint.KEY)
        self._llm.forget()

    def llm_models(self) -> list[str]:
        return endpoint.list_models(self._settings, self._llm)

    def test_llm(self) -> list[DictationError]:
        return endpoint.problems(self._settings, self._llm)

    # --- commands

    def snippets(self) -> str:
        try:
            return self._where.snippets.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            what = f"{self._where.snippets} cannot be read: {error}"
            raise StorageError("snippets", what, "Make it readable text in UTF-8.") from error

    def keep_snippets(self, text: str) -> None:
        from dictation.shell.snippets import read

        read(text, self._where.snippets.name)
        write_whole(self._where.snippets, text)

    # --- the room

    def calibrate(self, level: Callable[[float], None]) -> dict[str, object]:
        from dictation.app.room.calibrate import calibrate

        return calibrate(self._settings, level=level).as_json()

    def hear(self, heard: Callable[[float, float], bool]) -> bytes:
        from dictation.app.room.room_sound import hear

        return hear(self._settings, heard)

    # --- this machine

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

    def export_history(self, file: str) -> int:
        from dictation.app.verbs.history_verb import export

        return export(self._where, file)


def _bytes(path: Path) -> int:
    """How much stands at ``path``, a file or a folder; what cannot be looked at counts nothing."""
    try:
        if path.is_dir():
            return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        beside = (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))
        return sum(each.stat().st_size for each in beside if each.is_file())
    except OSError:
        return 0
