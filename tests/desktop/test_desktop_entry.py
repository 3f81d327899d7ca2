"""The menu entry, icon and autostart: put in their places, taken away again, and nothing else is touched."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.cli import main
from dictation.core.errors import StorageError
from dictation.desktop.session import desktop_entry

PLACES = (
    "data/applications/io.github.dictation.Dictation.desktop",
    "data/icons/hicolor/scalable/apps/dictation.svg",
    "config/autostart/io.github.dictation.Dictation.desktop",
)


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_installing_twice_and_taking_it_away_leaves_only_what_was_there(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = user / "data" / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("[Desktop Entry]")
    for _ in range(2):
        assert main(["install"]) == 0
        assert capsys.readouterr().out.splitlines() == [str(user / each) for each in PLACES]
    assert main(["uninstall"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(user / each) for each in PLACES]
    assert main(["uninstall", "--json"]) == 0 and capsys.readouterr().out == ""
    assert [each for each in user.rglob("*") if each.is_file()] == [other]


def test_the_entry_starts_this_very_dictation(user: Path) -> None:
    menu, icon, autostart = desktop_entry.install()
    entry = menu.read_text(encoding="utf-8")
    assert "@COMMAND@" not in entry and "#" not in entry and entry == autostart.read_text(encoding="utf-8")
    (command,) = [line.removeprefix("Exec=") for line in entry.splitlines() if line.endswith(" run")]
    done = subprocess.run([*shlex.split(command)[:-1], "--version"], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("dictation ")
    assert icon.read_text(encoding="utf-8").lstrip().startswith("<")
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(menu)], check=True, timeout=20)


def test_the_autostart_alone_is_switched_on_and_off(user: Path) -> None:
    assert not desktop_entry.autostarts()
    desktop_entry.autostart(True)
    menu, icon, autostart = desktop_entry.written()
    assert desktop_entry.autostarts() and not menu.exists() and not icon.exists()
    assert "Exec=" in autostart.read_text(encoding="utf-8")
    desktop_entry.autostart(False)
    desktop_entry.autostart(False)
    assert not desktop_entry.autostarts()


def test_a_place_that_cannot_be_written_is_said(user: Path) -> None:
    (user / "data").write_text("a file")
    with pytest.raises(StorageError) as caught:
        desktop_entry.install()
    assert caught.value.remedy


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_where_it_is_not_built_that_is_said(
    user: Path, system: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert main(["install"]) == 1
    monkeypatch.undo()
    err = capsys.readouterr().err
    assert "Linux only" in err and err.count("\n") == 1 and not list(user.iterdir())


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20))
def test_any_path_is_quoted_so_that_it_is_one_word(path: str) -> None:
    value = desktop_entry.quoted([path]).replace("%%", "%")
    unescaped = value.replace("\\\\", "\\")  # as any value of a desktop entry is read
    assert unescaped[0] == unescaped[-1] == '"'
    word, at, inside = "", 0, unescaped[1:-1]
    while at < len(inside):
        at += inside[at] == "\\"
        word += inside[at]
        at += 1
    assert word == path


@pytest.fixture
def gnome(user: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """GNOME's own settings program on a file of the test's."""
    if shutil.which("gsettings") is None or "media-keys" not in subprocess.getoutput("gsettings list-schemas"):
        pytest.skip("GNOME's settings are not installed")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setenv("GSETTINGS_BACKEND", "keyfile")
    return user / "config" / "glib-2.0" / "settings" / "keyfile"


def test_one_call_binds_a_key_of_gnome_beside_the_users_own(gnome: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys, own = "org.gnome.settings-daemon.plugins.media-keys", "['/org/gnome/custom0/']"
    subprocess.run(["gsettings", "set", keys, "custom-keybindings", own], check=True, timeout=20)
    for _ in range(2):
        assert main(["install", "--shortcut"]) == 0
        assert "Ctrl+Alt+Space" in capsys.readouterr().out
    kept = gnome.read_text()
    assert kept.count("/dictation/'") == 1 and "/org/gnome/custom0/" in kept
    assert "binding='<Control><Alt>space'" in kept and " toggle'" in kept
    for _ in range(2):
        assert main(["uninstall", "--shortcut"]) == 0
    kept = gnome.read_text()
    assert own in kept and "toggle" not in kept


def test_kde_finds_the_key_in_a_file_and_others_are_told_what_to_do(
    user: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    assert main(["install", "--shortcut"]) == 0
    (file,) = (user / "data" / "kglobalaccel").iterdir()
    assert "X-KDE-Shortcuts=Ctrl+Alt+Space" in file.read_text() and "next login" in capsys.readouterr().out
    assert main(["uninstall", "--shortcut"]) == 0 and not file.exists()
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "sway")
    assert main(["install", "--shortcut"]) == 1
    assert "Bind `dictation toggle`" in capsys.readouterr().err


def test_files_of_an_earlier_name_go(user: Path) -> None:
    for each in ("data/applications", "config/autostart"):
        (user / each).mkdir(parents=True)
        (user / each / "dictation.desktop").write_text("[Desktop Entry]")
    assert desktop_entry.autostarts()
    desktop_entry.install()
    assert not list(user.rglob("dictation.desktop")) and desktop_entry.autostarts()
