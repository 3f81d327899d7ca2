"""English numbers become digits where something shows that digits are meant: "port three thousand" -> port 3000."""

from __future__ import annotations

import re

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.cues import talk
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import WORDS, english_number

_WORD = "(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
_NUMBER = rf"{_WORD}(?:[ -](?:and )?{_WORD})*"
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
_DIGITS = "(?:one|two|three|four|five|six|seven|eight|nine)"
_STATUS = late(
    rf"(?<![A-Za-z])(?P<number>(?:two|three|four|five) (?:oh|zero) (?:oh|zero|{_DIGITS}))"
    r"(?=\s+(?:errors?|page|status|response|responses|when|from|not found|not-found)(?![A-Za-z])|\s*[.,?!]?$)",
    re.I,
)
_PERCENT = late(rf"(?<![A-Za-z])(?P<number>{_NUMBER})\s+percent(?![A-Za-z])", re.I)
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


def write_numbers(sheet: Sheet) -> None:
    """A version, a port, a line, a size; a number that no reason covers stays in words."""
    if not _HINT.search(sheet.text):
        return
    for pattern in (_OPTION, _DECIMAL, _LED, _VERSION, _UNITS, _SPAN, _STATUS):
        changes = []
        for found in pattern.finditer(sheet.text):
            new = _decimal(found["number"]) if pattern in (_OPTION, _DECIMAL) else _read(found["number"])
            if new is not None and _fits(sheet.text, pattern, found, new):
                changes.append(Change(found.start("number"), found.end("number"), new))
        sheet.change("number", changes)


def _read(said: str) -> str | None:
    return english_number([word for word in re.split("[ -]+", said.lower()) if word != "and"])


def _decimal(said: str) -> str | None:
    parts = [part if part.isdigit() else _read(part) for part in re.split(r"\s+(?:point|dot)\s+", said.lower())]
    return None if any(part is None for part in parts) else ".".join(part for part in parts if part is not None)


def _fits(text: str, pattern: re.Pattern[str], found: re.Match[str], new: str) -> bool:
    if pattern in (_OPTION, _DECIMAL):
        return True
    if pattern is _STATUS:
        return talk(text) >= 0.5
    if pattern is _SPAN:
        return new not in _SMALL and talk(text) >= 1.5
    if pattern is _UNITS:
        unit = text[found.end() :].split()[0].lower()
        hard = unit in (
            "ms",
            "gb",
            "mb",
            "kb",
            "px",
            "milliseconds",
            "millisecond",
            "gigabytes",
            "megabytes",
            "kilobytes",
            "percent",
            "gigs",
            "megs",
            "terabytes",
        )
        return (
            len(new) > 1
            and (new not in _SMALL or hard or (new == "10" and talk(text) >= 1))
            and (unit not in ("seconds", "percent", "lines", "files", "tests", "requests") or talk(text) >= 0.5)
            and not _RANGE.search(text[: found.start()])
        )
    lead = found["lead"].strip().lower()
    after = (found["after"] or "").strip().lower()
    if pattern is _VERSION:
        return (
            not (
                lead in ("go", "swift", "rust", "react", "windows", "es", "node", "opus")
                and (new in ("1", "0") or after)
            )
            and new != "1"
        ) or lead == "version"
    if re.match(r"\s+(?:or|to|hundred)\b", text[found.end("number") :]):
        return False
    if lead in (
        "port is",
        "port to",
        "port number",
        "line number",
        "port",
        "ports",
        "line",
        "page",
        "status code",
        "error code",
        "exit code",
        "http",
        "epoch",
        "issue",
        "ticket",
        "pr",
        "pull request",
        "seed",
        "timeout of",
        "timeout to",
        "timeout is",
    ):
        return after not in ("of", "more", "another") and not (
            new in ("1", "0") and lead in ("page", "line", "issue", "port", "ticket")
        )
    return (
        len(new) > 1
        and (new != "10" or lead not in ("max", "maximum", "minimum", "number", "level"))
        and after not in ("of", "people", "men", "women")
        and (not after.endswith("s") or after in _COUNTED)
    )
