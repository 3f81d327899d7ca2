"""Knows the address of a machine when it is spelled out: "localhost colon three thousand"."""

from __future__ import annotations

from dictation.language.code.symbols import Piece, digits_of
from dictation.language.code.vocabulary import HOSTS


def is_host(chain: list[Piece]) -> bool:
    """``localhost:3000``, ``127.0.0.1``, ``192.168.1.1:80``."""
    numbers = [digits_of(each) for each in chain if not each.sign]
    signs = [each.sign for each in chain if each.sign]
    if len(chain) != len(numbers) + len(signs) or chain[0].sign:
        return False
    if signs[:1] == [":"] and chain[0].low in HOSTS and chain[1].sign:
        rest = chain[3:]
        turns = all((each.sign in ("/", ".", "_", "-")) == (not at % 2) for at, each in enumerate(rest))
        path = not rest or (rest[0].sign == "/" and turns)
        return path and numbers[1] is not None and len(numbers[1]) > 1
    if signs[:3] == [".", ".", "."] and signs[3:] in ([], [":"]) and len(numbers) == len(signs) + 1:
        return all(each is not None and int(each) < 256 for each in numbers[:4]) and numbers[-1] is not None
    return False
