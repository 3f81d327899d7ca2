"""Keys that go down and up, played as text: ``+f9`` is down, ``-f9`` is up; what is told reads D, C (press), d, c
(release), o (another key), e (escape).
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.sections import KeySettings
from dictation.desktop.hotkeys.chords import SIDED, bindings
from dictation.desktop.hotkeys.hotkeys_pressed import Pressed, Signal

LETTERS = {"press": "DC", "release": "dc"}


def spell(signals: list[Signal]) -> str:
    def one(signal: Signal) -> str:
        kind, purpose = signal
        return LETTERS[kind][purpose.value == "command"] if purpose else kind[0]

    return "".join(map(one, signals))


def pressed(dictate: str, command: str = "off") -> Pressed:
    return Pressed(bindings(KeySettings(dictate=dictate, command=command), ()))


def play(keys: Pressed, score: str) -> str:
    told = ""
    for note in score.split():
        told += spell(keys.down(note[1:]) if note[0] == "+" else keys.up(note[1:]))
    return told


@pytest.mark.parametrize(
    ("dictate", "command", "score", "told"),
    [
        ("ctrl_r", "off", "+ctrl_r -ctrl_r", "Dd"),
        ("ctrl_r", "off", "+ctrl_l -ctrl_l", ""),
        ("ctrl", "off", "+ctrl_l -ctrl_l +ctrl_r -ctrl_r", "DdDd"),
        ("f9", "off", "+f9 +f9 +f9 +f9 -f9", "Dd"),
        # Right Ctrl + C is the program's
        ("ctrl_r", "off", "+ctrl_r +c +c -c -ctrl_r", "Dod"),
        ("ctrl_r", "off", "+ctrl_r +mouse_back -mouse_back -ctrl_r", "Dd"),
        # a modifier of another shortcut that comes after or before
        ("ctrl_r", "off", "+ctrl_r +shift_l +c", "Doo"),
        ("ctrl_r", "off", "+shift_l +ctrl_r +c -c -ctrl_r -shift_l", ""),
        # typing on while F9 is down is nothing to us
        ("f9", "off", "+f9 +a -a -f9", "Dd"),
        # rolling from a letter to the hotkey
        ("ctrl_r", "off", "+a +ctrl_r -a -ctrl_r", "Dd"),
        # exactly the modifiers
        ("f9", "ctrl+f9", "+f9 -f9 +ctrl_l +f9 -f9 -ctrl_l", "DdCc"),
        ("f9", "ctrl+f9", "+f9 +ctrl_l -ctrl_l -f9", "Dd"),
        ("f9", "off", "+shift_l +f9 -f9 -shift_l", ""),
        ("ctrl_r+f9", "off", "+ctrl_l +f9 -f9 -ctrl_l +ctrl_r +f9", "D"),
        # any key of a chord ends it, and it does not begin again by itself
        ("ctrl+alt+space", "off", "+ctrl_l +alt_l +space -ctrl_l +space +ctrl_l -space -alt_l", "Dd"),
        ("ctrl+alt+space", "off", "+alt_l +ctrl_r +space -space +space", "DdD"),
        ("ctrl+alt+space", "off", "+space +ctrl_l +alt_l", ""),
        # modifiers alone, in any order
        ("ctrl+alt", "off", "+alt_l +ctrl_l +x -alt_l -ctrl_l", "Dod"),
        ("ctrl+alt", "off", "+ctrl_l +alt_l +shift_l", "Do"),
        # one hotkey while the other is down
        ("ctrl_r", "alt_r", "+ctrl_r -ctrl_r +alt_r -alt_r", "DdCc"),
        ("ctrl_r", "alt_r", "+ctrl_r +alt_r -alt_r -ctrl_r", "Dod"),
        ("ctrl_r", "ctrl+alt+space", "+ctrl_r +alt_l +space -space -alt_l -ctrl_r", "DooCcd"),
        ("f9", "f10", "+f9 +f10 -f9 -f10", "DCdc"),
        # cancel is told whatever else is down, and is no other key
        ("ctrl_r", "off", "+esc -esc +ctrl_r +esc +esc -esc -ctrl_r", "eDed"),
        ("mouse_back", "off", "+mouse_back -mouse_back", "Dd"),
    ],
)
def test_what_keys_mean(dictate: str, command: str, score: str, told: str) -> None:
    assert play(pressed(dictate, command), score) == told


def test_a_cancel_chord_wants_its_modifiers() -> None:
    keys = Pressed(bindings(KeySettings(dictate="f9", command="off", cancel="ctrl+x"), ()))
    assert play(keys, "+x -x +f9 +ctrl_l +x") == "De"


def test_only_the_key_of_a_grabbed_hotkey_is_hidden_and_only_while_it_is_down() -> None:
    keys = pressed("f9", "ctrl_r")
    play(keys, "+shift_l +f9")
    assert not keys.hidden  # Shift+F9 is the program's
    play(keys, "-shift_l -f9 +f9")
    assert keys.hidden == {"f9"}
    play(keys, "-f9 +ctrl_r")
    assert not keys.hidden


def test_what_is_held_ends_when_the_keys_change() -> None:
    keys = pressed("f9")
    play(keys, "+f9")
    assert spell(keys.swap(pressed("f10").bound)) == "d"
    assert play(keys, "-f9 +f9 +f10") == "D"


def test_after_all_is_forgotten_a_key_can_be_pressed_anew() -> None:
    keys = pressed("f9")
    assert play(keys, "+f9") + spell(keys.release_all()) + play(keys, "+f9") == "DdD"


NAMES = (*SIDED, "f9", "space", "esc", "x", "mouse_back")


@given(
    st.sampled_from([("ctrl_r", "alt_r"), ("f9", "ctrl+f9"), ("ctrl", "ctrl+alt+space"), ("mouse_back", "ctrl+alt")]),
    st.lists(st.tuples(st.sampled_from("+-"), st.sampled_from(NAMES))),
)
def test_every_press_has_its_release_and_none_comes_twice(
    chosen: tuple[str, str], notes: list[tuple[str, str]]
) -> None:
    keys = pressed(*chosen)
    told = play(keys, " ".join(sign + name for sign, name in notes))
    told += play(keys, " ".join(f"-{name}" for name in NAMES))
    for press, release in ("Dd", "Cc"):
        only = [each for each in told if each in press + release]
        assert only == [press, release] * (len(only) // 2)
    assert not keys.held and not keys.hidden
