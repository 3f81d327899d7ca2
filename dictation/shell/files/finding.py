"""Requests about files: "find all python files over one megabyte changed this week", "删除三十天以前的日志文件"."""

from __future__ import annotations

import re
from functools import lru_cache

from dictation.shell.command_context import Context
from dictation.shell.files.find_commands import write
from dictation.shell.files.taking import KIND, TAKERS, flag, kinds, place
from dictation.shell.files.wanted import Wanted
from dictation.shell.phrases.phrase_words import DATA, Token, said, tokens
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import words

_VERBS = words("show search listing what which where all file")
_EMPTY_WORDS = words("one out per got want need bring once 上 过 一次 第 条 号 对 掉 以后")
"""Small words elsewhere, and no small words about files."""

_FILLERS = _VERBS | {"_"}
_COUNTED = words("count how code")

_LOOKS = late(
    r"\b(?:find|search|look for|locate|list|show|display|print|get|see|give|count|how many|which|what|where|number)\b"
    r"|查找|找|搜|列|显示|看|打印|统计|数|多少|哪|有什么",
    re.I,
)
_FINDS = late(r"\bfind\b|search|look for|locate|查找|找|搜", re.I)
_DONE = frozenset(("delete", "chmod", "copy", "move", "replace"))


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of ``files.tsv`` with their names, in order."""
    pieces = {"<KIND>": KIND}
    found = []
    for line in (DATA / "files.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, pattern = line.split("\t")
        for piece, text in pieces.items():
            pattern = pattern.replace(piece, text)
        if name.startswith("<"):
            pieces[name] = pattern
        else:
            found.append((name, re.compile(_once(pattern), re.I)))
    return tuple(found)


def _once(pattern: str) -> str:
    """The pattern with every group but the first of a name left unnamed: a name may be given once."""
    seen: set[str] = set()

    def put(found: re.Match[str]) -> str:
        name = found[1]
        while name in seen:
            name += "_"
        seen.add(name)
        return f"(?P<{name}>"

    return re.sub(r"\(\?P<(\w+)>", put, pattern)


def find(request: str, context: Context) -> tuple[str, str] | None:
    """A command that finds the files ``request`` describes, and what it does; ``None`` where any word is left over."""
    text = said(re.sub(r"(?<![\w])'([^'\"]+)'(?![\w])", r'"\1"', request))
    wanted = Wanted(here=context.files)
    rest = text
    for name, pattern in patterns():
        rest = _take(wanted, name, pattern, rest)
    if not _meant(wanted, text, rest):
        return None
    counted = _COUNTED if wanted.action in ("lines", "each_lines", "count") else frozenset[str]()
    if any(not _small(each, counted) for each in tokens(rest)):
        return None
    wanted.flat = wanted.flat or _here_alone(wanted, text)
    return write(wanted, context, chinese=bool(re.search("[㐀-鿿]", request)))


def _here_alone(wanted: Wanted, text: str) -> bool:
    """Whether only files of this very folder are meant: they are shown or taken, and not looked for."""
    plain = not (wanted.special() or wanted.deep or wanted.fold or wanted.depth)
    return plain and wanted.action in ("list", "copy", "move") and not _FINDS.search(text)


def _meant(wanted: Wanted, text: str, rest: str) -> bool:
    """Whether the request is about files of some description, and says what is to be done."""
    finds = bool(_FINDS.search(text))
    if not _about_files(wanted, text) or (_only_hidden(wanted) and not finds):
        return False
    if wanted.type == "d" and wanted.size:
        return False  # the size of a folder for find is that of its list of names
    if _any_folders(wanted):
        return finds and wanted.action != "delete"
    if _too_many(wanted):
        return False
    return wanted.action in _DONE or bool(_LOOKS.search(text)) or not re.match(r"[a-z]", rest.strip(), re.I)


def _only_hidden(wanted: Wanted) -> bool:
    """ "show hidden files": with all the others."""
    return wanted.tests == [("-name", ".*")] and not (wanted.type or wanted.kinds or wanted.places)


def _any_folders(wanted: Wanted) -> bool:
    """Whether folders are meant and nothing says which."""
    return wanted.type == "d" and not (wanted.described() or wanted.places or wanted.action in _WHOLE)


def _too_many(wanted: Wanted) -> bool:
    """Whether more would be deleted, copied or moved than anybody has described."""
    if wanted.type and not wanted.described() and wanted.action in ("delete", "copy", "move"):
        return True
    return wanted.action == "delete" and not _more_than_size(wanted)


_WHOLE = ("chmod", "replace", "content")
"""What is done with all files, where no description is needed."""


def _about_files(wanted: Wanted, text: str) -> bool:
    """Whether files or folders are named, and some of them or all are meant; "today" may be of whatever."""
    named = wanted.kinds or wanted.type or re.search(r"\bfiles?\b|文件|脚本", text)
    return bool(named and (wanted.described() or wanted.type or wanted.action in _WHOLE))


def _more_than_size(wanted: Wanted) -> bool:
    """Whether it says which files are meant by more than their size."""
    return bool(wanted.kinds or wanted.names or wanted.empty or wanted.age or wanted.tests)


def _small(piece: Token, more: frozenset[str]) -> bool:
    """Whether a word that is left over may be: it is small, or says no more than that files are to be shown."""
    if piece.low in _EMPTY_WORDS or piece.kind in ("number", "quoted"):
        return False
    if piece.kind == "word" and len(piece.text) > 1 and piece.text.isupper():
        return False
    return bool(piece.means & (_FILLERS | more))


def _take(wanted: Wanted, name: str, pattern: re.Pattern[str], text: str) -> str:
    """``text`` without what the pattern found in it, which is noted in ``wanted``; as it is where it says nothing."""
    if name == "kind":
        return kinds(wanted, pattern, text)
    if name == "place":
        return place(wanted, pattern, text)
    take = TAKERS.get(name) or flag(name)
    for found in pattern.finditer(text):
        kept = take(wanted, found)
        if kept is not None:
            return f"{text[: found.start()]} {kept} {text[found.end() :]}"
    return text
