"""Owns which characters may stand at a prompt: the one function that every command passes on its way to a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dictation.core.commands import Reason
from dictation.core.errors import CommandError

LONGEST = 4000
"""Characters of a command; more cannot be looked over before Enter is pressed."""

PADDING = 40
"""Blanks in a row that push the rest of a line out of sight."""

INSIDE = {"'": "'", '"': '"'}
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffd"
"""Characters without ink that Unicode does not count as formatting, and the one for bytes that were no text."""

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2796\u2e3a\u2e3b\ufe58\ufe63")
QUOTES = frozenset("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00b4\u02b9\u02bc\u02c8")
STROKES = frozenset(
    "\u2044\u2215\u29f8\u2216\u29f5\u2223\u01c0\u2236\ua789\u02d0\u204e\u2217\u2024\u203a\u2039\u037e\u0589"
)
LETTERS = frozenset("\u0131\u0251\u0261\u0269\u026a\u0280\u029f\u1d00\u1d04\u1d07\u1d0f\u1d1c\u1d20\u1d21\u1d22\u017f")
"""Latin letters (phonetic, small capitals, long s, dotless i) that pass for plain ones."""

TWINS = frozenset(
    "асеорхуіјѕһԁԛԝѵӏкмтвнгпАВСЕНІЈКМОРТХУЅԌԜѴҮ"  # Cyrillic
    "αβγεηικνορτυχωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # Greek
    "օոսցհաքյզԼՕՍ"  # Armenian
)
"""Letters of other alphabets whose words can be read as Latin ones."""


def fit(command: str, shell: str = "bash") -> str:
    """The command as it may stand at a prompt of ``shell``: NFC, full-width ASCII outside quotes folded.

    Raises ``CommandError`` for what is never put there: control characters, line ends, text direction, invisible
    characters, odd blanks, look-alikes, more than ``LONGEST`` characters, nothing at all.
    """
    if len(command) > LONGEST:  # before any other work is done on it
        raise _refusal(_too_long(command))
    text = fold(command).strip(" ")
    if found := problems(text, shell):
        raise _refusal(found[0])
    text = unicodedata.normalize("NFC", text)
    if found := problems(text, shell):
        raise _refusal(found[0])
    if not text:
        raise CommandError("no-command", "There is no command", "Say what should be done.")
    return text


class _Quotes:
    """Whether one is inside quotes, character by character. ``open`` is the quote that is open, or empty."""

    def __init__(self) -> None:
        self.open = ""
        self._escaped = False

    def take(self, each: str) -> None:
        """The next character."""
        if self._escaped:
            self._escaped = False
        elif each == "\\" and self.open != "'":
            self._escaped = True
        elif self.open:
            self.open = "" if each == self.open else self.open
        elif each in INSIDE:
            self.open = each


def fold(command: str) -> str:
    """Full-width ASCII and the ideographic space, which recognisers and input methods write, plain outside quotes."""
    out, quotes = [], _Quotes()
    for each in command:
        plain = each
        if not quotes.open:
            plain = " " if each == "\u3000" else chr(ord(each) - 0xFEE0) if "\uff01" <= each <= "\uff5e" else each
        out.append(plain)
        quotes.take(plain)
    return "".join(out)


def problems(command: str, shell: str = "bash") -> tuple[Reason, ...]:
    """Why ``command`` must not be put at a prompt as it stands, at most one reason of each kind; empty when it may."""
    if len(command) > LONGEST:
        return (_too_long(command), *problems(command[:LONGEST], shell))
    found: dict[str, Reason] = {}
    for reason in (*_single(command, shell), *_words(command)):
        found.setdefault(reason.code, reason)
    if " " * PADDING in command:
        found.setdefault("padding", Reason("padding", "Long blanks push the rest out of sight.", " " * PADDING))
    return tuple(found.values())


def _single(command: str, shell: str) -> Iterator[Reason]:
    quotes, before, marks = _Quotes(), "", 0
    for each in command:
        if not " " <= each <= "~":
            marks = marks + 1 if unicodedata.combining(each) else 0
            yield from _one(each, before, quotes.open, shell, marks)
        else:
            marks = 0
        quotes.take(each)
        before = each


def _one(each: str, before: str, quote: str, shell: str, marks: int) -> Iterator[Reason]:
    if each == "\ufe0f" and before and unicodedata.category(before) in ("So", "Sm"):
        return  # makes a symbol an emoji; has ink
    found = _unseen(each) or _look_alike(each, before, marks) or _sign(each, quote, shell)
    if found:
        yield Reason(*found, _named(each))


_Found = tuple[str, str] | None
"""Code and message, or nothing to say."""


def _unseen(each: str) -> _Found:
    """What acts on the terminal, or has no ink."""
    kind = unicodedata.category(each)
    if each in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "several-lines", "It holds a line end; a prompt would run the first line."
    if each == "\t":
        return "tab", "It holds a tab, which a prompt takes for completion."
    if kind == "Cc":
        return "control-character", "It holds a control character, which a terminal obeys."
    if each in BIDI:
        return "text-direction", "It holds a character that turns the order of the text around."
    if kind in ("Cf", "Cs", "Co", "Cn") or each in FILLERS or "\ufe00" <= each <= "\ufe0f" or each >= "\U000e0000":
        return "invisible-character", "It holds a character that cannot be seen or is not known."
    if kind in ("Zs", "Zl", "Zp"):
        return "odd-space", "It holds a blank that is not a plain space."
    return None


def _look_alike(each: str, before: str, marks: int) -> _Found:
    """What passes for another character wherever it stands."""
    if marks > 2 or (marks and not _composes(before, each)):
        return "look-alike", "It holds marks drawn over another character."
    if unicodedata.normalize("NFC", each).isascii() or _letter_twin(each):
        return "look-alike", "It holds a character that passes for another."
    return None


def _sign(each: str, quote: str, shell: str) -> _Found:
    """What passes for a sign that means something to the shell; inside quotes nothing does, but in PowerShell."""
    if (shell == "powershell" or not quote) and (each in DASHES or each in QUOTES):
        return "look-alike", "It holds a dash or quote that only looks like the plain one."
    if not quote and (each in STROKES or unicodedata.normalize("NFKC", each).isascii()):
        return "look-alike", "It holds a sign that only looks like the plain one."
    return None


def _composes(before: str, mark: str) -> bool:
    """Whether a mark is at home on what stands before it: it makes one letter of ASCII, or stands on another script."""
    if not before.isascii():
        return before.isalpha() or unicodedata.combining(before) > 0
    return len(unicodedata.normalize("NFC", before + mark)) == 1 and before.isalpha()


def _letter_twin(each: str) -> bool:
    """A styled or phonetic letter: mathematical bold, circled, small capital."""
    if each in LETTERS:
        return True
    plain = unicodedata.normalize("NFKC", each)
    wide = "\uff01" <= each <= "\uff5e"
    return not wide and each not in "ªº™" and plain.isascii() and plain.isalpha()


def _words(command: str) -> Iterator[Reason]:
    """Words that mix alphabets, and words outside quotes made of look-alikes alone."""
    for word, quoted in _split(command):
        scripts = set(map(_script, word))
        odd = scripts - {"LATIN", "", "CJK"}
        if odd and ("LATIN" in scripts or len(odd) > 1):
            yield Reason("look-alike", "A word mixes letters of several alphabets.", word)
        elif odd and not quoted and all(letter in TWINS for letter in word):
            yield Reason("look-alike", "A word of another alphabet reads like a Latin one.", word)


def _split(command: str) -> Iterator[tuple[str, bool]]:
    """The words of letters, and whether they begin inside quotes."""
    word, quote, start_quoted = "", "", False
    for each in command + " ":
        if each.isalpha():
            start_quoted = start_quoted if word else bool(quote)
            word += each
            continue
        if unicodedata.combining(each):
            continue
        if word:
            yield word, start_quoted
            word = ""
        if quote:
            quote = "" if each == quote else quote
        elif each in INSIDE:
            quote = each


def _script(letter: str) -> str:
    """The alphabet of a letter by its name; the East Asian ones, which are mixed with Latin every day, are one."""
    if letter.isascii():
        return "LATIN"
    first = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    if first in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "KANGXI", "IDEOGRAPHIC"):
        return "CJK"
    return "" if first in ("MICRO", "FULLWIDTH", "FEMININE", "MASCULINE", "MODIFIER", "DOUBLE") else first


def _named(each: str) -> str:
    return f"U+{ord(each):04X}"


def _too_long(command: str) -> Reason:
    return Reason("too-long", f"It is longer than {LONGEST} characters.", command[:40])


def _refusal(reason: Reason) -> CommandError:
    message = f"The command cannot be put at a prompt: {reason.message} ({reason.at})"
    return CommandError(reason.code, message, "Say it again, or type it yourself.")
