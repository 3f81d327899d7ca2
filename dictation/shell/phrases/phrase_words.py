"""Cuts a request into words and phrases of either language, each with what it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dictation.spelled import numbers
from dictation.spelled.endings import EXTENSIONS, HEARD_ENDINGS, ROOTS
from dictation.spelled.lazy_regex import late
from dictation.spelled.pieces import clean

DATA = Path(__file__).parents[1] / "data"
_HAN = "㐀-鿿豈-﫿"
_NUMERALS = "".join(numbers.CHINESE)
_LONGEST = 8
_LATIN_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a request. ``kind`` is word, han, number, quoted or message; ``means`` are the concepts it may be."""

    text: str
    kind: str
    means: frozenset[str]
    start: int
    end: int

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    def known(self) -> bool:
        """Whether the lexicon has it."""
        return bool(self.means)


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Every form, in lower case, and the concepts it may stand for."""
    found: dict[str, set[str]] = {}
    for line in (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        concept, english, chinese = line.split("\t")
        forms = [*english.split("|"), *chinese.split("|")]
        if concept != "_" and not concept.startswith(("word_", "permission_d")):
            forms.append(concept)
        for form in forms:
            if form and form != "-":
                found.setdefault(form.lower(), set()).add(concept)
    return {form: frozenset(concepts) for form, concepts in found.items()}


def meanings(word: str, extra: frozenset[str] = frozenset()) -> frozenset[str]:
    """The concepts of one form; endings of English words are taken off where the form itself is not there."""
    known = lexicon()
    low = word.lower()
    found = known.get(low, frozenset())
    if low in extra:
        found |= {low}
    if not found and re.fullmatch("[a-z]{4,}", low):
        stems = [low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ed"), low.removesuffix("d")]
        stems += [low.removesuffix("ing"), low.removesuffix("ing") + "e", low[:-4] if low.endswith("ing") else low]
        for stem in stems:
            if stem != low and stem in known:
                return known[stem]
    return found


def said(request: str) -> str:
    """A cleaned request with spoken paths, quotes and decimal points written."""
    text = clean(request)
    text = re.sub(
        r"\b(?:open )?quote\b\s*(.+?)\s*\b(?:unquote|end quote|close quote|quote)\b", r'"\1"', text, flags=re.I
    )
    text = re.sub(r"(?:左|双|单|前)?引号\s*(.+?)\s*(?:右|双|单|后)?引号", r'"\1"', text)
    text = re.sub(rf"([{_NUMERALS}]+)点([{_NUMERALS}]+)(?![{_HAN}]*钟)", _decimal, text)
    if re.search(r"\b(?:dot|slash|dash|underscore|tilde|star|at|colon)\b|[点杠线号星]", text, re.I):
        text = _paths(text)
    return text


def _decimal(found: re.Match[str]) -> str:
    return f" {numbers.chinese_in_code(found[1])}.{numbers.chinese_in_code(found[2])} "


_STAR = late(r"\b(?:star|asterisk)\s+(?:dot|point)\s+(\w+)|星号?\s*点\s*([A-Za-z0-9]+)", re.I)
_HOME = late(r"\btilde\s+slash\s+|波浪[线号]?\s*斜[杠线]\s*", re.I)
_ENDING = late(
    r"(?<=[\w}])\s*(?:\bdot\b|\bpoint\b|点)\s*((?:[A-Za-z] ){1,3}[A-Za-z](?![\w])|[A-Za-z0-9]+)", re.I | re.ASCII
)
_SLASH = late(r"(?<=[\w~.])\s*(?:\bslash\b|正?斜[杠线])\s*(?=[\w.~])", re.I | re.ASCII)
_ROOT = late(r"(?:\bslash\b|正?斜[杠线])\s*(?=[a-z])", re.I)
_DASH = late(r"(?<=[A-Za-z0-9])\s*(?:\b(?:dash|hyphen)\b|[横短]?[杠]|中划线|横线)\s*(?=[A-Za-z0-9])", re.I | re.ASCII)
_COUNTED = late(rf"(?<=\w)\s*\b(?:dash|hyphen)\s+({'|'.join(numbers.ENGLISH)})\b", re.I)
_LINE = late(r"(?<=[A-Za-z0-9])\s*(?:\bunderscore\b|下划线)\s*(?=[A-Za-z0-9])", re.I | re.ASCII)
_DOTFILE = late(
    r"(?:^|(?<=[\s"
    + _HAN
    + r"]))(?:dot|点)\s*(env|gitignore|git|bashrc|zshrc|venv|ssh|dockerignore|npmrc|profile|vimrc|editorconfig|config)"
    r"(?![A-Za-z])",
    re.I,
)
_AT = late(
    r"(?<=[a-z0-9])(?<!\bserver)(?<!\bhost)(?<!\bmachine)(?<!\brunning)\s+at\s+(?=[a-z0-9-]+\.[a-z0-9.-]+|\d+\.)", re.I
)


def _paths(text: str) -> str:
    text = _STAR.sub(lambda m: "*." + _ending(m[1] or m[2]), text)
    text = _HOME.sub("~/", text)
    text = _DOTFILE.sub(lambda m: "." + m[1].lower(), text)
    while (shorter := _ENDING.sub(lambda m: "." + _ending(m[1]), text, count=1)) != text:
        text = shorter
    words = text.split(" ")
    for at in range(1, len(words) - 1):  # "the slash etc folder": a path from the root
        if words[at].lower() == "slash" and words[at + 1].lower() in ROOTS and meanings(words[at - 1]):
            words[at] = "\0"
    text = " ".join(words).replace("\0 ", "/")
    text = _SLASH.sub("/", text)
    text = _ROOT.sub("/", text)
    text = _COUNTED.sub(lambda m: "-" + (numbers.english_in_code([m[1].lower()]) or m[1]), text)
    text = _LINE.sub("_", _DASH.sub("-", text))
    return _AT.sub("@", text)


def _ending(word: str) -> str:
    low = word.replace(" ", "").lower()
    low = HEARD_ENDINGS.get(low, low)
    return low if low in EXTENSIONS else (low if " " in word else word)


_RUNS = late(rf'"(?P<quoted>[^"]+)"|(?P<han>[{_HAN}〇]+)|(?P<latin>[^\s{_HAN}〇"，。！？；、：…]+)')


def tokens(text: str, extra: frozenset[str] = frozenset()) -> list[Token]:
    """The pieces of ``text`` (from ``said``). ``extra`` are forms that stand for themselves."""
    found: list[Token] = []
    for run in _RUNS.finditer(text):
        if run["quoted"]:
            found.append(Token(run["quoted"].strip(), "quoted", frozenset(), run.start(), run.end()))
        elif run["han"]:
            found += _han(run["han"], run.start())
        else:
            body = re.sub(r"(?<=\w)['’]s$", "", re.sub(r"[,;:!?]+$|(?<=\w)\.$", "", run["latin"]))
            if body:
                kind = "number" if body.isdigit() else "word"
                found.append(Token(body, kind, frozenset(), run.start(), run.start() + len(body)))
    return _phrases(_counted(found), extra, text)


def _han(run: str, start: int) -> list[Token]:
    """The cheapest way to cut a run of Chinese: unknown characters cost most, then the number of words."""
    size = len(run)
    best: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(1e9, 0, "")] * size
    for at in range(size):
        for length in range(1, min(_LONGEST, size - at) + 1):
            step, kind = _cost(run[at : at + length])
            if kind and best[at][0] + step < best[at + length][0]:
                best[at + length] = (best[at][0] + step, at, kind)
    cuts: list[Token] = []
    at = size
    while at:
        _, before, kind = best[at]
        cuts.append(_cut(run[before:at], kind, start + before))
        at = before
    return cuts[::-1]


def _cost(word: str) -> tuple[float, str]:
    """What it costs to take ``word`` as one, and as which kind; no kind where it cannot be one."""
    if word in lexicon():
        return 1.0 - 0.01 * len(word), "han"
    if all(each in _NUMERALS for each in word) and (len(word) == 1 or numbers.chinese_in_code(word)):
        return 1.05, "number"
    return (10.0, "unknown") if len(word) == 1 else (0.0, "")


def _cut(word: str, kind: str, start: int) -> Token:
    if kind == "number":
        return Token(numbers.chinese_in_code(word) or "", "number", frozenset(), start, start + len(word))
    return Token(word, "han", lexicon().get(word, frozenset()), start, start + len(word))


def _counted(pieces: list[Token]) -> list[Token]:
    """English number words in digits."""
    out: list[Token] = []
    at = 0
    while at < len(pieces):
        size = 0
        while at + size < len(pieces) and pieces[at + size].low in numbers.ENGLISH | ({"oh"} if size else set()):
            size += 1
        group = pieces[at : at + size]
        alone = size == 1 and group[0].low == "one"
        digits = numbers.english_in_code([each.low for each in group]) if group and not alone else None
        if digits is None:
            out.append(pieces[at])
            at += 1
        else:
            out.append(Token(digits, "number", frozenset(), group[0].start, group[-1].end))
            at += size
    return out


def _phrases(pieces: list[Token], extra: frozenset[str], text: str) -> list[Token]:
    """Forms of several Latin words as one token, the longest first."""
    known = lexicon()
    out: list[Token] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind != "word":
            out.append(piece)
            at += 1
            continue
        for size in range(min(_LATIN_LONGEST, len(pieces) - at), 0, -1):
            group = pieces[at : at + size]
            form = " ".join(each.low for each in group)
            if size > 1 and (any(each.kind not in ("word", "number") for each in group) or form not in known):
                continue
            means = known[form] if size > 1 else meanings(piece.text, extra)
            whole = text[group[0].start : group[-1].end]
            out.append(Token(whole, "word", means, group[0].start, group[-1].end))
            at += size
            break
    return out
