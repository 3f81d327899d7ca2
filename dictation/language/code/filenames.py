"""Names of files and branches that are said in several words and written as one: tsconfig.json, fix/login-page."""

from __future__ import annotations

import re

from dictation.language.code.vocabulary import FUNCTION
from dictation.language.line_edits import Change
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import chinese_digits, english_number

_BRANCH = late(
    r"(?:git (?:checkout|switch|branch|merge|rebase|push)(?: -[a-z-]+| origin)*|"
    r"(?:branch|called|named)|分支(?:叫|名|是)*|切到|切换到)\s*"
    r"(?:feature|feat|fix|hotfix|bugfix|chore|release|docs|refactor)/[A-Za-z0-9-]+(?P<rest>(?: [A-Za-z0-9]+){1,3})"
    r"(?=$|[，。,.]|\s*[\u4e00-\u9fff])"
)
"""A branch that is named: its words are one name, for no branch has a blank."""

_MODE = late(r"(?<![A-Za-z])chmod\s+([ugoa]?)\s*(加|减|plus|minus|\+)\s*([rwx](?:\s?[rwx]){0,2})(?![A-Za-z])", re.I)
_HEAD = late(r"(?<![A-Za-z])head\s+(?:tilde|波浪号|波浪线)\s*([a-z]+|[0-9一二三四五六七八九十]+)(?![A-Za-z])", re.I)
_PARENT = late(r"(?<=git )([a-z -]{3,30}\s)head\s+(?:caret|尖号)(?![A-Za-z])", re.I)


def fixed(text: str) -> list[Change]:
    """The signs of two commands that no other word is said with: ``chmod +x``, ``HEAD~3``."""
    changes = []
    for found in _MODE.finditer(text):
        sign = "-" if found[2] in ("减", "minus") else "+"
        changes.append(Change(found.start(1), found.end(), found[1] + sign + found[3].replace(" ", ""), lock=True))
    for found in _HEAD.finditer(text):
        number = found[1] if found[1].isdigit() else english_number([found[1].lower()]) or chinese_digits(found[1])
        if number:
            changes.append(Change(found.start(), found.end(), f"HEAD~{number}", lock=True))
    for found in _PARENT.finditer(text):
        changes.append(Change(found.end(1), found.end(), "HEAD^", lock=True))
    return changes


_LINK = late(r"(?<![A-Za-z0-9])(?:HTTPS?|Https?|FTP)://[A-Za-z0-9.-]+")


def links(text: str) -> list[Change]:
    """The scheme and the host of a link as they are written, where a recogniser took the scheme for a word:
    HTTPS://GitHub.com. Case means nothing in either."""
    return [Change(found.start(), found.end(), found[0].lower()) for found in _LINK.finditer(text)]


def branches(text: str) -> list[Change]:
    """Joins the words of a branch that is named after its kind: feature/login page."""
    changes = []
    for found in _BRANCH.finditer(text):
        words = found["rest"].split()
        if not FUNCTION & set(words):
            changes.append(Change(found.start("rest"), found.end("rest"), "-" + "-".join(words).lower(), lock=True))
    return changes
