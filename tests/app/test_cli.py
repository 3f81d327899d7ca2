"""The command line keeps its contract: exit codes, one line of error, JSON Lines."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dictation.cli import main
from dictation.core.settings import options
from dictation.ui.look import sentences
from tests.desktop.bench import ROOT, speak_to
from tests.desktop.demo import SHOWCASE, showcase
from tests.engines.hub import Hub

MINI = ROOT / "models" / "mini"
FIELDS = {
    "file", "text", "heard", "language", "outcome", "reason", "seconds", "speech_seconds", "gate", "edits", "timings_ms"
}  # fmt: skip


@pytest.fixture(autouse=True)
def mini(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATION_MODEL", "mini")


def silence(path: Path, seconds: float, level: float = 0.0) -> Path:
    samples = (
        np.random.default_rng(1).normal(0, level, int(seconds * 44_100)) if level else np.zeros(int(seconds * 44_100))
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_verb_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    verbs = [
        "run", "start", "stop", "toggle", "cancel", "status", "last", "insert-last", "undo", "settings", "quit",
        "transcribe", "models", "devices", "doctor", "config",
    ]  # fmt: skip
    for verb in verbs:
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert f"dictation {verb}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["frobnicate"], ["transcribe"], ["start", "--mode", "sing"], ["config", "get"], ["config", "set", "keys.mode"]],
)
def test_a_wrong_call_is_one_line_and_exit_code_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("dictation: error: ") and err.count("\n") == 1


@pytest.mark.parametrize("verb", ["start", "stop", "toggle", "cancel", "status", "last", "undo", "quit", "settings"])
def test_without_the_app_its_calls_say_so_with_exit_code_three(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb]) == 3
    assert capsys.readouterr().err == "dictation: error: Dictation is not running. Start it with `dictation run`.\n"


def test_settings_are_listed_got_and_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "list", "--json"]) == 0
    assert [each["key"] for each in lines(capsys)] == [each.key for each in options()]
    assert main(["config", "set", "hearing.language", "zh"]) == 0
    assert main(["config", "get", "hearing.language"]) == 0
    assert capsys.readouterr().out == "zh\n"
    assert main(["config", "path"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert 'language = "zh"' in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_bad_setting_names_the_nearest_good_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "set", "hearing.gate", "12"]) == 2
    assert "Try `dictation config set hearing.gate 0.9`" in capsys.readouterr().err
    assert main(["config", "set", "keys.dictate", "a"]) == 2
    assert "unexpected" not in (said := capsys.readouterr().err) and said.startswith("dictation: error: ")


def test_settings_are_carried_in_a_file_and_a_bad_one_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "mine.toml")
    assert main(["config", "set", "hearing.language", "zh"]) == 0
    assert main(["config", "export", file]) == 0
    assert main(["config", "set", "hearing.language", "en"]) == 0
    capsys.readouterr()
    assert main(["config", "import", file, "--json"]) == 0
    assert lines(capsys) == [{"file": file, "changed": {"hearing.language": "zh"}}]
    Path(file).write_text('[hearing]\nlanguage = "en"\n[keys]\ndictate = "a"\n')
    assert main(["config", "import", file]) == 2
    assert capsys.readouterr().err.startswith("dictation: error: ")
    assert main(["config", "get", "hearing.language"]) == 0
    assert capsys.readouterr().out == "zh\n"


def test_a_broken_config_is_set_aside_and_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[[[")
    assert main(["config", "list"]) == 1
    assert "config.toml.broken" in capsys.readouterr().err
    assert main(["config", "list"]) == 0


def test_a_machine_without_a_microphone_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dictation.desktop.choose.devices", list)
    assert main(["devices", "--json"]) == 0
    said = capsys.readouterr()
    assert not said.out
    assert "no microphone" in said.err


def test_the_remedy_for_a_wrong_value_in_the_file_can_be_called(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[history]\ndays = "many"\n[nope]\nx = 1\n')
    assert main(["config", "list"]) == 0
    said = capsys.readouterr()
    assert "history.days = 90" in said.out
    remedy = re.search(r"note: history\.days.*`dictation (config set [^`]+)`", said.err)
    assert remedy
    assert main(remedy[1].split()) == 0
    capsys.readouterr()
    assert main(["config", "get", "history.days"]) == 0
    assert "history.days" not in capsys.readouterr().err
    assert "[nope]" in (home / "config.toml").read_text()


def test_what_is_said_in_a_file_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentences = [
        next(each for each in showcase(SHOWCASE.open(encoding="utf-8")) if each.language == kind)
        for kind in ("en", "zh")
    ]
    files = [speak_to(tmp_path / f"{number}.wav", each) for number, each in enumerate(sentences)]
    assert main(["transcribe", *map(str, files)]) == 0
    assert capsys.readouterr().out.splitlines() == [each.written for each in sentences]


def test_the_json_of_transcribe_has_the_contracts_fields_also_for_silence_and_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = next(each for each in showcase(SHOWCASE.open(encoding="utf-8")) if each.language == "mixed")
    (tmp_path / "noise.txt").write_text("This is no sound.")
    files = [
        speak_to(tmp_path / "said.wav", said), silence(tmp_path / "muted.wav", 2.0), tmp_path / "missing.wav",
        silence(tmp_path / "hiss.wav", 2.0, 0.01), tmp_path / "noise.txt", silence(tmp_path / "tap.wav", 0.1, 0.01),
    ]  # fmt: skip
    assert main(["transcribe", "--json", *map(str, files)]) == 2
    reports = lines(capsys)
    assert [each["file"] for each in reports] == list(map(str, files))
    assert all(set(each) >= FIELDS for each in reports)
    assert [each["outcome"] for each in reports] == ["inserted", "silent", "failed", "silent", "failed", "silent"]
    assert [each["reason"] for each in reports] == [None, "microphone_silent", None, "no_voice", None, "too_short"]
    assert reports[0]["text"] == said.written
    assert all(set(each["error"]) == {"code", "message", "remedy"} for each in reports if each["outcome"] == "failed")  # type: ignore[call-overload]
    waits = reports[0]["timings_ms"]
    assert isinstance(waits, dict) and set(waits) >= {"gate", "decode", "language", "llm", "after_release"}


def test_without_the_gate_even_silence_is_decoded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", "--json", "--no-gate", str(silence(tmp_path / "hiss.wav", 2.0, 0.01))]) == 0
    (report,) = lines(capsys)
    assert report["gate"] == {"verdict": "accept", "reason": "no_voice"}


def test_an_unknown_model_and_one_with_a_missing_file_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = silence(tmp_path / "a.wav", 1.0, 0.01)
    assert main(["transcribe", "--model", "smal", str(sound)]) == 1
    assert "small" in capsys.readouterr().err
    for each in MINI.iterdir():
        if each.name != "tokenizer.json":
            (tmp_path / "half").mkdir(exist_ok=True)
            os.link(each, tmp_path / "half" / each.name)
    assert main(["transcribe", "--model", str(tmp_path / "half"), str(sound)]) == 1
    assert "tokenizer.json" in capsys.readouterr().err


def test_models_are_listed_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    listed = lines(capsys)
    assert {"mini", "small", "large-v3-turbo"} <= {str(each["name"]) for each in listed}
    assert [each["name"] for each in listed if each["installed"]] == ["mini"]
    assert main(["models", "where", "mini"]) == 0
    assert Path(capsys.readouterr().out.strip()) == MINI
    assert main(["models", "where", "small"]) == 1
    assert "dictation models get small" in capsys.readouterr().err


def test_the_doctor_names_every_part_and_a_remedy_for_what_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    main(["doctor", "--json"])
    findings = lines(capsys)
    parts = {
        "version", "libraries", "settings", "app", "session", "hotkeys", "typing", "commands", "microphone", "model",
        "language model", "history", "disk",
    }  # fmt: skip
    assert {each["part"] for each in findings} == parts
    assert all(each["remedy"] for each in findings if each["verdict"] != "fine")


def test_without_a_desktop_the_app_says_what_to_do_instead() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "dictation", "run"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "--headless" in done.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m dictation config list | head -n 1", shell=True, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == "" and done.stdout.count("\n") == 1


def test_a_model_is_downloaded_from_another_address_resumed_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = next(each for each in showcase(SHOWCASE.open(encoding="utf-8")) if each.language == "en")
    sound = speak_to(tmp_path / "said.wav", said)
    with Hub({"Systran/faster-whisper-tiny": MINI}) as hub:
        monkeypatch.setenv("DICTATION_HUB", hub.url)
        hub.faults.break_at = 5_000_000
        assert main(["models", "get", "tiny"]) == 1
        assert capsys.readouterr().err.count("dictation: error: ") == 1
        assert main(["transcribe", "--model", "tiny", str(sound)]) == 1  # half a model is never used
        capsys.readouterr()
        hub.faults.break_at = None
        assert main(["models", "get", "tiny", "--json"]) == 0
        assert lines(capsys)[-1]["name"] == "tiny"
        assert max(each.begin for each in hub.asked) > 4_000_000
    assert main(["transcribe", "--model", "tiny", str(sound)]) == 0
    assert capsys.readouterr().out == said.written + "\n"
    assert main(["models", "remove", "tiny"]) == 0
    assert main(["models", "where", "tiny"]) == 1


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "ascii", "latin-1"])
def test_text_is_utf_8_whatever_the_locale(encoding: str) -> None:
    said = "打开 café 的🙂文件"
    done = subprocess.run(
        [sys.executable, "-m", "dictation", "correct", "--json"],
        env=os.environ | {"PYTHONIOENCODING": encoding}, input=f"{said}\n".encode() + b"\xff\n", capture_output=True,
        timeout=60, check=True,
    )  # fmt: skip
    first, second = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert first["heard"] == said and second["heard"] and done.stderr == b""


@pytest.fixture
def told_in() -> Iterator[None]:
    """The language of sentences is this process's; a call of the command line ends with its own."""
    yield
    sentences.use("en")


@pytest.mark.usefixtures("told_in")
@pytest.mark.parametrize("language", ["auto", "en", "zh"])
@pytest.mark.parametrize("call", [["models", "get", "nosuch/"], ["config", "get", "no.such"], ["config", "get"]])
def test_an_error_is_one_line_in_the_language_that_is_set(
    call: list[str], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DICTATION_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text(f'[look]\nlanguage = "{language}"\n', encoding="utf-8")
    assert main(call) in (1, 2)
    said = capsys.readouterr().err
    assert said.startswith("dictation: error: ") and said.count("\n") == 1
    ends = "[。？]" if language == "zh" else r"[.?] "
    parts = [each for each in re.split(ends, said.partition("error: ")[2].strip()) if each]
    assert len(parts) > 1 and all(bool(re.search("[一-鿿]", each)) == (language == "zh") for each in parts)
    assert "？。" not in said


def test_a_wrong_call_leaves_a_broken_settings_file_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DICTATION_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text("look = = 1", encoding="utf-8")
    assert main(["nosuch"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]
