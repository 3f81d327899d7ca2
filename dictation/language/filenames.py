"""Names of files and branches that are said in several words and written as one: tsconfig.json, fix/login-page."""

from __future__ import annotations

from dictation.language.late import late
from dictation.language.sheet import Change
from dictation.language.symbols import Piece
from dictation.language.vocabulary import FUNCTION, HEARD_AS

_BRANCH = late(
    r"(?:git (?:checkout|switch|branch|merge|rebase|push)(?: -[a-z-]+| origin)*|"
    r"(?:branch|called|named)|分支(?:叫|名|是)*|切到|切换到)\s*"
    r"(?:feature|feat|fix|hotfix|bugfix|chore|release|docs|refactor)/[A-Za-z0-9-]+(?P<rest>(?: [A-Za-z0-9]+){1,3})"
    r"(?=$|[，。,.]|\s*[\u4e00-\u9fff])"
)
"""A branch that is named: its words are one name, for no branch has a blank."""

_STEMS = {
    "ts config": "tsconfig", "t s config": "tsconfig", "js config": "jsconfig", "docker compose": "docker-compose",
    "package lock": "package-lock", "pnpm lock": "pnpm-lock", "p n p m lock": "pnpm-lock", "py project": "pyproject",
    "pie project": "pyproject", "read me": "README", "change log": "CHANGELOG",
    "cmake lists": "CMakeLists", "c make lists": "CMakeLists", "conf test": "conftest",
    "con f test": "conftest", "android manifest": "AndroidManifest",
}  # fmt: skip
"""Names of files that are the same in every project, as they are said before "dot"."""


def branches(text: str) -> list[Change]:
    """Joins the words of a branch that is named after its kind: feature/login page."""
    changes = []
    for found in _BRANCH.finditer(text):
        words = found["rest"].split()
        if not FUNCTION & set(words):
            changes.append(Change(found.start("rest"), found.end("rest"), "-" + "-".join(words).lower(), lock=True))
    return changes


def stem(run: list[Piece], at: int) -> tuple[int, str]:
    """How many pieces from ``at`` are a file's name that everybody has, if "dot" and an extension follow."""
    for size in (4, 3, 2, 1):
        part = run[at : at + size + 2]
        if len(part) < size + 2 or part[size].sign != "." or any(each.sign for each in part[:size]):
            continue
        name = _STEMS.get(" ".join(each.low for each in part[:size]))
        if name and HEARD_AS.get(part[-1].low, part[-1].low)[:1] in "jytmlxp":
            return size, name
    return 0, ""
