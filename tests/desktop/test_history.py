"""Owns the tests of the history file: kept, found in two languages, private, mended when it breaks."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.app.verbs import history_verb
from dictation.core.errors import DictationError, StorageError, UsageError
from dictation.core.said import HistoryEntry
from dictation.core.types import Edit
from dictation.desktop.store import history_audio, history_tables
from dictation.desktop.store.history_store import SqliteHistory

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["用 Kubernetes 部署到生产环境", "git commit --amend", "好", "100% of src/main.py", "把 README 改一下"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite"


@pytest.fixture
def history(path: Path) -> SqliteHistory:
    return SqliteHistory(path)


def filled(history: SqliteHistory, texts: list[str] = TEXTS) -> SqliteHistory:
    for at, text in enumerate(texts):
        history.add(HistoryEntry(float(at), "inserted", text, recording=f"r{at}"))
    return history


def texts(history: SqliteHistory, words: str = "") -> list[str]:
    return [each.text for each in history.find(words)]


def test_an_entry_comes_back_as_it_was(history: SqliteHistory) -> None:
    said = HistoryEntry(
        1.5, "held", "用 Kubernetes", "用酷伯内提斯", (Edit("terms", "酷伯内提斯", "Kubernetes"),), "Another window",
        "command", "xterm", 2.25, {"decode": 210.0}, "20260101T000000.000000Z-1-1-dictate", "/a.wav",
    )  # fmt: skip
    id = history.add(said)
    assert history.get(id) == replace(said, id=id)
    assert history.find() == [replace(said, id=id)]


def test_what_the_sound_said_of_it_is_kept_too_and_in_a_file_of_an_older_version(path: Path) -> None:
    filled(SqliteHistory(path))
    with sqlite3.connect(path) as older:
        for name in history_tables.LATER:
            older.execute(f"ALTER TABLE said DROP COLUMN {name}")
    older.close()
    edits = (Edit("terms", "a", "b", 4.5), Edit("number", "c", "d"))
    said = HistoryEntry(9.0, "inserted", "b", "a", edits, recording="r9", support=5.25, unexplained=((3.1, 4.4),))
    history = SqliteHistory(path)
    id = history.add(said)
    assert history.get(id) == replace(said, id=id)
    assert len(history.find()) == len(TEXTS) + 1 and history.find()[-1].support is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kubernetes", [0]), ("ERNET", [0]), ("生产环境", [0]), ("部署", [0]), ("署", [0]), ("好", [2]),
        ("改 readme", [4]), ("amend commit", [1]), ("--am", [1]), ("0%", [3]), ("_", []), ("main.py", [3]),
        ("commit 部署", []), ('"', []), ("a AND b", []), ("NEAR(", []), ("", [4, 3, 2, 1, 0]), ("s", [3, 0]),
    ],
)  # fmt: skip
def test_any_piece_of_a_word_finds_it_in_any_order_and_case(
    history: SqliteHistory, words: str, found: list[int]
) -> None:
    assert texts(filled(history), words) == [TEXTS[each] for each in found]


def test_without_an_index_the_same_is_found(history: SqliteHistory, path: Path) -> None:
    filled(history)
    with sqlite3.connect(path) as connection:
        connection.executescript(history_tables.NO_INDEX)
    assert texts(history, "生产环境 kubernetes") == [TEXTS[0]]
    history.add(HistoryEntry(9.0, "inserted", "生产环境 kubernetes two"))
    assert len(texts(history, "生产环境 kubernetes")) == 2


def test_what_was_heard_is_searched_too_and_the_newest_comes_first(history: SqliteHistory) -> None:
    history.add(HistoryEntry(1.0, "inserted", "Kubernetes", "酷伯内提斯"))
    history.add(HistoryEntry(0.0, "inserted", "酷伯内提斯"))
    assert [each.at for each in history.find("酷伯内提斯")] == [0.0, 1.0]
    assert len(history.find("酷伯内提斯", 1)) == 1


def test_the_same_recording_is_one_entry(history: SqliteHistory) -> None:
    first = history.add(HistoryEntry(1.0, "failed", "", recording="r"))
    assert history.add(HistoryEntry(2.0, "recovered", "the words", recording="r")) == first
    (entry,) = history.find("words")
    assert (entry.at, entry.outcome, entry.id) == (1.0, "recovered", first)
    assert history.of("r") == entry and history.of("") is None and history.of("other") is None


def test_what_is_deleted_is_gone_from_the_file(history: SqliteHistory, path: Path) -> None:
    filled(history)
    history.add(HistoryEntry(0.0, "inserted", "secretword zanzibar", "secretword heard"))
    history.forget(history.find("zanzibar")[0].id)
    assert texts(history) == TEXTS[::-1]
    with pytest.raises(UsageError):
        history.forget(99)
    held = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"secretword" not in held and b"zanzi" not in held
    assert history.clear() == len(TEXTS) and history.find() == []
    history.close()
    held = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"amend" not in held and "部署".encode() not in held


def test_old_entries_go_and_their_sound_with_them(history: SqliteHistory, tmp_path: Path) -> None:
    sound = history_audio.write(tmp_path / "audio", "old", b"\0\0\0\x3f" * 100)
    history.add(HistoryEntry(100.0, "inserted", "old", audio=str(sound)))
    history.add(HistoryEntry(200.0, "inserted", "new"))
    assert history.prune(150.0) == 1
    assert texts(history) == ["new"] and not sound.exists()


def test_sound_is_kept_to_sixteen_bits_and_unnamed_files_are_swept(tmp_path: Path) -> None:
    samples = b"\0\0\0\x3f" * 1600 + b"\0\0\x80\xbf" * 1600
    kept, stray = (history_audio.write(tmp_path / "audio", name, samples) for name in ("kept", "stray"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    import numpy as np

    back = np.frombuffer(history_audio.read(kept), "<f4")
    assert np.abs(back - np.frombuffer(samples, "<f4")).max() < 1 / 32767
    (tmp_path / "audio" / "mine.txt").write_text("a user's")
    os.utime(stray, (1e9, 1e9))
    history_audio.sweep(tmp_path / "audio", {str(kept)})
    assert sorted(each.name for each in (tmp_path / "audio").iterdir()) == ["kept.wav", "mine.txt"]
    kept.write_bytes(b"RIFF")
    with pytest.raises(StorageError):
        history_audio.read(kept)
    assert not stray.exists()


def test_only_the_user_may_read_it(history: SqliteHistory, path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    filled(history)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert len(modes) == 3 and set(modes.values()) == {0o600}


@pytest.mark.parametrize("damage", ["garbage", "middle"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(path: Path, damage: str) -> None:
    filled(SqliteHistory(path), TEXTS * 60).close()
    whole = path.read_bytes()
    broken = b"not a database" * 1000 if damage == "garbage" else whole[:4096] + os.urandom(len(whole) - 4096)
    path.write_bytes(broken)
    told: list[DictationError] = []
    history = SqliteHistory(path, told.append)
    assert history.find() == []
    history.add(HistoryEntry(1.0, "inserted", "after"))
    assert texts(history) == ["after"]
    (error,) = told
    aside = path.with_name("history.sqlite.broken")
    assert error.code == "history-broken" and str(aside) in error.remedy
    assert aside.read_bytes() == broken


def test_damage_while_it_is_open_loses_only_what_was_damaged(history: SqliteHistory, path: Path) -> None:
    filled(history, TEXTS * 60).close()
    filled(history, ["open"])
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    for at in range(3):
        history.add(HistoryEntry(float(at), "inserted", f"word number {at}"))
    assert texts(history, "number")[:1] == ["word number 2"]


def test_a_broken_index_is_built_anew(history: SqliteHistory, path: Path) -> None:
    filled(history)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE said_words_data SET block = x'00' WHERE id > 1")
        connection.execute("DELETE FROM said_words_idx")
    history.check()
    history.add(HistoryEntry(9.0, "inserted", "生产环境 again"))
    assert texts(history, "生产环境") == ["生产环境 again", TEXTS[0]]
    assert len(texts(history)) == len(TEXTS) + 1 and not list(path.parent.glob("*.broken"))


def test_a_file_that_was_deleted_or_moved_is_begun_anew(history: SqliteHistory, path: Path) -> None:
    filled(history)
    path.replace(path.with_name("moved"))
    history.add(HistoryEntry(1.0, "inserted", "new file"))
    assert texts(history) == ["new file"]


def test_a_newer_file_is_left_alone(history: SqliteHistory, path: Path) -> None:
    filled(history).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            SqliteHistory(path).add(HistoryEntry(1.0, "inserted", "x"))
        assert caught.value.code == "history-newer"


def test_a_folder_in_its_place_is_said(history: SqliteHistory, path: Path) -> None:
    path.mkdir(parents=True)
    for ask in (history.find, lambda: history.add(HistoryEntry(1.0, "inserted", "x"))):
        with pytest.raises(StorageError) as caught:
            ask()
        assert caught.value.remedy


def test_looking_makes_no_file(history: SqliteHistory, path: Path) -> None:
    assert history.find() == [] and list(history.everything()) == [] and history.clear() == history.prune(1.0) == 0
    assert history.of("r") is None and not path.parent.exists()


def test_everything_comes_oldest_first(history: SqliteHistory) -> None:
    filled(history, [str(at) for at in range(1203)])
    assert [each.text for each in history.everything()] == [str(at) for at in range(1203)]


def test_several_threads_and_processes_write_at_once(history: SqliteHistory, path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dictation.core.said import HistoryEntry\n"
        "from dictation.desktop.store.history_store import SqliteHistory\n"
        "h = SqliteHistory(Path(sys.argv[1]))\n"
        "[h.add(HistoryEntry(1.0, 'inserted', 'theirs')) for _ in range(20)]"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT)
    threads = [
        threading.Thread(target=lambda: [history.add(HistoryEntry(1.0, "inserted", "ours")) for _ in range(10)])
        for _ in range(3)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert other.wait(30) == 0
    assert sorted(texts(history)) == ["ours"] * 30 + ["theirs"] * 20


LETTERS = st.text("aAbB好用署%_\"\\'*-.é \ud800", max_size=9)


@settings(deadline=None)
@given(st.lists(LETTERS, max_size=5), LETTERS)
def test_a_search_finds_exactly_what_holds_all_words(
    tmp_path_factory: pytest.TempPathFactory, said: list[str], words: str
) -> None:
    history = SqliteHistory(tmp_path_factory.getbasetemp() / "searched.sqlite")
    history.clear()
    for each in said:
        history.add(HistoryEntry(0.0, "inserted", each))
    plain = [history_tables.clean(each) for each in said]
    wanted = history_tables.clean(words).lower().split()
    assert texts(history, words) == [each for each in plain[::-1] if all(word in each.lower() for word in wanted)]
    history.close()


def test_a_history_on_a_disk_that_nobody_can_write_to_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteHistory(tmp_path / "history.sqlite")
    store.add(HistoryEntry(1.0, "inserted", "the words"))
    store.close()
    before, whole = (tmp_path / "history.sqlite").read_bytes(), os.open

    def refuse(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system")
        return whole(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    (said,) = SqliteHistory(tmp_path / "history.sqlite").find("words")
    assert said.text == "the words"
    with pytest.raises(StorageError):
        SqliteHistory(tmp_path / "history.sqlite").add(HistoryEntry(2.0, "inserted", "more"))
    monkeypatch.undo()
    assert (tmp_path / "history.sqlite").read_bytes() == before


@given(words=st.sampled_from(["", "git", "部署", "e", "nowhere"]), size=st.integers(1, 7))
@settings(max_examples=20, deadline=None)
def test_pages_one_after_another_are_all_that_is_found(
    tmp_path_factory: pytest.TempPathFactory, words: str, size: int
) -> None:
    history = filled(SqliteHistory(tmp_path_factory.mktemp("pages") / "history.sqlite"), TEXTS * 3)
    paged: list[HistoryEntry] = []
    while page := history.find(words, size, paged[-1].id if paged else 0):
        assert len(page) <= size
        paged += page
    assert paged == history.find(words)


def test_a_common_word_in_a_large_history_is_shown_a_page_at_a_time(
    history: SqliteHistory, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for at in range(450):
        history.add(HistoryEntry(float(at), "inserted", f"database {at}", recording=f"r{at}"))
    monkeypatch.setenv("DICTATION_HOME", str(path.parent))
    read: list[int] = []
    plain = SqliteHistory.find

    def find(self: SqliteHistory, words: str = "", limit: int = 0, before: int = 0) -> list[HistoryEntry]:
        read.append(limit)
        return plain(self, words, limit, before)

    monkeypatch.setattr(SqliteHistory, "find", find)
    lines: list[str] = []
    assert history_verb.run("search", ["database"], False, lines.append, limit=210) == 0
    assert len(lines) == 210 and max(read) <= history_verb.PAGE and "--before 241" in capsys.readouterr().err
    history_verb.run("search", ["database"], False, lines.append, limit=0, before=241)
    assert len(lines) == 450 and not capsys.readouterr().err
    with pytest.raises(UsageError):
        history_verb.run("list", [], False, lines.append, limit=-1)
