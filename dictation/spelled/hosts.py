"""Knows the address of a machine when it is spelled out: "localhost colon three thousand"."""

from __future__ import annotations

from collections.abc import Sequence

from dictation.spelled.chains import is_sign
from dictation.spelled.endings import TLDS
from dictation.spelled.pieces import Said

_PATH_SIGNS = frozenset(("/", ".", "_", "-"))


def is_host(chain: Sequence[Said]) -> bool:
    """``localhost:3000/users``, ``127.0.0.1``, ``192.168.1.1:80``."""
    if is_sign(chain[0]) or len(chain) < 3:
        return False
    signs = [each.text for each in chain if is_sign(each)]
    return _port(chain) if signs[0] == ":" else _octets(chain, signs)


def _port(chain: Sequence[Said]) -> bool:
    port, rest = chain[2], chain[3:]
    if chain[0].low != "localhost" or not is_sign(chain[1]) or port.kind != "number" or len(port.text) < 2:
        return False
    turns = all((is_sign(each) and each.text in _PATH_SIGNS) == (not at % 2) for at, each in enumerate(rest))
    return not rest or (rest[0].text == "/" and turns)


def _octets(chain: Sequence[Said], signs: list[str]) -> bool:
    numbers = [each for each in chain if not is_sign(each)]
    if signs[:3] != [".", ".", "."] or signs[3:] not in ([], [":"]) or len(numbers) != len(signs) + 1:
        return False
    whole = all(each.kind == "number" for each in numbers)
    return whole and all(int(each.text) < 256 for each in numbers[:4])


def ends_in_domain(words: Sequence[Said]) -> bool:
    """Whether the last of ``words`` ends the name of a machine."""
    last = words[-1].low in TLDS
    return last and len(words) > 1 and words[0].kind != "number" and words[0].low != "sharp"
