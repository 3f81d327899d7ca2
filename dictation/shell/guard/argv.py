"""Reads options the way programs do: clusters of letters, long names, abbreviations, values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dictation.shell.guard.inspection import Call, Word


@dataclass(slots=True)
class Options:
    """``flags`` as written (``-r``, ``--force``), their values, and what is no option, in order."""

    flags: set[str] = field(default_factory=set)
    values: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Whether one of the options is there; long ones may be shortened as GNU programs allow."""
        return any(self._given(flag, name) for name in names for flag in self.flags)

    @staticmethod
    def _given(flag: str, name: str) -> bool:
        return flag == name or (name.startswith("--") and len(flag) > 4 and flag[:2] == "--" and name.startswith(flag))

    def value(self, *names: str) -> list[str]:
        """Every value given to one of the options."""
        return [text for name in names for text in self.values.get(name, [])]


def read(args: Iterable[str], valued: str = "") -> Options:
    """``valued`` names the options that take a value, separated by blanks: ``-u --user``.

    Long options with ``=`` keep their value in any case. After ``--`` everything is no option.
    """
    takes, found, waiting, plain = set(valued.split()), Options(), "", False
    for each in args:
        if waiting:
            found.values.setdefault(waiting, []).append(each)
            waiting = ""
        elif plain or len(each) < 2 or each[0] not in "-+":
            found.rest.append(each)
        elif each == "--":
            plain = True
        elif each.startswith("--") or each in takes:
            name, equals, value = each.partition("=")
            found.flags.add(name)
            if equals:
                found.values.setdefault(name, []).append(value)
            elif name in takes:
                waiting = name
        else:
            waiting = _cluster(each, takes, found)
    return found


def operands(call: Call, valued: str = "") -> tuple[Options, list[Word]]:
    """The options of ``call``, and the words that are none, with what is known of them."""
    options = read(call.args, valued)
    left = list(options.rest)
    words = []
    for word in call.words:
        if left and word.text == left[0]:
            words.append(word)
            left.pop(0)
    return options, words


def _cluster(word: str, takes: set[str], found: Options) -> str:
    """``-rf``, ``-n5``, ``-name``: every letter is a flag up to one that takes the rest as its value."""
    found.flags.add(word)
    sign = word[0]
    for place, letter in enumerate(word[1:], 1):
        flag = sign + letter
        found.flags.add(flag)
        if flag in takes:
            if value := word[place + 1 :].removeprefix("="):
                found.values.setdefault(flag, []).append(value)
                return ""
            return flag
    return ""


def after_options(args: list[str], valued: str = "") -> int:
    """Where the first argument stands that is no option; the length of ``args`` if there is none."""
    takes, place = set(valued.split()), 0
    while place < len(args):
        each = args[place]
        if each == "--":
            return place + 1
        if len(each) < 2 or each[0] != "-":
            return place
        if each in takes:
            place += 1
        elif not each.startswith("--"):
            letters = [f"-{letter}" for letter in each[1:]]
            eats = next((spot for spot, letter in enumerate(letters) if letter in takes), -1)
            if eats == len(letters) - 1:
                place += 1
        place += 1
    return min(place, len(args))
