"""Turns a word of the parse tree into the words a program will get: quotes, escapes, variables, braces."""

from __future__ import annotations

import fnmatch
import itertools
import re
from collections.abc import Callable

from tree_sitter import Node

from dictation.shell.guard.inspection import MOST_EXPANDED, UNKNOWN, Output, Scope, TooMuchError, Word
from dictation.spelled.lazy_regex import late

KNOWN = {
    "HOME": "~", "PWD": ".", "USER": "me", "LOGNAME": "me", "IFS": " \t\n", "SHELL": "/bin/bash", "BASH": "/bin/bash",
    "TMPDIR": "/tmp", "UID": "1000", "0": "/bin/bash", "ZSH_NAME": "zsh",
}  # fmt: skip
"""What variables hold in every shell. ``~`` stands for the home folder wherever it comes from."""

FIRST = {"PATH": "/", "HOME": "/", "PWD": "/", "SHELL": "/", "BASH": "/", "OLDPWD": "/", "0": "b"}
"""The first character of some variables, which is used to spell a slash."""

SHIFT = 0xF0000
"""Quoted ASCII is moved up here while a word is taken apart, so that only unquoted signs have a meaning."""

MOST_WORDS = 64
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}
EXPANSION = late(r"(!?)(#?)([A-Za-z_]\w*|\d+|[@*?$#!-])(\[[^]]*\])?(.*)", re.DOTALL)
BRACE = late(r"\{([^{},]*(?:,[^{},]*)+|-?\w+\.\.-?\w+(?:\.\.-?\d+)?)\}")


def shield(text: str) -> str:
    """``text`` with its ASCII out of the reach of splitting, braces and globs."""
    return "".join(chr(ord(each) + SHIFT) if "\0" < each <= "\x7f" else each for each in text)


def bare(text: str) -> str:
    """The opposite of ``shield``."""
    return "".join(chr(ord(each) - SHIFT) if SHIFT < ord(each) <= SHIFT + 0x7F else each for each in text)


def ansi(text: str) -> str:
    r"""The inside of ``$'...'``: ``\x72``, ``\162``, ``\u0072``, ``\n``."""

    def decoded(found: re.Match[str]) -> str:
        code = found[0][1:]
        try:
            if code[0] in "xuU":
                return chr(int(code[1:].strip("{}"), 16))
            if code[0] in "01234567":
                return chr(int(code, 8) & 0xFF)
            if code[0] == "c":
                return chr(ord(code[1]) & 0x1F)
        except (ValueError, OverflowError):
            return UNKNOWN
        return ESCAPES.get(code, code)

    pattern = r"\\(?:x\{?[0-9a-fA-F]{1,2}\}?|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c.|.)"
    return re.sub(pattern, decoded, text, flags=re.DOTALL)


def braces(text: str) -> list[str]:
    """Brace expansion, innermost first, of unquoted braces only; cut off at ``MOST_WORDS`` words."""
    done, waiting = list[str](), [text]
    while waiting and len(done) + len(waiting) < MOST_WORDS:
        each = waiting.pop(0)
        if not (found := BRACE.search(each)):
            done.append(each)
            continue
        inside = found[1]
        choices = inside.split(",") if "," in inside else _range(inside)
        waiting = [each[: found.start()] + choice + each[found.end() :] for choice in choices] + waiting
    return done + waiting


def _range(inside: str) -> list[str]:
    first, last = inside.split("..")[:2]
    if re.fullmatch(r"-?\d+", first) and re.fullmatch(r"-?\d+", last):
        low, high = int(first), int(last)
        return [
            str(each)
            for each in itertools.islice(range(low, high + 1) if low <= high else range(low, high - 1, -1), 20)
        ]
    if len(first) == len(last) == 1:
        low, high = ord(first), ord(last)
        return [chr(each) for each in (range(low, high + 1) if low <= high else range(low, high - 1, -1))][:60]
    return [first, last]


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
        text = (node.text or b"").decode(errors="replace")
        kind = node.type
        if kind == "raw_string":
            self.quoted = True
            return shield(text[1:-1])
        if kind == "ansi_c_string":
            self.quoted = True
            return shield(ansi(text[2:-1]))
        if kind in ("string", "translated_string", "heredoc_body"):
            self.quoted = True
            return self.string(node, text)
        if kind == "simple_expansion":
            return self.value(text[1:], quoted)
        if kind == "expansion":
            return self.expansion(node, text, quoted)
        if kind == "command_substitution":
            return self.substituted(node, quoted)
        if kind == "process_substitution":
            name = f"/dev/fd/{63 + len(self.scope.streams)}"
            self.scope.streams[name] = found = self.substitute(node)
            self.marks |= found.marks
            return name
        if kind in ("arithmetic_expansion", "array", "ERROR"):
            for child in node.named_children:
                self.piece(child, True)
            return UNKNOWN
        if kind == "brace_expression":
            return text
        if kind in (
            "word",
            "number",
            "variable_name",
            "special_variable_name",
            "extglob_pattern",
            "regex",
            "file_descriptor",
        ):
            return self.plain(text)
        if node.child_count:
            return "".join(self.piece(child, quoted) for child in node.children)
        return self.plain(text)

    def plain(self, text: str) -> str:
        """Unquoted text: a backslash quotes the next character, or joins two lines."""
        return re.sub(r"\\(\n|.)", lambda found: "" if found[1] == "\n" else shield(found[1]), text, flags=re.DOTALL)

    def string(self, node: Node, text: str) -> str:
        """Double quotes: what stands between the expansions counts too, blanks included."""
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

    def substituted(self, node: Node, quoted: bool) -> str:
        """``$(...)``: the text it prints, if it can be worked out."""
        found = self.substitute(node)
        self.marks |= found.marks | {"substitution"}
        if found.text is None:
            return UNKNOWN
        text = found.text.rstrip("\n")
        return shield(text) if quoted else text

    def value(self, name: str, quoted: bool) -> str:
        """``$name``: several words of an array or of the arguments when unquoted, one text otherwise."""
        values = self.lookup(name)
        text = UNKNOWN if values is None else " ".join(values)
        self.scope.expanded += len(text)
        if self.scope.expanded > MOST_EXPANDED:
            raise TooMuchError
        if quoted and name not in "@*":
            return shield(text)
        if not quoted and "IFS" in self.scope.variables:
            text = re.sub(f"[{re.escape(''.join(self.scope.variables['IFS']))} ]", " ", text)
        return " ".join(shield(each) for each in values) if quoted and values else text

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
        if not found:
            return UNKNOWN
        indirect, length, name, index, operator = found.groups()
        if length:
            return UNKNOWN
        values = self.lookup(name)
        self.scope.expanded += sum(map(len, values or ()))
        if self.scope.expanded > MOST_EXPANDED:
            raise TooMuchError
        if indirect and values:
            values = self.lookup(values[0])
        if values and index and index not in ("[@]", "[*]"):
            spot = int(index[1:-1]) if re.fullmatch(r"\[\d+\]", index) else -1
            values = [values[spot]] if 0 <= spot < len(values) else None
        if index in ("[@]", "[*]") and not operator and values:
            return " ".join(shield(each) for each in values) if quoted else " ".join(values)
        value = self.operated(name, None if values is None else " ".join(values), operator)
        return shield(value) if quoted and value != UNKNOWN else value

    def within(self, node: Node) -> None:
        """Look into everything that is substituted somewhere below ``node``."""
        for child in node.named_children:
            if child.type in ("command_substitution", "process_substitution"):
                self.piece(child, True)
            else:
                self.within(child)

    def operated(self, name: str, value: str | None, operator: str) -> str:
        """The value after ``:-``, ``#``, ``/``, ``^^``, ``:1:2`` and the like."""
        if not operator:
            return UNKNOWN if value is None else value
        if operator[0] == "?" or operator.startswith(":?"):
            self.guarded = True
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
            return _trimmed(value, kept[1], self._operand(kept[2]))
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


def _trimmed(value: str, operator: str, pattern: str) -> str:
    ends = range(len(value) + 1)
    if operator[0] == "#":
        cuts = [end for end in ends if fnmatch.fnmatchcase(value[:end], pattern)]
        return value[(max(cuts) if len(operator) == 2 else min(cuts)) :] if cuts else value
    cuts = [end for end in ends if fnmatch.fnmatchcase(value[end:], pattern)]
    return value[: (min(cuts) if len(operator) == 2 else max(cuts))] if cuts else value
