"""Reads what stands behind a spoken dash: short options letter by letter, long ones word by word, or a lone dash."""

from __future__ import annotations

import re

from dictation.spelled import programs
from dictation.spelled.command_line.line import NotLiteral, cluster_ends, is_option, long_option
from dictation.spelled.command_line.line_words import Reader
from dictation.spelled.numbers import english_in_code
from dictation.spelled.pieces import Said
from dictation.spelled.plain_words import FOLDERS
from dictation.spelled.wordlist import words

_METHODS = frozenset(("get", "post", "put", "delete", "patch", "head", "options"))
_FIND_FIRST = words("H L P O1 O2 O3 a o h l")
"""What find has besides its tests."""

_PLAIN_LONG = words(
    """cached staged hard soft mixed amend force all quiet verbose prune recursive detach build fix write watch
    interactive patch update delete list merged squash rebase bare mirror shallow help global local"""
)
"""Long options of one word that a path may follow."""


class OptionReader(Reader):
    """A reader that knows what a dash means."""

    def dash(self) -> None:
        """A dash: before an option, by itself, or within a word."""
        text, attaches = self.following()
        after = self.peek()
        if capital := self._capital():
            self.at += 3
            self._option("-" + capital)
        elif after is None or not attaches:
            self._lone(after)
        elif not self._several_words(after):
            self._one_word(self._signal(after) if self._kills(after) else text, after)

    def _lone(self, after: Said | None) -> None:
        """A dash that nothing follows: ``cd -``."""
        if after is not None or self.line.program() not in programs.having("lone_dash"):
            raise NotLiteral
        self.line.glue = False
        self.line.add("-")
        self.at += 1

    def _several_words(self, after: Said) -> bool:
        """An option with one dash that is said in several words."""
        if (more := self._dashed_option(after.low)) is not None:
            self.at += 4
            self._option(more)
            return True
        if size := self._split_option():
            self._option("-" + "".join(each.low for each in self.pieces[self.at + 1 : self.at + 1 + size]))
            self.at += 1 + size
            return True
        return False

    def _one_word(self, text: str, after: Said) -> None:
        option = "" if self.line.glue else is_option(self.line, text, after.letter)
        if not option:
            if self.line.bound():
                raise NotLiteral
            self.line.join("-")
            self.at += 1
            return
        self.at += 2
        if self.line.program() == "find" and option[1:] not in programs.listed("find", "options.words") | _FIND_FIRST:
            raise NotLiteral  # find has no others
        if after.letter:
            option = self._inner(after.text, self._upper(self._cluster(option)))
        self._option(option)

    def _dashed_option(self, first: str) -> str | None:
        """``terraform apply dash auto dash approve``: one option with a dash inside."""
        dash, second = self.peek(2), self.peek(3)
        if dash is None or second is None or dash.text != "-":
            return None
        name = f"{first}-{second.low}"
        return "-" + name if name in programs.listed(self.line.program(), "options.words") else None

    def _split_option(self) -> int:
        """Over how many words an option is heard: "dash m time", "dash max depth"; 0 when it is not."""
        known = programs.listed(self.line.program(), "options.words")
        for size in (3, 2):
            group = self.pieces[self.at + 1 : self.at + 1 + size]
            plain = len(group) == size and all(each.kind == "word" for each in group)
            if plain and "".join(each.low for each in group) in known:
                return size
        return 0

    def _option(self, option: str) -> None:
        self.line.glue = False
        self.line.add(option, "option")
        self.line.glue = option == "-D" and self.line.program() in programs.having("options.defines")

    def _capital(self) -> str:
        """The letter that is said to be a capital: "dash capital d"; empty where none is."""
        asked, letter = self.peek(1), self.peek(2)
        if asked is None or asked.text not in ("cap", "upper"):
            return ""
        return letter.text.upper() if letter is not None and letter.letter else ""

    def _kills(self, number: Said) -> bool:
        """Whether ``number`` holds a signal and a process."""
        return number.kind == "number" and " " in number.raw and self.line.program() in ("kill", "killall", "pkill")

    def _signal(self, number: Said) -> str:
        """``kill dash nine twelve thirty four``: the first word is the signal, the rest the process."""
        first, _, rest = number.raw.partition(" ")
        signal, process = english_in_code([first.lower()]), english_in_code(rest.lower().split())
        if signal is None or process is None:
            raise NotLiteral
        self.pieces.insert(self.at + 2, Said("number", process, rest, number.start, number.end))
        return signal

    def _cluster(self, option: str) -> str:
        """``option`` with the letters that follow one by one."""
        program = self.line.program()
        if program == "curl" and option == "-x" and (verb := self.peek(0)) is not None and verb.low in _METHODS:
            return "-X"
        while more := self._letter_of(option):
            option += more
            self.at += 1
        return "-A" if program == "kubectl" and option in ("-a", "-aw") else option

    def _letter_of(self, option: str) -> str:
        """The next letter, where it is one more of ``option``; empty where it is not."""
        more = self.peek(0)
        if more is None or not more.letter or cluster_ends(self.line.program(), option[-1]):
            return ""
        return "" if self._begins_name(option + more.low) else more.low

    def _upper(self, option: str) -> str:
        """``option`` in upper case where the program has no other, or where what follows shows that it is meant."""
        program, after = self.line.program(), self.peek(0)
        if option[1:] in programs.listed(program, "options.heard_small"):
            return option.upper()
        upper = option[1:].upper()
        for kind in _kinds(after):
            if upper in programs.listed(program, f"options.upper_before.{kind}"):
                return option.upper()
        sub = " ".join(each.text for each in self.line.command()[1:2])
        under = programs.sheet(program).get(f"options.upper_under.{sub}", "")
        return option.upper() if upper in under.split() else option

    def _inner(self, letter: str, option: str) -> str:
        """``option`` of what is run in a container: "docker exec db psql 杠 U postgres"."""
        inner = [each.text for each in self.line.command() if each.text in programs.having("options.upper")][-1:]
        if len(self.line.command()) > 1 and inner and option[1:] in programs.listed(inner[0], "options.heard_small"):
            return option.upper()
        if len(option) == 2 and inner and letter.isupper() and letter in programs.letters(inner[0], "options.upper"):
            return "-" + letter
        return option

    def _tool(self) -> str:
        """The program, or what npx and the like run."""
        command = [each.text for each in self.line.command()]
        return command[1] if len(command) > 1 and command[0] in ("npx", "pnpx", "bunx", "uvx") else command[0]

    def _begins_name(self, cluster: str) -> bool:
        """Whether the next letter begins a name ("a dot txt") rather than being one more option."""
        number, after, sign = self.peek(1), self.peek(2), self.peek_sign(1)
        if number is not None and number.kind == "number":
            return cluster.endswith("v")  # "v one dot two": a version
        if sign not in (".", "/", "_", ":", "="):
            return False
        names = after is not None and after.kind in ("word", "number")
        path = sign == "/" or (sign == "." and not names)
        return not path or cluster.lstrip("-") not in programs.bundles()

    def long(self) -> None:
        """Two dashes: before a long option, or before what is no option any more."""
        names = self._long_names()
        self.line.glue = False
        if not names or self._ends_options(names):
            if self.peek() is None:
                raise NotLiteral
            self.line.add("--", "option")
            self.at += 1
            return
        size, name = long_option(names, self._tool())
        self.at += 1 + size
        while (more := self._more_of(name)) is not None:
            name += "-" + more
            self.at += 2
        self.line.add("--" + name, "option")

    def _long_names(self) -> list[str]:
        """The words behind two dashes that may be of the option; a number word may be one: "dash dash one line"."""
        names: list[str] = []
        for ahead in range(1, 7):
            after = self.peek(ahead)
            if after is None or after.kind == "sign":
                break
            name = after.low if after.kind == "word" else after.raw.lower()
            number = after.kind == "number" and not (ahead == 1 and name == "one")
            if number or not re.fullmatch("[a-z][a-z0-9-]*", name):
                break
            names.append(name)
        return names

    def _ends_options(self, names: list[str]) -> bool:
        """Whether what follows two dashes is a path, or is run in a pod, and no option."""
        if names[0] in programs.spoken() and "exec" in (each.text for each in self.line.command()):
            return True
        if len(names) > 1 or names[0] in _PLAIN_LONG:
            return False  # "--staged ."
        if self.line.program() == "git" and names[0] in FOLDERS:
            return True  # "git diff head dash dash src"
        return self.peek_sign(2) in ("/", ".") and self.peek(3) is not None

    def _more_of(self, name: str) -> str | None:
        """The next word of a long option whose words are joined by spoken dashes."""
        dash, after = self.peek(0), self.peek(1)
        if dash is None or dash.text != "-" or after is None or after.kind != "word" or after.letter:
            return None
        known = f"{name}-{after.low}" in programs.long_options()
        return after.low if known or after.low not in programs.bundles() else None


def _kinds(after: Said | None) -> list[str]:
    """What follows an option, in the words of a sheet."""
    if after is None:
        return ["end"]
    if after.text in ('"', "'"):
        return ["quote"]
    return [after.kind, "link"] if after.low.startswith("http") else [after.kind]
