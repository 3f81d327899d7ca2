"""What is known of each program: reads the sheets in ``data/programs``, the only home of such facts.

A sheet is a TOML file of one program or of a family. Each program is a table; ``plain`` at the top of a file names the
programs of the family of which nothing but the name needs to be known. Keys, all of them optional; a list is a string
of words (``heard``: of wordings between semicolons):

=====================  ===============================================================================================
heard                  what a recogniser writes for its name, in lower case: ``"cube control; kube c t l"``
system                 ``"windows"``: only that system has it
spoken                 ``false``: no spoken command begins with it; only the guard needs to know it
same_as                the program whose subcommands and options it shares
everyday               its name is a word of everyday English, so it needs more than plain words behind it
alone                  it is a command by itself
filter                 it needs no argument behind a pipe
arguments              how many arguments it takes at most
things_first           it is told a thing and then a deed, in plain words: ``gcloud compute instances list``
lone_dash              a dash by itself is an argument of it: ``cd -``
subcommands            the words that follow it
under.SUB              the words that follow its subcommand SUB
without_names          subcommands behind which a bare word is rather a forgotten option than a name
of_branches            subcommands that are followed by branches
with_message           subcommands whose message may be said without quotes
options.valued         options that take a value: ``"-m --message"``
options.upper          letters that are options in upper case
options.heard_small    of these, letters that are also heard in lower case; the program has no other
options.upper_under.SUB letters that are in upper case behind its subcommand SUB, also where heard small
options.upper_before.X the same, before X: a number, word, sign, quote or link, or the end
options.bundles        letters that are said, or heard, as one word: ``rf``
options.long           long options of more than one word, without their dashes
options.one_word       long options that are one word and are said as two: ``oneline``
options.camel          long options that are written in one with capitals: ``noEmit``
options.words          options with one dash and a whole word: ``-name``
options.message        options after which everything is a message
options.patterns       options whose patterns the shell must not expand
options.defines        its -D is followed by a name without a blank
options.folders        options with which it takes folders; without them it takes files alone
options.counts         a dash and a number are an option of it: ``head -20``
family                 the program whose ``said_as``, ``shown_by`` and ``packages`` count for it too
said_as                words of a request that say it is meant, besides its own name
shown_by               files that show that a project uses it
units                  services that are known by their names alone
portable               it is the same in every shell, those of Windows too
packages               packages that are known by their name alone to be installed by it
reads                  it only looks
reads_when             a regular expression: it only looks when its arguments match from their beginning
endless_when           a regular expression: it runs until it is stopped when its arguments match somewhere
runs                   it runs another program, before whose name stand so many words besides its options
runs_after             its subcommands that run another program
as_root                it runs another program as another user
runs_argument          a regular expression: an argument that holds a command in its first group
runs_value_of          options whose next argument is a command
runs_text              it hands any argument with blanks in it to a shell
=====================  ===============================================================================================

The sheets are read when they are first asked for, all in one, and each program's table when that program is asked for.
Only this subset of TOML is read: tables, dotted keys, strings of one or more lines, numbers, booleans. A test reads
every sheet by ``tomllib`` too and compares.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from dictation.spelled.lazy_regex import late

SHEETS = Path(__file__).parent / "data" / "programs"

_BETWEEN_CALLS = late(r" (?:\||&&) ")
_TABLE = late(r'^\[(?:"([^"\n]+)"|([\w-]+))\]\n', re.M)
_FACT = late(
    r'^(?P<key>[\w.-]+) = (?:"""\n(?P<lines>.*?)"""|"(?P<text>[^"\n]*)"|\'(?P<raw>[^\'\n]*)\'|(?P<plain>\w+))$',
    re.M | re.S,
)


@cache
def _bodies() -> dict[str, str]:
    """Program -> the text of its table; a program of a ``plain`` list has an empty one."""
    found: dict[str, str] = {}
    for sheet in sorted(SHEETS.glob("*.toml")):
        head, *tables = _TABLE.split(sheet.read_text(encoding="utf-8"))
        for fact in _FACT.finditer(head):
            found.update(dict.fromkeys(_value(fact).split(), ""))
        for quoted, bare, body in zip(tables[::3], tables[1::3], tables[2::3], strict=True):
            found[quoted or bare] = body
    return found


def _value(fact: re.Match[str]) -> str:
    for kind in ("text", "lines", "raw", "plain"):
        if (value := fact[kind]) is not None:
            return value
    raise AssertionError("a fact has one of its four forms")


@cache
def sheet(program: str) -> dict[str, str]:
    """What is known of ``program`` by key, as it is written: empty for one that is unknown or plain."""
    return {fact["key"]: _value(fact) for fact in _FACT.finditer(_bodies().get(program, ""))}


@cache
def listed(program: str, key: str) -> frozenset[str]:
    """The words that ``program`` has under ``key``."""
    return frozenset(sheet(program).get(key, "").split())


@cache
def having(key: str) -> dict[str, str]:
    """Each program that has a fact under ``key``, and that fact as it is written."""
    mark = f"\n{key} = "
    return {each: sheet(each)[key] for each, body in _bodies().items() if mark in "\n" + body}


@cache
def everywhere(key: str) -> frozenset[str]:
    """The words that any program has under ``key``."""
    return frozenset(word for value in having(key).values() for word in value.split())


@cache
def known() -> frozenset[str]:
    """Every program that a sheet names."""
    return frozenset(_bodies())


@cache
def spoken() -> frozenset[str]:
    """The programs that a spoken command may begin with, but for those of Windows."""
    return known() - having("spoken").keys() - having("system").keys()


@cache
def of_windows() -> frozenset[str]:
    """The programs that only Windows has."""
    return frozenset(each for each, system in having("system").items() if system == "windows")


@cache
def heard() -> dict[str, str]:
    """What a name is heard as -> the program; only at the beginning of a command."""
    names = {
        form.strip(): each for each, forms in having("heard").items() for form in forms.replace("\n", " ").split(";")
    }
    return names | {each: each for each in known() if " " in each}


def same(program: str) -> str:
    """The program whose subcommands and options ``program`` has: itself, for most."""
    return sheet(program).get("same_as", program)


@cache
def letters(program: str, key: str) -> frozenset[str]:
    """The letters of the short options that ``program`` has under ``key``, with or without their dashes."""
    return frozenset(each.lstrip("-") for each in listed(program, key) if len(each.lstrip("-")) == 1)


def calls(line: str) -> list[list[str]]:
    """The words of each call of a plain command line, past pipes, ``&&`` and ``sudo``."""
    return [call.removeprefix("sudo ").split() for call in _BETWEEN_CALLS.split(line)]


def subcommands(program: str) -> frozenset[str]:
    """The words that follow ``program``."""
    return listed(program, "subcommands")


def bundles() -> frozenset[str]:
    """Letters of short options that are said as one word, of any program."""
    return everywhere("options.bundles")


def long_options() -> frozenset[str]:
    """Long options of more than one word, of any program, without their dashes."""
    return everywhere("options.long")


def patterns() -> frozenset[str]:
    """Options whose patterns the shell must not expand, of any program."""
    return everywhere("options.patterns")
