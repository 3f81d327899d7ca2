"""Reads a request piece by piece: words, spelled letters and what stands between quotes."""

from __future__ import annotations

import re

from dictation.spelled import programs
from dictation.spelled.cases import MOST, write
from dictation.spelled.command_line.line import NotLiteral
from dictation.spelled.command_line.line_start import Beginning
from dictation.spelled.command_line.line_text import messages, pattern, prose
from dictation.spelled.endings import JOINED
from dictation.spelled.numbers import english_in_code
from dictation.spelled.pieces import Said
from dictation.spelled.signs import OPERATORS
from dictation.spelled.wordlist import words

_VARIABLES = words("path home user shell pwd lang term editor oldpwd hostname tmpdir display uid random")
_WITH_NUMBER = {
    ("python", "3"),
    ("pip", "3"),
    ("ed", "25519"),
    ("sha", "256"),
    ("md", "5"),
    ("base", "64"),
    ("s", "3"),
    ("ec", "2"),
}
_NEVER = words("newline backtick backticks backquote")
_SEEK = frozenset("grep rg sed awk find ag fd jq pgrep".split())
"""Programs whose quoted words are patterns."""

_LETTERS_APART = frozenset(("mv", "cp", "ln", "diff", "cmp", "git"))


class Reader(Beginning):
    """A reader of words, spelled letters and quotes."""

    # --- words

    def word(self, piece: Said) -> None:
        """A word: a message, more of the last word, a name of several words, letters, or as it is."""
        if self._message():
            return
        if piece.low in _NEVER:
            raise NotLiteral
        if self.line.glue:
            self._glued(piece)
            return
        ways = (self._name_of_words, self._range, self._spelled, self._versioned, self._numeronym, self._address)
        if not any(way(piece) for way in ways):
            self._as_it_is(piece)

    def _name_of_words(self, piece: Said) -> bool:
        """node modules, nvidia dash s m i: names that are said in several words."""
        for size in (5, 4, 3, 2, 1):
            group = self.pieces[self.at : self.at + size]
            heard = " ".join("dash" if each.text == "-" else each.low for each in group)
            plain = len(group) == size == len(heard.split()) and all(each.kind in ("word", "sign") for each in group)
            if plain and heard in JOINED:
                self.line.add(JOINED[heard])
                self.at += size
                return True
        return False

    def _range(self, piece: Said) -> bool:
        """1,10p for sed, 100M for find: a letter behind a number."""
        last = self.line.last
        if not piece.letter or self.line.program() not in ("sed", "find") or last is None:
            return False
        if not last.text[-1:].isdigit():
            return False
        last.text += piece.low
        self.at += 1
        return True

    def _versioned(self, piece: Said) -> bool:
        """v1.2.0, python3: a name with a number in one."""
        after = self.peek()
        if after is None or after.kind != "number":
            return False
        version = piece.low == "v" and self.line.program() in ("git", "gh")
        if not version and (piece.low, after.text) not in _WITH_NUMBER:
            return False
        self.line.add(piece.low + after.text)
        self.line.parts[-1].bare = not version
        self.at += 2
        return True

    def _as_it_is(self, piece: Said) -> None:
        text = piece.text
        if text.startswith("-") and len(text) > 1:
            self.signs += 1
            self.line.add(text, "option")
        elif re.fullmatch(r"[\w@%+=:,./~*^-]+", text):
            self.line.add(self._cased(text))
            if not text.isalnum():
                self.signs += 1
                self.line.parts[-1].chain, self.line.parts[-1].bare = True, False
        else:
            raise NotLiteral
        self.at += 1

    def _numeronym(self, piece: Said) -> bool:
        """k8s, i18n: a letter, a number and a letter are one name."""
        number, letter = self.peek(1), self.peek(2)
        if not piece.letter or number is None or letter is None or number.kind != "number" or not letter.letter:
            return False
        if len(number.text) > 2:
            return False
        self.line.add(piece.low + number.text + letter.low)
        self.line.parts[-1].bare = False
        self.at += 3
        return True

    def _address(self, piece: Said) -> bool:
        """ "dash c four eight dot eight dot eight dot eight": the first word belongs to the option."""
        last = self.line.last
        ahead = [each.text if each is not None else "" for each in map(self.peek, range(1, 7))]
        octets = ahead[0::2] == [".", ".", "."] and all(each.isdigit() for each in ahead[1::2])
        first, _, rest = piece.raw.partition(" ")
        if not octets or not rest or last is None or last.kind != "option":
            return False
        if last.text[-1] not in programs.letters(self.line.program(), "options.valued"):
            return False
        value, octet = english_in_code([first.lower()]), english_in_code(rest.lower().split())
        if value is None or octet is None:
            raise NotLiteral
        self.line.add(value)
        self.pieces[self.at] = Said("number", octet, rest, piece.start, piece.end)
        return True

    def _cased(self, text: str) -> str:
        """Subcommands, and the first word, in lower case: recognisers write capitals after a pause."""
        parts = self.line.command()
        if parts[0].text == "curl" and parts[-1].text == "-X":
            return text.upper()
        if len(parts) == 1 and text.lower() in programs.subcommands(parts[0].text):
            return text.lower()
        if parts[0].text == "git" and text.lower() == "head":
            return "HEAD"
        after = self.peek()
        if parts[0].text == "export" and text.lower() in ("http", "https", "no", "all"):
            return text.lower()  # http_proxy
        if parts[0].text == "export" and len(parts) == 1 and after is not None and after.text in ("=", "_"):
            return text.upper()
        return text

    def _glued(self, piece: Said) -> None:
        """A word after a sign; spelled endings are put together: dot t x t."""
        size = 1
        for length in (3, 2):
            group = self.pieces[self.at : self.at + length]
            heard = " ".join(each.low for each in group if each.kind == "word")
            if len(group) == length == len(heard.split()) and heard in JOINED:
                self.line.add(JOINED[heard])
                self.at += length
                return
        if piece.letter:
            while (
                (after := self.peek(size)) is not None
                and (after.letter or (after.kind == "number" and size == 1 and len(after.text) == 1))
                and size < 5
            ):
                size += 1
        text = "".join(each.text for each in self.pieces[self.at : self.at + size])
        if size > 1 or (piece.letter and self.line.parts[-1].text.endswith(".")):
            text = text.lower()
        self.line.add(JOINED.get(text.lower(), text))
        self.at += size

    def _spelled(self, piece: Said) -> bool:
        """Letters one by one make one word, but for programs that often take single letters."""
        if not piece.letter:
            return False
        size = 1
        while (after := self.peek(size)) is not None and after.letter:
            size += 1
        if size < 2 or self.line.command()[0].text in _LETTERS_APART:
            return False
        self.line.add("".join(each.low for each in self.pieces[self.at : self.at + size]))
        self.at += size
        return True

    def chinese(self, piece: Said) -> None:
        if self._message():
            return
        command = self.line.command()
        if command and command[0].text == "echo" and len(command) == 1:
            self._rest_quoted()
            return
        raise NotLiteral

    def _message(self) -> bool:
        """What follows ``git commit -m`` without a quote is the message, to the end."""
        last = self.line.last
        if last is None or last.kind != "option" or last.text not in messages():
            return False  # and "git branch dash m" is another -m
        program, *sub = [each.text for each in self.line.command()[:2]]
        if not sub or sub[0] not in programs.listed(program, "with_message"):
            return False
        self._rest_quoted()
        return True

    def _rest_quoted(self) -> None:
        rest = self.pieces[self.at :]
        if any(each.text in OPERATORS for each in rest if each.kind == "sign"):
            raise NotLiteral
        message = prose(self.text, rest)
        self.line.add(message, quoted=re.fullmatch(r"[\w.-]+", message, re.ASCII) is None)
        self.line.parts[-1].bare = False
        self.at = len(self.pieces)

    def following(self) -> tuple[str, bool]:
        """The next piece's text, and whether it is something that a sign can be attached to."""
        after = self.peek()
        if after is None:
            return "", False
        return after.text, after.kind in ("word", "number")

    def quotation(self) -> None:
        """From a quote to the next one; the last may be missing before the end."""
        mark = self.pieces[self.at].text
        end = self.at + 1
        while end < len(self.pieces) and not (self.pieces[end].kind == "sign" and self.pieces[end].text in "\"'"):
            end += 1
        inside = self.pieces[self.at + 1 : end]
        last = self.line.last
        open_ended = last is not None and last.text in messages()
        if not inside or (end == len(self.pieces) and not open_ended) or mark not in "\"'":
            raise NotLiteral
        text = self._quoted_text(inside)
        if last is not None and last.text.endswith("="):
            self.line.glue = True
        elif last is not None and last.text.startswith("-F") and self.line.program() == "awk":
            self.line.glue = False  # -F, '{print $1}'
        self.line.add(text, quoted=True)
        self.at = end + 1

    def _quoted_text(self, inside: list[Said]) -> str:
        """What stands in quotes: a pattern, or words. Raises NotLiteral for code, whose brackets are not said."""
        program, last = self.line.program(), self.line.last
        if last is None:
            return prose(self.text, inside)
        code = program in ("node", "python", "python3", "ruby", "php") and last.text in ("-c", "-e")
        if code and any(each.kind == "sign" and each.text == "." for each in inside):
            raise NotLiteral
        patterned = last.kind == "option" and last.text.split("=")[0] in programs.patterns()
        return pattern(self.text, inside) if patterned or program in _SEEK else prose(self.text, inside)

    def variable(self) -> None:
        following, attaches = self.following()
        if not attaches:
            raise NotLiteral
        size = 1
        while (
            following.isalpha() and len(following) == size and (more := self.peek(size + 1)) is not None and more.letter
        ):
            following += more.text
            size += 1
        name = (
            following.upper()
            if (len(following) > 1 and size > 1) or following.lower() in _VARIABLES or following.islower()
            else following
        )
        if self.line.glue or (
            self.line.last is not None and not self.line.bound() and self.line.last.text.endswith(("/", ":", "="))
        ):
            self.line.join("$" + name)
            self.line.glue = False
        else:
            self.line.add("$" + name, sign=True)
            self.line.parts[-1].bare = False
        self.at += 1 + size

    def space(self) -> None:
        self.line.glue, self.line.gap = False, True
        self.at += 1

    def no_space(self) -> None:
        if self.line.last is None or self.line.last.kind == "operator":
            raise NotLiteral
        self.line.glue = True
        self.at += 1

    def way(self, way: str) -> None:
        names: list[str] = []
        self.at += 1
        last = self.line.last
        if way == "cap" and self.line.program() == "find" and last is not None and last.text[-1:].isdigit():
            self.line.glue = True  # -size +100M
        limit = 1 if way in ("cap", "upper", "lower") else MOST
        while (after := self.peek(0)) is not None and after.kind in ("word", "number") and len(names) < limit:
            names.append(after.text)
            self.at += 1
        if not names:
            raise NotLiteral
        self.line.add(write(way, names))
        self.line.parts[-1].bare = False
