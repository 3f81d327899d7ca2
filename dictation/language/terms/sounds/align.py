"""How far two sounds are apart, in the phone alphabet of ``phones``."""

from __future__ import annotations

from functools import lru_cache

from dictation.language.terms.sounds.phones import VOWELS, WEAK

_CONSONANTS = (
    "bp.12 dt.12 gk.12 zc.15 zs.15 cs.15 jq.12 jx.25 qx.2 sx.2 zj.2 cq.2 vw.12 fv.15 fh.35 lr.1 nl.35 mn.4 mN.1 nN.1 "
    "bf.35 pf.35 vb.3 gj.25"
    " kq.25 kj.3 gq.3 hx.3 dz.35 tc.35 dj.35 tq.3 Ll.1 LR.03 Rl.15 Rr.15 yj.3 kh.35 gh.4 wb.4 wf.35 zx.3 cx.3 sj.35 "
    "sq.35 rj.35 yr.4 Nl.6 tz.4 td.12"
)
_VOWELS = (
    "a@.15 aA.2 aU.2 ae.25 ao.2 aO.25 aE.3 iE.2 ie.2 i@.25 iA.3 iu.35 i_.1 uO.15 uo.15 uU.2 u@.2 eE.1 eA.15 e@.15 "
    "oO.1 oU.12 o@.2 EA.2"
    " E@.2 O@.2 OU.15 A@.25 U@.2 _@.1 _e.15 _u.2 _E.2 _a.25 _o.25"
)
_MIXED = "LO.15 LU.15 Lu.15 Lo.15 L@.2 R@.1 Ra.2 yi.1 wu.1 Ru.25 Li.35 wo.25 wO.25"


def _table() -> dict[str, float]:
    found = {}
    for pair in f"{_CONSONANTS} {_VOWELS} {_MIXED}".split():
        found[pair[:2]] = found[pair[1] + pair[0]] = float(pair[2:])
    return found


_STOPS = frozenset("ptkbdg")


def _weight(phone: str) -> float:
    return 0.5 if phone in VOWELS or phone in WEAK else 1.0


def _lost(said: str, at: int) -> float:
    """Cost of a phone of the term that was not heard."""
    phone = said[at]
    if phone in VOWELS:
        return 0.15 if phone in "@_" else 0.35
    if phone in WEAK:
        return {"R": 0.05, "L": 0.15, "N": 0.35}[phone]
    if phone in "wyh":
        return 0.35
    after = said[at + 1 : at + 2]
    if phone in _STOPS and (not after or (after not in VOWELS and after not in "rlwy")):
        return 0.45
    if phone in "rl" and at and said[at - 1] not in VOWELS:
        return 0.6
    return 1.0


def _added(heard: str, at: int) -> float:
    """Cost of a phone that was heard and is not in the term."""
    phone = heard[at]
    if phone in VOWELS:
        if not at:
            return 1.2  # a name hardly ever gets a syllable in front
        if phone == "@" and heard[at - 1] in VOWELS and heard[at + 1 : at + 2] == "R":
            return 0.02  # 尔 is how a name's last r or l is written
        epenthetic = heard[at - 1] not in VOWELS and phone in "@_uie"
        return 0.1 if epenthetic else 0.3
    if phone in "wy":
        return 0.15
    return {"N": 0.35, "R": 0.1, "L": 0.15, "h": 0.6}.get(phone, 1.0)


class _Row(dict[str, float]):
    """What each phone costs that is heard for one phone of a term."""

    def __init__(self, phone: str) -> None:
        super().__init__({phone: 0.0})
        self._phone = phone

    def __missing__(self, other: str) -> float:
        known = _APART.get(self._phone + other)
        if known is None:
            known = 0.4 if self._phone in VOWELS and other in VOWELS else 1.1
        self[other] = known
        return known


_APART = _table()
_ROWS: dict[str, _Row] = {}


@lru_cache(maxsize=8192)
def _term(said: str) -> tuple[tuple[tuple[float, _Row], ...], float]:
    """For each phone of a term what it costs when it is lost or another is heard; and how much there is to hear."""
    steps = tuple((_lost(said, at), _ROWS.setdefault(phone, _Row(phone))) for at, phone in enumerate(said))
    return steps, max(1.0, sum(map(_weight, said)))


def costs_of_term(said: str) -> tuple[list[float], float]:
    """What each phone of a term costs when it is not heard, and the weight that ``distance`` divides by."""
    steps, weight = _term(said)
    return [lost for lost, _ in steps], weight


def costs_of_heard(heard: str) -> tuple[float, ...]:
    """What each phone costs that is heard and is in no term."""
    return _extra(heard)


def phones_apart(phone: str, other: str) -> float:
    """What it costs when one phone of a term is heard as the other."""
    return _ROWS.setdefault(phone, _Row(phone))[other]


@lru_cache(maxsize=2048)
def _extra(heard: str) -> tuple[float, ...]:
    return tuple(_added(heard, at) for at in range(len(heard)))


@lru_cache(maxsize=16384)
def distance(said: str, heard: str, worst: float = 9.0) -> float:
    """0 when ``heard`` is how a Mandarin mouth says ``said``; about 0.3 when only the drift of it is the same.

    Anything above ``worst`` is told as 9. Of each row only the places are kept that can still lead to ``worst``.
    """
    steps, weight = _term(said)
    added = _extra(heard)
    most = worst * weight
    size = len(heard)
    row, first = [0.0], 0
    for cost in added:
        if row[-1] + cost > most:
            break
        row.append(row[-1] + cost)
    for lost, apart in steps:
        end = first + len(row)
        made: list[float] = []
        begin = last = left = _FAR
        for place in range(first, size + 1):
            here = above + lost if place < end and (above := row[place - first]) + lost <= most else _FAR
            if place > first:
                if (across := last + apart[heard[place - 1]]) < here:
                    here = across
                if (beside := left + added[place - 1]) < here:
                    here = beside
            last = row[place - first] if place < end else _FAR
            left = here
            if here <= most:
                if not made:
                    begin = place
                made.append(here)
            elif place >= end:
                break
            elif made:
                made.append(_FAR)
        if not made:
            return 9.0
        row, first = made, int(begin)
    return row[size - first] / weight if size < first + len(row) and row[size - first] <= most else 9.0


_FAR = 1e6
"""The cost of a place that leads nowhere."""
