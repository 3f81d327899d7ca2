"""What may stand in a slot of a phrase: ports, numbers, branches, paths, names."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.command_context import Context
from dictation.shell.files.file_kinds import KINDS, PICTURES, SOUND
from dictation.shell.phrases.phrase_names import BRANCHES, EVERYDAY, FILES, INSTALLERS, services
from dictation.shell.phrases.phrase_words import Token
from dictation.spelled import programs
from dictation.spelled.endings import EXTENSIONS
from dictation.spelled.lazy_regex import late
from dictation.spelled.plain_words import FOLDERS, FUNCTION, KNOWN_REFS, NO_FILES, PROSE
from dictation.spelled.wordlist import words

SHELLISH = late(r"[;&|`$<>(){}\\\n\"!]")
_HOST = late(r"(?:[\w.-]+@)?(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*)", re.I | re.ASCII)
_URL = late(
    r"(?:https?://|ftp://|git@|ssh://)\S+"
    r"|(?:localhost|(?:[\w-]+\.)+(?:com|org|net|io|dev|cn|me|ai|app|co|edu|gov|local)|\d+\.\d+\.\d+\.\d+)(?::\d+)?(?:/\S*)?",
    re.I | re.ASCII,
)
BINARY = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".pdf",
    ".mp3",
    ".mp4",
    ".wav",
    ".db",
    ".sqlite",
    ".exe",
    ".dll",
    ".so",
)
"""Endings of files that are not shown as text."""

REMOTE = late(r"(?:[\w.-]+@)?[\w-]+(?:\.[\w-]+)*:(?!//)[/~]?[\w./~-]*", re.ASCII)
"""A place on another machine, as scp has it."""

LOGINS = words("root admin ubuntu deploy git pi centos debian user administrator dev test www-data ec2-user")
"""Users that people log in as."""

SITES = {
    "baidu": "baidu.com",
    "百度": "baidu.com",
    "google": "google.com",
    "谷歌": "google.com",
    "github": "github.com",
}
"""Sites that are called by less than their address."""

ORDINALS = {
    word: str(at)
    for at, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
} | {"第一": "1"}
"""First to tenth, as digits."""

ARCHIVES = (".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar", ".zip", ".gz", ".7z", ".rar", ".xz", ".bz2")
"""Endings of archives."""


MEDIA = (*SOUND, *PICTURES)
"""Endings of what is converted into another format."""


COLONS = words("/etc/passwd /etc/group /etc/shadow")
"""Files whose columns stand between colons."""

WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")


def _number(low: int, high: int) -> Callable[[Token, Context], bool]:
    return lambda token, _: token.kind == "number" and len(token.text) < 8 and low <= int(token.text) <= high


def plain(token: Token) -> bool:
    """A Latin word that is nobody's word, or something quoted."""
    if token.kind == "quoted":
        return not SHELLISH.search(token.text)
    if token.kind != "word" or SHELLISH.search(token.text) or " " in token.text:
        return False
    low = token.low
    return len(low) > 1 and low not in EVERYDAY and low not in PROSE and low not in FUNCTION


def _branch(token: Token, context: Context) -> bool:
    if token.text in context.branches:
        return True
    if _like_a_file(token):
        return False
    if token.kind == "word" and token.low in BRANCHES:
        return True
    new = plain(token) and token.low not in KNOWN_REFS and not token.known()
    return new and re.fullmatch(r"[\w./#-]+", token.text) is not None


def _like_a_file(token: Token) -> bool:
    """ "fix.patch" is a file and no branch."""
    ending = token.low.rpartition(".")[2] if "." in token.text else ""
    return ending in EXTENSIONS or re.search(r"\w\.[a-z]{2,5}$", token.text) is not None


def _path(token: Token, context: Context) -> bool:
    if REMOTE.fullmatch(token.text) or "pathvar" in token.means:
        return False
    if token.text in context.files or (token.kind == "word" and token.low in FOLDERS) or "nodemodules" in token.means:
        return True
    return (plain(token) and not token.known()) or (token.kind == "word" and "/" in token.text)


def _file(token: Token, context: Context) -> bool:
    if token.text in context.files or token.text in FILES:
        return token.low not in NO_FILES
    plain = token.kind in ("word", "quoted") and not SHELLISH.search(token.text)
    return plain and re.search(r"\w\.[A-Za-z]|/\w|^\.\w", token.text) is not None


def _pattern(token: Token, _: Context) -> bool:
    return token.kind in ("quoted", "number") or (plain(token) and not token.known())


def _package(token: Token, _: Context) -> bool:
    ours = token.means & words("_ current all dependency package requirements project global dev new installed version")
    return plain(token) and re.fullmatch(r"@?[\w./@=<>~-]+", token.text) is not None and not ours


def _listed(program: str) -> Callable[[Token, Context], bool]:
    return lambda token, _: token.kind == "word" and token.low in programs.listed(program, "packages")


def _unlisted(token: Token, context: Context) -> bool:
    """A package of which it is not known what installs it: the project's own manager may."""
    known = any(token.low in programs.listed(each, "packages") for each in INSTALLERS)
    return not known and not token.known() and token.low not in programs.known() and _package(token, context)


def _program(token: Token, context: Context) -> bool:
    if token.low in programs.spoken() or token.low in context.tools:
        return plain(token)
    return plain(token) and not token.known() and not _library(token)


def _library(token: Token) -> bool:
    """ "where is numpy installed": what a manager of libraries installs is nothing that runs."""
    return any(token.low in programs.listed(each, "packages") for each in ("pip", "npm"))


def _service(token: Token, _: Context) -> bool:
    return token.low in services() or (
        plain(token) and not token.known() and re.fullmatch(r"[\w@-]+", token.text) is not None
    )


def _like(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[Token, Context], bool]:
    """Whether all of it is as the pattern says."""
    whole = late(pattern, flags)
    return lambda token, _: whole.fullmatch(token.text) is not None


def _ending(*endings: str) -> Callable[[Token, Context], bool]:
    """Whether it ends so, wherever it stands."""
    return lambda token, _: token.low.endswith(endings) and not SHELLISH.search(token.text)


def _file_ending(*endings: str) -> Callable[[Token, Context], bool]:
    """Whether it is a file that ends so."""
    return lambda token, context: token.low.endswith(endings) and _file(token, context)


def _name(token: Token, _: Context) -> bool:
    return token.kind in ("word", "number") and re.fullmatch(r"[\w-]+", token.text) is not None


def _ordinal(token: Token, _: Context) -> bool:
    return token.low in ORDINALS


CHECKS: dict[str, Callable[[Token, Context], bool]] = {
    "port": _number(1, 65535),
    "n": _number(1, 99_999),
    "n2": _number(1, 999_999),
    "nth": _ordinal,
    "nth2": _ordinal,
    "csv": _file_ending(".csv"),
    "blanks": lambda token, context: (
        not token.low.endswith((".csv", ".tsv")) and token.text not in COLONS and _file(token, context)
    ),
    "patchfile": _ending(".patch", ".diff"),
    "colons": lambda token, _: token.text in COLONS,
    "two": _number(2, 2),
    "days": _number(1, 3650),
    "weekday": lambda token, _: token.low in WEEKDAYS,
    "day": _like(r"\d{4}-\d\d?-\d\d?"),
    "pid": _number(1, 9_999_999),
    "branch": _branch,
    "base": _branch,
    "path": _path,
    "file": _file,
    "script": lambda token, context: (
        not token.text.startswith("./")
        and bool(re.search(r"\.(?:py|sh|js|ts|rb|pl|go)$", token.text))
        and _file(token, context)
    ),
    "testfile": lambda token, _: bool(re.search(r"test\w*\.py$|\w/|_spec\.py$", token.text)),
    "archive": _ending(*ARCHIVES),
    "zip": _ending(".zip"),
    "tarball": _ending(".tar.gz", ".tgz"),
    "gz": lambda token, context: (
        token.low.endswith(".gz") and not token.low.endswith(".tar.gz") and _file(token, context)
    ),
    "target": _file,
    "pattern": _pattern,
    "start": _name,
    "other": _name,
    "module": lambda token, _: token.kind == "word" and bool(re.fullmatch(r"[a-z_]\w*(?:\.\w+)*", token.text)),
    "package": _package,
    "pylib": _listed("pip"),
    "jslib": _listed("npm"),
    "system": _listed("apt"),
    "unlisted": _unlisted,
    "image": lambda token, context: (
        plain(token)
        and token.low != "docker"
        and token.text not in (*FILES, *context.files)
        and not token.low.startswith("dockerfile")
        and (not token.known() or token.low in programs.spoken())
    ),
    "host": lambda token, _: plain(token) and not token.known() and bool(_HOST.fullmatch(token.text)),
    "url": lambda token, _: token.kind == "word" and bool(_URL.fullmatch(token.text)),
    "email": _like(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "sha": _like(r"[0-9a-f]{7,40}|HEAD(?:[~^]\d*)?"),
    "version": _like(r"\d+(?:\.\d+){0,2}|lts"),
    "tag": lambda token, _: bool(re.fullmatch(r"v?\d+(?:\.\d+){0,3}(?:-[\w.]+)?|release-[\w.-]+", token.low)),
    # Of names in lower case only these are read from the environment; any other is a variable of a program's text.
    "var": _like(r"[A-Z][A-Z0-9_]+|(?:https?|ftp|all|no)_proxy"),
    "value": lambda token, _: (
        token.kind in ("number", "quoted")
        or token.low in ("true", "false", "yes", "no", "on", "off")
        or (token.kind == "word" and plain(token))
        or token.low in KNOWN_REFS
    ),
    "message": lambda token, _: token.kind in ("message", "quoted"),
    "dockerfile": lambda token, context: "dockerfile" in token.low and _file(token, context),
    "skip": lambda token, _: (
        ((token.low not in KINDS or token.low in FOLDERS) and plain(token)) or "nodemodules" in token.means
    ),
    "known": lambda token, _: token.low in services(),
    "service": _service,
    "login": lambda token, _: (
        token.low in LOGINS
        or (plain(token) and not token.known() and re.fullmatch(r"[a-z_][\w-]*", token.text) is not None)
    ),
    "doc": lambda token, context: (
        _file(token, context) and not token.low.endswith(ARCHIVES + BINARY) and not re.fullmatch(r"/\w+/?", token.text)
    ),
    "json": _file_ending(".json"),
    "key": lambda token, _: (
        token.kind == "word"
        and re.fullmatch(r"[A-Za-z_]\w*", token.text) is not None
        and not token.means & words("_ show what in from column value each all file content jq")
    ),
    "yaml": _file_ending(".yaml", ".yml"),
    "remote": lambda token, _: token.kind == "word" and bool(REMOTE.fullmatch(token.text)),
    "account": _like(r"[\w.-]+@[\w-]+(?:\.[\w-]+)*", re.ASCII),
    "ip": _like(r"\d{1,3}(?:\.\d{1,3}){3}"),
    "year": _number(1900, 2200),
    "label": _like(r"[\w./-]+=[\w.-]+"),
    "gopath": _like(r"[\w-]+(?:\.[\w-]+)+/[\w./-]+"),
    "repo": _like(r"[\w.-]+/[\w.-]+", re.ASCII),
    "owners": _like(r"[a-z_][\w-]*:[a-z_][\w-]*", re.ASCII),
    "keyfile": lambda token, _: token.text.endswith((".pem", ".key")) or "id_" in token.text or "/.ssh/" in token.text,
    "envfile": lambda token, _: bool(re.search(r"(?:^|/)\.env(?:\.\w+)?$", token.text)),
    "remotefile": lambda token, _: (
        token.kind == "word" and bool(REMOTE.fullmatch(token.text)) and token.low.rpartition(".")[2] in EXTENSIONS
    ),
    "rootpath": _like(r"[/~][\w./~-]*", re.ASCII),
    "origin": lambda token, _: (
        token.low in ("upstream", "origin", "github", "gitlab", "backup", "fork", "mirror")
        or (plain(token) and not token.known())
    ),
    "folder": lambda token, context: (
        token.low in FOLDERS
        or (token.text in context.files and "." not in token.text and token.text not in FILES)
        or token.text.endswith("/")
    ),
    "stream": lambda token, context: _path(token, context) and token.low not in NO_FILES,
    "ref": lambda token, context: token.text in context.branches or token.low in BRANCHES,
    "dir": lambda token, context: _path(token, context) and token.low.rpartition(".")[2] not in EXTENSIONS,
    "site": lambda token, _: token.low in SITES,
    "program": _program,
    "kind": lambda token, _: token.low in KINDS,
    "media": _file_ending(*MEDIA),
    "sums": lambda token, _: token.kind == "word" and token.low.endswith((".sha256", ".md5", "sums", "sums.txt")),
}
