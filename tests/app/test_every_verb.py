"""Every verb of the contract runs against a real app, plain and with --json, and ends as the contract says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dictation.cli import main
from dictation.desktop import choose
from tests.desktop.running import App

DEVICES: list[dict[str, object]] = [
    {"name": "Built-in", "host": "ALSA", "rate": 48_000, "channels": 2, "default": True, "index": 0, "source": ""},
    {
        "name": "Headset",
        "host": "PulseAudio",
        "rate": 16_000,
        "channels": 1,
        "default": False,
        "index": 1,
        "source": "s",
    },
]

VERBS: list[tuple[list[str], int]] = [
    (["status"], 0),
    (["cancel"], 0),
    (["stop"], 0),
    (["last"], 0),
    (["last", "--heard"], 0),
    (["insert-last"], 1),
    (["undo"], 1),
    (["raw"], 1),
    (["anyway"], 1),
    (["allow"], 0),
    (["pause"], 0),
    (["resume"], 0),
    (["settings"], 1),
    (["correct", "git status"], 0),
    (["command", "git status"], 0),
    (["check", "--shell", "zsh", "ls -l"], 0),
    (["models", "list"], 0),
    (["models", "where", "mini"], 0),
    (["models", "where", "small"], 1),
    (["models", "get", "no-such-model"], 1),
    (["models", "remove", "small"], 1),
    (["devices"], 0),
    (["words", "list"], 0),
    (["words", "often"], 0),
    (["words", "import"], 2),
    (["words", "import", "no-such.json"], 2),
    (["history", "list"], 0),
    (["history", "show", "1"], 2),
    (["history", "search", "words"], 0),
    (["history", "export", "history.jsonl"], 0),
    (["history", "clear"], 0),
    (["config", "get", "hearing.language"], 0),
    (["config", "set", "hearing.language", "zh"], 0),
    (["config", "set", "hearing.gate", "12"], 2),
    (["config", "list"], 0),
    (["config", "path"], 0),
    (["config", "export", "settings.toml"], 0),
    (["config", "import", "settings.toml"], 0),
    (["config", "import", "no-such.toml"], 2),
    (["config", "export"], 2),
    (["start"], 0),
    (["toggle"], 0),
    (["cancel"], 0),
    (["transcribe", "no-such.wav"], 2),
    (["quit"], 0),
]
"""In an order that one day could have, with what each ends with where nothing has been said yet."""

ALONE: list[tuple[list[str], int]] = [
    (["learn", "cube control", "kubectl"], 0),
    (["words", "export", "words.json"], 0),
    (["words", "import", "words.json"], 0),
    (["shell-widget", "bash"], 0),
]
"""Those that have nothing to say in JSON."""


@pytest.fixture
def placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATION_MODEL", "mini")
    monkeypatch.setattr(choose, "devices", lambda: DEVICES)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.mark.parametrize("json_too", [False, True])
def test_every_verb_ends_as_the_contract_says(
    home: Path, placed: None, json_too: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with App(home, "--headless"):
        for words, wanted in VERBS if json_too else [*ALONE, *VERBS]:
            # What follows the command of `check` is its own.
            call = [words[0], "--json", *words[1:]] if json_too else words
            code = main(call)
            out, err = capsys.readouterr()
            # Whether a recording can begin depends on the machine's microphone.
            assert code == wanted or (words[0] in ("start", "toggle") and code == 1), (call, out, err)
            assert (err.count("dictation: error: ") == 1) == (code != 0), (call, err)
            assert "nexpected" not in err, (call, err)
            if json_too:
                assert all(isinstance(json.loads(line), dict | list) for line in out.splitlines()), (call, out)


def test_the_microphones_are_listed_plainly_with_the_default_marked(
    placed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "* Built-in  (ALSA, 48000 Hz, 2 ch)", "  Headset  (PulseAudio, 16000 Hz, 1 ch)"
    ]  # fmt: skip
