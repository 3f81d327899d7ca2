"""Changes requests so that their answer must change: a word more, another word, a denial. Finds words left unused."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dictation.core.commands import Command
from dictation.shell.command_context import Context
from dictation.shell.compose import compose

ADDED = {
    "en": (
        "hidden", "recursively", "without", "except", "only", "non-empty", "older", "directories", "twice", "named",
        "backwards", "encrypted", "yellow", "zorblat", "quokka", "yesterday", "anonymous", "binary",
        "duplicated", "unsigned", "alphabetically", "half", "odd", "expired", "private",
        "nested", "unless", "before", "starred", "foreign",
    ),
    "zh": (
        "隐藏的", "递归地", "除了", "只有", "非空的", "旧的", "倒着", "加密的", "黄色的", "匿名的",
        "两遍", "昨天的", "别人的", "大写的", "按字母", "一半", "奇数的", "私有的", "嵌套的", "除非", "之前的",
        "小明的", "外国的",
    ),
}  # fmt: skip
"""Words that change what is asked wherever they stand."""

SHOWN = {
    "hidden": r"-\w*a|'\.|-Force", "隐藏的": r"-\w*a|'\.|-Force",
    "recursively": r"-\w*[rR]|find|tree|du|\./\.\.\.|recurs",
    "递归地": r"-\w*[rR]|find|tree|du|\./\.\.\.|recurs",
    "directories": r"-type d|-d\b|tree|du|rmdir|mkdir|cd|rm -r|ls",
    "backwards": r"-\w*r|tac", "倒着": r"-\w*r|tac", "nested": r"-\w*[rR]|find|tree", "嵌套的": r"-\w*[rR]|find|tree",
    "private": r"private|ip addr|ifconfig|ipconfig", "yesterday": r"yesterday|mtime|-2", "昨天的": r"yesterday|mtime",
    "before": r"-\b|previous|HEAD", "之前的": r"-\b|HEAD|~|-$", "without": r" ! | -x |--no-", "unless": r"--no-",
    "除了": r" ! | -x ", "一半": "半",
    "only": r"-l|--tail|--filter|pytest|--staged|--since|only|-k|--name|-d|-n\b|-1|-type|-I|-maxdepth",
    "只有": r"-l|--tail|--filter|pytest|--staged|--since|only|-k|--name|-d|-n\b|-1|-type|-I|-maxdepth",
    "older": r"-|HEAD", "旧的": r"-|HEAD",
    "twice": r"-c 2|-n 2|2", "两遍": r"2",
}  # fmt: skip
"""Where a word may have been in the command all along: what of the command shows it."""

_TAKES_ALL = re.compile(
    r"message|comment|信息|说明|备注|描述|写|saying|says|called|named|叫|名为|\becho\b|[\"“「]", re.I
)
"""What follows may be a message or a name, so that any word is used in it."""


@dataclass(frozen=True)
class Changed:
    """A request, the same with a change, and the word that was put in."""

    request: str
    changed: str
    word: str


def change(request: str, chance: random.Random) -> Changed:
    """One change: a word more, or one word in place of another (two, where a word is also dropped)."""
    chinese = bool(re.search("[㐀-鿿]", request))
    word = chance.choice(ADDED["zh" if chinese else "en"])
    pieces = re.findall(r"[㐀-鿿]|[^\s㐀-鿿]+", request) if chinese else request.split()
    if chance.random() < 0.25 and len(pieces) > 3:
        del pieces[chance.randrange(len(pieces))]
    at = chance.randrange(len(pieces) + 1)
    if chance.random() < 0.25 and at < len(pieces):
        pieces[at] = word
    else:
        pieces.insert(at, word)
    return Changed(request, _joined(pieces), word)


def _joined(pieces: Sequence[str]) -> str:
    text = " ".join(pieces)
    return re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "", text)


def unused(one: Changed, where: Context) -> Command | None:
    """The safe answer to a changed request in which its new word has no part; ``None`` where all is well."""
    found = compose(one.changed, where)
    if found is None or found.risk != "safe" or not found.insertable or _TAKES_ALL.search(one.changed):
        return None
    bare = one.word.rstrip("的地")
    if re.sub(r"\W", "", bare.lower()) in re.sub(r"\W", "", found.text.lower()):
        return None
    shown = SHOWN.get(one.word)
    if (shown and re.search(shown, found.text)) or _matters(one, found, where):
        return None
    return found


def _matters(one: Changed, found: Command, where: Context) -> bool:
    """Whether the answer is another one, or none, without the new word."""
    without = compose(" ".join(one.changed.replace(one.word, " ").split()), where)
    return without is None or without.text != found.text


def fuzz(requests: Sequence[str], count: int, where: Context, seed: int = 14) -> list[tuple[Changed, Command]]:
    """What is found in ``count`` changed requests."""
    chance = random.Random(seed)
    bad = []
    for _ in range(count):
        one = change(chance.choice(requests), chance)
        if (found := unused(one, where)) is not None:
            bad.append((one, found))
    return bad
