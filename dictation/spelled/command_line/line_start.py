"""The pieces of a request, how far they are read, and how a command begins: with its program, however it is heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dictation.spelled import programs
from dictation.spelled.command_line.line import Line, NotLiteral
from dictation.spelled.pieces import Said


@dataclass(frozen=True, slots=True)
class Where:
    """What spelled code is read for: the shell whose quotes are wanted, and programs that are there besides."""

    shell: str = "bash"
    tools: frozenset[str] = frozenset()


class Beginning:
    """The pieces of a request, how far they are read, and the line they make so far."""

    def __init__(self, text: str, pieces: Sequence[Said], where: Where) -> None:
        """``pieces`` are those of ``text``; pauses among them are passed over."""
        self.text = text
        self.where = where
        self.pieces = [each for each in pieces if each.kind != "pause"]
        self.at = 0
        self.line = Line()
        self.signs = 0

    def peek(self, ahead: int = 1) -> Said | None:
        """The piece ``ahead`` of the current one."""
        at = self.at + ahead
        return self.pieces[at] if at < len(self.pieces) else None

    def peek_sign(self, ahead: int) -> str:
        """The sign ``ahead`` of the current piece; empty where none stands there."""
        piece = self.peek(ahead)
        return piece.text if piece is not None and piece.kind == "sign" else ""

    def program(self) -> None:
        """The program's name: as it is, as it is heard, or spelled out."""
        piece = self.pieces[self.at]
        if piece.kind == "sign":
            if piece.text == " " and self.line.parts:
                self.at += 1
            else:
                self._begin_with_sign(piece)
            return
        if not any(self._program_of(size) for size in range(4, 0, -1)):
            raise NotLiteral

    def _program_of(self, size: int) -> bool:
        """Take ``size`` pieces for a program's name, where they are one."""
        group = self.pieces[self.at : self.at + size]
        if len(group) < size or any(each.kind not in ("word", "number") for each in group):
            return False
        heard = " ".join(each.low for each in group)
        if size == 1:
            name = programs.heard().get(heard, heard)
            ordinary = heard == "get" and name == "git" and not self._then(1, programs.subcommands("git"))
            return not ordinary and self._one(group[0], name)
        name = programs.heard().get(heard, "")
        if not self._known(name) and " " not in name:
            return False
        self._take(name, size)
        return True

    def _one(self, piece: Said, name: str) -> bool:
        """A program of one piece; its name may go on behind a dash, and NAME=value may stand in front of it."""
        if "=" in piece.text[1:]:
            name = piece.text
        if not self._known(name) and "=" not in name:
            if not self._dash_follows(name):
                return False
            self.at += 1
            return self._dashed(name)
        self.at += 1
        if name == "sudo" or not self._dashed(name):
            self._take(name, 0)
        return True

    def _take(self, name: str, size: int) -> None:
        self.at += size
        for each in name.split():
            self.line.add(each)

    def _begin_with_sign(self, piece: Said) -> None:
        after = self.peek()
        if piece.text in (".", "~", "..") and after is not None and after.text == "/":
            self.signs += 1
            self.line.sign(piece.text)
            self.at += 1
            return
        raise NotLiteral

    def _dash_follows(self, name: str) -> bool:
        dash, after = self.peek(1), self.peek(2)
        return (
            dash is not None and dash.text == "-" and after is not None and f"{name}-{after.low}" in programs.spoken()
        )

    def _dashed(self, name: str) -> bool:
        """docker-compose, apt-get: a program whose name has a dash."""
        dash, after = self.peek(0), self.peek(1)
        if dash is None or after is None or dash.text != "-" or after.kind != "word":
            return False
        if f"{name}-{after.low}" not in programs.spoken():
            return False
        self.signs += 1
        self.line.add(f"{name}-{after.low}")
        self.at += 2
        return True

    def _known(self, name: str) -> bool:
        return (
            name in programs.spoken() or name in self.where.tools or re.fullmatch(r"\.{1,2}/[\w./-]+", name) is not None
        )

    def _then(self, size: int, follow: frozenset[str]) -> bool:
        after = self.peek(size)
        return after is not None and (after.low in follow or after.text in ("-", "--"))
