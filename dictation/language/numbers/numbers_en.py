"""English numbers become digits where something shows that digits are meant: "port three thousand" -> port 3000."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.cues import talk
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import WORDS, english_number
from dictation.spelled.wordlist import in_order

_WORD = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
_NUMBER = rf"{_WORD}(?:[ -](?:and )?{_WORD})*"
_DIGITS = "(?:one|two|three|four|five|six|seven|eight|nine)"
_ORDINALS = {
    word: number
    for number, word in enumerate(
        in_order(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
} | {"thirtieth": 30}
_ORDINAL = rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(_ORDINALS)}|{_WORD})"
_HINT = late(rf"(?<![A-Za-z]){_WORD}(?![A-Za-z])", re.I)
_NAMES = (
    "python|node|java|jdk|vue|react|angular|django|go|php|ruby|rails|kotlin|swift|typescript|gpt|qwen|llama|deepseek|"
    "gemini|claude|opus|sonnet"
    "|haiku|ubuntu|debian|centos|mysql|postgres|postgresql|redis|kubernetes|cuda|pytorch|tensorflow|spring boot|http|"
    "tls|ios|android|windows|vite"
    "|webpack|nuxt|electron|rust|gradle|next\\.?js|whisper|es|tailwind|bootstrap|c\\+\\+|ipv"
)
_DECIMAL = late(
    rf"(?<![A-Za-z])(?P<lead>(?:version(?: is| number| to| number is)?|release|v|{_NAMES}|(?:up|down)grade to|"
    r"update to|to version|bump (?:(?:it|the version|this) )?to|(?:rate|threshold|dropout) (?:is|to|of)|"
    r"(?:set|change) (?:it|this|the [a-z]+) to)\s+)"
    rf"(?P<number>(?:{_NUMBER}|[0-9]+)(?:\s+(?:point|dot)\s+(?:{_NUMBER}|[0-9]+))+)(?![A-Za-z])",
    re.I,
)
_VERSION = late(
    rf"(?<![A-Za-z])(?P<lead>(?:version|{_NAMES})\s+)(?P<number>{_NUMBER})(?![A-Za-z'-])(?P<after>\s+[A-Za-z]+)?", re.I
)
_LED = late(
    r"(?<![A-Za-z])(?P<lead>(?:ports?(?: is| to| number)?|lines?(?: number)?|page|status(?: code)?|"
    r"error(?: code)?|code|returns?|returned|"
    r"returning|timeout(?: of| to| is)?|size(?: is| of| to)?|width|height"
    r"|limit(?: is| of| to)?|set (?:it |this )?to|retries(?: to| is)?|workers|threads|replicas|issue|ticket|pr|pull "
    r"request|bug|exit code|step|column|epoch|seed|rank|depth|level|layer|id|http"
    r"|max|maximum|minimum|equals|(?:set|change|increase|decrease|raise|lower|reduce|limit|cap) "
    r"(?:the )?[a-z ]{2,24}? to|(?:count|rate|length|threshold|interval|delay|capacity|"
    r"concurrency|dimension|max tokens|tokens) (?:is|to|of))\s+)"
    rf"(?P<number>{_NUMBER})(?![A-Za-z'-])(?P<after>\s+[A-Za-z]+)?",
    re.I,
)
_UNITS = late(
    rf"(?<![A-Za-z])(?P<number>{_NUMBER})(?=\s+(?:milliseconds?|ms|seconds|gigabytes?|megabytes?|kilobytes?|"
    rf"terabytes?|bytes|bits|gigs|megs|gb|mb|kb|lines of code|lines|files|tokens|pixels|px|threads"
    r"|workers|replicas|nodes|pods|percent|requests|cores|retries|commits|tests|epochs|parameters|rows|columns|"
    r"endpoints|instances|gpus)(?![A-Za-z]))",
    re.I,
)
_SPAN = late(rf"(?<![A-Za-z])(?P<number>{_NUMBER})(?=\s+(?:minutes|hours|days|weeks)(?![A-Za-z]))", re.I)
_RANGE = late(rf"(?:^|\sor|(?<![A-Za-z]){_WORD}\s+to)\s*$", re.I)
_STATUS = late(
    rf"(?<![A-Za-z])(?P<number>(?:two|three|four|five) (?:oh|zero) (?:oh|zero|{_DIGITS}))"
    r"(?=\s+(?:errors?|page|status|response|responses|when|from|not found|not-found)(?![A-Za-z])|\s*[.,?!]?$)",
    re.I,
)
_PERCENT = late(rf"(?<![A-Za-z])(?P<number>{_NUMBER}(?:\s+point\s+{_NUMBER})?)\s+percent(?![A-Za-z])", re.I)
_POINT = late(
    rf"(?<![A-Za-z])(?P<before>(?:[a-z]+\s+)?)(?P<number>{_NUMBER}\s+point\s+(?:oh|zero|{_DIGITS})"
    rf"(?:\s+(?:oh|zero|{_DIGITS}|{_WORD}))*)(?![A-Za-z'-])(?!\s+(?:people|of|or|to)(?![A-Za-z]))",
    re.I,
)
_SIZE = late(
    rf"(?<![A-Za-z])(?P<number>{_NUMBER}(?:\s+point\s+{_NUMBER})?)\s+(?P<unit>b|billion)"
    r"(?=\s+(?:model|parameters?|params|version|variant|checkpoint|instruct|chat|coder)(?![A-Za-z]))",
    re.I,
)
_CANDIDATE = late(rf"(?<=[0-9])(?:\s+|(?P<joint>[.-]))rc\s+(?P<number>{_DIGITS})(?![A-Za-z])", re.I)
_MONEY = late(
    rf"(?<![A-Za-z])(?P<number>{_NUMBER}(?:\s+point\s+{_NUMBER})?)\s+dollars(?P<cents>\s+and\s+{_NUMBER}\s+cents)?(?![A-Za-z])",
    re.I,
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = late(
    rf"(?<![A-Za-z])(?P<month>{_MONTHS})\s+(?P<day>{_ORDINAL})\s+"
    rf"(?P<year>(?:nineteen|twenty)\s+{_NUMBER}|two thousand(?: and)? {_NUMBER})(?![A-Za-z])",
    re.I,
)
_CLOCK = late(
    rf"(?<![A-Za-z])(?P<hour>{_DIGITS}|ten|eleven|twelve)(?:\s+(?P<minute>(?:oh|o)\s+{_DIGITS}|{_NUMBER}))?\s+(?P<half>a\.?\s?m|p\.?\s?m)\.?(?![A-Za-z])",
    re.I,
)
_OPTION = late(
    rf"(?<=\s)--?[A-Za-z][A-Za-z-]*[\s=](?P<number>{_NUMBER}(?:\s+point\s+{_NUMBER})?)(?=$|[,.;?!]|\s+(?:and|to|then|--?[A-Za-z]))",
    re.I,
)
"""What an option is set to."""
_COUNTED = frozenset(
    "seconds milliseconds ms errors bytes lines rows items results records tokens requests threads workers retries "
    "is as".split()
)
"""What a program counts; five hundred dollars are written as they are said."""
_SMALL = frozenset(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])


def _read(said: str) -> str | None:
    return english_number([word for word in re.split("[ -]+", said.lower()) if word != "and"])


def _decimal(said: str) -> str | None:
    parts = [part if part.isdigit() else _read(part) for part in re.split(r"\s+(?:point|dot)\s+", said.lower())]
    return None if any(part is None for part in parts) else ".".join(part for part in parts if part is not None)


def _in_digits(found: re.Match[str], fits: Callable[[re.Match[str], str], bool]) -> Change | None:
    new = _read(found["number"])
    return Change(found.start("number"), found.end("number"), new) if new is not None and fits(found, new) else None


def _pointed(found: re.Match[str]) -> Change | None:
    new = _decimal(found["number"])
    return None if new is None else Change(found.start("number"), found.end("number"), new)


def _decimal_alone(found: re.Match[str]) -> Change | None:
    """Nobody says a point between two numbers that is none, but "at one point two of them" says another thing."""
    before = found["before"].strip().lower()
    return None if before in _AT_ONE and found["number"].lower().startswith("one ") else _pointed(found)


def _percent(found: re.Match[str]) -> Change | None:
    new = _decimal(found["number"])
    plain = new is None or _RANGE.search(found.string[: found.start()])
    # A fraction is data in any talk; a round share in ordinary talk is said in words.
    if plain or ("." not in str(new) and (new in _SMALL or talk(found.string) < 0.5)):
        return None
    return Change(found.start(), found.end(), f"{new}%")


def _size(found: re.Match[str]) -> Change | None:
    new = _decimal(found["number"])
    return Change(found.start(), found.end(), f"{new}B") if new and found["unit"].lower() == "b" else None


def _candidate(found: re.Match[str]) -> Change | None:
    new = _read(found["number"])
    return None if new is None else Change(found.start(), found.end("number"), f"{found['joint'] or ''}rc{new}")


def _money(found: re.Match[str]) -> Change | None:
    """An amount that is data: it has cents, or the talk is of software."""
    new, cents = _decimal(found["number"]), found["cents"]
    said = _read(re.sub(r"^\s+and\s+|\s+cents$", "", cents, flags=re.I)) if cents else ""
    if new is None or said is None or not (cents or "." in new or (new not in _SMALL and talk(found.string) >= 1)):
        return None
    return Change(found.start(), found.end(), f"${new}" + (f".{said:0>2}" if cents else ""))


def _date(found: re.Match[str]) -> Change | None:
    """A day with its year."""
    *tens, last = re.split("[ -]", found["day"].lower())
    number = _ORDINALS.get(last) or int(_read(last) or 0)
    day = number + {"twenty": 20, "thirty": 30}.get(tens[0] if tens else "", 0)
    year = _read(found["year"])
    if year is None or len(year) != 4 or not 1 <= day <= 31:
        return None
    return Change(found.start(), found.end(), f"{found['month'].capitalize()} {day}, {year}")


def _clock(found: re.Match[str]) -> Change | None:
    """A time of day where the talk is of software, or with its minutes."""
    hour = _read(found["hour"])
    said = found["minute"]
    minute = _read(re.sub("^o ", "oh ", said.lower())) if said else None
    if hour is None or (said and (minute is None or int(minute) > 59)) or (not said and talk(found.string) < 1):
        return None
    half = "am" if found["half"][0] in "aA" else "pm"
    return Change(found.start(), found.end(), f"{hour}:{int(minute or 0):02} {half}" if minute else f"{hour} {half}")


def _unit_fits(found: re.Match[str], new: str) -> bool:
    text = found.string
    unit = text[found.end() :].split()[0].lower()
    return (
        len(new) > 1
        and (new not in _SMALL or unit in _HARD_UNITS or (new == "10" and talk(text) >= 1))
        and (unit not in _SOFT_UNITS or talk(text) >= 0.5)
        and not _RANGE.search(text[: found.start()])
    )


def _span_fits(found: re.Match[str], new: str) -> bool:
    return new not in _SMALL and talk(found.string) >= 1.5


def _status_fits(found: re.Match[str], _: str) -> bool:
    return talk(found.string) >= 0.5


def _version_fits(found: re.Match[str], new: str) -> bool:
    lead, after = found["lead"].strip().lower(), (found["after"] or "").strip()
    if lead == "version":
        return True
    return new != "1" and not (lead in _ALSO_WORDS and (new == "0" or bool(after)))


def _led_fits(found: re.Match[str], new: str) -> bool:
    lead, after = found["lead"].strip().lower(), (found["after"] or "").strip().lower()
    if re.match(r"\s+(?:or|to|hundred)\b", found.string[found.end("number") :]):
        return False
    if lead in _NUMBERED:
        return after not in ("of", "more", "another") and not (new in ("1", "0") and lead in _ALSO_ONE)
    return (
        len(new) > 1
        and (new != "10" or lead not in ("max", "maximum", "minimum", "number", "level"))
        and after not in ("of", "people", "men", "women")
        and (not after.endswith("s") or after in _COUNTED)
    )


_AT_ONE = frozenset(in_order("at the this that any some which"))
_HARD_UNITS = frozenset(
    in_order("ms gb mb kb px milliseconds millisecond gigabytes megabytes kilobytes percent gigs megs terabytes")
)
"""Nobody but a program counts these."""
_SOFT_UNITS = frozenset(in_order("seconds percent lines files tests requests"))
_ALSO_WORDS = frozenset(in_order("go swift rust react windows es node opus"))
"""Names with a version that are words too: go one more."""
_NUMBERED = frozenset(
    (
        "port;ports;port is;port to;port number;line;line number;page;status code;error code;exit code;http;epoch;"
        "issue;ticket;pr;pull request;seed;timeout of;timeout to;timeout is"
    ).split(";")
)
_ALSO_ONE = frozenset(in_order("page line issue port ticket"))
_REASONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Change | None]], ...] = (
    (_OPTION, _pointed),
    (_DECIMAL, _pointed),
    (_DATE, _date),
    (_CLOCK, _clock),
    (_PERCENT, _percent),
    (_SIZE, _size),
    (_MONEY, _money),
    (_POINT, _decimal_alone),
    (_CANDIDATE, _candidate),
    (_LED, lambda found: _in_digits(found, _led_fits)),
    (_VERSION, lambda found: _in_digits(found, _version_fits)),
    (_UNITS, lambda found: _in_digits(found, _unit_fits)),
    (_SPAN, lambda found: _in_digits(found, _span_fits)),
    (_STATUS, lambda found: _in_digits(found, _status_fits)),
)
"""What a number looks like for each reason, and how it is read, in the order in which they are tried."""


def write_numbers(sheet: Sheet) -> None:
    """A version, a port, a line, a size; a number that no reason covers stays in words."""
    if not _HINT.search(sheet.text):
        return
    for pattern, read in _REASONS:
        sheet.change("number", [made for found in pattern.finditer(sheet.text) if (made := read(found)) is not None])
