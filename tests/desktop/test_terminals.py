"""Whether terminals and shells are known by name, and what may never be put at a cursor."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import InsertError
from dictation.core.types import Erase, Move, Paste, Press, Type
from dictation.desktop.focus import processes
from dictation.desktop.focus.processes import ForegroundProgram, front_of, process, started
from dictation.desktop.focus.terminals import TERMINALS, is_terminal, shell_name
from dictation.desktop.typing.keyboard_windows import chord_strokes, text_strokes
from dictation.desktop.typing.keystrokes import Keystroke, clean, parse_chord, safe, words
from dictation.desktop.typing.typist_macos import UNITS_PER_EVENT, pieces


@pytest.mark.parametrize(
    "app", ["XTerm", "Xfce4-terminal", "com.googlecode.iterm2", "WindowsTerminal.exe", "org.wezfurlong.wezterm"]
)
def test_terminals_are_known_in_any_case(app: str) -> None:
    assert is_terminal(app)


@pytest.mark.parametrize("app", ["", "mousepad", "chromium", "code", "explorer.exe", "com.apple.textedit"])
def test_other_programs_are_no_terminals(app: str) -> None:
    assert not is_terminal(app)


def test_names_are_kept_in_lower_case() -> None:
    assert all(name == name.lower() for name in TERMINALS)


@pytest.mark.parametrize(
    "program, name",
    [("-zsh", "zsh"), ("/usr/bin/bash", "bash"), ("C:\\Program Files\\pwsh.EXE", "pwsh"), ("vim", None), ("", None)],
)
def test_shells_are_known_by_their_program(program: str, name: str | None) -> None:
    assert shell_name(program) == name


@given(st.text(st.characters(codec=None)), st.booleans())
def test_no_control_character_reaches_a_cursor(text: str, terminal: bool) -> None:
    kept = clean(text, terminal)
    harmless = "" if terminal else "\n\t"
    assert not [each for each in kept if unicodedata.category(each) in ("Cc", "Cs") and each not in harmless]
    assert not set(kept) & set("\u2028\u2029")
    assert clean(kept, terminal) == kept


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])), st.booleans())
def test_plain_text_is_left_alone(text: str, terminal: bool) -> None:
    assert clean(text, terminal) == text


def test_line_ends_of_every_kind_are_new_lines_or_in_a_terminal_blanks() -> None:
    text = "a\r\nb\rc\u2028d\x85e\n"
    assert clean(text, terminal=False) == "a\nb\nc\nd\ne\n"
    assert clean(text, terminal=True) == "a b c d e"


@pytest.mark.parametrize("chord", ["enter", "Return", "ctrl+m", "ctrl+j", "ctrl+o", "shift+enter"])
def test_nothing_runs_a_command(chord: str) -> None:
    with pytest.raises(InsertError) as caught:
        safe([Paste("ls"), Press(chord)], terminal=True)
    assert caught.value.code == "enter-in-terminal"
    assert safe([Press(chord)], terminal=False) == [Press(chord)]


def test_empty_moves_are_left_out() -> None:
    moves: list[Move] = [Type("\n"), Paste(""), Erase(0), Paste("a\n"), Press("tab"), Erase(2)]
    assert safe(moves, terminal=True) == [Paste("a"), Press("tab"), Erase(2)]
    assert words(moves) == "\na\n"


@pytest.mark.parametrize(
    "name, chord",
    [
        ("enter", Keystroke((), "enter")),
        ("Ctrl+Shift+Z", Keystroke(("ctrl", "shift"), "z")),
        ("cmd+v", Keystroke(("super",), "v")),
        ("+", Keystroke((), "+")),
    ],
)
def test_chords_are_read_by_name(name: str, chord: Keystroke) -> None:
    assert parse_chord(name) == chord


@pytest.mark.parametrize("name", ["", "ctrl+", "hyper+x", "nokey", "ctrl+\n"])
def test_an_unknown_chord_is_refused(name: str) -> None:
    with pytest.raises(InsertError) as caught:
        parse_chord(name)
    assert caught.value.code == "unknown-key"


def test_a_process_is_known_even_with_brackets_in_its_name() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "open('/proc/self/comm', 'w').write('a) (b'); print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout
    child.stdout.readline()
    found = process(child.pid)
    assert found and (found.name, found.parent, found.pid) == ("a) (b", os.getpid(), child.pid)
    child.communicate(b"\n")
    assert started(child.pid) is None


def test_what_runs_in_front_of_a_terminal_is_found_without_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir("/usr")
        os.execlp("bash", "bash", "--norc", "-i")
    try:
        os.read(terminal, 100)  # its prompt
        assert front_of(os.getpid()) == ForegroundProgram("bash", "/usr")
        monkeypatch.setattr(processes, "_told_children", processes._all_children())
        assert front_of(os.getpid()) == ForegroundProgram("bash", "/usr")
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_mac_pieces_are_short_and_whole(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= UNITS_PER_EVENT for piece in pieces(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_windows_gets_each_utf16_unit_down_and_up(text: str) -> None:
    strokes = text_strokes(text)
    units = b"".join(scan.to_bytes(2, "little") for _, scan, _ in strokes[::2])
    assert units.decode("utf-16-le") == text
    assert [flags for _, _, flags in strokes] == [4, 6] * (len(units) // 2)


def test_windows_chords_go_down_in_order_and_up_in_reverse() -> None:
    strokes = chord_strokes(Keystroke(("ctrl", "shift"), "left"), lambda _: 0)
    assert strokes == [(17, 0, 0), (16, 0, 0), (37, 0, 1), (37, 0, 3), (16, 0, 2), (17, 0, 2)]
