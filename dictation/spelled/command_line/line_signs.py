"""Reads a command line that is spelled out: knows where every sign goes."""

from __future__ import annotations

from collections.abc import Callable

from dictation.spelled import programs
from dictation.spelled.cases import WAYS
from dictation.spelled.command_line.line import NotLiteral, Part, place_dot, place_slash
from dictation.spelled.command_line.line_options import OptionReader
from dictation.spelled.command_line.line_text import messages, settled, written
from dictation.spelled.pieces import Said
from dictation.spelled.signs import OPERATORS

_VERSIONED = frozenset(
    "npm npx pnpm yarn bun go git uv uvx pip pip3 brew cargo ssh scp rsync ping sftp mysql curl docker".split()
)
"""Programs whose names may hold an @ before a number: react@18, stash@0, root@10.0.0.1."""


class LineReader(OptionReader):
    """Reads pieces as one command line, of which every piece must have its place."""

    def read(self) -> list[Part]:
        """The words of the line. Raises NotLiteral and ValueError."""
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if not self.line.command() or self._after_sudo(piece):
                self.program()
            elif piece.kind == "sign":
                self._sign(piece)
            elif piece.kind == "han":
                self.chinese(piece)
            else:
                self.word(piece)
        parts = settled(self.line)
        if not parts or parts[-1].kind == "operator" or parts[-1].text in messages():
            raise NotLiteral
        return parts

    def write(self, parts: list[Part]) -> str:
        """``parts`` as the shell wants them. Raises ValueError where it cannot quote one."""
        return " ".join(written(parts, at, self.where.shell) for at in range(len(parts)))

    def _after_sudo(self, piece: Said) -> bool:
        """Whether a program that is heard as two words follows sudo: "sudo journal ctl"."""
        command, after = self.line.command(), self.peek()
        if len(command) != 1 or command[0].text != "sudo" or piece.kind != "word" or after is None:
            return False
        dashed = self.peek(2) if after.text == "-" else None
        return f"{piece.low} {after.low}" in programs.heard() or (
            dashed is not None and f"{piece.low}-{dashed.low}" in programs.spoken()
        )

    # --- signs

    def _sign(self, piece: Said) -> None:
        self.signs += 1
        sign = piece.text
        done: Callable[[], None] | None = {
            '"': self.quotation, "'": self.quotation, "-": self.dash, "--": self.long, ".": self._dot,
            "..": self._dots, "/": self._slash, "//": self._slash, "*": self._star, " ": self.space,
            "...": self._dots, "joined": self.no_space, "$": self.variable, "~": self._tilde, "+": self._plus,
            "@": self._at, "\\": self._backslash,
        }.get(sign)  # fmt: skip
        if sign in OPERATORS:
            self._operator(sign)
        elif done is not None:
            done()
        elif sign in WAYS:
            self.way(sign)
        elif sign in ("_", "__", ":", "=", ",", "%", "^"):
            self._joint(sign)
        else:
            raise NotLiteral

    def _joint(self, sign: str) -> None:
        """A sign between two words of one name or value."""
        last = self.line.last
        if sign == "_" and len(self.line.command()) == 1:
            raise NotLiteral
        if last is None or self.line.gap or last.kind == "operator" or self._stands_apart(sign, last):
            self.line.sign(sign)
        else:
            self.line.join(sign)
        self.at += 1

    def _stands_apart(self, sign: str, last: Part) -> bool:
        """Whether a colon stands behind an option that it is no part of; ffmpeg has ``-c:v``."""
        option = last.kind == "option" and not last.text.endswith("=")
        return sign == ":" and option and self.line.program() != "ffmpeg"

    def _backslash(self) -> None:
        if self.where.shell not in ("powershell", "cmd"):
            raise NotLiteral
        (self.line.sign if self.line.bound() else self.line.join)("\\")
        self.at += 1

    def _operator(self, sign: str) -> None:
        last, after = self.line.last, self.peek()
        if last is None or last.kind == "operator" or after is None:
            raise NotLiteral
        self.line.glue = False
        if sign in (">", ">>") and last.text in ("1", "2") and last.bare and len(self.line.command()) > 1:
            self._redirect(last, sign)
        else:
            self.line.add(sign, "operator")
        self.at += 1

    def _redirect(self, stream: Part, sign: str) -> None:
        """``2>``, or ``2>&1``: the number of a stream before an operator."""
        stream.text, stream.kind = stream.text + sign, "operator"
        other = self.peek(2)
        if self.peek_sign(1) == "&" and other is not None and other.text in ("1", "2"):
            stream.text, stream.kind, stream.bare = f"{stream.text}&{other.text}", "word", False
            self.at += 2

    def _dot(self) -> None:
        following, attaches = self.following()
        where = place_dot(self.line, following, attaches)
        if where == "alone":
            self.line.gap = True
            self.line.add(".", sign=True)
            self._find_words()
        elif where == "new":
            self.line.sign(".")
        else:
            self.line.join(".")
        self.at += 1

    def _find_words(self) -> None:
        """``find . name ...``: the dash before find's own words is often not said."""
        after = self.peek()
        if (
            self.line.program() == "find"
            and after is not None
            and after.low in programs.listed("find", "options.words")
        ):
            self.line.add("-" + after.low, "option")
            self.at += 1

    def _dots(self) -> None:
        following, attaches = self.following()
        dots = self.pieces[self.at].text
        third = self.peek()
        if dots == ".." and self.line.program() == "go" and third is not None and third.text == ".":
            dots = "..."  # go test ./...
            self.at += 1
            following, attaches = self.following()
        if self.line.glue or (not self.line.bound() and attaches):
            self.line.join(dots)
            self.line.glue = following == "/" or (attaches and not self.line.parts[-1].text.endswith("/" + dots))
        else:
            self.line.glue = False
            self.line.sign(dots)
            self.line.glue = following == "/"
        self.at += 1

    def _slash(self) -> None:
        following, attaches = self.following()
        if place_slash(self.line, following) == "new":
            self.line.sign(self.pieces[self.at].text)
        else:
            self.line.join(self.pieces[self.at].text)
        if not attaches and following not in (
            ".",
            "*",
            "..",
            "...",
            "_",
            "@",
            "cap",
            "camel",
            "snake",
            "kebab",
            "pascal",
            "/",
        ):
            self.line.glue = False
        self.at += 1

    def _star(self) -> None:
        following, _ = self.following()
        if self.line.glue:
            self.line.join("*")
        elif self.line.bound() or following == ".":
            self.line.sign("*")
        else:
            self.line.join("*")
        self.line.glue = following in (".", "/", "-", "_", "*")
        self.at += 1

    def _tilde(self) -> None:
        following, _ = self.following()
        last = self.line.last
        if last is not None and last.text.endswith((":", "=")) and not self.line.gap:
            self.line.join("~")
            self.line.glue = following == "/"
        elif last is not None and (last.text.upper() == "HEAD" or following.isdigit()) and not self.line.gap:
            if last.text.upper() == "HEAD":
                last.text = "HEAD"
            self.line.join("~")
            self.line.glue = following.isdigit()
        else:
            self.line.glue = False
            self.line.sign("~")
            self.line.glue = following == "/"
        self.at += 1

    def _plus(self) -> None:
        last = self.line.last
        if last is not None and not self.line.bound() and not self.line.gap:
            self.line.join("+")
        else:
            self.line.sign("+")
        self.at += 1

    def _at(self) -> None:
        last, (following, _) = self.line.last, self.following()
        if following.isdigit() and self.line.program() not in _VERSIONED:
            raise NotLiteral  # "code review at three"
        if self.line.bound():
            self.line.sign("@")
        elif last is not None and "/" in last.text[1:] and self.line.program() in ("rsync", "scp"):
            last.text, _, user = last.text.rpartition("/")
            last.text += "/"
            self.line.glue = False
            self.line.add(user)
            self.line.join("@")
        else:
            self.line.join("@")
        self.at += 1
