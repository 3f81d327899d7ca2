"""Finds what no rule may touch: code, links, addresses, paths, flags, identifiers, versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dictation.spelled.lazy_regex import late

# Every class is ASCII on purpose: \w also matches Chinese and would swallow "Node.js和Vue.js".
_W = r"[A-Za-z0-9_]"

_BLOCKS = late(
    r"```.*?(?:```|$)|`[^`\n]*`"
    r"|[A-Za-z][A-Za-z0-9+.-]*://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    rf"|(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+|[\u4e00-\u9fff]{{1,4}})@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[{_W[1:-1]}./-]+)?"
    r"|\bwww\.[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+"
    r"|\"[\x20-\x21\x23-\x7e]*\"|(?<![A-Za-z0-9])'[\x20-\x26\x28-\x7e]*'(?![A-Za-z0-9])"
    r"|\$\{[^}\n]*\}|\$\([^)\n]*\)|\$[A-Za-z_]+|<[A-Za-z/!][^<>\n]*>|%[A-Za-z0-9]*[a-zA-Z](?![A-Za-z0-9])|"
    r"\^[\x21-\x7e]+\$"
    r"|[\[{][\x21-\x5a\x5c\x5e-\x7a\x7c\x7e ]*[\]}]"
    r"|(?<![A-Za-z0-9_-])--?[A-Za-z][A-Za-z0-9_-]*(?:=[\x21-\x7e]*)?"
    r"|(?<![A-Za-z0-9])@[A-Za-z0-9_./-]+|(?<![A-Za-z0-9&])#[A-Za-z0-9_-]+"
    r"|\\[A-Za-z0-9_\\]+"
    r"|[A-Za-z]:\\[^\s\u4e00-\u9fff]*"
    rf"|(?:~|\.{{1,2}})?/\.?{_W}[{_W[1:-1]}.@+~%:*/-]*|~/|\.\.?/"
    rf"|(?<![{_W[1:-1]}.-]){_W}[{_W[1:-1]}.-]*(?:/[{_W[1:-1]}.@+*-]+)+/?"
    rf"|[A-Za-z0-9]*_+{_W}*(?:\.{_W}+)*(?:\([^()\n]*\))?"
    rf"|(?<![{_W[1:-1]}.])[A-Za-z_]{_W}*(?:\.{_W}+)*\([\x20-\x27\x2a-\x7e]*\)"
    r"|[vV]?[0-9]+(?:\.[0-9]+)+[A-Za-z0-9+-]*|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+:[0-9]+(?::[0-9]+)*"
    r"|[0-9]+[A-Za-z_-]+[A-Za-z0-9_-]*"
    r"|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+"
    r"|[A-Za-z]+[0-9]+[A-Za-z0-9]*"
    r"|(?:[!=<>+*/|&-]=|=>|->|&&|\|\||::|\+\+|<<|>>)"
    r"|[\ue000-\uf8ff\U000f0000-\U0010ffff]+",
)  # fmt: skip
_CAMEL = late(r"[a-z]+(?:[A-Z][A-Za-z0-9]*)+|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+")
_DOTTED = late(
    r"(?<![A-Za-z0-9.])\.?[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?|(?<![A-Za-z0-9.])\.[a-z][a-z0-9]+"
)
_SPELLED = late(r"(?:[A-Za-z]\.){2,}[A-Za-z]?")


def spans(text: str, is_term: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Start and end of every protected span; ``is_term`` says of a lower-case name that the glossary has it.

    A camel-case or dotted name that is a term, such as ``Github`` or ``node.js``, may still get its right case.
    """
    if not any(char in text for char in "`/\\@_-.\"'$<%[{(#=:&|+^~0123456789") and text.lower() == text:
        return
    for found in _BLOCKS.finditer(text):
        if "_" in found[0] or not is_term(found[0].lower()):
            yield found.span()
    for found in _CAMEL.finditer(text):
        if not is_term(found[0].lower()):
            yield found.span()
    for found in _DOTTED.finditer(text):
        if not _SPELLED.fullmatch(found[0]) and not is_term(found[0].lower()):
            yield found.span()
