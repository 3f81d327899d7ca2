"""Key names: what people write, what is meant by it, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import HotkeyError
from dictation.core.sections import KeySettings
from dictation.core.types import Purpose
from dictation.desktop.hotkeys.chords import (
    FREE,
    MODIFIERS,
    SIDED,
    TYPED,
    Chord,
    base,
    bindings,
    means,
    overlap,
    parse,
    parse_hotkey,
)
from dictation.desktop.hotkeys.hotkeys_pressed import Pressed
from dictation.desktop.typing.keycodes_linux import CODES

PREFERRED = ("ctrl_r", "alt_r", "menu", "f9")

sides = st.tuples(*(st.sampled_from(["", name, f"{name}_l", f"{name}_r"]) for name in MODIFIERS))
modifiers = sides.map(lambda names: tuple(name for name in names if name))
plain = st.builds(Chord, modifiers, st.sampled_from(FREE + TYPED))
bare = modifiers.filter(bool).map(lambda names: Chord(names[:-1], names[-1]))
chords = plain | bare


@given(chords)
def test_a_chord_written_down_and_read_again_is_the_same(chord: Chord) -> None:
    assert parse(str(chord)) == chord
    assert parse(f" {str(chord).upper().replace('+', ' + ')} ") == chord


@given(st.text() | st.lists(st.sampled_from(["ctrl", "右", " ", "+", "-", "f9", "x", "键"])).map("".join))
def test_any_text_is_a_chord_or_a_hotkey_error(text: str) -> None:
    for read in (parse, parse_hotkey):
        try:
            chord = read(text)
        except HotkeyError as error:
            assert error.message and error.remedy
        else:
            assert parse(str(chord)) == chord


@given(chords, chords)
def test_two_chords_overlap_exactly_when_some_keys_are_both(one: Chord, other: Chord) -> None:
    def keys(chord: Chord) -> set[frozenset[str]]:
        sets: set[frozenset[str]] = {frozenset()}
        for part in chord.parts:
            real = [name for name in (*SIDED, *FREE, *TYPED) if means(part, name)]
            sets = {done | {name} for done in sets for name in real}
        return sets

    assert overlap(one, other) == bool(keys(one) & keys(other))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ctrl_r", "ctrl_r"),
        ("right ctrl", "ctrl_r"),
        ("Right Control key", "ctrl_r"),
        ("RCtrl", "ctrl_r"),
        ("右Ctrl", "ctrl_r"),
        ("右 Ctrl 键", "ctrl_r"),
        ("cmd", "super"),
        ("Right Command", "super_r"),
        ("option_r", "alt_r"),
        ("AltGr", "alt_r"),
        ("win", "super"),
        ("Ｆ９", "f9"),
        ("Caps Lock", "caps_lock"),
        ("大写锁定", "caps_lock"),
        ("escape", "esc"),
        ("mouse4", "mouse_back"),
        ("space + alt + ctrl", "ctrl+alt+space"),
        ("Ctrl-Alt-Space", "ctrl+alt+space"),
        ("ctrl alt 空格", "ctrl+alt+space"),
        ("alt+ctrl", "ctrl+alt"),
        ("ctrl＋ｆ９", "ctrl+f9"),
    ],
)
def test_friendly_spellings(written: str, meant: str) -> None:
    assert str(parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "nearest"),
    [("crtl_r", "ctrl_r"), ("f99", "f9"), ("scrol lock", "scroll_lock"), ("mouse_bak", "mouse_back")],
)
def test_a_slip_is_answered_with_the_nearest_name(written: str, nearest: str) -> None:
    with pytest.raises(HotkeyError) as caught:
        parse(written)
    assert caught.value.code == "unknown-key"
    assert nearest in caught.value.remedy


@pytest.mark.parametrize(
    "written", ["", "+", "ctrl+", "a+b", "ctrl+ctrl_r", "ctrl+alt+shift+super+ctrl", "key", "9" * 1000]
)
def test_what_is_no_chord_is_refused_in_one_short_line(written: str) -> None:
    with pytest.raises(HotkeyError) as caught:
        parse(written)
    assert len(caught.value.line()) < 200


@pytest.mark.parametrize("written", ["a", "7", "space", "enter", "shift+a", "esc", "left", "shift_r+space"])
def test_a_key_one_types_with_is_refused_with_the_reason_and_a_way_out(written: str) -> None:
    with pytest.raises(HotkeyError, match="could not be typed any more") as caught:
        parse_hotkey(written)
    assert parse_hotkey(f"ctrl+alt+{parse(written).key}")
    assert "ctrl+alt+" in caught.value.remedy


@pytest.mark.parametrize("written", ["f9", "caps_lock", "ctrl_r", "alt+a", "super+space", "mouse_back", "menu"])
def test_keys_that_type_nothing_may_be_hotkeys(written: str) -> None:
    assert str(parse_hotkey(written)) == written


def test_only_modifiers_alone_are_bare() -> None:
    assert [parse(each).bare_modifier for each in ("ctrl_r", "ctrl+alt", "ctrl+f9", "caps_lock")] == [
        True,
        True,
        False,
        False,
    ]


def test_auto_takes_the_keys_that_this_keyboard_prefers() -> None:
    assert named(KeySettings()) == {"dictate": "ctrl_r", "command": "alt_r", "cancel": "esc"}
    assert named(KeySettings(command="ctrl")) == {"dictate": "alt_r", "command": "ctrl", "cancel": "esc"}
    assert named(KeySettings(dictate="alt", cancel="f9")) == {"dictate": "alt", "command": "ctrl_r", "cancel": "f9"}
    assert named(KeySettings(dictate=" AUTO ", command="Off", cancel="off")) == {"dictate": "ctrl_r"}


def test_auto_without_a_free_key_says_what_to_do() -> None:
    with pytest.raises(HotkeyError, match=r"keys\.command = auto"):
        bindings(KeySettings(), ("ctrl_r",))


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        (KeySettings(dictate="f9", command="F9"), ("keys.dictate", "keys.command")),
        (KeySettings(dictate="ctrl_r", command="ctrl"), ("keys.dictate", "keys.command")),
        (KeySettings(dictate="ctrl+esc", command="off", cancel="ctrl_l+esc"), ("keys.dictate", "keys.cancel")),
    ],
)
def test_the_same_key_twice_is_a_conflict(keys: KeySettings, names: tuple[str, str]) -> None:
    with pytest.raises(HotkeyError) as caught:
        bindings(keys, PREFERRED)
    assert caught.value.code == "key-conflict"
    assert all(name in caught.value.message for name in names)


def test_f9_and_ctrl_f9_are_two_hotkeys() -> None:
    assert named(replace(KeySettings(), dictate="f9", command="ctrl+f9")) == {
        "dictate": "f9",
        "command": "ctrl+f9",
        "cancel": "esc",
    }


def test_every_key_has_a_place_on_the_keyboard() -> None:
    assert set(CODES) == {*SIDED, *FREE, *TYPED}
    assert len(set(CODES.values())) == len(CODES)
    assert all(base(name) in MODIFIERS for name in SIDED)


def named(keys: KeySettings) -> dict[str, str]:
    bound = bindings(keys, PREFERRED)
    chosen = {purpose.value: str(chord) for purpose, chord in bound.hotkeys.items()}
    assert list(bound.hotkeys) == [each for each in Purpose if each in bound.hotkeys]
    return chosen | ({"cancel": str(bound.cancel)} if bound.cancel else {})


def test_a_chord_is_named_as_people_call_it() -> None:
    assert [parse(each).label for each in ("ctrl_r", "ctrl+alt+space", "f9", "caps_lock")] == [
        "Right Ctrl", "Ctrl+Alt+Space", "F9", "Caps Lock",
    ]  # fmt: skip


def test_keys_of_actions_are_bound_told_and_kept_from_the_others() -> None:
    keys = KeySettings(insert_last="auto", undo="ctrl+alt+z", pause="pause")
    bound = bindings(keys, ("ctrl_r", "alt_r"))
    assert {name: str(chord) for name, chord in bound.actions.items()} == {
        "insert_last": "ctrl+alt+v", "undo": "ctrl+alt+z", "pause": "pause"
    }  # fmt: skip
    assert bindings(KeySettings(insert_last="later"), ("ctrl_r", "alt_r")).actions == {}
    pressed = Pressed(bound)
    for name in ("ctrl_l", "alt_l"):
        assert pressed.down(name) == []
    assert pressed.down("z") == [("undo", None)] and "z" in pressed.hidden
    assert pressed.down("z") == [] and pressed.up("z") == []
    with pytest.raises(HotkeyError, match="the same key"):
        bindings(KeySettings(undo="f9", raw="f9"), ("ctrl_r", "alt_r"))


@pytest.mark.parametrize("written", ["²", "ctrl+²", "ctrl+①", "ctrl+ｆ²", "ctrl+½", "ctrl+ª"])
def test_a_sign_that_only_looks_like_a_key_is_not_taken_for_it(written: str) -> None:
    with pytest.raises(HotkeyError):
        parse(written)


def test_the_wide_letters_of_a_chinese_keyboard_are_the_narrow_ones() -> None:
    assert str(parse("ｃｔｒｌ＋ａｌｔ＋Ｆ９")) == "ctrl+alt+f9"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ctrl+numpad_0", "ctrl+numpad_0"),
        ("ctrl+KP_5", "ctrl+numpad_5"),
        ("ctrl + Numpad Enter", "ctrl+numpad_enter"),
        ("ctrl+小键盘 7", "ctrl+numpad_7"),
        ("alt+numpad add", "alt+numpad_plus"),
        ("Volume Up", "volume_up"),
        ("静音键", "volume_mute"),
        ("play pause", "media_play"),
        ("上一首", "media_previous"),
    ],
)
def test_the_numpad_and_the_media_keys_have_names(written: str, meant: str) -> None:
    assert str(parse_hotkey(written)) == meant


def test_every_key_that_may_be_named_has_a_place_on_the_keyboard_of_its_own() -> None:
    keys = [*SIDED, *FREE, *TYPED]
    assert len({CODES[name] for name in keys}) == len(keys)


@pytest.mark.parametrize("written", ["numpad_0", "shift+numpad_enter"])
def test_a_numpad_key_that_types_is_no_hotkey_alone(written: str) -> None:
    with pytest.raises(HotkeyError, match="could not be typed"):
        parse_hotkey(written)
