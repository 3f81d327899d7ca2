"""Turns a word of the parse tree into the words a program will get: quotes, escapes, variables, braces."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable

from tree_sitter import Node

from dictation.shell.guard.bash.bash_parse import source
from dictation.shell.guard.bash.shell_signs import MOST_WORDS, ansi, bare, braces, shield, trimmed
from dictation.shell.guard.inspection import MOST_EXPANDED, UNKNOWN, Output, Scope, TooMuchError, Word
from dictation.spelled.lazy_regex import late

KNOWN = {
    "HOME": "~", "PWD": ".", "USER": "me", "LOGNAME": "me", "IFS": " \t\n", "SHELL": "/bin/bash", "BASH": "/bin/bash",
    "TMPDIR": "/tmp", "UID": "1000", "0": "/bin/bash", "ZSH_NAME": "zsh",
}  # fmt: skip
"""What variables hold in every shell. ``~`` stands for the home folder wherever it comes from."""

FIRST = {"PATH": "/", "HOME": "/", "PWD": "/", "SHELL": "/", "BASH": "/", "OLDPWD": "/", "0": "b"}
"""The first character of some variables, which is used to spell a slash."""

EXPANSION = late(
    r"(?P<indirect>!?)(?P<length>#?)(?P<name>[A-Za-z_]\w*|\d+|[@*?$#!-])(?P<index>\[[^]]*\])?(?P<operator>.*)",
    re.DOTALL,
)
EVERY = ("[@]", "[*]")
"""Indexes that mean all of an array."""

PLAIN = frozenset("word number variable_name special_variable_name extglob_pattern regex file_descriptor".split())
"""Nodes that are text without quotes."""


class WordExpander:
    """Expands the words of one source text."""

    def __init__(self, scope: Scope, substitute: Callable[[Node], Output]) -> None:
        self.scope, self.substitute = scope, substitute
        self.marks: set[str] = set()
        self.guarded = False
        self.quoted = False

    def expand(self, node: Node) -> list[Word]:
        """The words that come of one node; none when it expands to nothing."""
        self.marks, self.guarded, self.quoted = set(), False, False
        raw = self.piece(node, False)
        marks, guarded, quoted = frozenset(self.marks), self.guarded, self.quoted
        words = [part for whole in braces(raw) for part in whole.split()] if not raw.isspace() else []
        if not words and quoted:
            words = [""]
        return [Word(bare(each), quoted, marks, guarded) for each in words[:MOST_WORDS]]

    def one(self, node: Node) -> Word:
        """The node as a single word, as in an assignment."""
        self.marks, self.guarded, self.quoted = set(), False, False
        return Word(bare(self.piece(node, True)), self.quoted, frozenset(self.marks), self.guarded)

    def piece(self, node: Node, quoted: bool) -> str:
        """One node as text, quoted ASCII shielded."""
        text = source(node)
        if node.type in PLAIN:
            return self.plain(text)
        if node.type == "simple_expansion":
            return self.value(text[1:], quoted)
        if known := PIECES.get(node.type):
            return known(self, node, text, quoted)
        if node.type == "brace_expression":
            return text
        return "".join(self.piece(child, quoted) for child in node.children) if node.child_count else self.plain(text)

    def _single(self, node: Node, text: str, quoted: bool) -> str:
        self.quoted = True
        return shield(text[1:-1])

    def _ansi(self, node: Node, text: str, quoted: bool) -> str:
        self.quoted = True
        return shield(ansi(text[2:-1]))

    def _process(self, node: Node, text: str, quoted: bool) -> str:
        """``<(...)``: a file of its own, which holds what the commands print."""
        name = f"/dev/fd/{63 + len(self.scope.streams)}"
        self.scope.streams[name] = found = self.substitute(node)
        self.marks |= found.marks
        return name

    def _computed(self, node: Node, text: str, quoted: bool) -> str:
        """What is not worked out; what it substitutes is looked at."""
        for child in node.named_children:
            self.piece(child, True)
        return UNKNOWN

    def plain(self, text: str) -> str:
        """Unquoted text: a backslash quotes the next character, or joins two lines."""
        return re.sub(r"\\(\n|.)", lambda found: "" if found[1] == "\n" else shield(found[1]), text, flags=re.DOTALL)

    def string(self, node: Node, text: str, quoted: bool) -> str:
        """Double quotes: what stands between the expansions counts too, blanks included."""
        self.quoted = True
        data = node.text or b""
        if node.type == "translated_string":
            return "".join(self.piece(child, True) for child in node.named_children)
        low, high = (0, len(data)) if node.type == "heredoc_body" else (1, len(data) - 1)
        out, place = [], low
        for child in node.children:
            if child.type in ("simple_expansion", "expansion", "command_substitution", "arithmetic_expansion"):
                start = child.start_byte - node.start_byte
                out.append(self._escaped(data[place:start].decode(errors="replace")))
                out.append(self.piece(child, True))
                place = child.end_byte - node.start_byte
        out.append(self._escaped(data[place:high].decode(errors="replace")))
        return "".join(out)

    @staticmethod
    def _escaped(text: str) -> str:
        return shield(re.sub(r'\\([$`"\\]|\n)', lambda found: "" if found[1] == "\n" else found[1], text))

    def substituted(self, node: Node, text: str, quoted: bool) -> str:
        """``$(...)``: the text it prints, if it can be worked out."""
        found = self.substitute(node)
        self.marks |= found.marks | {"substitution"}
        if found.text is None:
            return UNKNOWN
        printed = found.text.rstrip("\n")
        return shield(printed) if quoted else printed

    def value(self, name: str, quoted: bool) -> str:
        """``$name``: several words of an array or of the arguments when unquoted, one text otherwise."""
        values = self.lookup(name)
        text = UNKNOWN if values is None else " ".join(values)
        self._spend(len(text))
        if quoted and name not in "@*":
            return shield(text)
        if quoted and values:
            return _together(values, quoted)
        if not quoted and "IFS" in self.scope.variables:
            text = re.sub(f"[{re.escape(''.join(self.scope.variables['IFS']))} ]", " ", text)
        return text

    def _spend(self, signs: int) -> None:
        """Raises TooMuchError when variables have grown too long in all."""
        self.scope.expanded += signs
        if self.scope.expanded > MOST_EXPANDED:
            raise TooMuchError

    def lookup(self, name: str) -> list[str] | None:
        """The values of a variable, ``None`` if they are not known."""
        self.marks |= self.scope.marks.get(name, frozenset())
        if name in self.scope.variables:
            return self.scope.variables[name]
        if name in ("@", "*"):
            return self.scope.positional or None
        if name.isdigit() and 0 < int(name) <= len(self.scope.positional):
            return [self.scope.positional[int(name) - 1]]
        return [KNOWN[name]] if name in KNOWN else None

    def expansion(self, node: Node, text: str, quoted: bool) -> str:
        """``${...}`` with its operators; what is not understood is unknown."""
        self.within(node)
        found = EXPANSION.fullmatch(text[2:-1])
        if not found or found["length"]:
            return UNKNOWN
        name, index, operator = found.group("name", "index", "operator")
        values = _at_index(self._values(name, bool(found["indirect"])), index)
        if index in EVERY and not operator and values:
            return _together(values, quoted)
        value = self.operated(name, None if values is None else " ".join(values), operator)
        return shield(value) if quoted and value != UNKNOWN else value

    def _values(self, name: str, indirect: bool) -> list[str] | None:
        """The values of a variable, or of the one that it names."""
        values = self.lookup(name)
        self._spend(sum(map(len, values or ())))
        return self.lookup(values[0]) if indirect and values else values

    def within(self, node: Node) -> None:
        """Look into everything that is substituted somewhere below ``node``."""
        for child in node.named_children:
            if child.type in ("command_substitution", "process_substitution"):
                self.piece(child, True)
            else:
                self.within(child)

    def operated(self, name: str, value: str | None, operator: str) -> str:
        """The value after ``:-``, ``#``, ``/``, ``^^``, ``:1:2`` and the like."""
        if re.match(r":?\?", operator):
            self.guarded = True
            operator = ""
        if not operator:
            return UNKNOWN if value is None else value
        if kept := re.fullmatch(r":?[-=](.*)", operator, re.DOTALL):
            return value if value else self._operand(kept[1])
        if kept := re.fullmatch(r":?\+(.*)", operator, re.DOTALL):
            return self._operand(kept[1])
        if cut := re.fullmatch(r":\s*(-?\d+)(?::(-?\d+))?", operator):
            return self._sliced(name, value, operator, cut)
        return UNKNOWN if value is None else self._edited(value, operator)

    def _sliced(self, name: str, value: str | None, operator: str, cut: re.Match[str]) -> str:
        """``${NAME:1:2}``."""
        outer = name in FIRST and name not in self.scope.variables
        if outer and operator in (":0:1", "::1"):
            return FIRST[name]
        if value is None or outer:
            return UNKNOWN
        start = int(cut[1])
        return value[start:][: int(cut[2])] if cut[2] and int(cut[2]) >= 0 else value[start:]

    def _edited(self, value: str, operator: str) -> str:
        """``${NAME#x}``, ``${NAME/x/y}``, ``${NAME^^}``."""
        if kept := re.fullmatch(r"(##?|%%?)(.*)", operator, re.DOTALL):
            return trimmed(value, kept[1], self._operand(kept[2]))
        if kept := re.fullmatch(r"//?([#%]?[^/]+)(?:/(.*))?", operator, re.DOTALL):
            pattern = re.compile(fnmatch.translate(self._operand(kept[1])).removesuffix("\\Z").replace(r"\Z", ""))
            return pattern.sub(lambda _: self._operand(kept[2] or ""), value, count=0 if operator[1] == "/" else 1)
        first, rest = value[:1], value[1:]
        shapes = {"^^": value.upper(), ",,": value.lower(), "^": first.upper() + rest, ",": first.lower() + rest}
        return shapes.get(operator, value if operator[0] == "@" and operator != "@P" else UNKNOWN)

    def _operand(self, text: str) -> str:
        if plain := re.fullmatch(r"\$\{?(\w+)\}?", text):
            return " ".join(self.lookup(plain[1]) or [UNKNOWN])
        if "$" in text or "`" in text:
            return UNKNOWN
        return re.sub(r"\\(.)", r"\1", text).replace('"', "").replace("'", "")


def _together(values: list[str], quoted: bool) -> str:
    """Several words in one text; where they are quoted, each stays one."""
    return " ".join(map(shield, values) if quoted else values)


def _at_index(values: list[str] | None, index: str | None) -> list[str] | None:
    """``NAME[3]`` of an array; all of it without an index, ``None`` where it is not known."""
    if not values or not index or index in EVERY:
        return values
    spot = int(index[1:-1]) if re.fullmatch(r"\[\d+\]", index) else -1
    return [values[spot]] if 0 <= spot < len(values) else None


PIECES: dict[str, Callable[[WordExpander, Node, str, bool], str]] = {
    "raw_string": WordExpander._single,
    "ansi_c_string": WordExpander._ansi,
    **dict.fromkeys(("string", "translated_string", "heredoc_body"), WordExpander.string),
    "expansion": WordExpander.expansion,
    "command_substitution": WordExpander.substituted,
    "process_substitution": WordExpander._process,
    **dict.fromkeys(("arithmetic_expansion", "array", "ERROR"), WordExpander._computed),
}
"""How a node of each type becomes text."""
