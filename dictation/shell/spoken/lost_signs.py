"""Tells where a sign was lost: a word, a letter or a number of a spelled command that has no place where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from dictation.shell.command_context import Context
from dictation.spelled import programs
from dictation.spelled.command_line.line import Part
from dictation.spelled.endings import EXTENSIONS
from dictation.spelled.lazy_regex import late
from dictation.spelled.plain_words import FOLDERS, KNOWN_REFS
from dictation.spelled.wordlist import words

_FILTERS = words("grep wc sort uniq awk sed xargs jq head tail less tee cut tr")
_RUNS_OTHERS = words(
    """exec run ssh xargs watch sudo time env nohup install add info man which type whereis uninstall remove search show
    upgrade reinstall help tldr whatis -- -exec"""
)
"""What a program's name may follow without a pipe."""

_LETTERS = words("mv cp ln diff cmp cargo tmux npm cd echo touch mkdir docker printf test r v x set")
"""Programs whose arguments are single letters now and then."""

_CLUSTERED = words("ls grep rm cp du df")
_WRITERS = words("cp mv rm mkdir touch chown chmod vim vi nano ln rsync scp export sudo")
_DOTFILES = words("env lock gitignore conf ini cfg out log db bak c h")
_ENDINGS = EXTENSIONS - {"c", "h", "go", "env", "lock", "db"}
_ROOTS = words("var etc usr proc opt mnt sys")
_PREFIXES = words("feature feat fix bugfix hotfix chore refactor bug release")
_ONE_REF = words("reset merge rebase diff log show checkout switch")
_HOST = late(r"(?:https?://)?(?:localhost|(?:\d+\.){3}\d+|[\w-]+\.(?:com|org|net|io|dev|cn))", re.ASCII)
_TALKS = words("nc ncat telnet ssh redis-cli mysql psql ping mongosh openssl curl")
_BARE_TESTS = words("not or print print0 delete prune empty ls quit xdev executable")
"""Words of find that no value follows."""


def misplaced(parts: list[Part], context: Context) -> bool:
    """Whether a word of one command (without wrappers) has no place; then a sign was not heard."""
    if not parts:
        return False
    return any(check(parts, context) for check in _CHECKS)


def _letter(parts: list[Part], context: Context) -> bool:
    """ "git checkout b feature", "ls rt": an option without its dash."""
    names = (*context.files, *context.branches)
    return any(
        part.bare and part.kind == "word" and part.text not in names and _lost_dash(parts[0], before, part)
        for before, part in pairwise(parts)
    )


def _lost_dash(first: Part, before: Part, part: Part) -> bool:
    low, follows = part.text.lower(), before is first
    if follows and first.text in _CLUSTERED and low in programs.bundles():
        return True
    if len(low) != 1 or not low.isalpha() or first.text in _LETTERS or before.kind == "option":
        return False
    return not (follows and low in programs.subcommands(first.text))


def _ending(parts: list[Part], context: Context) -> bool:
    """ "data csv", "ls .py", "train.py-lr": a file without its dot or star, an option without its blank."""
    for before, part in pairwise(parts):
        if part.kind != "word":
            continue
        if part.text not in context.files and (_only_ending(part) or _ending_apart(parts[0], before, part)):
            return True
        if not part.quoted and (_run_together(before, part) or _torn_option(before, part)):
            return True
    return False


def _only_ending(part: Part) -> bool:
    """ "ls .py": the star was not heard."""
    low = part.text.lower()
    return re.fullmatch(r"\.\w+", low) is not None and low[1:] in EXTENSIONS - _DOTFILES


def _ending_apart(first: Part, before: Part, part: Part) -> bool:
    """ "data csv": the dot was not heard."""
    if not part.bare or part.text.lower() not in _ENDINGS or before.quoted:
        return False
    if part.text.lower() == "sh" and first.text in ("docker", "podman", "kubectl"):
        return False
    return before.kind == "word" and before is not first and before.text not in programs.subcommands(first.text)


def _run_together(before: Part, part: Part) -> bool:
    """ "train.py-lr", "HEAD-1", "web-replicas=3": the blank, or another sign, was not heard."""
    found = re.search(r"\.(\w+)-", part.text)
    if found and found[1] in EXTENSIONS and "/" not in part.text[found.end() :]:
        return True
    if re.match(r"HEAD-|origin:|(?:grep|wc|sort|head|tail)\.", part.text):
        return True
    return part.chain and before.kind != "option" and re.match(r"[\w.]+-[a-z]+=", part.text) is not None


def _torn_option(before: Part, part: Part) -> bool:
    """ "--no cache": a dash within an option was not heard."""
    if before.kind != "option":
        return False
    name, low = before.text.lstrip("-"), part.text.lower()
    long = before.text.startswith("--") and f"{name}-{low}" in programs.long_options()
    return long or f"{name}-{low.partition('-')[0]}" == "force-with"


def _number(parts: list[Part], context: Context) -> bool:
    """ "HEAD 1", "localhost 8080", "0.0.0.8000": a number without its colon or tilde."""
    del context
    for at, (before, part) in enumerate(pairwise(parts)):
        if part.kind == "operator" or part.quoted:
            continue
        valued = at > 0 and parts[at - 1].kind == "option"
        if _number_apart(parts[0], before, part, valued) or _too_large(parts[0], before, part.text):
            return True
        if re.match(r"https?(?::/(?!/)|/|//)", part.text) or re.search(r"\$PATH/", part.text):
            return True
    return False


def _number_apart(first: Part, before: Part, part: Part, valued: bool) -> bool:
    """A number that stands by itself behind what it belongs to."""
    text = part.text
    if before.text.upper() == "HEAD" and part.bare and text.isdigit():
        return True
    host = before.kind == "word" and _HOST.fullmatch(before.text) and text[:1].isdigit()
    if host and first.text not in _TALKS - {"curl"}:
        return True
    loose = before.bare and before.text.isdigit() and not valued
    return loose and re.fullmatch(r"\d+\.\d+\.\d+\S*", text) is not None


def _too_large(first: Part, before: Part, text: str) -> bool:
    """A part of an address above 255, or a port above 65535."""
    for octets in re.findall(r"(?<![\w.])(?:\d+\.){3}\d+", text):
        if any(int(each) > 255 for each in octets.split(".")):
            return True
    port = before.text in ("-p", "--port", "-P") and first.text != "kill"
    return port and any(len(each) > 5 or int(each) > 65535 for each in text.split(":") if each.isdigit())


def _pipe(parts: list[Part], context: Context) -> bool:
    """ "cat names.txt sort -u": a filter without its pipe."""
    del context
    seen = {parts[0].text}
    for at in range(1, len(parts)):
        part = parts[at]
        if part.bare and part.kind == "word" and part.text in _FILTERS and not seen & _RUNS_OTHERS:
            own = parts[0].text == "git" or (parts[0].text in _FILTERS and at == 1 and len(parts) == 2)
            if not own and not _is_value(parts, at):
                return True
        seen.add(part.text)
    return False


def _is_value(parts: list[Part], at: int) -> bool:
    """Whether a word ends its command behind an option: it may be the option's value."""
    last = at + 1 == len(parts)
    return parts[at - 1].kind == "option" and (last or parts[at + 1].kind == "operator")


def _path(parts: list[Part], context: Context) -> bool:
    """ "ls var/www", "git checkout -b feature login": a slash that was not heard."""
    roots = _ROOTS - {each.split("/")[0] for each in context.files}
    for before, part in pairwise(parts):
        if part.kind == "word" and not part.quoted and _lost_slash(parts, before, part, roots, context):
            return True
    return False


def _lost_slash(parts: list[Part], before: Part, part: Part, roots: frozenset[str], context: Context) -> bool:
    first = parts[0].text
    if first in _WRITERS and "/" in part.text and part.text.split("/")[0] in roots:
        return True
    if first == "git" and _branch_apart(parts[1], before, part, context):
        return True
    return first in _SCOPED and part.bare and re.fullmatch(r"@[\w-]+", before.text) is not None


_SCOPED = words("npm pnpm yarn bun")
"""Programs whose packages are called ``@scope/name``."""


def _branch_apart(sub: Part, before: Part, part: Part, context: Context) -> bool:
    """ "feature login", "origin main": two words that are one branch."""
    if before.bare and before.text in _PREFIXES and before.kind == "word" and part.bare:
        return True
    ref = part.text in context.branches or part.text in KNOWN_REFS or (part.bare and part.text not in FOLDERS)
    return sub.text in _ONE_REF and before.text == "origin" and ref


def _remote(parts: list[Part], context: Context) -> bool:
    """scp and docker cp without the colon of the other machine; export and alias without "="."""
    del context
    first, texts = parts[0].text, [each.text for each in parts[1:] if each.kind == "word"]
    if first in ("scp", "rsync"):
        return any("@" in each for each in texts) and not _anywhere(":", texts)
    if first == "docker":
        return texts[:1] == ["cp"] and not _anywhere(":", texts)
    if first in ("export", "alias") and texts and parts[1].kind == "word":
        return _lacks_equals(texts)
    return False


def _anywhere(sign: str, texts: list[str]) -> bool:
    return any(sign in each for each in texts)


def _lacks_equals(texts: list[str]) -> bool:
    """Whether one of several names has no "=", or the only one is a value without its name."""
    whole = [each for each in texts if "=" in each]
    if len(texts) > 1:
        return len(whole) < len(texts)
    return not whole and bool(re.search(r"[/$]", texts[0]))


def _find(parts: list[Part], context: Context) -> bool:
    """After find's first test every word belongs to the one before it."""
    del context
    if parts[0].text != "find":
        return False
    expressions = programs.listed("find", "options.words") - _BARE_TESTS
    tests = executes = False
    before = parts[0]
    for part in parts[1:]:
        if part.kind == "operator":
            return False
        if part.kind == "option":
            tests = True
            executes = executes or part.text.startswith(("-exec", "-ok"))
        elif re.match(rf"(?:{'|'.join(expressions)})(?![\w/.-])", part.text) and part.chain:
            return True  # mtime+7
        elif tests and not executes and (before.kind != "option" or before.text[1:] in _BARE_TESTS):
            return part.text not in ("(", ")", "!", "\\(", "\\)")
        before = part
    return False


_CHECKS: tuple[Callable[[list[Part], Context], bool], ...] = (
    _letter, _ending, _number, _pipe, _path, _remote, _find,
)  # fmt: skip
