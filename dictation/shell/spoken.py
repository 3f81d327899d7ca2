"""Reads a command that was spoken literally: "git commit dash m quote fix typo quote", "ls 杠 l a 竖线 grep 点 env"."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.context import Context
from dictation.shell.spoken_glue import cluster_ends, is_option, long_option, place_dot, place_slash
from dictation.shell.spoken_numbers import english
from dictation.shell.spoken_options import CLUSTERS, DEFINES, SINGLE_DASH_LONG, WITH_MESSAGE
from dictation.shell.spoken_plausible import plausible
from dictation.shell.spoken_reader import Reader
from dictation.shell.spoken_signs import OPERATORS, WAYS
from dictation.shell.spoken_text import NotLiteral, settled, written
from dictation.shell.spoken_words import Said

_METHODS = frozenset(("get", "post", "put", "delete", "patch", "head", "options"))
_LONE_DASH = frozenset(("cd", "git", "cat", "tar", "kubectl", "docker", "python3", "python", "su"))


def literal(request: str, context: Context) -> str | None:
    """The command that ``request`` spells out for ``context.shell``, or ``None`` when it is not one.

    Every piece must have its place, and the first word of every command must be a program.
    """
    try:
        return _Literal(request, context).read()
    except (NotLiteral, ValueError):
        return None


class _Literal(Reader):
    """A reader that knows where every sign goes."""

    def read(self) -> str:
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if not self.line.command():
                self.program()
            elif piece.kind == "sign":
                self._sign(piece)
            elif piece.kind == "han":
                self.chinese(piece)
            else:
                self.word(piece)
        parts = settled(self.line)
        unfinished = not parts or parts[-1].kind == "operator" or parts[-1].text in WITH_MESSAGE
        if unfinished or not plausible(parts, self.signs, self.context):
            raise NotLiteral
        return " ".join(written(parts, at, self.context.shell) for at in range(len(parts)))

    # --- signs

    def _sign(self, piece: Said) -> None:
        self.signs += 1
        sign = piece.text
        done: Callable[[], None] | None = {
            '"': self.quotation, "'": self.quotation, "-": self._dash, "--": self._long, ".": self._dot,
            "..": self._dots, "/": self._slash, "//": self._slash, "*": self._star, " ": self.space,
            "...": self._dots, "join": self.no_space, "$": self.variable, "~": self._tilde, "+": self._plus,
            "@": self._at,
        }.get(sign)  # fmt: skip
        if sign in OPERATORS:
            self._operator(sign)
        elif sign in WAYS:
            self.way(sign)
        elif done is not None:
            done()
        elif sign in ("_", "__", ":", "=", ",", "%", "^"):
            last = self.line.last
            loose = last is not None and last.kind == "option" and sign == ":" and not last.text.endswith("=")
            if last is None or self.line.gap or last.kind == "operator" or loose:
                self.line.sign(sign)
            else:
                self.line.join(sign)
            self.at += 1
        elif sign == "\\" and self.context.shell in ("powershell", "cmd"):
            self.line.join(sign) if not self.line.bound() else self.line.sign(sign)
            self.at += 1
        else:
            raise NotLiteral

    def _operator(self, sign: str) -> None:
        last, after = self.line.last, self.peek()
        if last is None or last.kind == "operator" or after is None:
            raise NotLiteral
        self.line.glue = False
        redirect = sign in (">", ">>")
        if redirect and last.text in ("1", "2") and last.bare and len(self.line.command()) > 1:
            last.text, last.kind = last.text + sign, "operator"
            if after.text == "&" and (number := self.peek(2)) is not None and number.text in ("1", "2"):
                last.text, last.kind = f"{last.text}&{number.text}", "word"
                last.bare = False
                self.at += 2
        else:
            self.line.add(sign, "operator")
        self.at += 1

    def _dash(self) -> None:
        text, attaches = self.following()
        after = self.peek()
        if after is not None and after.text == "cap" and (letter := self.peek(2)) is not None and letter.letter:
            self.at += 3
            self._option("-" + letter.text.upper())
            return
        if not attaches or after is None:
            if after is not None or self.line.program() not in _LONE_DASH:
                raise NotLiteral
            self.line.glue = False
            self.line.add("-")
            self.at += 1
            return
        if after.kind == "number" and self.line.program() in ("kill", "killall", "pkill") and " " in after.raw:
            text, attaches = self._signal(after), True
        if (more := self._dashed_option(after.low)) is not None:
            self.at += 4
            self._option(more)
            return
        option = "" if self.line.glue else is_option(self.line, text, after.letter)
        if not option:
            if self.line.bound():
                raise NotLiteral
            self.line.join("-")
            self.at += 1
            return
        self.at += 2
        if after.letter:
            option = self._cluster(option)
        self._option(option)

    def _dashed_option(self, first: str) -> str | None:
        """``terraform apply dash auto dash approve``: one option with a dash inside."""
        dash, second = self.peek(2), self.peek(3)
        if dash is None or second is None or dash.text != "-":
            return None
        name = f"{first}-{second.low}"
        return "-" + name if name in SINGLE_DASH_LONG.get(self.line.program(), "").split() else None

    def _option(self, option: str) -> None:
        self.line.glue = False
        self.line.add(option, "option")
        self.line.glue = option == "-D" and self.line.program() in DEFINES

    def _signal(self, number: Said) -> str:
        """``kill dash nine twelve thirty four``: the first word is the signal, the rest the process."""
        first, _, rest = number.raw.partition(" ")
        signal, process = english([first.lower()]), english(rest.lower().split())
        if signal is None or process is None:
            raise NotLiteral
        self.pieces.insert(self.at + 2, Said("number", process, rest, number.start, number.end))
        return signal

    def _cluster(self, option: str) -> str:
        """``option`` with the letters that follow one by one."""
        program = self.line.program()
        if program == "curl" and option == "-x" and (verb := self.peek(0)) is not None and verb.low in _METHODS:
            return "-X"
        while not cluster_ends(program, option[-1]) and (more := self.peek(0)) is not None and more.letter:
            if self._begins_name(option + more.low):
                break
            option += more.low
            self.at += 1
        if option[1:] in ("a", "aw") and program == "kubectl":
            return "-A"
        return option

    def _tool(self) -> str:
        """The program, or what npx and the like run."""
        command = [each.text for each in self.line.command()]
        return command[1] if len(command) > 1 and command[0] in ("npx", "pnpx", "bunx", "uvx") else command[0]

    def _begins_name(self, cluster: str) -> bool:
        """Whether the next letter begins a name ("a dot txt") rather than being one more option."""
        sign, after = self.peek(1), self.peek(2)
        if sign is None or sign.kind != "sign" or sign.text not in (".", "/", "_", ":", "="):
            return False
        names = after is not None and after.kind in ("word", "number")
        return not (cluster.lstrip("-") in CLUSTERS and (sign.text == "/" or (sign.text == "." and not names)))

    def _long(self) -> None:
        names: list[str] = []
        for ahead in range(1, 7):
            after = self.peek(ahead)
            if after is None or after.kind != "word" or not re.fullmatch("[A-Za-z][A-Za-z0-9-]*", after.text):
                break
            names.append(after.low)
        self.line.glue = False
        following = self.peek(2)
        path = len(names) == 1 and following is not None and following.text in ("/", ".") and following.kind == "sign"
        if not names or path:
            if self.peek() is None:
                raise NotLiteral
            self.line.add("--", "option")
            self.at += 1
            return
        size, name = long_option(names, self._tool())
        self.at += 1 + size
        while (dash := self.peek(0)) is not None and dash.text == "-" and (after := self.peek(1)) is not None:
            if after.kind != "word" or after.letter or after.low in CLUSTERS:
                break
            name += "-" + after.low
            self.at += 2
        self.line.add("--" + name, "option")

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
        if self.line.program() == "find" and after is not None and after.low in SINGLE_DASH_LONG["find"].split():
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
        if last is not None and (last.text.upper() == "HEAD" or following.isdigit()) and not self.line.gap:
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
        last = self.line.last
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
