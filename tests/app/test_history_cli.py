"""`dictation history` keeps its contract: JSON Lines, any piece of a word, a private export, beside a running app."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from dictation.cli import main
from dictation.core.said import HistoryEntry
from dictation.core.types import Edit, Purpose
from dictation.desktop.session.instance import Door
from dictation.desktop.store.history_store import SqliteHistory
from dictation.desktop.store.spool import Spool

FIELDS = {
    "id", "at", "purpose", "outcome", "reason", "arrival", "text", "heard", "edits", "app", "seconds", "timings_ms",
    "audio", "support", "unexplained",
}  # fmt: skip


@pytest.fixture
def history(home: Path) -> SqliteHistory:
    history = SqliteHistory(home / "history.sqlite")
    edit = Edit("terms", "酷伯内提斯", "Kubernetes")
    history.add(
        HistoryEntry(1e9, "inserted", "用 Kubernetes 部署", "用酷伯内提斯部署", (edit,), app="xterm", recording="a")
    )
    history.add(HistoryEntry(1e9 + 60, "failed", "", reason="The recogniser ended. Try again.", recording="b"))
    history.add(
        HistoryEntry(1e9 + 120, "held", "two\nlines", reason="Another window has the cursor now", recording="c")
    )
    return history


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_has_the_newest_first_and_every_field(
    history: SqliteHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "list", "--json"]) == 0
    found = said(capsys)
    assert [each["outcome"] for each in found] == ["held", "failed", "inserted"]
    assert all(set(each) == FIELDS for each in found)
    assert found[2]["at"] == "2001-09-09T01:46:40+00:00"
    assert found[2]["edits"] == [{"rule": "terms", "from": "酷伯内提斯", "to": "Kubernetes"}]
    assert main(["history", "list"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 3 and out[0].endswith("[held] two ⏎ lines") and "The recogniser ended" in out[1]


@pytest.mark.parametrize(("arrival", "words"), [("arrived", "the window has fetched it"), ("sent", "does not tell")])
def test_an_entry_says_whether_its_text_arrived(
    history: SqliteHistory, arrival: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    number = history.add(HistoryEntry(1e9 + 180, "inserted", "hi", recording="d", arrival=arrival))
    assert main(["history", "show", str(number)]) == 0
    assert words in capsys.readouterr().out
    assert history.get(number).arrival == arrival and history.get(1).arrival is None


def test_words_in_both_languages_are_found(history: SqliteHistory, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["部署"], ["kuber", "署"], ["酷伯内"]):
        assert main(["history", "search", *words, "--json"]) == 0
        assert [each["id"] for each in said(capsys)] == [1]
    assert main(["history", "search", "nothing"]) == 0
    assert capsys.readouterr().out == ""


def test_one_entry_is_shown_whole(history: SqliteHistory, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "show", "1"]) == 0
    out = capsys.readouterr().out
    assert "xterm" in out and "terms: 酷伯内提斯 -> Kubernetes" in out and out.endswith("\n\n用 Kubernetes 部署\n")
    assert main(["history", "show", "3", "--json"]) == 0
    assert said(capsys)[0]["text"] == "two\nlines"


@pytest.mark.parametrize(
    "words",
    [["show", "99"], ["show", "x"], ["show"], ["show", "1", "2"], ["search"], ["list", "x"], ["export"], ["frob"]],
)
def test_a_wrong_call_is_one_line_and_exit_code_two(
    history: SqliteHistory, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("dictation: error: ") and err.count("\n") == 1


def test_the_export_is_whole_private_and_oldest_first(
    history: SqliteHistory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("what was there before")
    assert main(["history", "export", str(file)]) == 0
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in rows] == [1, 2, 3] and all(set(each) == FIELDS for each in rows)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["history", "export", str(tmp_path / "none" / "out.jsonl")]) == 1
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["out.jsonl"]
    capsys.readouterr()
    assert main(["history", "export", "-", "--json"]) == 0
    assert [each["id"] for each in said(capsys)] == [1, 2, 3]


def test_clearing_deletes_entries_and_the_recordings_they_wait_for(
    home: Path, history: SqliteHistory, capsys: pytest.CaptureFixture[str]
) -> None:
    spool = Spool(home / "spool")
    named, unknown = spool.begin(1, Purpose.DICTATE), spool.begin(2, Purpose.DICTATE)
    for each in (named, unknown):
        each.append(b"\0" * 64)
        each.leave()
    history.add(HistoryEntry(1e9, "failed", "", recording=named.name))
    assert main(["history", "clear", "--json"]) == 0
    assert said(capsys) == [{"deleted": 4}]
    assert main(["history", "list", "--json"]) == 0 and said(capsys) == []
    assert [each.stem for each in (home / "spool").iterdir()] == [unknown.name]


def test_a_running_app_clears_its_own(home: Path, history: SqliteHistory, capsys: pytest.CaptureFixture[str]) -> None:
    asked = []

    def answer(request: dict[str, object]):  # type: ignore[no-untyped-def]
        asked.append(request)
        yield {"ok": True, "deleted": 7}

    (home / "run").mkdir()
    door = Door(home / "run" / "app.lock", home / "run" / "app.sock", answer)
    try:
        assert main(["history", "clear", "--json"]) == 0
    finally:
        door.close()
    assert said(capsys) == [{"deleted": 7}] and asked == [{"do": "clear_history"}]


def test_without_a_history_there_is_nothing_and_none_is_made(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["list"], ["search", "x"], ["list", "--json"]):
        assert main(["history", *words]) == 0
    assert capsys.readouterr().out == "" and not home.exists()


def test_a_damaged_history_is_set_aside_and_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "history.sqlite").write_bytes(b"garbage" * 1000)
    assert main(["history", "list", "--json"]) == 0
    out, err = capsys.readouterr()
    assert out == "" and "damaged" in err and "history.sqlite.broken" in err and err.count("\n") == 1
    assert (home / "history.sqlite.broken").read_bytes() == b"garbage" * 1000
