"""The language of key names in the settings: chords, their spellings, and which key starts what."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dictation.core.errors import HotkeyError
from dictation.core.sections import INSERT_LAST, LATER, KeySettings
from dictation.core.types import Purpose

MODIFIERS = ("ctrl", "alt", "shift", "super")
"""In the order they are written. The bare name means either side; ``_l`` and ``_r`` one side."""

SIDED = tuple(f"{each}_{side}" for each in MODIFIERS for side in "lr")
"""The modifier keys that really exist; only these are ever pressed."""

ACTIONS = ("insert_last", "undo", "raw", "teach", "history", "pause")
"""What a key may do besides dictating, by the names of the settings."""

MOUSE = ("mouse_middle", "mouse_back", "mouse_forward")

MEDIA = ("volume_mute", "volume_down", "volume_up", "media_play", "media_stop", "media_previous", "media_next")

FREE = (
    *(f"f{number}" for number in range(1, 25)),
    "caps_lock", "scroll_lock", "pause", "print_screen", "menu", "insert", *MEDIA, *MOUSE,
)  # fmt: skip
"""Keys that type nothing, so that they may be a hotkey alone."""

_ON_NUMPAD = (*"0123456789", "period", "divide", "multiply", "minus", "plus", "enter")
NUMPAD = tuple(f"numpad_{each}" for each in _ON_NUMPAD)

TYPED = (
    *"abcdefghijklmnopqrstuvwxyz0123456789",
    "space", "enter", "tab", "esc", "backspace", "delete", "home", "end", "page_up", "page_down",
    "up", "down", "left", "right", "minus", "equal", "bracket_left", "bracket_right", "semicolon",
    "quote", "grave", "backslash", "comma", "period", "slash", *NUMPAD,
)  # fmt: skip
"""Keys one writes and edits with: a hotkey only together with Ctrl, Alt or Super."""

_SPELLINGS = {
    "ctrl": "control ctl strg 控制", "alt": "option opt ⌥", "shift": "⇧ 上档",
    "super": "win windows meta cmd command logo ⌘", "alt_r": "altgr isolevel3shift",
    "caps_lock": "caps 大写 大写锁定", "scroll_lock": "scroll", "pause": "break pausebreak",
    "print_screen": "print prtsc prtscn printscrn sysrq 截屏",
    "menu": "app apps application contextmenu 菜单", "insert": "ins",
    "mouse_middle": "middlemouse middleclick middlebutton mouse2 button2 鼠标中键 中键",
    "mouse_back": "backmouse mouse4 button8 xbutton1 鼠标后退 后退键",
    "mouse_forward": "forwardmouse mouse5 button9 xbutton2 鼠标前进 前进键",
    "space": "spacebar 空格", "enter": "return 回车", "tab": "⇥", "esc": "escape 退出", "backspace": "back bksp 退格",
    "delete": "del 删除", "page_up": "pgup prior", "page_down": "pgdn pgdown next", "up": "uparrow ↑",
    "down": "downarrow ↓", "left": "leftarrow ←", "right": "rightarrow →", "minus": "dash hyphen",
    "equal": "equals plus =", "bracket_left": "[", "bracket_right": "]", "semicolon": ";",
    "quote": "apostrophe '", "grave": "backtick backquote `", "backslash": "\\", "comma": ",", "period": "dot .",
    "slash": "/", "volume_mute": "mute audiomute 静音", "volume_down": "voldown lowervolume 音量减",
    "volume_up": "volup raisevolume 音量加", "media_play": "play playpause mediaplaypause 播放 播放暂停",
    "media_stop": "stop 停止", "media_previous": "mediaprev previoustrack 上一首", "media_next": "nexttrack 下一首",
    "numpad_period": "numpaddecimal numpaddot kpdecimal kpdot 小键盘点",
    "numpad_divide": "numpadslash kpdivide 小键盘除", "numpad_multiply": "numpadasterisk kpmultiply 小键盘乘",
    "numpad_minus": "numpadsubtract kpsubtract kpminus 小键盘减", "numpad_plus": "numpadadd kpadd kpplus 小键盘加",
    "numpad_enter": "kpenter 小键盘回车", **{f"numpad_{n}": f"num{n} kp{n} keypad{n} 小键盘{n}" for n in range(10)},
}  # fmt: skip


def _narrow(text: str) -> str:
    """``text`` with the wide letters of a Chinese keyboard narrow; no other likeness makes a key: ² is not 2."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFKC", each) if "\uff01" <= each <= "\uff5e" else each for each in plain)


def _squeeze(text: str) -> str:
    """Spelling without what does not matter: case, width, spaces, ``_``, ``-`` and a final "key"."""
    plain = re.sub(r"[\s_\-]+", "", _narrow(text).casefold())
    return re.sub(r"(?<=.)(?:键|key)$", "", plain)


def _dictionary() -> dict[str, str]:
    """Every squeezed spelling and the name it means."""
    words: dict[str, str] = {}
    for name in (*FREE, *TYPED):
        for spelling in (name, *_SPELLINGS.get(name, "").split()):
            words[_squeeze(spelling)] = name
    for base in MODIFIERS:
        for spelling in (base, *_SPELLINGS[base].split()):
            words[spelling] = base
            for side, sides in (("_l", ("l", "left", "左")), ("_r", ("r", "right", "右"))):
                for word in sides:
                    words[word + spelling] = words[spelling + word] = base + side
    words |= dict.fromkeys(_SPELLINGS["alt_r"].split(), "alt_r")
    return words


_WORDS = _dictionary()


@dataclass(frozen=True, slots=True)
class Chord:
    """Keys that are down together. ``modifiers`` are sorted; ``key`` is a modifier only when all of them are."""

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """All keys of the chord, as written."""
        return (*self.modifiers, self.key)

    @property
    def bare_modifier(self) -> bool:
        """Whether it is made of modifiers alone: it types nothing and needs not be hidden from programs."""
        return base(self.key) in MODIFIERS

    @property
    def label(self) -> str:
        """As people call it: ``Right Ctrl``, ``Ctrl+Alt+Space``."""
        sides = {"_l": "Left ", "_r": "Right "}
        return "+".join(
            sides[part[-2:]] + part[:-2].title() if part in SIDED else part.replace("_", " ").title()
            for part in self.parts
        )

    @property
    def mouse(self) -> bool:
        """Whether its key is a mouse button."""
        return self.key in MOUSE


@dataclass(frozen=True, slots=True)
class Bindings:
    """What is listened for. ``cancel`` is None when it is off; a purpose that is off is not in ``hotkeys``, and an
    action that has no key not in ``actions``."""

    hotkeys: dict[Purpose, Chord]
    cancel: Chord | None
    actions: dict[str, Chord] = field(default_factory=dict)

    def chords(self) -> Iterator[Chord]:
        """All of them, the hotkeys first."""
        yield from self.hotkeys.values()
        yield from self.actions.values()
        if self.cancel:
            yield self.cancel


def base(part: str) -> str:
    """``ctrl`` of ``ctrl_l`` and ``ctrl_r``; any other name is its own base."""
    return part[:-2] if part in SIDED else part


def means(part: str, pressed: str) -> bool:
    """Whether the pressed key (never a bare modifier name) is what ``part`` of a chord asks for."""
    return part in (pressed, base(pressed))


def parse(text: str) -> Chord:
    """The chord that ``text`` spells, for instance ``ctrl_r``, ``Right Ctrl``, ``右Ctrl``, ``ctrl+alt+space``.

    Raises HotkeyError that names the nearest key.
    """
    narrow = _narrow(text)
    pieces = narrow.split("+")
    if len(pieces) == 1 and _squeeze(narrow) not in _WORDS:
        pieces = re.split(r"[\s\-]+", narrow.strip())  # "ctrl alt space", "Ctrl-Alt-Space"
    names = [_name(piece, text) for piece in pieces]
    modifiers = sorted((n for n in names if base(n) in MODIFIERS), key=lambda n: MODIFIERS.index(base(n)))
    others = [n for n in names if base(n) not in MODIFIERS]
    if len(others) > 1 or len({base(n) for n in modifiers}) < len(modifiers):
        raise HotkeyError(
            "unknown-key",
            f"{_shown(text)} is not one key with modifiers",
            "Use Ctrl, Alt, Shift or Super, each once, and one other key, for instance ctrl+alt+space.",
        )
    return Chord(tuple(modifiers), others[0]) if others else Chord(tuple(modifiers[:-1]), modifiers[-1])


def parse_hotkey(text: str) -> Chord:
    """Like ``parse``, and refuses a key that could not be typed any more. Raises HotkeyError."""
    chord = parse(text)
    if chord.key in TYPED and not any(base(each) != "shift" for each in chord.modifiers):
        raise HotkeyError(
            "key-is-typed",
            f"{chord} cannot be a hotkey: it could not be typed any more",
            f"Add a modifier, as in ctrl+alt+{chord.key}, or take a key that types nothing, such as ctrl_r or f9.",
        )
    return chord


def overlap(one: Chord, other: Chord) -> bool:
    """Whether some keys on the keyboard would be both chords at once (``ctrl`` and ``ctrl_r``, for instance)."""
    return len(one.parts) == len(other.parts) and all(
        a == b or (base(a) == base(b) and (a in MODIFIERS or b in MODIFIERS))
        for a, b in zip(one.parts, other.parts, strict=True)
    )


def bindings(keys: KeySettings, preferred: Sequence[str]) -> Bindings:
    """What the settings ask for. ``preferred`` is what ``auto`` takes from, best first, for this keyboard.

    Raises HotkeyError: unknown, a key one types with, or two that are the same.
    """
    asked = {Purpose.DICTATE: keys.dictate, Purpose.COMMAND: keys.command}
    hotkeys = {p: parse_hotkey(text) for p, text in asked.items() if _word(text) not in ("auto", "off")}
    cancel = None if _word(keys.cancel) == "off" else parse(keys.cancel)
    for purpose, text in asked.items():
        if _word(text) == "auto":
            taken = [*hotkeys.values(), *([cancel] if cancel else [])]
            free = [c for c in map(parse_hotkey, preferred) if not any(overlap(c, other) for other in taken)]
            if not free:
                raise HotkeyError(
                    "no-free-key",
                    f"There is no key left for keys.{purpose.value} = auto",
                    f"Name one: `dictation config set keys.{purpose.value} f9`.",
                )
            hotkeys[purpose] = free[0]
    actions = {
        name: parse_hotkey(INSERT_LAST if _word(text) == "auto" else text)
        for name in ACTIONS
        if _word(text := getattr(keys, name)) not in ("off", LATER)
    }
    bound = Bindings({p: hotkeys[p] for p in Purpose if p in hotkeys}, cancel, actions)
    _refuse_conflicts(bound)
    return bound


def _refuse_conflicts(bound: Bindings) -> None:
    named = [(f"keys.{p.value}", chord) for p, chord in bound.hotkeys.items()]
    named += [(f"keys.{name}", chord) for name, chord in bound.actions.items()]
    if bound.cancel:
        named.append(("keys.cancel", bound.cancel))
    for number, (name, chord) in enumerate(named):
        for earlier, other in named[:number]:
            if overlap(chord, other):
                raise HotkeyError(
                    "key-conflict",
                    f"{earlier} and {name} are the same key: {other} and {chord}",
                    f"Choose another for one of them, or `dictation config set {name} off`.",
                )


def _word(text: str) -> str:
    return text.strip().casefold()


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


def _name(piece: str, text: str) -> str:
    squeezed = _squeeze(piece)
    if squeezed in _WORDS:
        return _WORDS[squeezed]
    near = difflib.get_close_matches(squeezed[:40], _WORDS, 1, 0.5)
    remedy = f"Did you mean {_WORDS[near[0]]}?" if near else "Keys are named like ctrl_r, alt_r, f9 or ctrl+alt+space."
    raise HotkeyError("unknown-key", f"There is no key called {_shown(piece.strip() or text)}", remedy)
